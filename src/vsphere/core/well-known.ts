import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import type { ManagedTypes } from '#vim25/generated/types.js'
import { newMoid } from './context.js'

/** The root folder of a vCenter (soap-wire 4.7) and of an ESXi (soap-wire 4.8). */
const VCENTER_ROOT = 'group-d1'
const ESXI_ROOT = 'ha-folder-root'

/** The id of a world's root folder, the first object that it has. */
export function rootFolderOf(read: Reader): string {
  return read.entity(VCENTER_ROOT) || !read.entity(ESXI_ROOT) ? VCENTER_ROOT : ESXI_ROOT
}

/** What createRootFolder calls it. */
export const rootFolderFor = ({ identity }: { readonly identity: { readonly kind: string } }) =>
  identity.kind === 'esxi' ? ESXI_ROOT : VCENTER_ROOT

export const isRootFolder = (id: string) => id === VCENTER_ROOT || id === ESXI_ROOT

/** The id of a manager that exists once, whatever this world calls it; undefined where there is none. */
export function theOnly(read: Reader, type: keyof ManagedTypes & string): string | undefined {
  for (const id of read.ids(type)) return id
  return undefined
}

/** What an ESXi calls the first object of a kind, by the prefix that a vCenter numbers them with. */
const FIRST_OF_ESXI: Readonly<Record<string, string>> = {
  datacenter: 'ha-datacenter',
  'group-v': 'ha-folder-vm',
  'group-h': 'ha-folder-host',
  'group-s': 'ha-folder-datastore',
  'group-n': 'ha-folder-network',
  'domain-s': 'ha-compute-res',
  resgroup: 'ha-root-pool',
  host: 'ha-host',
}

/** A new managed object id (newMoid); on an ESXi the well-known one, which only one object can have. */
export function firstMoid(
  ctx: { readonly tx: Transaction; readonly identity: { readonly kind: string } },
  prefix: string,
): string {
  const known = ctx.identity.kind === 'esxi' ? FIRST_OF_ESXI[prefix] : undefined
  return known !== undefined && !ctx.tx.entity(known) ? known : newMoid(ctx.tx, prefix)
}

/** The number that a host's managers share with it: `host-12` has `networkSystem-12`, `ha-host` has number 0. */
export const numberOfHost = (host: string) =>
  host === FIRST_OF_ESXI.host ? '0' : host.slice(host.lastIndexOf('-') + 1)

/** The host whose managers have this number. */
export const hostOfNumber = (number: string) =>
  number === '0' ? (FIRST_OF_ESXI.host ?? '') : `host-${number}`
