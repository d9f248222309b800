import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValue } from '#vim25/json/decode.js'
import { stringify } from '#vim25/json/stringify.js'
import { dataType, type Method, managedType, type Property, typeNames, VERSIONS } from '#vim25/schema.js'
import { decodeOne, decodeParameters } from '#vim25/xml/decode.js'
import { encodeElements } from '#vim25/xml/encode.js'
import { request } from '#vim25/xml/refusal.js'
import { readXml } from '#xml/read.js'
import { randomFrom, sampleArguments, sampleValue, valueArbitrary } from '../support/vim25-values.js'

const RELEASE = VERSIONS.indexOf('8.0.3.0')

const NAMESPACES =
  'xmlns="urn:vim25" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

function slot(type: string, kind: Property['kind']): Property {
  return { name: 'val', type, kind, array: false, optional: false, link: false, secret: false, since: 0 }
}

/** Through XML and back. */
function again(value: unknown, property: Property, release = RELEASE): unknown {
  const text = encodeElements(value, property, release).toString()
  const [element] = readXml(`<x ${NAMESPACES}>${text}</x>`).children
  if (!element) throw new Error(`${text} has no element.`)
  return decodeOne(element, property, release, request())
}

/** What XML cannot tell apart or say: a path is a string there, and there is no NUL. */
const inXml = (value: unknown, property: Property, release = RELEASE) =>
  stringify(decodeValue(value, property, 'val', release))
    .replaceAll('"_typeName":"PropPath"', '"_typeName":"string"')
    .replaceAll('"_typeName":"ArrayOfPropPath"', '"_typeName":"ArrayOfString"')
    .replaceAll('\\u0000', '\ufffd')

describe('SOAP and VI JSON', () => {
  it('hold the same value of every data type', () => {
    const different: string[] = []
    for (const [index, type] of typeNames('data').entries()) {
      if ((dataType(type)?.since ?? 0) > RELEASE) continue
      const property = slot(type, 'data')
      for (const seed of [1, 2, 3]) {
        const random = randomFrom(index * 10 + seed)
        const value = sampleValue(random, property, { release: RELEASE, depth: 3, fullness: seed / 4 })
        if (stringify(again(value, property)) !== inXml(value, property)) different.push(`${type} ${seed}`)
      }
    }
    expect(different).toEqual([])
  }, 60_000)

  it('hold the same value of any type, in any release', () => {
    const any = slot('Any', 'any')
    fc.assert(
      fc.property(valueArbitrary(any, RELEASE), (value) => {
        expect(stringify(again(value, any))).toBe(inXml(value, any))
      }),
      { numRuns: 300, seed: 7 },
    )
    const old = VERSIONS.indexOf('6.0')
    fc.assert(
      fc.property(valueArbitrary(any, old), (value) => {
        expect(stringify(again(value, any, old))).toBe(inXml(value, any, old))
      }),
      { numRuns: 300, seed: 8 },
    )
  }, 60_000)

  it('hold the same arguments of every method', () => {
    const different: string[] = []
    let seed = 0
    for (const type of typeNames('managed'))
      for (const method of managedType(type)?.methods.values() ?? []) {
        if (method.owner !== type || method.since > RELEASE) continue
        const body = sampleArguments(randomFrom(seed++), method, { release: RELEASE, depth: 2 })
        if (stringify(soapArguments(method, body)) !== jsonArguments(method, body))
          different.push(method.name)
      }
    expect(seed).toBeGreaterThan(900)
    expect(different).toEqual([])
  }, 60_000)
})

function soapArguments(method: Method, body: Readonly<Record<string, unknown>>): unknown {
  const inside = method.params.map((each) => encodeElements(body[each.name], each, RELEASE).toString())
  const text = `<x ${NAMESPACES}><_this type="Folder">f</_this>${inside.join('')}</x>`
  return decodeParameters(method, readXml(text), RELEASE, request())
}

function jsonArguments(method: Method, body: Readonly<Record<string, unknown>>): string {
  const members = method.params.flatMap((each) =>
    body[each.name] === undefined ? [] : `${JSON.stringify(each.name)}:${inXml(body[each.name], each)}`,
  )
  return `{${members.join(',')}}`
}
