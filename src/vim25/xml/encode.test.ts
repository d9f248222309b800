import { describe, expect, it } from 'vitest'
import { boxed, boxedInt, boxedLong, boxedString } from '../any.js'
import { data } from '../data.js'
import { fault, localized } from '../fault.js'
import type { ManagedObjectReference } from '../generated/types.js'
import { dataType, managedType, type Property, VERSIONS, versionIndex } from '../schema.js'
import { encodeElements } from './encode.js'

const at = (release: string) => versionIndex(release) ?? -1
const NEWEST = VERSIONS.length - 1

const ref = (type: string, value: string) =>
  Object.freeze({ _typeName: 'ManagedObjectReference', value, type }) as ManagedObjectReference

function slot(type: string, kind: Property['kind'], more: Partial<Property> = {}): Property {
  const none = { array: false, optional: true, link: false, secret: false, since: 0 }
  return { name: 'val', type, kind, ...none, ...more }
}

function member(type: string, name: string): Property {
  const found = (dataType(type) ?? managedType(type))?.byName.get(name)
  if (!found) throw new Error(`There is no ${type}.${name}.`)
  return found
}

const ANY = slot('Any', 'any')
const text = (value: unknown, property: Property, release = NEWEST) =>
  encodeElements(value, property, release).toString()
const any = (value: unknown) => text(value, ANY)

describe('xsi:type (soap-wire 2.4)', () => {
  it('is absent where the actual type is the declared one', () => {
    const description = data('Description', { label: 'l', summary: 's' })
    expect(text(description, slot('Description', 'data'))).toBe(
      '<val><label>l</label><summary>s</summary></val>',
    )
    expect(text('green', slot('ManagedEntityStatus', 'enum'))).toBe('<val>green</val>')
    expect(text(true, slot('boolean', 'primitive'))).toBe('<val>true</val>')
  })

  it('is present on subtypes, whose members follow those of the base', () => {
    const disk = data('VirtualDisk', {
      key: 2000,
      backing: data('VirtualDiskFlatVer2BackingInfo', { fileName: '[ds] a.vmdk', diskMode: 'persistent' }),
      capacityInKB: 1024,
    })
    expect(text([disk], member('VirtualHardware', 'device'))).toBe(
      '<device xsi:type="VirtualDisk"><key>2000</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>[ds] a.vmdk</fileName><diskMode>persistent</diskMode></backing><capacityInKB>1024</capacityInKB></device>',
    )
  })

  it('is present in every Any slot, with the prefix xsd for primitives', () => {
    expect(any(boxedString('a'))).toBe('<val xsi:type="xsd:string">a</val>')
    expect(any(boxedInt(1))).toBe('<val xsi:type="xsd:int">1</val>')
    expect(any(boxedLong(9223372036854775807n))).toBe('<val xsi:type="xsd:long">9223372036854775807</val>')
    expect(any(boxed('binary', 'AA=='))).toBe('<val xsi:type="xsd:base64Binary">AA==</val>')
    expect(any(boxed('dateTime', '2026-01-31T12:00:00Z'))).toBe(
      '<val xsi:type="xsd:dateTime">2026-01-31T12:00:00Z</val>',
    )
    expect(any(boxed('PropPath', 'a.b'))).toBe('<val xsi:type="xsd:string">a.b</val>')
    expect(any(boxed('TaskInfoState', 'success'))).toBe('<val xsi:type="TaskInfoState">success</val>')
    expect(any(data('Description', { label: '', summary: '' }))).toBe(
      '<val xsi:type="Description"><label></label><summary></summary></val>',
    )
  })

  it('stands behind the type of a reference in an Any slot, and in no other', () => {
    const vm = ref('VirtualMachine', 'vm-1')
    expect(any(vm)).toBe('<val type="VirtualMachine" xsi:type="ManagedObjectReference">vm-1</val>')
    expect(text(vm, slot('ManagedEntity', 'reference'))).toBe('<val type="VirtualMachine">vm-1</val>')
  })
})

