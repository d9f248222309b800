import { describe, expect, it } from 'vitest'
import { managedType, type Property, versionIndex } from '../schema.js'
import { problemsOf } from './check.js'

function slot(type: string, kind: Property['kind'], array = false): Property {
  return { name: 'it', type, kind, array, optional: false, link: false, secret: false, since: 0 }
}

const description = slot('Description', 'data')

describe('problemsOf', () => {
  it('finds nothing wrong with a right value', () => {
    expect(problemsOf({ _typeName: 'Description', label: 'l', summary: 's' }, description)).toEqual([])
    expect(
      problemsOf('gray', managedType('ManagedEntity')?.byName.get('overallStatus') ?? description),
    ).toEqual([])
    expect(problemsOf(undefined, { ...description, optional: true })).toEqual([])
    expect(problemsOf([], slot('Description', 'data', true))).toEqual([])
  })

  it.each([
    [undefined, ['it: is required and missing']],
    [{ _typeName: 'Description', label: 'l' }, ['it.summary: is required and missing']],
    [
      { _typeName: 'Description', summary: 's', label: 'l' },
      ['it: members are in the order _typeName,summary,label, not _typeName,label,summary'],
    ],
    [
      { label: 'l', _typeName: 'Description', summary: 's' },
      ['it: members are in the order label,_typeName,summary, not _typeName,label,summary'],
    ],
    [
      { _typeName: 'Description', label: 'l', summary: 's', more: 1 },
      ['it.more: Description has no such member'],
    ],
    [{ _typeName: 'Description', label: 1, summary: 's' }, ['it.label: expected a string, found 1']],
    [{ _typeName: 'AboutInfo' }, expect.arrayContaining(['it: expected a Description, found a AboutInfo'])],
    [{ label: 'l' }, ['it: expected a Description, found a undefined']],
  ])('tells what is wrong with %j', (value, problems) => {
    expect(problemsOf(value, description)).toEqual(problems)
  })

  it('tells what is wrong with references', () => {
    const host = slot('HostSystem', 'reference')
    const right = { _typeName: 'ManagedObjectReference', value: 'host-1', type: 'HostSystem' }
    expect(problemsOf(right, host)).toEqual([])
    expect(problemsOf({ ...right, type: 'Folder' }, host)).toEqual([
      'it: expected a reference to a HostSystem, found one to a Folder',
    ])
    expect(
      problemsOf({ _typeName: 'ManagedObjectReference', type: 'HostSystem', value: 'host-1' }, host),
    ).toEqual(['it: a reference has _typeName, value, type in this order, found _typeName,type,value'])
  })

  it('tells what is wrong inside Any slots', () => {
    const option = (value: unknown) =>
      problemsOf({ _typeName: 'OptionValue', key: 'k', value }, slot('OptionValue', 'data'))
    expect(option({ _typeName: 'string', _value: 'x' })).toEqual([])
    expect(option('x')).toEqual(['it.value: expected a box or a data object, found "x"'])
    expect(option({ _typeName: 'int', _value: 'x' })).toEqual([
      'it.value._value: expected an integer between -2147483648 and 2147483647, found "x"',
    ])
    expect(option({ _typeName: 'Nothing', _value: 'x' })).toEqual([
      'it.value: "Nothing" is neither a data type nor a box',
    ])
  })

  it('finds what is newer than the release, and empty arrays that are left out', () => {
    const spec = slot('VirtualMachineConfigSpec', 'data')
    const value = { _typeName: 'VirtualMachineConfigSpec', extraConfig: [], metroFtEnabled: true }
    expect(problemsOf(value, spec, versionIndex('8.0.3.0'))).toEqual([
      'it.extraConfig: an empty array is left out (rest-wire 3.3)',
    ])
    expect(problemsOf({ ...value, extraConfig: undefined }, spec, versionIndex('8.0.2.0'))).toEqual([
      'it.metroFtEnabled: is newer than the release',
    ])
  })
})
