import { type Path, path } from './path.js'
import type { Reader } from './reader.js'

/**
 * A derivation keeps properties that are pure functions of other state. It declares what it reads and what it writes;
 * a commit recomputes it, once per object, for what the transaction touched (see derive.ts). Two kinds:
 * - `compute`: any pure function of an object and of what its declared inputs reach;
 * - `inverse`: the other end of a relation that is stored once (`VirtualMachine.runtime.host` -> `HostSystem.vm`).
 */
export type Derivation = ComputeDerivation | InverseDerivation

export interface ComputeDerivation {
  readonly kind: 'compute'
  readonly name: string
  /** The managed type (subtypes included) that gets the properties. */
  readonly type: string
  readonly outputs: readonly Output[]
  readonly inputs: readonly Input[]
  /** Values by dotted output path; an output left out or undefined becomes unset. `value`: the object's present one. */
  compute(read: Reader, id: string, value: object): Readonly<Record<string, unknown>>
}

export interface Output {
  /** Dotted. */
  readonly name: string
  readonly path: Path
}

export interface Input {
  /** The managed type (subtypes included) or record kind whose change matters. */
  readonly type: string
  readonly path: Path
  /**
   * Which objects to recompute when `path` changes on `value`; called with the value and state before the
   * transaction and with those after it. Undefined: the object itself.
   */
  readonly targets: Targets | undefined
}

export type Targets = (value: object, read: Reader, id: string) => Iterable<string | undefined>

export interface InverseDerivation {
  readonly kind: 'inverse'
  readonly name: string
  readonly from: string
  /** A reference or an array of references on the source. */
  readonly path: Path
  /** Managed types (subtypes included) that carry the property; a target of another type is passed over. */
  readonly to: readonly string[]
  readonly property: string
}

export function derivation<T extends object>(definition: {
  name: string
  type: string
  outputs: readonly string[]
  /** Paths on the object itself. */
  own?: readonly string[]
  /** Paths on other objects, with the objects to recompute. */
  via?: readonly {
    type: string
    paths: readonly string[]
    // biome-ignore lint/suspicious/noExplicitAny: the declared type decides the value's shape
    targets: (value: any, read: Reader, id: string) => Iterable<string | undefined>
  }[]
  compute: (value: T, read: Reader, id: string) => Readonly<Record<string, unknown>>
}): ComputeDerivation {
  return Object.freeze({
    kind: 'compute',
    name: definition.name,
    type: definition.type,
    outputs: definition.outputs.map((name) => ({ name, path: path(name) })),
    inputs: [
      ...(definition.own ?? []).map((own) => ({
        type: definition.type,
        path: path(own),
        targets: undefined,
      })),
      ...(definition.via ?? []).flatMap((via) =>
        via.paths.map((at) => ({ type: via.type, path: path(at), targets: via.targets })),
      ),
    ],
    compute: (read: Reader, id: string, value: object) => definition.compute(value as T, read, id),
  })
}

export function inverse(definition: {
  name: string
  from: string
  path: string
  to: readonly string[]
  property: string
}): InverseDerivation {
  return Object.freeze({ kind: 'inverse', ...definition, path: path(definition.path) })
}
