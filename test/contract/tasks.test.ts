import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { promisedMethods } from '../house/promised.js'
import { createFaultLab } from './faults/lab.js'
import { methodOf, newEvents } from './faults/refusal.js'
import { TASK_CASES } from './tasks.js'

/** One world for all cases: each starts from the same snapshot. */
const lab = createFaultLab()
const fresh = lab.sandbox.snapshot()

describe('the tasks of the methods that the lab needs', () => {
  it.each(TASK_CASES)('$method', ({ method, given, described, events, shows, is }) => {
    lab.sandbox.restore(fresh)
    const [on, args] = given(lab)
    const { type, found } = methodOf(method)
    const before = lab.sandbox.inventory.root
    const own = before.entities.get(on)?.type ?? type
    const name = lab.nameOf(on)
    const { value } = lab.call(type, on, found.name, args) as ManagedObjectReference
    const after = lab.sandbox.inventory.root
    const { info } = lab.sandbox.inventory.read.get('Task', value)
    expect(info).toMatchObject({
      key: value,
      name: found.name,
      descriptionId: described,
      entity: { type: own, value: on },
      entityName: name,
      state: 'success',
      cancelled: false,
      reason: { _typeName: 'TaskReasonUser', userName: 'VSPHERE.LOCAL\\Administrator' },
    })
    expect([info.queueTime, info.startTime, info.completeTime].every(Boolean)).toBe(true)
    expect(newEvents(before, after).filter((event) => event !== 'EventEx')).toEqual(events)
    expect(shows(lab, on, info)).toEqual(is)
  })

  it('are all there', () => {
    const tasks = promisedMethods.filter((method) => methodOf(method).found.isTask)
    expect(TASK_CASES.map(({ method }) => method).sort()).toEqual([...tasks].sort())
  })
})
