import { describe, expect, it } from 'vitest'
import { managedType, type Property } from '../schema.js'
import { toAny } from './any-slot.js'

function propertyOf(type: string, name: string): Property {
  const property = managedType(type)?.byName.get(name)
  if (!property) throw new Error(`There is no ${type}.${name}.`)
  return property
}

const slot = (type: string, array = false): Property => ({
  ...propertyOf('ManagedEntity', 'name'),
  type,
  array,
})

describe('toAny', () => {
  const vm = { _typeName: 'ManagedObjectReference', value: 'vm-1', type: 'VirtualMachine' }

  it.each([
    ['vm', propertyOf('ManagedEntity', 'name'), { _typeName: 'string', _value: 'vm' }],
    [
      'gray',
      propertyOf('ManagedEntity', 'overallStatus'),
      { _typeName: 'ManagedEntityStatus', _value: 'gray' },
    ],
    [vm, propertyOf('ManagedEntity', 'parent'), vm],
    [[vm], propertyOf('HostSystem', 'vm'), { _typeName: 'ArrayOfManagedObjectReference', _value: [vm] }],
    [[], propertyOf('HostSystem', 'vm'), { _typeName: 'ArrayOfManagedObjectReference', _value: [] }],
    [[], propertyOf('ManagedEntity', 'tag'), { _typeName: 'ArrayOfTag', _value: [] }],
    [['a'], slot('string', true), { _typeName: 'ArrayOfString', _value: ['a'] }],
    [[1], slot('int', true), { _typeName: 'ArrayOfInt', _value: [1] }],
    [
      ['Datacenter'],
      propertyOf('Folder', 'childType'),
      { _typeName: 'ArrayOfString', _value: ['Datacenter'] },
    ],
    [[], propertyOf('ManagedEntity', 'disabledMethod'), { _typeName: 'ArrayOfString', _value: [] }],
    ['a.b', slot('PropertyPath'), { _typeName: 'PropPath', _value: 'a.b' }],
    [[], { ...slot('Any', true), kind: 'any' as const }, { _typeName: 'ArrayOfAnyType', _value: [] }],
    [undefined, propertyOf('ManagedEntity', 'parent'), undefined],
  ])('%j', (value, property, expected) => {
    expect(toAny(value, property)).toEqual(expected)
  })
})
