import type { Derivation } from '#inventory/derivation.js'
import type { Entity } from '#inventory/entity.js'
import type { Kept } from '#inventory/indexes.js'
import type { Commit } from '#inventory/inventory.js'
import type { Reader } from '#inventory/reader.js'
import type { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, Methods } from '#vim25/generated/types.js'
import type { Context, ReadContext, Services } from './context.js'
import type { Sandbox } from './sandbox.js'

/** A vim25 method that answers at once. */
export type Direct<P = object, R = unknown> = (ctx: Context, self: ManagedObjectReference, args: P) => R

/**
 * A vim25 method that starts a task. The call creates the Task and answers with it; the body runs when the task does,
 * in a transaction of its own, and its fault becomes TaskInfo.error.
 */
export interface TaskBehaviour<P = object, R = unknown> {
  /** How long the real thing takes, in seconds (scaled by the pace); default 1. */
  readonly seconds?: number | ((ctx: Context, self: ManagedObjectReference, args: P) => number)
  /** Refusals that the call itself answers, before there is a task. */
  before?(ctx: Context, self: ManagedObjectReference, args: P): void
  /** The entity that the task shows; default: the object itself. */
  entity?(ctx: Context, self: ManagedObjectReference, args: P): ManagedObjectReference | undefined
  /** Earlier stages, each its own commit, spread evenly over the duration. */
  readonly stages?: readonly ((ctx: Context, self: ManagedObjectReference, args: P) => void)[]
  readonly cancelable?: boolean
  run(ctx: Context, self: ManagedObjectReference, args: P): R
  /** What remains to be done when `run` or a stage threw: events; runs in its own transaction. */
  failed?(ctx: Context, self: ManagedObjectReference, args: P, error: VimFault): void
}

export type Behaviour = Direct | TaskBehaviour

type BehaviourOf<M> = M extends { params: infer P; result: infer R; taskResult: infer T }
  ? [T] extends [never]
    ? Direct<P, R>
    : TaskBehaviour<P, T>
  : never

/** The implemented methods of one managed type, typed by the generated signatures. */
export type OperationsOf<T extends keyof Methods> = {
  readonly [M in keyof Methods[T]]?: BehaviourOf<Methods[T][M]>
}

export interface Operations {
  readonly type: string
  readonly methods: Readonly<Record<string, Behaviour>>
}

/** A table of behaviours: adding a method is one function and one line. */
export function operations<T extends keyof Methods & string>(type: T, methods: OperationsOf<T>): Operations {
  return Object.freeze({ type, methods: methods as unknown as Readonly<Record<string, Behaviour>> })
}

/** A property that is computed when it is read: per session, or from the clock (DESIGN 3). Never stored or cached. */
export interface Projection {
  readonly type: string
  readonly property: string
  /**
   * Set when the value is a function of the object's own state, or of the whole world's, so that property filters compare
   * it; otherwise only a change of what is stored counts: the clock and the caller never wake anybody.
   */
  readonly watched: 'object' | 'world' | undefined
  /** The object's own members that decide about the value, beside the stored property itself. */
  readonly inputs: readonly string[]
  /**
   * For what is watched as 'world': when it may differ, so that who waits for it is not asked at every commit. Undefined
   * for an object of which that cannot be told.
   */
  follow?(services: Services, entity: Entity): Following | undefined
  /** `stored` is the property's stored value, if any. */
  read(ctx: ReadContext, entity: Entity, stored: unknown): unknown
}

/** When a projection that depends on more than its object may give something else. */
export interface Following {
  /** Who follows the same key follows the same value. */
  readonly key: string
  /** False when the commit cannot have changed the value. */
  touches(commit: Commit): boolean
  /** The value: the same (by identity) as long as nobody needs to know. Without it every commit that touches counts. */
  value?(read: Reader): unknown
}

export function projection<T extends object>(
  type: string,
  property: string,
  read: (ctx: ReadContext, value: T, entity: Entity, stored: unknown) => unknown,
  options: { readonly watched?: 'object' | 'world' } & Partial<Pick<Projection, 'inputs' | 'follow'>> = {},
): Projection {
  const { watched, inputs = [], follow } = options
  return Object.freeze({
    type,
    property,
    watched,
    inputs,
    ...(follow && { follow }),
    read: (ctx: ReadContext, entity: Entity, stored: unknown) => read(ctx, entity.value as T, entity, stored),
  })
}

/** What happens when an agenda entry of a kind falls due; several families may react to one kind. */
export type Work = (ctx: Context, refs: Readonly<Record<string, unknown>>) => void

/** A task that the server starts by itself, by its descriptionId (`FaultTolerance.PowerOnSecondaryLRO`). */
export type InternalTasks = Readonly<
  Record<string, TaskBehaviour<Readonly<Record<string, unknown>>, unknown>>
>

/** Everything that one family of managed objects brings. */
export interface Family {
  readonly name: string
  readonly operations?: readonly Operations[]
  readonly derivations?: readonly Derivation[]
  readonly indexes?: readonly Kept[]
  readonly projections?: readonly Projection[]
  readonly work?: Readonly<Record<string, Work>>
  readonly tasks?: InternalTasks
  /**
   * Called once per world, when its first state stands: for what lives beside the state and looks at every commit. What
   * it returns is called when the world closes.
   */
  attach?(sandbox: Sandbox): () => void
}
