import { moRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { Operation } from '#vapi/types.js'
import type { ManagedObjectReference, Methods } from '#vim25/generated/types.js'
import type { Client, Context, Session } from '#vsphere/core/context.js'
import { callMethod, propertyOf } from '#vsphere/core/dispatch.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { rememberOrigin } from './task-origin.js'
import { resultOf } from './wait.js'

type Method<T extends keyof Methods> = keyof Methods[T] & string

type ArgumentsOf<T extends keyof Methods, M extends keyof Methods[T]> = Methods[T][M] extends {
  params: infer P
}
  ? P
  : never

type ResultOf<T extends keyof Methods, M extends keyof Methods[T]> = Methods[T][M] extends { result: infer R }
  ? R
  : never

type TaskResultOf<T extends keyof Methods, M extends keyof Methods[T]> = Methods[T][M] extends {
  taskResult: infer R
}
  ? R
  : never

/** One call of an operation of the Automation API, and what the operation may do. */
export interface ServiceCall {
  readonly sandbox: Sandbox
  /** Undefined only for operations that answer without one. */
  readonly session: Session | undefined
  readonly client: Client
  /** What the request logs in with, if it does. */
  readonly credentials: Credentials | undefined
  /** Index into RELEASES of the Automation API. */
  readonly release: number
  /** Aborted when the client has left. */
  readonly signal: AbortSignal | undefined
  /** The state as it is now; after a `vim` or `transact` that is a newer one. */
  readonly read: Reader
  /** Milliseconds since the epoch. */
  readonly now: number
  /** A property as the caller reads it, projections included; no check of privileges. */
  property(id: string, name: string): unknown
  /** Changes what only the Automation API has; all or nothing. */
  transact<R>(change: (ctx: Context) => R): R
  /**
   * Calls a vim25 method in the caller's name, through the same checks, tasks and events as every door. Throws VimFault,
   * which the dispatcher makes an error of the Automation API.
   */
  vim<T extends keyof Methods & string, M extends Method<T>>(
    type: T,
    id: string,
    method: M,
    args: ArgumentsOf<T, M>,
  ): ResultOf<T, M>
  /** The same for a method that starts a task, and waits for its end: the task's result, or its fault thrown. */
  task<T extends keyof Methods & string, M extends Method<T>>(
    type: T,
    id: string,
    method: M,
    args: ArgumentsOf<T, M>,
  ): Promise<TaskResultOf<T, M>>
  /** Starts a task without waiting: its identifier for com.vmware.cis.Tasks (rest-wire 2.3). */
  start<T extends keyof Methods & string, M extends Method<T>>(
    type: T,
    id: string,
    method: M,
    args: ArgumentsOf<T, M>,
  ): string
}

export interface Credentials {
  readonly userName: string
  readonly password: string
}

export interface Caller {
  readonly session: Session | undefined
  readonly client: Client
  readonly credentials?: Credentials | undefined
  readonly release: number
  readonly signal?: AbortSignal | undefined
  /** The operation that is called: what tasks that it starts tell as their origin. */
  readonly operation?: Pick<Operation, 'service' | 'id'> | undefined
}

export function createCall(sandbox: Sandbox, caller: Caller): ServiceCall {
  const { session, client, credentials, release, signal, operation } = caller
  const run = (type: string, id: string, method: string, args: unknown) =>
    callMethod(sandbox, {
      release: sandbox.services.identity.release,
      token: session?.token,
      type,
      id,
      method,
      client,
      reply: {},
      signal: signal && (() => signal),
      arguments: () => args as Readonly<Record<string, unknown>>,
    })
  const call: ServiceCall = {
    sandbox,
    session,
    client,
    credentials,
    release,
    signal,
    get read() {
      return sandbox.inventory.read
    },
    get now() {
      return sandbox.clock.now()
    },
    property(id, name) {
      const entity = sandbox.inventory.read.entity(id)
      return entity && propertyOf(sandbox, sandbox.readContext(session), entity, name)
    },
    transact(change) {
      const result = sandbox.transact({ session, client, signal: () => signal }, change)
      sandbox.settle()
      return result
    },
    vim: (type, id, method, args) => run(type, id, method, args) as never,
    task: async (type, id, method, args) =>
      (await resultOf(sandbox, run(type, id, method, args) as ManagedObjectReference, signal)) as never,
    start(type, id, method, args) {
      const task = run(type, id, method, args) as ManagedObjectReference
      if (operation)
        call.transact((ctx) =>
          rememberOrigin(ctx, task.value, { service: operation.service, operation: operation.id }),
        )
      return taskId(sandbox, task)
    },
  }
  return call
}

/** A vim25 task as the Automation API names it: `task-123:<instance UUID>`. */
export function taskId(sandbox: Sandbox, task: Pick<ManagedObjectReference, 'value'>): string {
  return `${task.value}:${sandbox.services.identity.instanceUuid}`
}

/** A reference to an object that an operation names by its identifier alone. */
export const refTo = moRef

/** The caller's session, for operations that are never anonymous. */
export function requireCaller({ session }: ServiceCall): Session {
  if (!session) throw new Error('This operation was called without a session.')
  return session
}
