import { data, patch } from '#vim25/data.js'
import type { HostPortGroupSpec, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import { createDvPortgroup, createDvs } from '#vsphere/dvs/build.js'
import { addMember } from '#vsphere/dvs/members.js'
import { switchVersions } from '#vsphere/dvs/products.js'
import { requireUniqueName, validName } from '#vsphere/managed-entity/entity.js'
import { createOpaqueNetwork } from '#vsphere/network/opaque.js'
import { blaming, invoke, madeAs, once, type Site } from './builder.js'
import { hostKey, hostNamed } from './compute.js'
import { makeFolder } from './folders.js'
import type { SeedDistributedSwitch, SeedHost, SeedOpaqueNetwork, SeedPortGroup } from './seed.js'

/** The standard switches, port groups and vmkernel adapters of a host, beside those of a fresh ESXi. */
export function buildNetworking(site: Site, seed: SeedHost, host: ManagedObjectReference): void {
  const { ctx } = site
  const { networkSystem, virtualNicManager } = ctx.tx.get('HostSystem', host.value).configManager
  if (!networkSystem || !virtualNicManager) throw new Error(`${host.value} has no networking.`)
  for (const each of seed.switches ?? [])
    blaming(site, each, () =>
      invoke(ctx, networkSystem, 'AddVirtualSwitch', {
        vswitchName: each.name,
        spec: data('HostVirtualSwitchSpec', {
          numPorts: 128,
          bridge: each.nics?.length
            ? data('HostVirtualSwitchBondBridge', { nicDevice: each.nics })
            : undefined,
        }),
      }),
    )
  const fresh = portGroupNames(site, host)
  for (const [at, group] of (seed.portGroups ?? []).entries()) {
    if (seed.portGroups?.findIndex(({ name }) => name === group.name) !== at)
      throw site.mistake(`There is a port group '${group.name}' already.`, group)
    const portgrp = portGroupSpec(group)
    blaming(site, group, () =>
      fresh.includes(group.name)
        ? invoke(ctx, networkSystem, 'UpdatePortGroup', { pgName: group.name, portgrp })
        : invoke(ctx, networkSystem, 'AddPortGroup', { portgrp }),
    )
  }
  for (const each of seed.vmkernel ?? [])
    blaming(site, each, () =>
      invoke(ctx, networkSystem, 'AddVirtualNic', {
        portgroup: each.portGroup,
        nic: data('HostVirtualNicSpec', {
          ip: data('HostIpConfig', { dhcp: false, ipAddress: each.address, subnetMask: each.netmask }),
        }),
      }),
    )
  for (const [nicType, devices] of Object.entries(seed.services ?? {}))
    for (const device of devices)
      blaming(site, seed.services ?? seed, () =>
        invoke(ctx, virtualNicManager, 'SelectVnicForNicType', { nicType, device }),
      )
}

function portGroupNames(site: Site, host: ManagedObjectReference): readonly string[] {
  const { config } = site.ctx.tx.get('HostSystem', host.value)
  return (config?.network?.portgroup ?? []).map(({ spec }) => spec.name)
}

function portGroupSpec(group: SeedPortGroup): HostPortGroupSpec {
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

export const dvPortGroupKey = (name: string) => `distributed port group '${name}'`

/** A distributed switch with its port groups; its hosts are there already. */
export function buildDistributedSwitch(site: Site, seed: SeedDistributedSwitch): void {
  const { ctx } = site
  const networkFolder = makeFolder(site, 'network', '', seed)
  const named = (name: string) => requireUniqueName(ctx.tx, networkFolder.value, validName(name))
  const dvs = once(site, `distributed switch '${seed.name}'`, seed, () => {
    named(seed.name)
    const versions = switchVersions(ctx.identity.productVersion)
    if (seed.version !== undefined && !versions.includes(seed.version))
      throw site.mistake(`A switch here is of version ${versions.join(', ')}, not '${seed.version}'.`, seed)
    const self = createDvs(ctx, networkFolder, seed.name, [], {
      ...(seed.version === undefined ? {} : { version: seed.version }),
      ...(seed.mtu === undefined ? {} : { mtu: seed.mtu }),
      ...(seed.uplinks === undefined ? {} : { uplinks: namesOfUplinks(seed.uplinks) }),
    })
    for (const host of memberHosts(site, seed))
      addMember(ctx, self.value, host, { backing: pnicBacking(seed.nics ?? []) })
    if (seed.uplinkGroup !== undefined) nameUplinkGroup(site, self, seed.uplinkGroup)
    return self
  })
  for (const group of seed.portGroups ?? [])
    once(site, dvPortGroupKey(group.name), group, () => {
      named(group.name)
      return createDvPortgroup(ctx, dvs, group.name, {
        vlanId: group.vlan,
        setting: group.trunk && trunkSetting(group.trunk),
        numPorts: group.ports,
        spec: data('DVPortgroupConfigSpec', {
          type: group.binding === 'ephemeral' ? 'ephemeral' : 'earlyBinding',
          autoExpand: group.elastic,
          backingType: group.nsx ? 'nsx' : undefined,
          logicalSwitchUuid: group.logicalSwitch && logicalSwitchUuid(ctx, group.logicalSwitch),
        }),
      })
    })
}

const namesOfUplinks = (count: number) => Array.from({ length: count }, (_, at) => `Uplink ${at + 1}`)

const pnicBacking = (nics: readonly string[]) =>
  data('DistributedVirtualSwitchHostMemberPnicBacking', {
    pnicSpec: nics.map((pnicDevice) => data('DistributedVirtualSwitchHostMemberPnicSpec', { pnicDevice })),
  })

const trunkSetting = (ranges: readonly (readonly [first: number, last: number])[]) =>
  data('VMwareDVSPortSetting', {
    vlan: data('VmwareDistributedVirtualSwitchTrunkVlanSpec', {
      inherited: false,
      vlanId: ranges.map(([start, end]) => data('NumericRange', { start, end })),
    }),
  })

function nameUplinkGroup({ ctx: { tx } }: Site, dvs: ManagedObjectReference, name: string): void {
  for (const group of tx.get('DistributedVirtualSwitch', dvs.value).config.uplinkPortgroup ?? [])
    tx.update('DistributedVirtualPortgroup', group.value, ({ config }) => ({
      name,
      config: patch(config, { name }),
    }))
}

/** The same for all who name the same logical switch. */
const logicalSwitchUuid = (ctx: Context, name: string) => ctx.services.random.uuid('', 'logical-switch', name)

/** A network of NSX that all hosts of the datacenter have. */
export function buildOpaqueNetwork(site: Site, seed: SeedOpaqueNetwork): void {
  const { ctx } = site
  const folder = makeFolder(site, 'network', '', seed)
  blaming(site, seed, () => requireUniqueName(ctx.tx, folder.value, validName(seed.name)))
  createOpaqueNetwork(ctx, folder, {
    name: validName(seed.name),
    networkId: logicalSwitchUuid(ctx, seed.logicalSwitch ?? seed.name),
    hosts: memberHosts(site, seed),
  })
}

function memberHosts(site: Site, seed: SeedDistributedSwitch | SeedOpaqueNetwork): readonly string[] {
  const { clusters = [], hosts = [] } = site.seed
  const all = [...clusters.flatMap((cluster) => cluster.hosts ?? []), ...hosts].map(hostNamed)
  return (('hosts' in seed && seed.hosts) || all).map((name) => {
    const host = madeAs(site, hostKey(name))
    if (!host) throw site.mistake(`There is no host '${name}' in this datacenter.`, seed)
    return host.value
  })
}
