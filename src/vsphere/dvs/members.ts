import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  DistributedVirtualSwitchHostMember,
  DistributedVirtualSwitchHostMemberBacking,
  DistributedVirtualSwitchHostMemberConfigSpec,
  DistributedVirtualSwitchHostMemberPnicBacking,
  DistributedVirtualSwitchHostMemberPnicSpec,
  DVSConfigInfo,
  HostProxySwitch,
  VMwareDVSConfigInfo,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { requireConnected } from '../vmkernel/hosts.js'
import { pnicKey, uplinksOf } from '../vmkernel/network-info.js'
import { newCookie } from './connect.js'
import { addPorts, portgroupsBySwitch, removePort, switchesByHost } from './ports.js'
import { uplinkNames } from './settings.js'
import { requireUnused } from './usage.js'

type PnicSpec = DistributedVirtualSwitchHostMemberPnicSpec

/** Ports that a member host has room for. */
const PROXY_PORTS = 2048

/** The physical NICs of a backing. */
export const pnicsOf = (
  backing: DistributedVirtualSwitchHostMemberBacking | undefined,
): readonly PnicSpec[] =>
  (backing as DistributedVirtualSwitchHostMemberPnicBacking | undefined)?.pnicSpec ?? []

export const memberOf = (
  config: DVSConfigInfo,
  host: string,
): DistributedVirtualSwitchHostMember | undefined =>
  config.host?.find((member) => member.config.host?.value === host)

const uplinkGroupOf = (config: DVSConfigInfo) => config.uplinkPortgroup?.[0]?.value ?? ''

/**
 * A host becomes a member: its uplink ports come, the switch's port groups are its networks. No check of whether it may.
 * Throws what `backingFor` throws.
 */
export function addMember(
  ctx: Context,
  dvs: string,
  host: string,
  spec?: Pick<DistributedVirtualSwitchHostMemberConfigSpec, 'backing' | 'maxProxySwitchPorts'>,
): void {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualSwitch', dvs)
  const names = uplinkNames(config.uplinkPortPolicy)
  const first = addPorts(ctx, dvs, uplinkGroupOf(config), names.length)
  const uplinkPortKey = names.map((_, at) => String(first + at))
  const maxProxySwitchPorts = spec?.maxProxySwitchPorts ?? PROXY_PORTS
  const member = data('DistributedVirtualSwitchHostMember', {
    runtimeState: data('DistributedVirtualSwitchHostMemberRuntimeState', {
      currentMaxProxySwitchPorts: maxProxySwitchPorts,
    }),
    config: data('DistributedVirtualSwitchHostMemberConfigInfo', {
      host: tx.ref(host),
      maxProxySwitchPorts,
      backing: backingFor(ctx, dvs, host, uplinkPortKey, spec?.backing),
      nsxSwitch: false,
      ensEnabled: false,
      ensInterruptEnabled: false,
      networkOffloadingEnabled: false,
    }),
    productInfo: config.productInfo,
    uplinkPortKey,
    status: 'up',
  })
  setMembers(ctx, dvs, [...(config.host ?? []), member])
  const groups = tx.lookup(portgroupsBySwitch, dvs).map((group) => tx.ref(group))
  tx.update('HostSystem', host, ({ network = [] }) => ({ network: Object.freeze([...network, ...groups]) }))
  syncProxy(ctx, dvs, host)
}

