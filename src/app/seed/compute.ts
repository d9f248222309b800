import { boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type {
  ClusterConfigSpecEx,
  HostPortGroupSpec,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { createCluster, createStandalone } from '#vsphere/cluster/build.js'
import { joinHost } from '#vsphere/host/join.js'
import { createPool } from '#vsphere/resource-pool/build.js'
import { selectionsOf, setSelections } from '#vsphere/vmkernel/selections.js'
import { machineOfVm, machines } from '#world/machine.js'
import { makeFolder } from './build.js'
import { blaming, invoke, once, type Site } from './builder.js'
import { createSeedMachine } from './machines.js'
import type { SeedCluster, SeedHost, SeedPool } from './seed.js'
import { mountDatastores } from './storage.js'
import { buildVm } from './vms.js'

export function buildCluster(site: Site, seed: SeedCluster): ManagedObjectReference {
  const cluster = once(site, `cluster ${seed.name}`, seed, () =>
    createCluster(site.ctx, makeFolder(site, 'host', seed.folder ?? ''), seed.name, configOf(seed)),
  )
  const { resourcePool } = site.ctx.tx.get('ClusterComputeResource', cluster.value)
  for (const pool of seed.pools ?? [])
    if (resourcePool)
      once(site, `pool ${seed.name}/${pool.name}`, pool, () => buildPool(site, resourcePool, pool))
  for (const host of seed.hosts ?? []) buildHost(site, host, () => cluster)
  return cluster
}

function configOf({ ha, drs }: SeedCluster): ClusterConfigSpecEx {
  const options = Object.entries(ha?.options ?? {}).map(([key, value]) =>
    data('OptionValue', { key, value: boxedString(value) }),
  )
  return data('ClusterConfigSpecEx', {
    dasConfig: data('ClusterDasConfigInfo', {
      enabled: ha?.enabled ?? false,
      admissionControlEnabled: ha?.admissionControl ?? true,
      admissionControlPolicy: data('ClusterFailoverLevelAdmissionControlPolicy', {
        failoverLevel: ha?.failoverLevel ?? 1,
      }),
      option: options,
    }),
    drsConfig: data('ClusterDrsConfigInfo', {
      enabled: drs?.enabled ?? false,
      defaultVmBehavior: drs?.behavior ?? 'fullyAutomated',
    }),
  })
}

function buildPool(site: Site, parent: ManagedObjectReference, seed: SeedPool): ManagedObjectReference {
  const allocation = (reservation = 0, limit = -1, expandable = true) =>
    data('ResourceAllocationInfo', { reservation, limit, expandableReservation: expandable })
  const { memory, cpu } = seed
  return createPool(
    site.ctx,
    parent,
    seed.name,
    data('ResourceConfigSpec', {
      memoryAllocation: allocation(memory?.reservationMB, memory?.limitMB, memory?.expandable),
      cpuAllocation: allocation(cpu?.reservationMHz, cpu?.limitMHz, cpu?.expandable),
    }),
  )
}

export const hostNamed = ({ machine }: SeedHost) => (typeof machine === 'string' ? machine : machine.name)

export function buildStandalone(site: Site, seed: SeedHost): ManagedObjectReference {
  const { hostFolder } = site.ctx.tx.get('Datacenter', site.datacenter.value)
  return buildHost(site, seed, (name) => createStandalone(site.ctx, hostFolder, name))
}

function buildHost(
  site: Site,
  seed: SeedHost,
  parent: (hostName: string) => ManagedObjectReference,
): ManagedObjectReference {
  return once(site, `host ${hostNamed(seed)}`, seed, () => {
    const { ctx } = site
    const machine = machineFor(site, seed)
    const esxi = ctx.tx.get(machines, machine).esxi
    if (!esxi) throw site.mistake(`'${hostNamed(seed)}' has no ESXi on its disk.`, seed)
    const host = joinHost(ctx, {
      machine,
      parent: parent(esxi.hostName),
    })
    buildNetworking(site, seed, host)
    mountDatastores(site, seed, host)
    if (seed.maintenance)
      ctx.tx.update('HostSystem', host.value, ({ runtime }) => ({
        runtime: patch(runtime, { inMaintenanceMode: true }),
      }))
    return host
  })
}

/** The machine of a host: its own, one of the world, or a VM of this datacenter, which is built first. */
function machineFor(site: Site, seed: SeedHost): string {
  const { ctx, machines: known } = site
  const { machine } = seed
  if (typeof machine !== 'string') {
    const id = createSeedMachine(ctx, machine)
    known.set(machine.name, id)
    return id
  }
  const physical = known.get(machine)
  if (physical !== undefined) return physical
  const vm = site.seed.vms?.find(({ name }) => name === machine)
  if (!vm) throw site.mistake(`There is no machine and no VM '${machine}' for this host.`, seed)
  const found = machineOfVm(ctx.tx, buildVm(site, vm).value)
  if (found === undefined)
    throw site.mistake(`The VM '${machine}' is not powered on with ESXi on its disk.`, seed)
  return found
}

function buildNetworking(site: Site, seed: SeedHost, host: ManagedObjectReference): void {
  const { ctx } = site
  const number = host.value.replace('host-', '')
  const system = ctx.tx.ref(`networkSystem-${number}`)
  for (const { name, nics } of seed.switches ?? [])
    invoke(ctx, system, 'AddVirtualSwitch', {
      vswitchName: name,
      spec: data('HostVirtualSwitchSpec', {
        numPorts: 128,
        bridge: nics?.length ? data('HostVirtualSwitchBondBridge', { nicDevice: nics }) : undefined,
      }),
    })
  for (const group of seed.portGroups ?? []) {
    const spec = portGroupSpec(group)
    const present = ctx.tx.get('HostSystem', host.value).config?.network?.portgroup
    const exists = present?.some((each) => each.spec.name === group.name)
    blaming(site, group, () =>
      exists
        ? invoke(ctx, system, 'UpdatePortGroup', { pgName: group.name, portgrp: spec })
        : invoke(ctx, system, 'AddPortGroup', { portgrp: spec }),
    )
  }
  for (const { portGroup, address, netmask } of seed.vmkernel ?? [])
    invoke(ctx, system, 'AddVirtualNic', {
      portgroup: portGroup,
      nic: data('HostVirtualNicSpec', {
        ip: data('HostIpConfig', { dhcp: false, ipAddress: address, subnetMask: netmask }),
      }),
    })
  if (seed.services) setSelections(ctx, host.value, { ...selectionsOf(ctx.tx, host.value), ...seed.services })
}

function portGroupSpec(group: NonNullable<SeedHost['portGroups']>[number]): HostPortGroupSpec {
  const { promiscuous, forgedTransmits, macChanges } = group
  return data('HostPortGroupSpec', {
    name: group.name,
    vlanId: group.vlan ?? 0,
    vswitchName: group.switch ?? 'vSwitch0',
    policy: data('HostNetworkPolicy', {
      security: data('HostNetworkSecurityPolicy', {
        allowPromiscuous: promiscuous,
        forgedTransmits,
        macChanges,
      }),
    }),
  })
}
