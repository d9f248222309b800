import { createInventory, type Inventory } from '#inventory/inventory.js'
import { type AgendaEntry, emptyRoot, type Root } from '#inventory/root.js'
import type { Clock } from '#ports/clock.js'
import { runTaskStage } from '../task/run.js'
import type { Work } from './behaviour.js'
import { broken } from './broken.js'
import {
  type Context,
  createContext,
  type ReadContext,
  type Services,
  type Session,
  sessions,
} from './context.js'
import type { Registry } from './registry.js'

/** One whole world: state, clock, randomness and rules, sharing nothing with any other. */
export interface Sandbox {
  readonly inventory: Inventory
  readonly clock: Clock
  readonly services: Services
  readonly registry: Registry
  /** True in tests: undeclared faults and mistakes of ours are thrown instead of answered. */
  readonly strict: boolean
  transact<R>(caller: Parameters<typeof createContext>[3], change: (ctx: Context) => R): R
  readContext(session: Session | undefined): ReadContext
  /** Runs everything on the agenda that is due, each entry in its own commit. */
  settle(): void
  snapshot(): Root
  /** The states that may be shown or put back: the present one, the seed, and every snapshot that somebody holds. */
  roots(): readonly Root[]
  /** Puts a snapshot of this world back. */
  restore(root: Root): void
  /** Back to the seed; who is logged in stays logged in (deviation 11). */
  reset(): void
  /** Called when the state is replaced, so that what lives beside it can let go. */
  close(): void
}

export interface SandboxOptions {
  readonly registry: Registry
  readonly services: Services
  readonly clock: Clock
  readonly strict?: boolean | undefined
  /** Builds the world in one transaction; what that sets going has run when the world is ready, and left no events. */
  readonly seed?: ((ctx: Context) => void) | undefined
  /** A state to go on from, instead of the seed. */
  readonly start?: Root | undefined
}

/** More due entries than this at one instant are a loop of ours, not work. */
const MOST_AT_ONCE = 1_000_000

export function createSandbox(options: SandboxOptions): Sandbox {
  const { registry, clock } = options
  const strict = options.strict ?? false
  const inventory = createInventory(registry.model, options.start, (error) =>
    broken({ strict, services }, 'What looks at every commit', error, 'the state stands'),
  )
  const services = { ...options.services }
  let seeding = false
  let seeded: Root | undefined
  /** When roots that can be put back were the state, milliseconds since the epoch. */
  const instants = new WeakMap<Root, number>()
  const snapshots = new Set<WeakRef<Root>>()
  let settling = false
  const detachments: (() => void)[] = []

  const sandbox: Sandbox = {
    inventory,
    clock,
    services,
    registry,
    strict,
    transact: (caller, change) =>
      inventory.transact((tx) => change(createContext(services, tx, clock.now(), caller, seeding))),
    readContext: (session) => ({ read: inventory.read, services, session, now: clock.now() }),
    settle() {
      if (settling) return
      settling = true
      try {
        for (let ran = 0; ; ran++) {
          const next = inventory.root.agenda[0]
          if (!next || next.due > clock.now()) break
          if (ran < MOST_AT_ONCE) runEntry(sandbox, next)
          else drop(sandbox, next, new Error(`Work of kind '${next.kind}' never comes to rest.`))
        }
      } finally {
        settling = false
      }
      clock.setAlarm(inventory.root.agenda[0]?.due, sandbox.settle)
    },
    roots() {
      const roots = [inventory.root]
      for (const snapshot of snapshots) {
        const root = snapshot.deref()
        if (root) roots.push(root)
        else snapshots.delete(snapshot)
      }
      return roots
    },
    snapshot() {
      if (!instants.has(inventory.root)) snapshots.add(new WeakRef(inventory.root))
      instants.set(inventory.root, clock.now())
      return inventory.root
    },
    restore(root) {
      putBack(root)
      sandbox.settle()
    },
    reset() {
      const here = inventory.root
      const open = [...inventory.read.ids(sessions)].map((id) => inventory.read.entity(id))
      if (seeded) putBack(seeded)
      else plant()
      inventory.transact((tx) => {
        for (const entity of open)
          if (entity && !tx.entity(entity.id)) tx.create(sessions, entity.id, entity.value as Session)
        for (const entry of here.agenda)
          if (entry.kind === 'session.idle') tx.schedule(entry.due, entry.kind, entry.refs)
      })
      sandbox.settle()
    },
    close() {
      for (const detach of detachments) detach()
      clock.stop()
      services.blobs.close()
    },
  }

  const putBack = (root: Root) => {
    const away = clock.now() - (instants.get(root) ?? clock.now())
    inventory.replace(away === 0 ? root : { ...root, agenda: postponed(root.agenda, away) })
  }

  /** Builds the seed from nothing, without events and without waiting for anything. */
  const plant = () => {
    seeding = true
    services.pace = 0
    try {
      if (inventory.root.entities.size > 0) inventory.replace(emptyRoot)
      if (options.seed) sandbox.transact({}, options.seed)
      sandbox.settle()
    } finally {
      seeding = false
      services.pace = options.services.pace
    }
    seeded = sandbox.snapshot()
  }

  if (options.start) sandbox.settle()
  else plant()
  for (const family of registry.attached) {
    const detach = family.attach?.(sandbox)
    if (detach) detachments.push(detach)
  }
  return sandbox
}

function postponed(agenda: Root['agenda'], ms: number): Root['agenda'] {
  return Object.freeze(agenda.map((entry) => Object.freeze({ ...entry, due: entry.due + ms })))
}

/**
 * Runs one agenda entry. What it throws never reaches a client: a task keeps its fault; other work is undone, and then
 * each family that has a part in it does its own, so that only the part that fails is dropped.
 */
function runEntry(sandbox: Sandbox, entry: AgendaEntry): void {
  const handlers = sandbox.registry.work(entry.kind)
  try {
    if (entry.kind === 'task.stage') runTaskStage(sandbox, entry)
    else
      sandbox.transact({}, (ctx) => {
        ctx.tx.unschedule(entry.number)
        for (const handler of handlers) handler(ctx, entry.refs)
      })
  } catch (error) {
    drop(sandbox, entry, error)
    if (handlers.length > 1) for (const handler of handlers) runAlone(sandbox, entry, handler)
  }
}

function runAlone(sandbox: Sandbox, entry: AgendaEntry, handler: Work): void {
  try {
    sandbox.transact({}, (ctx) => handler(ctx, entry.refs))
  } catch (error) {
    report(sandbox, entry, error)
  }
}

function drop(sandbox: Sandbox, entry: AgendaEntry, error: unknown): void {
  report(sandbox, entry, error)
  sandbox.transact({}, (ctx) => ctx.tx.unschedule(entry.number))
}

function report(sandbox: Sandbox, { kind, refs }: AgendaEntry, error: unknown): void {
  if (sandbox.strict) throw error
  sandbox.services.log.error({ err: error, kind, refs }, 'Scheduled work failed and was undone.')
}
