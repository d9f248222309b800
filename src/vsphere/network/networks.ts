import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { HostSystemProperties, ManagedObjectReference } from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { leaveSwitches } from '../dvs/members.js'
import {
  ancestors,
  byName,
  datacenterOf,
  managedEntityDefaults,
  validName,
} from '../managed-entity/entity.js'
import { emptySummary } from './summary.js'

/**
 * The standard network of a datacenter with this name, which is what port groups of the same name on its hosts are to
 * vCenter; undefined when there is none. `name` as port groups have it (not escaped).
 */
export function networkNamed(read: Reader, datacenter: string, name: string): string | undefined {
  return read
    .lookup(byName, validName(name))
    .find((id) => read.entity(id)?.type === 'Network' && isBelow(read, id, datacenter))
}

function isBelow(read: Reader, id: string, datacenter: string): boolean {
  for (const above of ancestors(read, id)) if (above === datacenter) return true
  return false
}

/** Creates it when there is none yet. */
export function ensureNetwork(ctx: Context, datacenter: string, name: string): ManagedObjectReference {
  const found = networkNamed(ctx.tx, datacenter, name)
  if (found !== undefined) return ctx.tx.ref(found)
  const { networkFolder } = ctx.tx.get('Datacenter', datacenter)
  return ctx.tx.create('Network', newMoid(ctx.tx, 'network'), {
    ...managedEntityDefaults(validName(name), networkFolder),
    summary: emptySummary(validName(name)),
  })
}

/**
 * The names that make a host's port groups networks: all on which VMs can be, which are those without a vmkernel adapter
 * (`Management Network` is none).
 */
export function networkNames(host: Readonly<HostSystemProperties>): readonly string[] {
  const network = host.config?.network
  const vmkernel = new Set((network?.vnic ?? []).map((vnic) => vnic.portgroup))
  return (network?.portgroup ?? []).map((group) => group.spec.name).filter((name) => !vmkernel.has(name))
}

/**
 * Brings HostSystem.network in line with the host's port groups: Networks come with their first port group and go with
 * the last host and VM. Distributed port groups stay as they are.
 */
export function syncNetworks(ctx: Context, host: string): void {
  const value = ctx.tx.get('HostSystem', host)
  const datacenter = datacenterOf(ctx.tx, host)
  if (datacenter === undefined) return
  const before = value.network ?? []
  const standard = networkNames(value).map((name) => ensureNetwork(ctx, datacenter, name))
  const still = stillUsed(ctx.tx, value)
  const used = before.filter((ref) => ref.type === 'Network' && still(ref.value))
  const distributed = before.filter((ref) => ref.type !== 'Network')
  const network = unique([...standard, ...used, ...distributed])
  if (network.length !== before.length || network.some((ref, at) => ref.value !== before[at]?.value))
    ctx.tx.set('HostSystem', host, { network })
  const kept = new Set(network.map((ref) => ref.value))
  for (const ref of before) if (ref.type === 'Network' && !kept.has(ref.value)) dropUnused(ctx, ref.value)
}

/** A port group that got a vmkernel adapter stays a network while VMs of the host are on it. */
function stillUsed(read: Reader, host: Readonly<HostSystemProperties>): (network: string) => boolean {
  const networks = new Set<string>()
  for (const { value } of host.vm ?? [])
    for (const ref of read.find('VirtualMachine', value)?.network ?? []) networks.add(ref.value)
  if (networks.size === 0) return () => false
  const groups = new Set((host.config?.network?.portgroup ?? []).map(({ spec }) => validName(spec.name)))
  return (network) => networks.has(network) && groups.has(read.find('Network', network)?.name ?? '')
}

function unique(refs: readonly ManagedObjectReference[]): readonly ManagedObjectReference[] {
  const seen = new Set<string>()
  return Object.freeze(refs.filter(({ value }) => !seen.has(value) && seen.add(value)))
}

/** Before a host goes: it leaves its distributed switches, and the networks that only it had go too. */
export function leaveNetworks(ctx: Context, host: string): void {
  const before = ctx.tx.get('HostSystem', host).network ?? []
  leaveSwitches(ctx, host)
  ctx.tx.set('HostSystem', host, { network: Object.freeze([]) })
  for (const ref of before) if (ref.type === 'Network') dropUnused(ctx, ref.value)
}

/** Removes a standard network that no host and no VM has any more; to be called when a VM leaves one. */
export function dropUnused(ctx: Context, network: string): void {
  const { tx } = ctx
  const value = tx.find('Network', network)
  if (!value || tx.entity(network)?.type !== 'Network') return
  if (hostsWith(tx, network).length > 0 || vmsOn(tx, network).length > 0) return
  tx.remove(network)
}

/** Hosts by the networks that they have. */
export const hostsByNetwork = index<HostSystemProperties>({
  name: 'host.network',
  type: 'HostSystem',
  inputs: ['network'],
  keys: ({ network }) => (network ?? []).map((ref) => ref.value),
})

/** Hosts of a network, up to date within a transaction (Network.host is the state of the last commit). */
export function hostsWith(read: Reader, network: string): readonly string[] {
  return read.lookup(hostsByNetwork, network)
}

/** VMs of a network as of the last commit, without those that have left it since. */
export function vmsOn(read: Reader, network: string): readonly string[] {
  const known = read.get('Network', network).vm ?? []
  return known
    .map((ref) => ref.value)
    .filter((id) => read.find('VirtualMachine', id)?.network?.some((ref) => ref.value === network))
}