/** The NICs that a member gives the switch, each at an uplink port; the first free one unless the spec names it. */
export function backingFor(
  ctx: Context,
  dvs: string,
  host: string,
  uplinkPorts: readonly string[],
  backing: DistributedVirtualSwitchHostMemberBacking | undefined,
): DistributedVirtualSwitchHostMemberPnicBacking {
  const { config } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  const present = new Map(
    pnicsOf(memberOf(config, host)?.config.backing).map((pnic) => [pnic.pnicDevice, pnic]),
  )
  const wanted = pnicsOf(backing)
  if (new Set(wanted.map((pnic) => pnic.pnicDevice)).size < wanted.length)
    throw fault('InvalidArgument', { invalidProperty: 'spec.host.backing.pnicSpec' })
  const given = new Set(wanted.map((pnic) => pnic.uplinkPortKey).filter((key) => key !== undefined))
  const pnicSpec = wanted.map((pnic) => {
    const before = present.get(pnic.pnicDevice)
    requirePnicFree(ctx, dvs, host, pnic.pnicDevice)
    const kept = before?.uplinkPortKey
    const free = uplinkPorts.find((key) => !given.has(key))
    const key = pnic.uplinkPortKey ?? (kept && !given.has(kept) ? kept : free)
    if (key === undefined)
      throw fault('ResourceNotAvailable', {
        containerType: 'DistributedVirtualPortgroup',
        containerName: ctx.tx.get('ManagedEntity', uplinkGroupOf(config)).name,
        type: 'DistributedVirtualPort',
      })
    if (!uplinkPorts.includes(key))
      throw fault('InvalidArgument', { invalidProperty: 'spec.host.backing.pnicSpec.uplinkPortKey' })
    given.add(key)
    return data('DistributedVirtualSwitchHostMemberPnicSpec', {
      pnicDevice: pnic.pnicDevice,
      uplinkPortKey: key,
      uplinkPortgroupKey: uplinkGroupOf(config),
      connectionCookie: kept === key && before ? before.connectionCookie : newCookie(ctx),
    })
  })
  return data('DistributedVirtualSwitchHostMemberPnicBacking', { pnicSpec })
}

/** NotFound for a NIC that the host does not have, ResourceInUse for one of another switch. */
function requirePnicFree({ tx }: Context, dvs: string, host: string, device: string): void {
  const network = tx.get('HostSystem', host).config?.network
  if (!network?.pnic?.some((pnic) => pnic.device === device)) throw fault('NotFound', {})
  const elsewhere =
    network.vswitch?.some((item) => uplinksOf(item.spec).includes(device)) ||
    tx.lookup(switchesByHost, host).some((other) => {
      const { config } = tx.get('DistributedVirtualSwitch', other)
      const backing = memberOf(config, host)?.config.backing
      return other !== dvs && pnicsOf(backing).some((pnic) => pnic.pnicDevice === device)
    })
  if (elsewhere) throw fault('ResourceInUse', { type: 'PhysicalNic', name: device })
}

/** Changes a member's NICs and room for ports. */
export function editMember(
  ctx: Context,
  dvs: string,
  host: string,
  spec: DistributedVirtualSwitchHostMemberConfigSpec,
): void {
  const { config } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  const present = memberOf(config, host)
  if (!present) throw fault('NotFound', {})
  requireConnected(ctx.tx, host)
  const { backing } = spec
  const changed = patch(present, {
    config: patch(present.config, {
      maxProxySwitchPorts: spec.maxProxySwitchPorts ?? present.config.maxProxySwitchPorts,
      vendorSpecificConfig: spec.vendorSpecificConfig ?? present.config.vendorSpecificConfig,
      backing: backing
        ? backingFor(ctx, dvs, host, present.uplinkPortKey ?? [], backing)
        : present.config.backing,
    }),
  })
  setMembers(ctx, dvs, config.host?.map((member) => (member === present ? changed : member)) ?? [])
  syncProxy(ctx, dvs, host)
}

/** A host leaves a switch. Throws ResourceInUse while one of its VMs or vmkernel adapters is on it, unless `lost`. */
export function removeMember(ctx: Context, dvs: string, host: string, lost = false): void {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualSwitch', dvs)
  const member = memberOf(config, host)
  if (!member) throw fault('NotFound', {})
  if (!lost) requireUnused(tx, dvs, { host })
  for (const key of member.uplinkPortKey ?? []) removePort(ctx, dvs, uplinkGroupOf(config), key)
  setMembers(ctx, dvs, config.host?.filter((each) => each !== member) ?? [])
  if (lost) return
  const groups = new Set(tx.lookup(portgroupsBySwitch, dvs))
  tx.update('HostSystem', host, ({ network = [] }) => ({
    network: Object.freeze(network.filter(({ value }) => !groups.has(value))),
  }))
  syncProxy(ctx, dvs, host)
}

