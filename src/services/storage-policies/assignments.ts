import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { VirtualDisk, VirtualDiskFlatVer2BackingInfo } from '#vim25/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import { homeOf } from '#vsphere/vm/files.js'

/** The policies of a VM that were chosen for it; record `storagePolicies:<vm>`. */
export interface Assignment {
  /** Of the directory with its configuration. */
  readonly home?: string | undefined
  /** By the disk's key. */
  readonly disks: Readonly<Record<string, string>>
  /** When compliance was looked at last, milliseconds since the epoch. */
  readonly checked: number
}

const assignments = recordKind<Assignment>('storagePolicies')
const assignmentId = (vm: string) => `storagePolicies:${vm}`

/** Undefined for a VM without policies, also of disks that it has no more. */
export function assignmentOf(read: Reader, vm: string): Assignment | undefined {
  const found = read.find(assignments, assignmentId(vm))
  if (!found) return undefined
  const present = disksOf(read, vm)
  const disks = Object.fromEntries(Object.entries(found.disks).filter(([key]) => present.has(key)))
  return found.home === undefined && Object.keys(disks).length === 0 ? undefined : { ...found, disks }
}

/** Keys of a VM's disks as the Automation API names them, with the datastore that each is on. */
export function disksOf(read: Reader, vm: string): ReadonlyMap<string, string | undefined> {
  const devices = read.find('VirtualMachine', vm)?.config?.hardware.device ?? []
  return new Map(
    devices
      .filter(({ _typeName }) => _typeName === 'VirtualDisk')
      .map((disk) => {
        const backing = (disk as VirtualDisk).backing as Partial<VirtualDiskFlatVer2BackingInfo> | undefined
        return [String(disk.key), backing?.datastore?.value]
      }),
  )
}

/** The datastore of a VM's configuration. */
export const homeDatastore = (read: Reader, vm: string): string | undefined => homeOf(read, vm)?.datastore

/** Gives policies to a VM and its disks; `null` takes one off. */
export function assign(
  ctx: Context,
  vm: string,
  change: {
    readonly home?: string | null | undefined
    readonly disks?: Readonly<Record<string, string | null>>
  },
): void {
  const { tx, now } = ctx
  const before = assignmentOf(tx, vm)
  const home = change.home === undefined ? before?.home : (change.home ?? undefined)
  const disks: Record<string, string> = { ...before?.disks }
  for (const [key, policy] of Object.entries(change.disks ?? {}))
    if (policy === null) delete disks[key]
    else disks[key] = policy
  put(ctx, vm, { ...(home !== undefined && { home }), disks, checked: now })
}

/** Compliance was looked at now. */
export function markChecked(ctx: Context, vm: string): void {
  const before = assignmentOf(ctx.tx, vm)
  if (before) put(ctx, vm, { ...before, checked: ctx.now })
}

function put({ tx }: Context, vm: string, after: Assignment): void {
  const id = assignmentId(vm)
  const known = tx.find(assignments, id) !== undefined
  if (after.home === undefined && Object.keys(after.disks).length === 0) {
    if (known) tx.remove(id)
  } else if (known) tx.set(assignments, id, after)
  else tx.create(assignments, id, after)
}
