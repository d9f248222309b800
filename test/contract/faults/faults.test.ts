import { describe, expect, it } from 'vitest'
import { problemsOf } from '#vim25/json/check.js'
import { isDeclared } from '#vsphere/core/registry.js'
import { promisedMethods } from '../../house/promised.js'
import type { FaultCase, Given } from './case.js'
import { casesOf, declaredFaults, FAULT_CASES } from './cases.js'
import { createFaultLab } from './lab.js'
import { administrator, differences, methodOf, newEvents, refusalOf } from './refusal.js'
import { UNCAUSED } from './uncaused.js'

/** One world for all cases: each starts from the same snapshot. */
const lab = createFaultLab()
const fresh = lab.sandbox.snapshot()

describe.each(Object.entries(FAULT_CASES))('%s', (_file, cases) => {
  it.each(cases.map((each) => [each.method, each.fault, each.when, each] as const))(
    '%s: %s when %s',
    async (method, fault, _when, given) => {
      lab.sandbox.restore(fresh)
      const call = given.given(lab)
      expect(argumentProblems(given, call)).toEqual([])
      const before = lab.sandbox.inventory.root
      const token = call.anonymous ? undefined : administrator(lab)
      const refusal = await refusalOf(lab, { ...call, method, token })
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
