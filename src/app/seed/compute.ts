import { boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type { ClusterConfigSpecEx, ManagedObjectReference } from '#vim25/generated/types.js'
import { createStandalone } from '#vsphere/cluster/build.js'
import { joinHost } from '#vsphere/host/join.js'
import { isManageable } from '#vsphere/host/release.js'
import { isLinkLocal } from '#world/address.js'
import { machineOfVm, machines } from '#world/machine.js'
import { shortfallOf } from '#world/nested.js'
import { invoke, once, type Site } from './builder.js'
import { makeFolder } from './folders.js'
import { createSeedMachine } from './machines.js'
import { buildNetworking } from './networking.js'
import { buildPools } from './pools.js'
import type { SeedCluster, SeedHost } from './seed.js'
import { mountDatastores } from './storage.js'
import { buildVm } from './vms.js'

export function buildCluster(site: Site, seed: SeedCluster): ManagedObjectReference {
  const cluster = once(site, `cluster '${seed.name}'`, seed, () =>
    invoke(site.ctx, makeFolder(site, 'host', seed.folder ?? '', seed), 'CreateClusterEx', {
      name: seed.name,
      spec: configOf(seed),
    }),
  )
  for (const host of seed.hosts ?? []) buildHost(site, host, () => cluster)
  buildPools(site, seed, cluster)
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

/** What a seed calls a host by: its machine. */
export const hostNamed = ({ machine }: SeedHost) => (typeof machine === 'string' ? machine : machine.name)

export const hostKey = (machine: string) => `host '${machine}'`

export function buildStandalone(site: Site, seed: SeedHost): ManagedObjectReference {
  const folder = makeFolder(site, 'host', '', seed)
  return buildHost(site, seed, (name) => createStandalone(site.ctx, folder, name))
}

function buildHost(
  site: Site,
  seed: SeedHost,
  parent: (hostName: string) => ManagedObjectReference,
): ManagedObjectReference {
  return once(site, hostKey(hostNamed(seed)), seed, () => {
    const { ctx } = site
    const { machine, hostName } = reachMachine(site, seed)
    const host = joinHost(ctx, { machine, parent: parent(hostName) })
    buildNetworking(site, seed, host)
    mountDatastores(site, seed, host)
    if (seed.maintenance)
      ctx.tx.update('HostSystem', host.value, ({ runtime }) => ({
        runtime: patch(runtime, { inMaintenanceMode: true }),
      }))
    return host
  })
}

/** The machine of a host, whose ESXi must answer and be one that this vCenter Server manages. */
function reachMachine(site: Site, seed: SeedHost): { machine: string; hostName: string } {
  const { ctx } = site
  const name = hostNamed(seed)
  const machine = machineFor(site, seed)
  const { esxi, state } = ctx.tx.get(machines, machine)
  if (!esxi || state === 'off')
    throw site.mistake(`The VM '${name}' is not powered on with ESXi on its disk.`, seed)
  const shortfall = shortfallOf(ctx.tx, machine)
  if (shortfall) throw site.mistake(`The VM '${name}' cannot be a host: ${shortfall}.`, seed)
  if (isLinkLocal(esxi.address))
    throw site.mistake(
      `The VM '${name}' cannot be a host: it has no address. Give it guestinfo.ipaddress, or a subnet with free addresses behind its first network adapter.`,
      seed,
    )
  const { productVersion } = ctx.identity
  if (!isManageable(ctx.identity, esxi.version))
    throw site.mistake(
      `vCenter Server ${productVersion} does not manage ESXi ${esxi.version}. Leave the version out for one that it does.`,
      seed,
    )
  return { machine, hostName: esxi.hostName }
}

/** The machine of a host: its own, one of the world, or a VM of this datacenter, which is built first. */
function machineFor(site: Site, seed: SeedHost): string {
  const { ctx, machines: known } = site
  const { machine } = seed
  if (typeof machine !== 'string') return createSeedMachine(ctx, machine, known, site.mistake)
  const physical = known.get(machine)
  if (physical !== undefined) return physical
  const vm = site.vms.find(({ name }) => name === machine)
  if (!vm) throw site.mistake(`There is no machine and no VM '${machine}' for this host.`, seed)
  const found = machineOfVm(ctx.tx, buildVm(site, vm).value)
  if (found === undefined)
    throw site.mistake(`The VM '${machine}' is not powered on with ESXi on its disk.`, seed)
  known.set(machine, found)
  return found
}
