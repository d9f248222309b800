import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode } from './value-text.js'

const there = (value: unknown) => JSON.parse(encode(value))
const roundTrip = (value: unknown) => decode(there(value))

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.string(),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor')), tie('value'), {
      noNullPrototype: true,
    }),
  ),
})).value

describe('encode and decode', () => {
  it('give back any plain value exactly', () => {
    fc.assert(
      fc.property(plain, (value) => {
        deepStrictEqual(roundTrip(value), value)
      }),
    )
  })

  it.each(
    [
      9223372036854775807n,
      -1n,
      Number.NaN,
      -0,
      Number.NEGATIVE_INFINITY,
      2 ** 53,
      { $: 1 },
      { $: { $: '1' } },
      [[]],
      JSON.parse('{"__proto__":{"polluted":1}}'),
    ].map((value) => ({ value })),
  )('give back special value %#', ({ value }) => {
    expect(roundTrip(value)).toStrictEqual(value)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('keep the order of members and leave out what is undefined', () => {
    expect(encode({ b: 1, a: undefined, c: { z: 1, y: 2 } })).toBe('{"b":1,"c":{"z":1,"y":2}}')
  })

  it('freeze all the way down', () => {
    const value = roundTrip({ a: [{ b: 1 }] }) as { a: { b: number }[] }
    expect([value, value.a, value.a[0]].every(Object.isFrozen)).toBe(true)
  })

  it('point at shared values and give back one object for all places', () => {
    const shared = Object.freeze({ speed: 10_000 })
    const text = encode({ a: shared, b: [shared] }, (value) => (value === shared ? 0 : undefined))
    expect(text).toBe('{"a":{"$":0},"b":[{"$":0}]}')
    const back = decode(JSON.parse(text), [shared]) as { a: object; b: object[] }
    expect(back.a).toBe(shared)
    expect(back.b[0]).toBe(shared)
  })

  it('refuse what is no plain data, and references to nothing', () => {
    expect(() => encode({ a: new Map() })).toThrow('State is plain data; there is a Map in it.')
    expect(() => encode([() => 1])).toThrow('State is plain data; there is a function in it.')
    expect(() => decode({ $: 3 }, [1])).toThrow('points at nothing')
  })
})
