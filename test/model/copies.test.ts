import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { PC } from '#vsphere/property-collector/test-world.js'
import { type Copy, freshCopy, headInAll, normal, updateCopy } from '#vsphere/property-collector/testing.js'
import { createDoorWorld, type DoorWorld } from '../support/door-world.js'
import { DEEDS, type Step, take } from '../support/world-steps.js'

const RUNS = Number(process.env.WORLD_RUNS ?? 4)

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(
    ...Object.keys(DEEDS),
    'powerOn',
    'powerOn',
    'turnOnFt',
    'turnOnFt',
    'addPortGroup',
    'wait',
  ),
  a: fc.nat(40),
  b: fc.nat(5000),
})

let world: DoorWorld
beforeAll(async () => {
  world = await createDoorWorld()
})
afterAll(() => world.close())

/** Everything that there is: what the root folder contains, the tasks, and all managers, of the world and of hosts. */
function everything({ call, sandbox }: DoorWorld): object {
  const { read, root } = sandbox.inventory
  const view = call('ViewManager', 'ViewManager', 'CreateContainerView', {
    container: read.ref('group-d1'),
    recursive: true,
  }) as ManagedObjectReference
  const managers = [...root.entities.values()].flatMap(({ id, type, ref }) =>
    ref && !isA(type, 'ManagedEntity') && type !== 'Task' && !id.startsWith('session[') ? [ref] : [],
  )
  const through = (type: string, path: string) => data('TraversalSpec', { type, path })
  return data('PropertyFilterSpec', {
    propSet: [data('PropertySpec', { type: 'ManagedObject', all: true })],
    objectSet: [
      data('ObjectSpec', { obj: view, skip: true, selectSet: [through('ContainerView', 'view')] }),
      data('ObjectSpec', {
        obj: read.ref('TaskManager'),
        skip: true,
        selectSet: [through('TaskManager', 'recentTask')],
      }),
      ...managers.map((obj) => data('ObjectSpec', { obj })),
    ],
    reportMissingObjectsInResults: true,
  })
}

/** Where two copies differ, but for what the clock and the caller move, of which nobody is told. */
function differences(copy: Copy, fresh: Copy): readonly string[] {
  const { registry, inventory } = world.sandbox
  const found: string[] = []
  for (const id of new Set([...copy.keys(), ...fresh.keys()])) {
    const [mine, real] = [copy.get(id), fresh.get(id)]
    const type = inventory.read.entity(id)?.type ?? ''
    if (!mine || !real) found.push(`${type} ${id} is in ${mine ? 'the copy' : 'the world'} alone`)
    for (const name of new Set([...(mine?.keys() ?? []), ...(real?.keys() ?? [])])) {
      const projection = registry.projections(type).get(name)
      if (!mine || !real || (projection && !projection.watched) || CALLS.has(name)) continue
      if (!isDeepStrictEqual(normal(mine.get(name)), normal(real.get(name))))
        found.push(`${type} ${id} ${name}: ${short(mine.get(name))}, but is ${short(real.get(name))}`)
    }
  }
  return found
}

/** They tell how often who has called. */
const CALLS: ReadonlySet<string> = new Set(['currentSession', 'sessionList'])

const short = (value: unknown) =>
  (
    JSON.stringify(normal(value), (_key, each) => (typeof each === 'bigint' ? String(each) : each)) ?? 'unset'
  ).slice(0, 300)

describe.each([true, false])(
  'the copy of somebody who follows everything, with partialUpdates %s',
  (partialUpdates) => {
    it('is what he would read anew, whatever happens', { timeout: 120_000 }, () => {
      const start = world.sandbox.snapshot()
      fc.assert(
        fc.property(fc.array(step, { minLength: 5, maxLength: 12, size: 'max' }), (steps) => {
          world.sandbox.restore(start)
          const spec = everything(world)
          world.call(...PC, 'CreateFilter', { spec, partialUpdates })
          const copy: Copy = new Map()
          let from = updateCopy(world, copy, { headOf: headInAll })
          for (const each of steps) {
            take(world, each)
            from = updateCopy(world, copy, { headOf: headInAll, from })
            expect([each.name, differences(copy, freshCopy(world, spec))]).toEqual([each.name, []])
          }
        }),
        { numRuns: RUNS, seed: Number(process.env.WORLD_SEED ?? 20260103) },
      )
      world.sandbox.restore(start)
    })
  },
)
