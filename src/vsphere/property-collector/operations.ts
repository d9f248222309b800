import { fault } from '#vim25/fault.js'
import type { ManagedTypes, PropertyFilterSpec, UpdateSet } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { Pending } from '../core/dispatch.js'
import { holdSession } from '../session/activity.js'
import { bindToSession, newSessionMoid, ownedBySession, removeSessionObject } from '../session/objects.js'
import { type Collector, type Collectors, collectorsOf } from './collectors.js'
import { compileFilter, type FilterValue, filterValue } from './filters.js'
import { frozen } from './frozen.js'
import { cancelPages, firstPage, nextPage } from './pages.js'
import { contentsOf, selectObjects } from './retrieve.js'
import { startsOf } from './select.js'
import { CHUNK } from './versions.js'

export const propertyCollectorOperations = operations('PropertyCollector', {
  RetrieveProperties(ctx, _self, { specSet }) {
    const reading = collectorsOf(ctx.services).reading(ctx.session?.token)
    return contentsOf(reading, selectObjects(reading, specSet, ctx.release))
  },

  RetrievePropertiesEx(ctx, self, { specSet, options }) {
    const { collectors, collector } = mine(ctx, self.value)
    const reading = collectors.reading(ctx.session?.token)
    const selected = selectObjects(reading, specSet, ctx.release)
    return firstPage(collector.pages, reading, selected, options?.maxObjects)
  },

  ContinueRetrievePropertiesEx(ctx, self, { token }) {
    return nextPage(mine(ctx, self.value).collector.pages, token)
  },

  CancelRetrievePropertiesEx(ctx, self, { token }) {
    cancelPages(mine(ctx, self.value).collector.pages, token)
  },

  CreateFilter(ctx, self, { spec, partialUpdates }) {
    const { collectors } = mine(ctx, self.value)
    const value: FilterValue & ManagedTypes['PropertyFilter'] = {
      spec: frozen(spec),
      partialUpdates,
      collector: self.value,
      release: ctx.release,
    }
    requireValid(ctx, collectors, value.spec, value)
    const ref = ctx.tx.create('PropertyFilter', newSessionMoid(ctx), value)
    bindToSession(ctx, ref)
    return ref
  },

  WaitForUpdatesEx(ctx, self, { version, options }) {
    const { maxWaitSeconds: seconds, maxObjectUpdates } = options ?? {}
    if (seconds !== undefined && seconds < 0)
      throw fault('InvalidArgument', { invalidProperty: 'options.maxWaitSeconds' })
    if (maxObjectUpdates !== undefined && maxObjectUpdates <= 0)
      throw fault('InvalidArgument', { invalidProperty: 'options.maxObjectUpdates' })
    return wait(ctx, self.value, version, Math.min(CHUNK, maxObjectUpdates ?? CHUNK), seconds)
  },

  WaitForUpdates(ctx, self, { version }) {
    return wait(ctx, self.value, version, Number.POSITIVE_INFINITY, undefined) as UpdateSet
  },

  CheckForUpdates(ctx, self, { version }) {
    return wait(ctx, self.value, version, Number.POSITIVE_INFINITY, 0)
  },

  CancelWaitForUpdates(ctx, self) {
    const { collectors, collector } = mine(ctx, self.value)
    collectors.cancel(collector)
  },

  CreatePropertyCollector(ctx) {
    const ref = ctx.tx.create('PropertyCollector', newSessionMoid(ctx), { filter: none })
    bindToSession(ctx, ref)
    return ref
  },

  DestroyPropertyCollector(ctx, self) {
    if (!self.value.startsWith('session[')) throw fault('NotSupported', {})
    for (const id of ownedBySession(ctx.tx, ctx.session?.token ?? '')) {
      const entity = ctx.tx.entity(id)
      if (entity && filterValue(entity)?.collector === self.value) removeSessionObject(ctx.tx, id)
    }
    removeSessionObject(ctx.tx, self.value)
  },
})

export const propertyFilterOperations = operations('PropertyFilter', {
  DestroyPropertyFilter(ctx, self) {
    removeSessionObject(ctx.tx, self.value)
  },
})

const none = Object.freeze([])

/** What the called collector keeps for the caller. */
function mine(ctx: Context, id: string): { collectors: Collectors; collector: Collector } {
  const collectors = collectorsOf(ctx.services)
  return { collectors, collector: collectors.of(ctx.session?.token ?? '', id) }
}

/** A filter is checked when it is made, and reports at the next wait (soap-wire 5.4). */
function requireValid(
  ctx: Context,
  collectors: Collectors,
  spec: PropertyFilterSpec,
  value: FilterValue,
): void {
  const filter = compileFilter(collectors.sandbox.registry, ctx.tx.ref(value.collector), value)
  startsOf(
    collectors.reading(ctx.session?.token),
    filter.selector,
    spec.reportMissingObjectsInResults ?? false,
  )
}

/** The answer, or what the door has to wait for: the transaction is over by then, and nothing of it is kept. */
function wait(
  ctx: Context,
  id: string,
  version: string | undefined,
  limit: number,
  seconds: number | undefined,
): UpdateSet | undefined {
  const { collectors, collector } = mine(ctx, id)
  const { session } = ctx
  const answer = collectors.wait(collector, {
    version,
    limit,
    seconds,
    signal: ctx.signal(),
    hold: () => (session ? holdSession(collectors.sandbox, session) : () => {}),
  })
  return answer instanceof Promise ? (new Pending(answer) as unknown as UpdateSet) : answer
}
