import type { ManagedObjectReference, ManagedTypes } from '#vim25/generated/types.js'

/** A vim25 managed type, by its WSDL name. */
export type ManagedName = keyof ManagedTypes & string

/**
 * What the one table of a root holds: a managed object or a private record. `value` is frozen; a managed object's
 * value holds its properties in the shape that VI JSON puts on the wire. `order` is the number of its creation,
 * by which every list of objects is sorted.
 */
export interface Entity<T = object> {
  readonly id: string
  readonly type: string
  readonly order: number
  /** The object's reference, one frozen value shared by everything that points at it; records have none. */
  readonly ref: ManagedObjectReference | undefined
  readonly value: T
}

/**
 * A kind of private record (machines, links, files, agenda work ...): state that lives in the same root and the same
 * transactions as the managed objects and that no vim25 door shows.
 */
export interface RecordKind<T extends object> {
  readonly kind: string
  /** Only the type parameter matters; never set. */
  readonly shape?: T
}

/** What can be asked for: managed objects by type, or records by kind. */
export type Kind = ManagedName | RecordKind<object>

/** The value of an object or record of a kind. */
export type ValueOf<K extends Kind> = K extends ManagedName
  ? ManagedTypes[K]
  : K extends RecordKind<infer T>
    ? T
    : never

/** Declares a kind of private record. The name must not be a managed type's. */
export function recordKind<T extends object>(kind: string): RecordKind<T> {
  return Object.freeze({ kind })
}

/** A new frozen reference, members in wire order (rest-wire 3.3: value before type). */
export function moRef(type: string, value: string): ManagedObjectReference {
  return Object.freeze({ _typeName: 'ManagedObjectReference', value, type })
}

export function isMoRef(value: unknown): value is ManagedObjectReference {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { _typeName?: unknown })._typeName === 'ManagedObjectReference'
  )
}
