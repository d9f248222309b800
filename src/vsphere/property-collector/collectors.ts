import type { Commit } from '#inventory/inventory.js'
import { fault, VimFault } from '#vim25/fault.js'
import type { UpdateSet } from '#vim25/generated/types.js'
import { type Services, sessionId, sessions } from '../core/context.js'
import type { Sandbox } from '../core/sandbox.js'
import { ownerOf } from '../session/objects.js'
import { createChangeLog } from './change-log.js'
import type { Reading } from './content.js'
import { type Filter, filtersOf, filterValue } from './filters.js'
import { createPages, type Pages } from './pages.js'
import { createSelections } from './selection.js'
import { evaluate, type Work, type World } from './updates.js'
import { createVersions, moveOn, report, reportedAt, resume, type Versions } from './versions.js'
import { cancelAll, createWaits, enqueue, type Wait, type WaitRequest, type Waits } from './waits.js'
import { createWaker } from './waker.js'

/** What a PropertyCollector keeps for one session beside the state: never part of a snapshot. */
export interface Collector {
  readonly token: string
  readonly id: string
  readonly pages: Pages
  readonly versions: Versions
  readonly waits: Waits
}

/** The property collectors of one world. */
export interface Collectors {
  readonly sandbox: Sandbox
  readonly work: Readonly<Work>
  /** A collector's side for a session; anonymous callers share one. */
  of(token: string, id: string): Collector
  /** Who reads, in the newest state. */
  reading(token: string | undefined): Reading
  /**
   * What changed for the collector's filters: at once, or as a promise when there is nothing yet. Throws
   * InvalidCollectorVersion.
   */
  wait(collector: Collector, request: WaitRequest): UpdateSet | undefined | Promise<UpdateSet | undefined>
  cancel(collector: Collector): void
}

const KEY = 'property-collector'

export function collectorsOf(services: Services): Collectors {
  const found = services.volatile.get(KEY) as Collectors | undefined
  if (!found) throw new Error('The property-collector family is not attached to this world.')
  return found
}

