import { describe, expect, it } from 'vitest'
import { deepEqual } from '#inventory/equal.js'
import type { Root } from '#inventory/root.js'
import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, MethodFault, TaskInfo } from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { type Session, sessions } from '#vsphere/core/context.js'
import { callMethod, Pending } from '#vsphere/core/dispatch.js'
import { isDeclared } from '#vsphere/core/registry.js'
import { promisedMethods } from '../../house/promised.js'
import type { FaultCase, Given } from './case.js'
import { casesOf, declaredFaults, FAULT_CASES } from './cases.js'
import { createFaultLab, type FaultLab } from './lab.js'
import { UNCAUSED } from './uncaused.js'

/** One world for all cases: each starts from the same snapshot. */
const lab = createFaultLab()
const fresh = lab.sandbox.snapshot()

const methodOf = (method: string) => {
  const [type = '', name = ''] = method.split('.')
  const found = managedType(type)?.methods.get(name)
  if (!found) throw new Error(`vim25 has no method ${method}.`)
  return { type, found }
}

describe.each(Object.entries(FAULT_CASES))('%s', (_file, cases) => {
  it.each(cases.map((each) => [each.method, each.fault, each.when, each] as const))(
    '%s: %s when %s',
    async (method, fault, _when, given) => {
      lab.sandbox.restore(fresh)
      const call = given.given(lab)
      expect(argumentProblems(given, call)).toEqual([])
      const before = lab.sandbox.inventory.root
      const refusal = await refusalOf(lab, given, call)
      expect(refusal.fault).toEqual({ _typeName: fault, ...call.members })
      expect(refusal.message).not.toBe('')
      const after = lab.sandbox.inventory.root
      expect(differences(before, after)).toEqual([])
      expect(newEvents(before, after)).toEqual(call.events ?? [])
      expect(isDeclared(methodOf(method).found, fault)).toBe(true)
    },
  )
})

describe('the declared faults', () => {
  const declared = promisedMethods.flatMap((method) =>
    declaredFaults(method).map((fault) => [method, fault] as const),
  )

  it('have a case or a reason why not, never both', () => {
    const wrong = declared.filter(
      ([method, fault]) => casesOf(method, fault).length > 0 === (UNCAUSED[method]?.[fault] !== undefined),
    )
    expect(wrong.map((each) => each.join(': '))).toEqual([])
    expect(declared.length).toBeGreaterThan(150)
  })

  it('are all that has reasons', () => {
    const reasons = Object.entries(UNCAUSED).flatMap(([method, faults]) =>
      Object.keys(faults).map((fault) => `${method}: ${fault}`),
    )
    const known = new Set(declared.map((each) => each.join(': ')))
    expect(reasons.filter((reason) => !known.has(reason))).toEqual([])
  })

  it('are those of methods that the lab needs, as far as cases go', () => {
    const methods = Object.values(FAULT_CASES).flatMap((cases) => cases.map(({ method }) => method))
    expect(methods.filter((method) => !promisedMethods.includes(method))).toEqual([])
  })
})

/** What is wrong with the arguments by the schema: a case is about its situation, not about a bad call. */
function argumentProblems({ method }: FaultCase, { args = {} }: Given): readonly string[] {
  return methodOf(method).found.params.flatMap((param) =>
    problemsOf((args as Record<string, unknown>)[param.name], param),
  )
}

interface Refusal {
  readonly fault: MethodFault
  readonly message: string
}

/** What a call, or the task that it starts, ends with. */
async function refusalOf(
  { sandbox }: FaultLab,
  { method }: FaultCase,
  { on, args = {}, anonymous }: Given,
): Promise<Refusal> {
  const { type, found } = methodOf(method)
  try {
    const result = callMethod(sandbox, {
      release: sandbox.services.identity.release,
      token: anonymous ? undefined : administrator(sandbox).token,
      type,
      id: on,
      client: { ip: '127.0.0.1', userAgent: 'test' },
      reply: {},
      method: found.name,
      arguments: () => args as Readonly<Record<string, unknown>>,
    })
    const answer = result instanceof Pending ? await result.answer : result
    const info = found.isTask ? taskInfo(sandbox, answer as ManagedObjectReference) : undefined
    if (info?.error && info.state === 'error')
      return { fault: info.error.fault, message: info.error.localizedMessage ?? '' }
  } catch (error) {
    if (error instanceof VimFault) return { fault: error.fault, message: error.message }
    throw error
  }
  throw new Error(`${method} succeeded.`)
}

function administrator({ inventory }: FaultLab['sandbox']): Session {
  const [id = ''] = inventory.read.ids(sessions)
  return inventory.read.get(sessions, id)
}

const taskInfo = ({ inventory }: FaultLab['sandbox'], { value }: ManagedObjectReference): TaskInfo =>
  inventory.read.get('Task', value).info

/** What a refused task leaves behind all the same. */
const TRACES = new Set(['Task', 'taskWork', 'taskRetirement', 'TaskManager', 'EventManager'])

/** Ids of the objects and records that differ, and kinds of the work that is planned anew. */
function differences(before: Root, after: Root): readonly string[] {
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

function newEvents(before: Root, after: Root): readonly string[] {
  const last = before.events.last()?.key ?? 0
  return after.events
    .filter(({ key, _typeName }) => key > last && _typeName !== 'TaskEvent')
    .map(({ _typeName }) => _typeName as string)
    .toArray()
}
