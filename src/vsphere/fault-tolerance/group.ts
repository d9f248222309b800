import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'

/** A fault tolerance group; the one source for `config.ftInfo` and the role of each of its VMs. Records `ftGroup:<n>`. */
export interface FtGroup {
  /** The first is the primary, the others are secondaries. */
  readonly members: readonly FtMember[]
  /** Moid of the datastore with the tie-breaker file. */
  readonly metadata: string | undefined
  readonly kind: FtKind
}

/** VirtualMachineConfigInfo.flags.faultToleranceType: SMP-FT, or the legacy record/replay kind. */
export type FtKind = 'checkpointing' | 'recordReplay'

export interface FtMember {
  readonly vm: string
  /** A secondary that was disabled ("suspended") does not start with the primary. */
  readonly enabled: boolean
}

export const ftGroups = recordKind<FtGroup>('ftGroup')

export const ftGroupByVm = index<FtGroup>({
  name: 'ftGroup.vm',
  type: 'ftGroup',
  inputs: ['members'],
  keys: ({ members }) => members.map(({ vm }) => vm),
})

export interface FoundGroup {
  readonly id: string
  readonly primary: string
  /** The one secondary that there is at most (moreThanOneSecondary). */
  readonly secondary: FtMember
  readonly group: FtGroup
}

/** The group that a VM is in, as primary or as secondary. */
export function groupOf(read: Reader, vm: string): FoundGroup | undefined {
  const [id] = read.lookup(ftGroupByVm, vm)
  return id === undefined ? undefined : describe(id, read.get(ftGroups, id))
}

function describe(id: string, group: FtGroup): FoundGroup | undefined {
  const [primary, secondary] = group.members
  return primary && secondary ? { id, primary: primary.vm, secondary, group } : undefined
}

export function isPrimary(read: Reader, vm: string): boolean {
  return groupOf(read, vm)?.primary === vm
}

export function isSecondary(read: Reader, vm: string): boolean {
  return groupOf(read, vm)?.secondary.vm === vm
}

export function* allGroups(read: Reader): Iterable<FoundGroup> {
  for (const id of read.ids(ftGroups)) {
    const found = describe(id, read.get(ftGroups, id))
    if (found) yield found
  }
}

export function createGroup(tx: Transaction, group: FtGroup): string {
  const id = `ftGroup:${tx.next('ftGroup')}`
  tx.create(ftGroups, id, group)
  return id
}

/** The secondary becomes the primary and the other way round. */
export function swapRoles(tx: Transaction, id: string): void {
  const { members } = tx.get(ftGroups, id)
  tx.set(ftGroups, id, { members: [...members].reverse() })
}

export function setSecondaryEnabled(tx: Transaction, found: FoundGroup, enabled: boolean): void {
  tx.set(ftGroups, found.id, {
    members: found.group.members.map((member) =>
      member.vm === found.primary ? member : { ...member, enabled },
    ),
  })
}

/** The host on which a VM runs or is registered. */
export function hostOf(read: Reader, vm: string): ManagedObjectReference | undefined {
  return read.get('VirtualMachine', vm).runtime.host
}
