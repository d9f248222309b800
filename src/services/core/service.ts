import type { Services } from '#vapi/generated/types.js'
import type { ServiceCall } from './call.js'

/** What an operation does; a promise where it waits for a task. */
type Implementation<O> = O extends { input: infer I; output: infer R }
  ? (call: ServiceCall, input: I) => R | Promise<R>
  : never

/** The implemented operations of one service, typed by the generated definitions. */
export type ServiceOf<S extends keyof Services> = {
  readonly [O in keyof Services[S]]?: Implementation<Services[S][O]>
}

export type AnyImplementation = (call: ServiceCall, input: Readonly<Record<string, unknown>>) => unknown

export interface ServiceTable {
  readonly id: string
  readonly operations: Readonly<Record<string, AnyImplementation>>
}

/** A table of operations: adding one is one function and one line. */
export function service<S extends keyof Services & string>(id: S, operations: ServiceOf<S>): ServiceTable {
  return Object.freeze({
    id,
    operations: operations as unknown as Readonly<Record<string, AnyImplementation>>,
  })
}
