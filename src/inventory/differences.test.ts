import fc from 'fast-check'
import { Map as PMap } from 'immutable'
import { describe, expect, it } from 'vitest'
import { suspects } from './differences.js'

type Numbers = PMap<string, number>

const different = (a: Numbers, b: Numbers) =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort()

const found = (a: Numbers, b: Numbers) =>
  [...suspects(a, b)].filter((key) => a.get(key) !== b.get(key)).sort()

const numbered = (count: number): Numbers =>
  PMap(Array.from({ length: count }, (_, n) => [`vm-${n}`, n] as const))

/** Changes of a map: a key gets a value, or goes. Few keys, some of one hash, so that they meet. */
const changes = fc.array(
  fc.tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 3_000 }).map((n) => `vm-${n}`),
      fc.constantFrom('Aa', 'BB', 'AaAa', 'AaBB', 'BBAa', 'BBBB'),
    ),
    fc.option(fc.integer({ min: 0, max: 2 })),
  ),
)

const changed = (map: Numbers, list: readonly (readonly [string, number | null])[]) =>
  map.withMutations((all) => {
    for (const [key, value] of list) value === null ? all.delete(key) : all.set(key, value)
  })

describe('differences of two maps', () => {
  it('are all found, whatever the sizes and whichever map came from which', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 5, 40, 2_000), changes, changes, (size, first, second) => {
        const a = changed(numbered(size), first)
        const b = changed(a, second)
        expect(found(a, b)).toEqual(different(a, b))
        expect(found(b, a)).toEqual(different(a, b))
        expect(found(changed(numbered(size), second), a)).toEqual(
          different(changed(numbered(size), second), a),
        )
      }),
    )
  })

  it('take a look at few keys when one of many differs', () => {
    const before = numbered(100_000)
    expect(suspects(before, before).size).toBe(0)
    for (const after of [before.set('vm-4711', -1), before.delete('vm-4711'), before.set('other', 1)])
      expect(suspects(before, after).size).toBeLessThan(100)
  })
})
