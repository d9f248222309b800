import { deepEqual } from '#inventory/equal.js'
import type { Root } from '#inventory/root.js'
import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, MethodFault } from '#vim25/generated/types.js'
import { type Method, managedType } from '#vim25/schema.js'
import { sessions } from '#vsphere/core/context.js'
import { callMethod, Pending } from '#vsphere/core/dispatch.js'
import type { FaultLab } from './lab.js'

/** A method by `Type.Method`. */
export function methodOf(method: string): { readonly type: string; readonly found: Method } {
  const [type = '', name = ''] = method.split('.')
  const found = managedType(type)?.methods.get(name)
  if (!found) throw new Error(`vim25 has no method ${method}.`)
  return { type, found }
}

export interface Attempt {
  /** `Type.Method` */
  readonly method: string
  readonly on: string
  readonly args?: object | undefined
  /** Of the caller's session; undefined: not logged in. */
  readonly token: string | undefined
}

export interface Refusal {
  readonly fault: MethodFault
  readonly message: string
}

/** What a call, or the task that it starts, ends with; throws when it succeeds. */
export async function refusalOf({ sandbox }: FaultLab, attempt: Attempt): Promise<Refusal> {
  const { method, on, args = {}, token } = attempt
  const { type, found } = methodOf(method)
  try {
    const result = callMethod(sandbox, {
      release: sandbox.services.identity.release,
      token,
      type,
      id: on,
      client: { ip: '127.0.0.1', userAgent: 'test' },
      reply: {},
      method: found.name,
      arguments: () => args as Readonly<Record<string, unknown>>,
    })
    const answer = result instanceof Pending ? await result.answer : result
    const { value = '' } = found.isTask ? (answer as ManagedObjectReference) : {}
    const info = found.isTask ? sandbox.inventory.read.get('Task', value).info : undefined
    if (info?.error && info.state === 'error')
      return { fault: info.error.fault, message: info.error.localizedMessage ?? '' }
  } catch (error) {
    if (error instanceof VimFault) return { fault: error.fault, message: error.message }
    throw error
  }
  throw new Error(`${method} succeeded.`)
}

/** The token of the session that the lab began with. */
export function administrator({ sandbox }: FaultLab): string {
  const { read } = sandbox.inventory
  const [id = ''] = read.ids(sessions)
  return read.get(sessions, id).token
}

/** What a refused task leaves behind all the same. */
const TRACES = new Set(['Task', 'taskWork', 'taskRetirement', 'TaskManager', 'EventManager'])

/** Ids of the objects and records that differ, and kinds of the work that is planned anew. */
export function differences(before: Root, after: Root): readonly string[] {
  const ids = new Set([...before.entities.keys(), ...after.entities.keys()])
  const changed = [...ids].filter((id) => {
    const [old, now] = [before.entities.get(id), after.entities.get(id)]
    if (old === now || TRACES.has((now ?? old)?.type ?? '')) return false
    return !old || !now || !deepEqual(lasting(old.value), lasting(now.value))
  })
  const planned = after.agenda.filter(
    ({ kind, number }) =>
      !kind.startsWith('task.') && !before.agenda.some((entry) => entry.number === number),
  )
  return [...changed, ...planned.map(({ kind }) => kind)]
}

const lasting = (value: object) => ({ ...value, recentTask: undefined })

/** Types of the events since, those of tasks left out. */
export function newEvents(before: Root, after: Root): readonly string[] {
  const last = before.events.last()?.key ?? 0
  return after.events
    .filter(({ key, _typeName }) => key > last && _typeName !== 'TaskEvent')
    .map(({ _typeName }) => _typeName as string)
    .toArray()
}