describe('arrays (soap-wire 2.5)', () => {
  it('are boxed in Any slots, and each element says its type', () => {
    expect(any(boxed('ArrayOfInt', [1, 2]))).toBe(
      '<val xsi:type="ArrayOfInt"><int xsi:type="xsd:int">1</int><int xsi:type="xsd:int">2</int></val>',
    )
    expect(any(boxed('ArrayOfPropPath', ['a']))).toBe(
      '<val xsi:type="ArrayOfString"><string xsi:type="xsd:string">a</string></val>',
    )
    expect(any(boxed('ArrayOfManagedObjectReference', [ref('Datastore', 'datastore-1')]))).toBe(
      '<val xsi:type="ArrayOfManagedObjectReference"><ManagedObjectReference type="Datastore" xsi:type="ManagedObjectReference">datastore-1</ManagedObjectReference></val>',
    )
    const floppy = data('VirtualFloppy', { key: 1 })
    expect(any(boxed('ArrayOfVirtualDevice', [floppy]))).toBe(
      '<val xsi:type="ArrayOfVirtualDevice"><VirtualDevice xsi:type="VirtualFloppy"><key>1</key></VirtualDevice></val>',
    )
    expect(any(boxed('ArrayOfAnyType', [boxedString('a')]))).toBe(
      '<val xsi:type="ArrayOfAnyType"><anyType xsi:type="xsd:string">a</anyType></val>',
    )
    expect(any(boxed('ArrayOfBinary', ['AA==']))).toBe(
      '<val xsi:type="ArrayOfBase64Binary"><base64Binary xsi:type="xsd:base64Binary">AA==</base64Binary></val>',
    )
  })

  it('are repeated elements in data objects, bytes signed', () => {
    expect(text([45, -128], slot('byte', 'primitive', { name: 'certificate', array: true }))).toBe(
      '<certificate>45</certificate><certificate>-128</certificate>',
    )
    expect(any(boxed('ArrayOfByte', [-1]))).toBe(
      '<val xsi:type="ArrayOfByte"><byte xsi:type="xsd:byte">-1</byte></val>',
    )
  })

  it('as results repeat returnval', () => {
    const name = ''
    expect(
      text([ref('Folder', 'a'), ref('Folder', 'b')], slot('Folder', 'reference', { name, array: true })),
    ).toBe('<returnval type="Folder">a</returnval><returnval type="Folder">b</returnval>')
  })
})

describe('emptiness (soap-wire 2.6)', () => {
  it('is no element for what is unset, and never a self-closed one', () => {
    expect(text(undefined, ANY)).toBe('')
    expect(text([], slot('string', 'primitive', { array: true }))).toBe('')
    expect(any(boxed('ArrayOfString', []))).toBe('<val xsi:type="ArrayOfString"></val>')
    expect(
      text(data('HostIpRouteConfig', {}), slot('HostIpRouteConfig', 'data', { name: 'ipRouteConfig' })),
    ).toBe('<ipRouteConfig></ipRouteConfig>')
    expect(text('', slot('string', 'primitive', { name: 'domainName' }))).toBe('<domainName></domainName>')
  })
})

describe('text', () => {
  it('is escaped (2.7), and numbers are exact', () => {
    expect(any(boxedString(`<a b="c" d='e'>&`))).toBe(
      '<val xsi:type="xsd:string">&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;</val>',
    )
    expect(text(ref('VirtualMachine', '<&'), slot('VirtualMachine', 'reference'))).toBe(
      '<val type="VirtualMachine">&lt;&amp;</val>',
    )
    expect(any(boxed('double', 1e-7))).toBe('<val xsi:type="xsd:double">1e-7</val>')
    expect(any(boxed('double', Number.NaN))).toBe('<val xsi:type="xsd:double">NaN</val>')
    expect(any(boxed('float', Number.POSITIVE_INFINITY))).toBe('<val xsi:type="xsd:float">INF</val>')
    expect(any(boxed('float', Number.NEGATIVE_INFINITY))).toBe('<val xsi:type="xsd:float">-INF</val>')
  })
})

