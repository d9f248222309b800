import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VimFault } from '#vim25/fault.js'
import { problemsOf } from '#vim25/json/check.js'
import { decodeArguments, decodeValue } from '#vim25/json/decode.js'
import { encodeJson, encodeProperty } from '#vim25/json/encode.js'
import { parseJson } from '#vim25/json/parse.js'
import { stringify } from '#vim25/json/stringify.js'
import { dataType, isA, type Method, managedType, type Property, typeNames, VERSIONS } from '#vim25/schema.js'
import { randomFrom, sampleArguments, sampleValue, spoiled, valueArbitrary } from '../support/vim25-values.js'

const NEWEST = VERSIONS.length - 1

const slotOf = (type: string): Property => ({
  name: 'it',
  type,
  kind: 'data',
  array: false,
  optional: false,
  link: false,
  secret: false,
  since: 0,
})

const methods: readonly Method[] = typeNames('managed').flatMap((name) =>
  [...(managedType(name)?.methods.values() ?? [])].filter((method) => method.owner === name),
)

const anyType = fc.constantFrom(...typeNames('data'))
const release = fc.integer({ min: VERSIONS.indexOf('6.0'), max: NEWEST })

/** A data type with a value of it, in a release that has the type. */
const typedValue = fc
  .record({ type: anyType, at: release })
  .map(({ type, at }) => ({ property: slotOf(type), at: Math.max(at, dataType(type)?.since ?? 0) }))
  .chain(({ property, at }) => valueArbitrary(property, at).map((value) => ({ property, at, value })))

function faultOf(run: () => unknown): VimFault {
  try {
    run()
  } catch (error) {
    if (error instanceof VimFault) return error
    throw error
  }
  throw new Error('It was accepted.')
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const inside of Object.values(value)) deepFreeze(inside)
  return Object.freeze(value)
}

const pathIn = (error: VimFault): string | undefined => {
  const members = error.fault as { invalidProperty?: string; argument?: string }
  return members.invalidProperty ?? members.argument
}

describe('VI JSON on values made at random', () => {
  it('reads what it writes: every type comes back as it was', () => {
    fc.assert(
      fc.property(typedValue, ({ property, at, value }) => {
        const text = encodeProperty(value, property, at)
        expect(decodeValue(parseJson(String(text)), property, 'it', at)).toEqual(value)
      }),
      { numRuns: 1500 },
    )
  })

  it('finds nothing wrong with what it reads', () => {
    fc.assert(
      fc.property(typedValue, ({ property, at, value }) => {
        const read = decodeValue(parseJson(encodeJson(value, at)), property, 'it', at)
        expect(problemsOf(read, property, at)).toEqual([])
        expect(Object.isFrozen(read)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('shows an older client only what its release has', () => {
    fc.assert(
      fc.property(anyType, fc.integer(), release, (type, seed, old) => {
        const property = slotOf(type)
        const value = sampleValue(randomFrom(seed), property, { release: NEWEST, fullness: 0.8 })
        const seen = parseJson(encodeJson(value, old)) as { _typeName: string }
        expect(problemsOf(seen, slotOf(seen._typeName), old)).toEqual([])
        expect(isA((value as { _typeName: string })._typeName, seen._typeName)).toBe(true)
        expect(encodeJson(value, NEWEST)).toBe(stringify(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('writes a kept value as it wrote it first, for every release', () => {
    fc.assert(
      fc.property(anyType, fc.integer(), release, (type, seed, old) => {
        const sampled = sampleValue(randomFrom(seed), slotOf(type), { release: NEWEST, fullness: 0.8 })
        const fresh = [old, NEWEST].map((at) => encodeJson(sampled, at))
        const kept = deepFreeze(structuredClone(sampled))
        for (let round = 0; round < 3; round++)
          expect([old, NEWEST].map((at) => encodeJson(kept, at))).toEqual(fresh)
      }),
      { numRuns: 500 },
    )
  })

  it('names the path of the one wrong thing in a body', () => {
    fc.assert(
      fc.property(typedValue, fc.integer(), ({ property, at, value }, seed) => {
        const { body, flaw } = spoiled(randomFrom(seed), property, value)
        const error = faultOf(() => decodeValue(body, property, property.name, at))
        expect({ what: flaw.what, path: pathIn(error) }).toEqual({ what: flaw.what, path: flaw.path })
        expect(error.message).toMatch(
          /^(A specified parameter was not correct: |The request refers to an un)/,
        )
      }),
      { numRuns: 1500 },
    )
  })

  it('reads valid arguments of every method', () => {
    for (const [index, method] of methods.entries()) {
      const body = sampleArguments(randomFrom(index), method, { release: NEWEST, depth: 2 })
      expect(decodeArguments(method, body, NEWEST), method.name).toEqual(body)
    }
    expect(methods.length).toBeGreaterThan(900)
  })

  it('gives a fault for any JSON at all, and nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...methods), fc.jsonValue(), (method, body) => {
        try {
          decodeArguments(method, body, NEWEST)
        } catch (error) {
          expect(error).toBeInstanceOf(VimFault)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