/** Looks on beside a world's state from now on; returns the way to stop. */
export function attachCollectors(sandbox: Sandbox): () => void {
  const { inventory, services, registry, clock } = sandbox
  const log = createChangeLog(inventory.root.revision)
  const work: Work = { woken: 0, calculations: 0, comparisons: 0 }
  const world: World = { log, selections: createSelections(log), work }
  const waker = createWaker<Collector>(services, registry)
  const bySession = new Map<string, Map<string, Collector>>()
  const woken = new Set<Collector>()
  let flushing = false

  const reading = (token: string | undefined): Reading => ({
    registry,
    ctx: sandbox.readContext(
      token === undefined ? undefined : inventory.read.find(sessions, sessionId(token)),
    ),
  })

  const filters = ({ token, id }: Collector): readonly Filter[] =>
    filtersOf(inventory.read, registry, token, id)

  /** One calculation: an answer, or undefined when nothing has changed. */
  const calculate = (collector: Collector, { version, limit }: WaitRequest): UpdateSet | undefined => {
    work.calculations++
    const { versions } = collector
    const next = resume(versions, version, limit)
    if (next) return next
    const from = reportedAt(versions, version)
    const reader = reading(collector.token)
    const evaluation = evaluate(world, reader, inventory.root.revision, filters(collector), from)
    if (evaluation.items.length > 0) return report(versions, reader, evaluation, limit)
    if (from && version !== undefined) moveOn(versions, version, evaluation.next)
    watch(collector, evaluation.next.filters)
    return undefined
  }

  const watch = (collector: Collector, reported: ReturnType<typeof evaluate>['next']['filters']) => {
    const watched = filters(collector).flatMap((filter) => {
      const selection = reported.get(filter.ref.value)?.selection
      return selection ? [{ filter, selection }] : []
    })
    waker.enter(collector, inventory.read, watched)
  }

  /** Serves the calls that wait, one after the other, as long as there is an answer. */
  const serve = (collector: Collector) => {
    for (let wait = collector.waits.queue[0]; wait; wait = collector.waits.queue[0]) {
      try {
        const answer = calculate(collector, wait.request)
        if (!answer && !wait.expired) return
        wait.end(answer)
      } catch (error) {
        if (!(error instanceof VimFault)) services.log.error({ err: error }, 'A property filter broke.')
        wait.end(
          undefined,
          error instanceof VimFault ? error : fault('SystemError', { reason: 'internal error' }),
        )
      }
    }
    waker.leave(collector)
  }

  const drop = (collector: Collector, wait: Wait) => {
    const first = collector.waits.queue[0] === wait
    wait.end(undefined)
    if (first) serve(collector)
  }

  const forget = (collector: Collector) => {
    cancelAll(collector.waits)
    waker.leave(collector)
    woken.delete(collector)
    const ofSession = bySession.get(collector.token)
    ofSession?.delete(collector.id)
    if (ofSession?.size === 0) bySession.delete(collector.token)
  }

  const wake = (collector: Collector) => {
    if (collector.waits.queue.length === 0) return
    work.woken++
    woken.add(collector)
    flushLater()
  }

  const flushLater = () => {
    if (flushing) return
    flushing = true
    // After everything that the running call commits: its intermediate states are one change for who waits.
    queueMicrotask(flush)
  }

  const flush = () => {
    if (waker.unsettled) for (const collector of waker.moved(inventory.read)) wake(collector)
    flushing = false
    const ready = [...woken]
    woken.clear()
    for (const collector of ready) if (collector.waits.queue.length > 0) serve(collector)
  }

  const onCommit = (commit: Commit) => {
    log.add(commit)
    if (bySession.size === 0) return
    for (const { id, before, after } of commit.changes) {
      if (before?.type === sessions.kind && !after)
        for (const collector of [...(bySession.get(id.slice(sessionId('').length))?.values() ?? [])])
          forget(collector)
      else if (before?.type === 'PropertyCollector' && !after) forEachOf(id, forget)
      else if (!before && after?.type === 'PropertyFilter') {
        const token = ownerOf(inventory.read, id)
        const collector = bySession.get(token ?? '')?.get(filterValue(after)?.collector ?? '')
        if (collector) wake(collector)
      }
    }
    if (commit.replaced) forEach((collector) => startOver(collector, commit))
    for (const collector of waker.concerned(commit)) wake(collector)
    if (waker.unsettled) flushLater()
  }

  const forEach = (act: (collector: Collector) => void) => {
    for (const ofSession of [...bySession.values()])
      for (const collector of [...ofSession.values()]) act(collector)
  }

  const forEachOf = (id: string, act: (collector: Collector) => void) =>
    forEach((collector) => collector.id === id && act(collector))

  /** Another state is in place: where a filter has gone or is another one, the versions mean nothing any more. */
  const startOver = (collector: Collector, { before, after }: Commit) => {
    const had = [...collector.versions.known.values()].flatMap(({ filters }) => [...filters.keys()])
    const same = had.every((id) => {
      const old = before.entities.get(id)
      return !old || old.value === after.entities.get(id)?.value
    })
    if (same) return wake(collector)
    cancelAll(collector.waits)
    waker.leave(collector)
    collector.versions.known.clear()
    collector.versions.suspended = undefined
  }

  const collectors: Collectors = {
    sandbox,
    work,
    reading,
    of(token, id) {
      let ofSession = bySession.get(token)
      if (!ofSession) {
        ofSession = new Map()
        bySession.set(token, ofSession)
      }
      let collector = ofSession.get(id)
      if (!collector) {
        collector = { token, id, pages: createPages(), versions: createVersions(), waits: createWaits() }
        ofSession.set(id, collector)
      }
      return collector
    },
    wait(collector, request) {
      if (collector.waits.queue.length === 0) {
        const answer = calculate(collector, request)
        if (answer || request.seconds === 0) {
          waker.leave(collector)
          return answer
        }
      }
      return enqueue(collector.waits, clock, request, {
        expire: (wait) => (collector.waits.queue[0] === wait ? serve(collector) : wait.end(undefined)),
        gone: (wait) => drop(collector, wait),
      })
    },
    cancel(collector) {
      cancelAll(collector.waits)
      waker.leave(collector)
    },
  }
  services.volatile.set(KEY, collectors)
  const unsubscribe = inventory.subscribe(onCommit)
  return () => {
    unsubscribe()
    forEach(forget)
    services.volatile.delete(KEY)
  }
}