/** Before a host goes from the inventory: it leaves its switches, which keep nothing of it. */
export function leaveSwitches(ctx: Context, host: string): void {
  for (const dvs of [...ctx.tx.lookup(switchesByHost, host)]) removeMember(ctx, dvs, host, true)
}

/** After the number of uplinks changed: every member has as many ports. Throws ResourceInUse for one that carries a NIC. */
export function matchUplinks(ctx: Context, dvs: string): void {
  const { config } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  const count = uplinkNames(config.uplinkPortPolicy).length
  const members = (config.host ?? []).map((member) => {
    const keys = member.uplinkPortKey ?? []
    const used = pnicsOf(member.config.backing).map((pnic) => pnic.uplinkPortKey)
    const gone = keys.slice(count)
    const inUse = gone.find((key) => used.includes(key))
    if (inUse !== undefined) throw fault('ResourceInUse', { type: 'DistributedVirtualPort', name: inUse })
    for (const key of gone) removePort(ctx, dvs, uplinkGroupOf(config), key)
    const more = Math.max(count - keys.length, 0)
    const first = more > 0 ? addPorts(ctx, dvs, uplinkGroupOf(config), more) : 0
    const added = Array.from({ length: more }, (_, at) => String(first + at))
    return patch(member, { uplinkPortKey: [...keys.slice(0, count), ...added] })
  })
  setMembers(ctx, dvs, members)
}

function setMembers(ctx: Context, dvs: string, host: readonly DistributedVirtualSwitchHostMember[]): void {
  ctx.tx.update('DistributedVirtualSwitch', dvs, ({ config }) => ({
    config: patch(config, { host }),
  }))
}

/** The part of a switch on a member host, as that tells it: all of it follows from the switch. */
export function syncProxy(ctx: Context, dvs: string, host: string): void {
  const { uuid, name, config } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  const member = memberOf(config, host)
  ctx.tx.update('HostSystem', host, ({ config: hostConfig }) => {
    const network = hostConfig?.network
    if (!hostConfig || !network) return {}
    const others = (network.proxySwitch ?? []).filter((proxy) => proxy.dvsUuid !== uuid)
    const proxySwitch = member ? [...others, proxyOf(uuid, name, config, member)] : others
    return { config: patch(hostConfig, { network: patch(network, { proxySwitch }) }) }
  })
}

function proxyOf(
  dvsUuid: string,
  dvsName: string,
  config: DVSConfigInfo,
  member: DistributedVirtualSwitchHostMember,
): HostProxySwitch {
  const names = uplinkNames(config.uplinkPortPolicy)
  const numPorts = member.config.maxProxySwitchPorts
  return data('HostProxySwitch', {
    dvsUuid,
    dvsName,
    key: `key-vim.host.HostProxySwitch-${dvsUuid}`,
    numPorts,
    configNumPorts: config.defaultProxySwitchMaxNumPorts,
    numPortsAvailable: numPorts,
    uplinkPort: (member.uplinkPortKey ?? []).map((key, at) =>
      data('KeyValue', { key, value: names[at] ?? '' }),
    ),
    mtu: (config as VMwareDVSConfigInfo).maxMtu,
    pnic: pnicsOf(member.config.backing).map((pnic) => pnicKey(pnic.pnicDevice)),
    spec: data('HostProxySwitchSpec', { backing: member.config.backing }),
    networkReservationSupported: true,
    nsxtEnabled: false,
    ensEnabled: false,
    ensInterruptEnabled: false,
    networkOffloadingEnabled: false,
  })
}

/** Everything that the member hosts tell of a switch, after it changed. */
export function syncProxies(ctx: Context, dvs: string): void {
  for (const { config } of ctx.tx.get('DistributedVirtualSwitch', dvs).config.host ?? [])
    if (config.host) syncProxy(ctx, dvs, config.host.value)
}
