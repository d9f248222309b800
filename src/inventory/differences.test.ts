import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suspects } from './differences.js'
import { StringMap } from './string-map.js'

type Numbers = StringMap<number>

const different = (a: Numbers, b: Numbers) =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort()

const found = (a: Numbers, b: Numbers) =>
  [...suspects(a, b)].filter((key) => a.get(key) !== b.get(key)).sort()

const numbered = (count: number): Numbers =>
  new StringMap<number>(0, undefined).with(Array.from({ length: count }, (_, n) => [`vm-${n}`, n] as const))

/** Changes of a map: a key gets a value, or goes. Few keys, some of one hash, so that they meet. */
const changes = fc.array(
  fc.tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 3_000 }).map((n) => `vm-${n}`),
      fc.constantFrom('costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke'),
    ),
    fc.option(fc.integer({ min: 0, max: 2 })),
  ),
)

const changed = (map: Numbers, list: readonly (readonly [string, number | null])[]) =>
  map.with(list.map(([key, value]) => [key, value ?? undefined] as const))

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
    for (const change of [
      ['vm-4711', -1],
      ['vm-4711', undefined],
      ['other', 1],
    ] as const)
      expect(suspects(before, before.with([change])).size).toBeLessThan(100)
  })
})
