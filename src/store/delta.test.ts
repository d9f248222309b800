import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, deltaOf } from './delta.js'
import { decode, encode } from './value-text.js'

/** Values with few names and small arrays, so that two of them often have something in common. */
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(null, 'a', 2n),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('_typeName', 'a', 'b', 'c', '__proto__', 'v', 'd', '$'), tie('value'), {
      noNullPrototype: true,
    }),
  ),
})).value

describe('deltaOf and applyDelta', () => {
  it('make the second of any two values out of the first, through the text of a log', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const delta = deltaOf(before, after)
        const back =
          delta === undefined ? before : applyDelta(before, decode(JSON.parse(encode(delta))) as typeof delta)
        deepStrictEqual(back, after)
        expect(encode(back)).toBe(encode(after))
      }),
      { numRuns: 2000 },
    )
  })

  it('say only what changed', () => {
    const big = { many: 'members' }
    expect(deltaOf({ a: big, b: { c: 1, d: big } }, { a: big, b: { c: 2, d: big } })).toEqual({
      d: { b: { d: { c: { v: 2 } } } },
    })
    expect(deltaOf([big, 1, big], [big, big])).toEqual({ p: 1, s: 1, m: [] })
    expect(deltaOf([big, { x: 1 }, big], [big, { x: 2 }, big])).toEqual({ i: [[1, { d: { x: { v: 2 } } }]] })
    expect(deltaOf({ a: 1 }, { b: big, a: 1 })).toEqual({ k: ['b', 'a'], d: { b: { v: big } } })
    expect(deltaOf(big, { ...big })).toBeUndefined()
  })

  it('refuse a value that the change was not made for', () => {
    expect(() => applyDelta([1], { d: {} })).toThrow('does not fit')
    expect(() => applyDelta(undefined, { i: [] })).toThrow('does not fit')
  })
})