describe('faults in data', () => {
  it('are a fault with its type beside its message (2.9)', () => {
    const error = localized(
      fault('InvalidPowerState', { requestedState: 'poweredOn', existingState: 'poweredOn' }),
    )
    expect(text(error, slot('LocalizedMethodFault', 'data', { name: 'error' }))).toBe(
      `<error><fault xsi:type="InvalidPowerState"><requestedState>poweredOn</requestedState><existingState>poweredOn</existingState></fault><localizedMessage>${error.localizedMessage?.replaceAll("'", '&apos;')}</localizedMessage></error>`,
    )
  })
})

describe('older releases (soap-wire 1.5)', () => {
  it('see no newer members, types or values, in typed slots and in Any', () => {
    const spec = Object.freeze(data('VirtualMachineConfigSpec', { name: 'vm', metroFtEnabled: true }))
    const config = slot('VirtualMachineConfigSpec', 'data')
    for (const _again of [1, 2, 3]) {
      expect(text(spec, config, at('8.0.2.0'))).toBe('<val><name>vm</name></val>')
      expect(text(spec, config, at('8.0.3.0'))).toBe(
        '<val><name>vm</name><metroFtEnabled>true</metroFtEnabled></val>',
      )
      expect(text(spec, ANY, at('8.0.2.0'))).toBe(
        '<val xsi:type="VirtualMachineConfigSpec"><name>vm</name></val>',
      )
    }
  })

  it('see the nearest base that they know', () => {
    const tpm = data('VirtualTPM', { key: 11000 })
    const device = slot('VirtualDevice', 'data')
    for (const _again of [1, 2, 3]) {
      expect(text(tpm, device, at('6.5'))).toBe('<val><key>11000</key></val>')
      expect(text(tpm, ANY, at('6.5'))).toBe('<val xsi:type="VirtualDevice"><key>11000</key></val>')
      expect(text(tpm, device)).toBe('<val xsi:type="VirtualTPM"><key>11000</key></val>')
    }
    expect(text(ref('StoragePod', 'group-p1'), slot('Folder', 'reference'), at('4.1'))).toBe(
      '<val type="Folder">group-p1</val>',
    )
  })
})

describe('what is read again', () => {
  it('is the same, wherever it stands', () => {
    const value = data('OptionValue', { key: 'k'.repeat(100), value: boxedString('v') })
    const inside = `<key>${'k'.repeat(100)}</key><value xsi:type="xsd:string">v</value>`
    for (const _again of [1, 2, 3]) {
      expect(text(value, slot('OptionValue', 'data', { name: 'a' }))).toBe(`<a>${inside}</a>`)
      expect(text([value, value], slot('OptionValue', 'data', { name: 'b', array: true }))).toBe(
        `<b>${inside}</b><b>${inside}</b>`,
      )
      expect(any(value)).toBe(`<val xsi:type="OptionValue">${inside}</val>`)
    }
  })

  it('is put together from kept pieces in lists of objects', () => {
    const property = (name: string, val: ReturnType<typeof boxedInt>) =>
      data('DynamicProperty', { name, val })
    const propSet = [property('a', boxedString('x'.repeat(80))), property('b', boxedInt(1))]
    const returnval = slot('ObjectContent', 'data', { name: '', array: true })
    const wanted = `<returnval><obj type="Folder">group-d1</obj><propSet><name>a</name><val xsi:type="xsd:string">${'x'.repeat(80)}</val></propSet><propSet><name>b</name><val xsi:type="xsd:int">1</val></propSet></returnval>`
    for (const _again of [1, 2, 3]) {
      const result = [{ _typeName: 'ObjectContent', obj: ref('Folder', 'group-d1'), propSet }]
      expect(text(result, returnval)).toBe(wanted)
      expect(text(result, returnval, at('4.0'))).toBe(wanted)
    }
  })
})
