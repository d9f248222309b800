import type { Reader } from '#inventory/reader.js'
import type { HostSystemProperties } from '#vim25/generated/types.js'

/** A value as esxcli writes it; a list is the same member several times. */
export type Cell = string | number | boolean | readonly string[]

/** Members in the order of their names, as esxcli's answers have them. */
export type Row = Readonly<Record<string, Cell>>

/** What a command's function sees: the host that it runs on, and what was asked. */
export interface Call {
  readonly read: Reader
  /** The host's id. */
  readonly id: string
  readonly host: Readonly<HostSystemProperties>
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The first value of a parameter by its name. */
  argument(name: string): string | undefined
}

export interface Parameter {
  readonly name: string
  /** `-w --world-id`. */
  readonly aliases: string
  readonly help: string
  readonly required?: boolean
}

export interface Command {
  /** Namespace and name: `network.vm.list`. */
  readonly path: string
  readonly help: string
  /** Name of the type of one row. */
  readonly type: string
  /** Columns as esxcli prints them, in its order: `World ID,Name`; without spaces they are members of the rows. */
  readonly fields: string
  /** How esxcli prints it; default: a table for what answers with several rows. */
  readonly formatter?: 'simple' | 'table'
  readonly parameters?: readonly Parameter[]
  /** Several rows, one, or a text alone. Throws CommandError. */
  run(call: Call): readonly Row[] | Row | Native
}

/** An answer that is no object: `xsd:string`, `xsd:boolean` or `xsd:long`. */
export class Native {
  constructor(
    readonly type: 'string' | 'boolean' | 'long',
    readonly value: string | number | boolean,
  ) {}
}

/** What esxcli says when it cannot do as asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** `network.vm` of `network.vm.list`. */
export const namespaceOf = (path: string): string => path.slice(0, path.lastIndexOf('.'))

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

export const isNative = (answer: unknown): answer is Native => answer instanceof Native
