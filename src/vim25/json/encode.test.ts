import { describe, expect, it } from 'vitest'
import { data } from '../data.js'
import type { ManagedObjectReference } from '../generated/types.js'
import {
  dataType,
  enumType,
  managedType,
  type Property,
  typeNames,
  VERSIONS,
  versionIndex,
} from '../schema.js'
import { encodeBody, encodeJson, encodeProperty, encodeResult } from './encode.js'
import { stringify } from './stringify.js'

const at = (release: string) => versionIndex(release) ?? -1
const NEWEST = VERSIONS.length - 1

const ref = (type: string, value: string) =>
  Object.freeze({ _typeName: 'ManagedObjectReference', value, type }) as ManagedObjectReference

function propertyOf(type: string, name: string): Property {
  const property = managedType(type)?.byName.get(name)
  if (!property) throw new Error(`There is no ${type}.${name}.`)
  return property
}

describe('encodeJson', () => {
  it('writes state as it is when the release has everything in it', () => {
    const about = data('Description', { label: 'l', summary: 's' })
    expect(encodeJson(about, NEWEST)).toBe('{"_typeName":"Description","label":"l","summary":"s"}')
    expect(encodeJson([about, 1, true, 'x'], at('5.0'))).toBe(`[${JSON.stringify(about)},1,true,"x"]`)
  })

  it('writes integers beyond 2^53 with all their digits', () => {
    const value = data('InsufficientMemoryResourcesFault', {
      unreserved: 9223372036854775807n as never,
      requested: 1,
    })
    expect(encodeJson(value, NEWEST)).toBe(
      '{"_typeName":"InsufficientMemoryResourcesFault","unreserved":9223372036854775807,"requested":1}',
    )
    expect(stringify({ a: [1n, undefined, 'x'], b: undefined, c: null })).toBe('{"a":[1,null,"x"],"c":null}')
  })

  it('leaves out what an older release lacks', () => {
    const spec = data('VirtualMachineConfigSpec', {
      name: 'vm',
      ftEncryptionMode: 'ftEncryptionRequired',
      metroFtEnabled: true,
    })
    expect(JSON.parse(encodeJson(spec, at('8.0.3.0')))).toEqual(spec)
    expect(JSON.parse(encodeJson(spec, at('8.0.2.0')))).toEqual({
      _typeName: 'VirtualMachineConfigSpec',
      name: 'vm',
      ftEncryptionMode: 'ftEncryptionRequired',
    })
    expect(JSON.parse(encodeJson(spec, at('6.0')))).toEqual({
      _typeName: 'VirtualMachineConfigSpec',
      name: 'vm',
    })
  })

  it('shows objects and references of newer types as their nearest known base', () => {
    const device = data('VirtualNVMEController', { key: 1, busNumber: 0, sharedBus: 'noSharing' })
    const seen = JSON.parse(encodeJson(device, at('6.0')))
    expect(dataType('VirtualNVMEController')?.since).toBeGreaterThan(at('6.0'))
    expect(seen).toEqual({ _typeName: 'VirtualController', key: 1, busNumber: 0 })
    expect(JSON.parse(encodeJson(ref('StoragePod', 'group-p1'), at('4.1'))).type).toBe('Folder')
    expect(JSON.parse(encodeJson(ref('StoragePod', 'group-p1'), at('5.0'))).type).toBe('StoragePod')
  })

  it('turns boxes of newer enums into strings, and boxed arrays of newer types into arrays of their base', () => {
    const late = typeNames('enum').find((name) => (enumType(name)?.since ?? 0) > at('8.0.0.0')) ?? ''
    const [value] = enumType(late)?.values ?? []
    expect(JSON.parse(encodeJson({ _typeName: late, _value: value }, NEWEST))).toEqual({
      _typeName: late,
      _value: value,
    })
    expect(JSON.parse(encodeJson({ _typeName: late, _value: value }, at('6.0')))).toEqual({
      _typeName: 'string',
      _value: value,
    })
    const box = { _typeName: 'ArrayOfVirtualNVMEController', _value: [] }
    expect(JSON.parse(encodeJson(box, at('6.0')))).toEqual({
      _typeName: 'ArrayOfVirtualController',
      _value: [],
    })
  })

  it('filters inside of lists that it puts together from parts', () => {
    const content = {
      _typeName: 'ObjectContent',
      obj: ref('VirtualMachine', 'vm-1'),
      propSet: [
        {
          _typeName: 'DynamicProperty',
          name: 'spec',
          val: data('VirtualMachineConfigSpec', { metroFtEnabled: true }),
        },
      ],
    }
    const list = (release: string) =>
      JSON.parse(encodeJson({ _typeName: 'RetrieveResult', objects: [content] }, at(release))).objects[0]
        .propSet[0].val
    expect(list('8.0.3.0')).toEqual({ _typeName: 'VirtualMachineConfigSpec', metroFtEnabled: true })
    expect(list('7.0.0.0')).toEqual({ _typeName: 'VirtualMachineConfigSpec' })
    expect(list('4.1')).toEqual({ _typeName: 'VirtualMachineConfigSpec' })
  })

  it('answers with bytes what it has kept as bytes, equal to the text', () => {
    const value = data('Description', { label: 'ümläut', summary: 'x'.repeat(10_000) })
    const list = { _typeName: 'RetrieveResult', objects: [value, value] }
    const text = JSON.stringify(list)
    const bodies = [1, 2, 3].map(() => encodeBody(list, NEWEST))
    expect(bodies.map(String)).toEqual([text, text, text])
    expect(Buffer.isBuffer(bodies[2])).toBe(true)
  })

  it('has no enum member that could get a value which its release lacks', () => {
    // narrow.ts keeps such a value in a required member; there is none, since what grows is declared as string.
    const growing = typeNames('data').flatMap((type) =>
      (dataType(type)?.own ?? [])
        .filter((member) => member.kind === 'enum' && !member.optional)
        .filter((member) => {
          const values = enumType(member.type)
          return values?.values.some(
            (value) => (values.sinceOf(value) ?? 0) > Math.max(member.since, values.since),
          )
        })
        .map((member) => `${type}.${member.name}`),
    )
    expect(growing).toEqual([])
  })
})

describe('encodeProperty', () => {
  it('writes primitives, enums and arrays bare', () => {
    expect(encodeProperty('vm', propertyOf('ManagedEntity', 'name'), NEWEST)).toBe('"vm"')
    expect(encodeProperty('gray', propertyOf('ManagedEntity', 'overallStatus'), NEWEST)).toBe('"gray"')
    expect(encodeProperty([], propertyOf('Folder', 'childEntity'), NEWEST)).toBe('[]')
    expect(encodeProperty([ref('Folder', 'group-v3')], propertyOf('Folder', 'childEntity'), NEWEST)).toBe(
      '[{"_typeName":"ManagedObjectReference","value":"group-v3","type":"Folder"}]',
    )
  })

  it('writes nothing for an unset property', () => {
    expect(encodeProperty(undefined, propertyOf('ManagedEntity', 'parent'), NEWEST)).toBeUndefined()
  })
})

describe('encodeResult', () => {
  it('writes an empty list where nothing was found', () => {
    const find = managedType('SearchIndex')?.methods.get('FindAllByIp')?.result
    if (!find) throw new Error('FindAllByIp has a result.')
    expect(encodeResult(undefined, find, NEWEST)).toBe('[]')
    expect(encodeResult(undefined, { ...find, array: false }, NEWEST)).toBeUndefined()
  })
})
