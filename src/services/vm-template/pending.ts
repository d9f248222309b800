import { isMoRef, recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { instant } from '#ports/clock.js'
import { VapiError } from '#vapi/error.js'
import type { TaskInfo } from '#vim25/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { destroyVm } from '#vsphere/vm/remove.js'
import { notFound } from '../content-library/errors.js'
import { createItem } from '../content-library/items.js'
import { findLibrary } from '../content-library/libraries.js'
import { itemKey, libraryItems } from '../content-library/records.js'
import type { ServiceCall } from '../core/call.js'
import { assign, assignmentOf } from '../storage-policies/assignments.js'
import { type Copy, copyVm } from './copy.js'
import type { StoragePlan } from './storage-spec.js'
import { sizeOfVm, stillThere } from './template.js'

/** What a copy becomes once it is made. */
type Purpose =
  | {
      readonly kind: 'template'
      readonly library: string
      readonly name: string
      readonly description: string
      readonly policies: StoragePlan['policies']
    }
  | { readonly kind: 'checkOut'; readonly item: string; readonly user: string }
  | { readonly kind: 'vm'; readonly policies: StoragePlan['policies'] }

/**
 * A copy that is being made, record `templateCopy:<number>`: it is written before CloneVM_Task begins and goes in the commit
 * that makes the copy what it is for, so that a server that is stopped in between finishes or undoes it when it is back.
 */
interface PendingCopy {
  /** The virtual machine that is copied. */
  readonly source: string
  readonly folder: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly begun: number
  readonly purpose: Purpose
}

const pendingCopies = recordKind<PendingCopy>('templateCopy')

/** Copies that a call of this process waits for; all others are what an earlier process left. */
const awaited = new WeakMap<Sandbox, Set<string>>()

/** Copies a VM, makes the copy what it is for, and gives its item's identifier or its own. Throws what either throws; then there is no copy. */
export async function copyFor(
  call: ServiceCall,
  source: string,
  copy: Copy,
  purpose: Purpose,
): Promise<string> {
  const { sandbox } = call
  const mine = awaited.get(sandbox) ?? new Set<string>()
  awaited.set(sandbox, mine)
  const { name } = copy
  const key = call.transact(({ tx, now }) => {
    const id = `templateCopy:${tx.next('templateCopy')}`
    mine.add(id)
    tx.create(pendingCopies, id, { source, folder: copy.folder.value, name, begun: now, purpose })
    return id
  })
  try {
    const vm = await copyVm(call, source, copy)
    return finish(sandbox, key, purpose, vm)
  } catch (error) {
    sandbox.transact({}, ({ tx }) => tx.find(pendingCopies, key) && tx.remove(key))
    throw error
  } finally {
    mine.delete(key)
  }
}

/** Whether a copy of an item is being made for a check-out. */
export function isLeaving(read: Reader, item: string): boolean {
  for (const id of read.ids(pendingCopies)) {
    const { purpose } = read.get(pendingCopies, id)
    if (purpose.kind === 'checkOut' && purpose.item === item) return true
  }
  return false
}

/** Looks after copies that nobody waits for: now, and as their tasks end. */
export function resumeCopies(sandbox: Sandbox): () => void {
  resume(sandbox)
  return sandbox.inventory.subscribe(() => resume(sandbox))
}

function resume(sandbox: Sandbox): void {
  if (sandbox.inventory.read.count(pendingCopies) === 0) return
  for (const key of [...sandbox.inventory.read.ids(pendingCopies)]) {
    // To finish one is a commit, after which this is called again: that may have finished the next one, too.
    const { read } = sandbox.inventory
    const pending = read.find(pendingCopies, key)
    if (!pending || awaited.get(sandbox)?.has(key)) continue
    const tasks = copiesOf(read, pending)
    if (tasks.some(({ state }) => state === 'queued' || state === 'running')) continue
    const vm = tasks.map(({ result }) => madeBy(read, pending, result)).find((made) => made !== undefined)
    if (vm === undefined) sandbox.transact({}, ({ tx }) => tx.remove(key))
    else
      try {
        finish(sandbox, key, pending.purpose, vm)
      } catch (error) {
        // Nobody is there to hear that it could not be; it is undone.
        if (!(error instanceof VapiError)) throw error
      }
  }
}

/** Clones of the source since then. */
const copiesOf = (read: Reader, { source, begun }: PendingCopy): readonly TaskInfo[] =>
  [...[...read.ids('Task')].map((id) => read.get('Task', id).info), ...read.taskHistory()].filter(
    ({ name, entity, queueTime }) =>
      name === 'CloneVM_Task' && entity?.value === source && instant(queueTime) >= begun,
  )

function madeBy(read: Reader, { folder, name }: PendingCopy, result: unknown): string | undefined {
  if (!isMoRef(result)) return undefined
  const vm = read.find('VirtualMachine', result.value)
  return vm?.name === name && vm.parent?.value === folder ? result.value : undefined
}

/** Makes a copy what it is for; one that cannot be that any more goes, and what is in the way is thrown. */
function finish(sandbox: Sandbox, key: string, purpose: Purpose, vm: string): string {
  const made = sandbox.transact({}, (ctx) => {
    const id = attempt(() => become(ctx, purpose, vm))
    if (id instanceof VapiError) destroyVm(ctx, ctx.tx.ref(vm))
    ctx.tx.remove(key)
    return id
  })
  sandbox.settle()
  if (made instanceof VapiError) throw made
  return made
}

function attempt(work: () => string): string | VapiError {
  try {
    return work()
  } catch (error) {
    if (error instanceof VapiError) return error
    throw error
  }
}

/** Refuses before it changes anything: while the copy was made, the library or the item went, or another item took the name. */
function become(ctx: Context, purpose: Purpose, vm: string): string {
  if (purpose.kind === 'template') {
    const { library, name, description, policies } = purpose
    if (!findLibrary(ctx.tx, library)) throw notFound('library_not_found', library)
    const vmTemplate = { vm, size: sizeOfVm(ctx.tx, vm) }
    const { id } = createItem(ctx, { library, name, description, type: 'vm-template', vmTemplate })
    assign(ctx, vm, policies)
    return id
  }
  if (purpose.kind === 'checkOut') {
    const item = stillThere(ctx.tx, purpose.item)
    if (!item) throw notFound('library_item_not_found', purpose.item)
    const { vmTemplate } = item
    const checkOut = { vm, time: ctx.now, user: purpose.user }
    ctx.tx.set(libraryItems, itemKey(item.id), { vmTemplate: { ...vmTemplate, checkOut } })
    const { home, disks = {} } = assignmentOf(ctx.tx, vmTemplate.vm) ?? {}
    assign(ctx, vm, { home, disks })
    return vm
  }
  assign(ctx, vm, purpose.policies)
  return vm
}
