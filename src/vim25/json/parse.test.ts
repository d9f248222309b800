import { describe, expect, it } from 'vitest'
import { parseJson } from './parse.js'

describe('parseJson', () => {
  it('keeps integers exactly that a double cannot hold', () => {
    expect(
      parseJson('{"a": 9223372036854775807, "b": [-9223372036854775808,1], "c": 9007199254740991}'),
    ).toEqual({
      a: 9223372036854775807n,
      b: [-9223372036854775808n, 1],
      c: 9007199254740991,
    })
    expect(parseJson('18446744073709551615')).toBe(18446744073709551615n)
  })

  it('leaves fractions and exponents beside long integers alone', () => {
    expect(parseJson('[1234567890123456789, 0.1234567890123456, 1e3]')).toEqual([
      1234567890123456789n,
      0.1234567890123456,
      1000,
    ])
  })

  it('takes the last of two members with one name, with long numbers and without', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 })
    expect(parseJson('{"a":1,"a":1234567890123456789}')).toEqual({ a: 1234567890123456789n })
  })

  it.each(['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"n":1234567890123456789}'])(
    'treats __proto__ as a member: %s',
    (text) => {
      const value = parseJson(text) as Record<string, unknown>
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(Object.hasOwn(value, '__proto__')).toBe(true)
      expect(value.x).toBeUndefined()
    },
  )

  it.each(['', '{', '{"a":}', '[1,]', '{"a":12345678901234567890', 'nul'])('throws for %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError)
  })
})
