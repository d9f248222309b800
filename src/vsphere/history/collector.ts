import type { Entity } from '#inventory/entity.js'
import { fault } from '#vim25/fault.js'
import type { Any, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { frozen } from '../property-collector/frozen.js'
import { bindToSession, newSessionMoid, ownedBySession } from '../session/objects.js'
import type { History, Wanted } from './history.js'
import { pageOf } from './page.js'
import { type CollectorValue, collectorValue, historyOf } from './stored.js'

/** Items of the latest page unless the client says otherwise, and the most that one page or one read holds. */
export const PAGE = 10
export const MOST = 1000

/**
 * Makes a collector of the caller's session. Throws InvalidArgument for a filter that means nothing, and InvalidState when
 * the session has as many as `most` already (soap-wire 6.3).
 */
export function createCollector(
  ctx: Context,
  type: History<never, never>['collector'],
  wanted: Wanted<object>,
  pageSize: number,
  most: number,
): ManagedObjectReference {
  historyOf(type).check(ctx.tx, wanted.filter)
  const own = ownedBySession(ctx.tx, ctx.session?.token ?? '')
  if (own.filter((id) => ctx.tx.entity(id)?.type === type).length >= most) throw fault('InvalidState', {})
  const { filter, infoFilter } = frozen(wanted)
  const value: CollectorValue & { readonly filter: Any; readonly initialized?: boolean } = {
    filter: filter as Any,
    ...(infoFilter && { infoFilter }),
    ...(type === 'EventHistoryCollector' && { initialized: true }),
    pageSize,
    cursor: 0,
  }
  const ref = ctx.tx.create(type, newSessionMoid(ctx), value as never)
  bindToSession(ctx, ref)
  return ref
}

/** A number of items that a client asks for; throws InvalidArgument beyond 1 to 1000. */
export function countOf(count: number, name = 'maxCount'): number {
  if (count < 1 || count > MOST) throw fault('InvalidArgument', { invalidProperty: name })
  return count
}

/** Reads on from where the reader is: later items, the oldest first, or earlier ones, the newest first (deviation 81). */
export function readOn(
  ctx: Context,
  self: ManagedObjectReference,
  maxCount: number,
  way: 'next' | 'previous',
): readonly object[] {
  const most = countOf(maxCount)
  const history = historyOf(self.type)
  const value = collectorValue(ctx.tx.entity(self.value) as Entity)
  const { cursor } = value
  const items = way === 'next' ? history.after(ctx.tx, cursor) : history.upTo(ctx.tx, cursor)
  const test = history.test(ctx.tx, value.filter)
  const visible = history.visible(ctx.tx, ctx.session)
  const found: object[] = []
  for (const item of items) {
    if (!test(item) || !visible(item)) continue
    found.push(item)
    if (found.length === most) break
  }
  const last = found.at(-1)
  if (last) moveTo(ctx, self, history.numberOf(last) - (way === 'next' ? 0 : 1))
  return found.map((item) => history.shown(item, value))
}

/** RewindCollector: before the oldest. */
export function rewind(ctx: Context, self: ManagedObjectReference): void {
  moveTo(ctx, self, 0)
}

/** ResetCollector: what comes next is the latest page, and what came before is older than that. */
export function reset(ctx: Context, self: ManagedObjectReference): void {
  const entity = ctx.tx.entity(self.value) as Entity
  const oldest = pageOf(ctx, ctx.tx, entity).at(-1)
  moveTo(ctx, self, oldest ? historyOf(self.type).numberOf(oldest) - 1 : 0)
}

function moveTo(ctx: Context, { type, value: id }: ManagedObjectReference, cursor: number): void {
  const change: Partial<CollectorValue> = { cursor }
  if (collectorValue(ctx.tx.entity(id) as Entity).cursor !== cursor)
    ctx.tx.set(type as 'HistoryCollector', id, change as never)
}
