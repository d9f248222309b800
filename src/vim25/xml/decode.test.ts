import { describe, expect, it } from 'vitest'
import { readXml } from '#xml/read.js'
import { VimFault } from '../fault.js'
import { type Method, managedType, versionIndex } from '../schema.js'
import { decodeParameters } from './decode.js'
import { request, within } from './refusal.js'

const at = (release: string) => versionIndex(release) ?? -1

function method(type: string, name: string): Method {
  const found = managedType(type)?.methods.get(name)
  if (!found) throw new Error(`There is no ${type}.${name}.`)
  return found
}

const NAMESPACES =
  'xmlns="urn:vim25" xmlns:v="urn:vim25" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:o="urn:other"'

/** The arguments of a call with this inside, as the release reads them. */
function decode(type: string, name: string, inside: string, release = '8.0.3.0') {
  const found = method(type, name)
  const call = readXml(`<${name} ${NAMESPACES}><_this type="${type}">x</_this>${inside}</${name}>`)
  return decodeParameters(
    found,
    call,
    at(release),
    within(request(found.vmodl, 'vim.X'), 'while parsing call information for method X'),
  )
}

function refusal(type: string, name: string, inside: string, release?: string): string {
  try {
    decode(type, name, inside, release)
  } catch (error) {
    if (error instanceof VimFault && error.fault._typeName === 'InvalidRequest') return error.message
    throw error
  }
  throw new Error('It was read.')
}

/** The value of `UpdateOptions(changedValue)`, which may be of any type. */
const any = (value: string) =>
  (
    decode('OptionManager', 'UpdateOptions', `<changedValue><key>k</key>${value}</changedValue>`) as {
      changedValue: readonly { value: unknown }[]
    }
  ).changedValue[0]?.value
const anyRefusal = (value: string) =>
  refusal('OptionManager', 'UpdateOptions', `<changedValue><key>k</key>${value}</changedValue>`).split(
    '\n',
  )[1]

const box = (type: string, value: unknown) => ({ _typeName: type, _value: value })

describe('arguments', () => {
  it('come typed, frozen and in the order of the schema, whatever theirs is', () => {
    const args = decode(
      'Folder',
      'CreateVM_Task',
      '<pool type="ResourcePool">resgroup-1</pool><config versionId="8.0.2.0"><memoryMB>64</memoryMB><name>a &amp; b</name></config>',
    )
    expect(Object.keys(args)).toEqual(['config', 'pool'])
    expect(args).toEqual({
      config: { _typeName: 'VirtualMachineConfigSpec', name: 'a & b', memoryMB: 64 },
      pool: { _typeName: 'ManagedObjectReference', value: 'resgroup-1', type: 'ResourcePool' },
    })
    expect(Object.keys(args.config as object)).toEqual(['_typeName', 'name', 'memoryMB'])
    expect(Object.isFrozen(args) && Object.isFrozen(args.config)).toBe(true)
  })

  it('that are arrays are repeated elements; a required one without any is empty', () => {
    const create = (types: string) =>
      decode(
        'ViewManager',
        'CreateContainerView',
        `<container type="Folder">f</container>${types}<recursive>1</recursive>`,
      )
    expect(create('<type>VirtualMachine</type><type>HostSystem</type>').type).toEqual([
      'VirtualMachine',
      'HostSystem',
    ])
    expect(create('')).not.toHaveProperty('type')
    expect(decode('PerformanceManager', 'QueryPerf', '')).toEqual({ querySpec: [] })
  })

  it('may be nil, which is unset', () => {
    expect(decode('VirtualMachine', 'PowerOnVM_Task', '<host i:nil="true"/>')).toEqual({})
  })

  it('may come in any prefix of their namespace, and in no other namespace', () => {
    expect(decode('Folder', 'CreateFolder', '<v:name>x</v:name>')).toEqual({ name: 'x' })
    expect(refusal('Folder', 'CreateFolder', '<o:name>x</o:name>')).toMatch(
      /^\nUnexpected element tag "name" seen\n/,
    )
    expect(refusal('Folder', 'CreateFolder', '<name xmlns="">x</name>')).toMatch(
      /^\nUnexpected element tag "name" seen\n/,
    )
  })

  it('are refused where they are unknown, too many or missing', () => {
    expect(refusal('Folder', 'CreateFolder', '<name>x</name><nope/>')).toBe(
      '\nUnexpected element tag "nope" seen\n\nwhile parsing call information for method X\n\nwhile parsing HTTP request for method createFolder\non object of type vim.X\nat line 1, column 0',
    )
    expect(refusal('Folder', 'CreateFolder', '<name>x</name><name>y</name>')).toMatch(
      /^\nUnexpected element tag "name" seen\n/,
    )
    expect(refusal('Folder', 'CreateFolder', '')).toMatch(/^\nRequired parameter name is missing\n/)
    expect(refusal('Folder', 'CreateFolder', '<__proto__/>')).toMatch(
      /^\nUnexpected element tag "__proto__" seen\n/,
    )
  })

  it('that are newer than the release are unknown', () => {
    const spec = '<spec><metroFtEnabled>true</metroFtEnabled></spec>'
    expect(decode('VirtualMachine', 'ReconfigVM_Task', spec)).toMatchObject({
      spec: { metroFtEnabled: true },
    })
    expect(refusal('VirtualMachine', 'ReconfigVM_Task', spec, '8.0.2.0')).toMatch(
      /^\nUnexpected element tag "metroFtEnabled" seen\n/,
    )
  })
})

describe('data objects', () => {
  const change = (device: string, operation = '<operation>edit</operation>') =>
    `<spec><deviceChange>${operation}${device}</deviceChange></spec>`

  it('are of the type that they say, in any prefix', () => {
    for (const type of ['VirtualFloppy', 'v:VirtualFloppy'])
      expect(
        decode('VirtualMachine', 'ReconfigVM_Task', change(`<device i:type="${type}"><key>1</key></device>`)),
      ).toMatchObject({
        spec: { deviceChange: [{ device: { _typeName: 'VirtualFloppy', key: 1 } }] },
      })
  })

  it('are refused with the trail to what is wrong (8.2)', () => {
    expect(
      refusal(
        'VirtualMachine',
        'ReconfigVM_Task',
        change('<device i:type="VirtualDisk"><key>1</key><nope/></device>'),
      ),
    ).toMatch(
      /^\nUnexpected element tag "nope" seen\n\nwhile parsing serialized DataObject of type vim\.vm\.device\.VirtualDisk\nat line 1, column \d+\n\nwhile parsing property "device" of static type VirtualDevice\n\nwhile parsing serialized DataObject of type vim\.vm\.device\.VirtualDeviceSpec\nat line 1, column \d+\n\nwhile parsing property "deviceChange" of static type ArrayOfVirtualDeviceConfigSpec\n\nwhile parsing serialized DataObject of type vim\.vm\.ConfigSpec\nat line 1, column \d+\n\nwhile parsing call information for method X\n/,
    )
  })

  it('need their required members', () => {
    const custom =
      '<folder type="Folder">f</folder><name>n</name><spec><location/><powerOn>false</powerOn><template>0</template><customization/></spec>'
    expect(refusal('VirtualMachine', 'CloneVM_Task', custom)).toMatch(
      /^\nRequired property identity is missing from data object of type CustomizationSpec\n/,
    )
  })

  it.each([
    [
      'a type that does not exist',
      '<device i:type="Nope"/>',
      'Error processing attribute "xsi:type" with value "Nope"',
    ],
    [
      'a type of another kind',
      '<device i:type="OptionValue"/>',
      'Error processing attribute "xsi:type" with value "OptionValue"',
    ],
    [
      'a primitive',
      '<device i:type="xsd:string"/>',
      'Error processing attribute "xsi:type" with value "xsd:string"',
    ],
    [
      'another namespace',
      '<device i:type="o:VirtualDisk"/>',
      'Attribute value "o:VirtualDisk" uses the unsupported namespace "urn:other"',
    ],
    [
      'no namespace',
      '<device i:type="zz:VirtualDisk"/>',
      'Attribute value "zz:VirtualDisk" uses an undefined namespace prefix zz',
    ],
    [
      'text',
      '<device i:type="VirtualFloppy">text<key>1</key></device>',
      'Unexpected text "text" seen in <device>',
    ],
    [
      'a member of a subtype that it does not name',
      '<device><key>1</key><capacityInKB>1</capacityInKB></device>',
      'Unexpected element tag "capacityInKB" seen',
    ],
  ])('of %s are refused', (_what, device, why) => {
    expect(refusal('VirtualMachine', 'ReconfigVM_Task', change(device)).split('\n')[1]).toBe(why)
  })

  it('have enums that the release knows', () => {
    const why = (value: string) =>
      refusal('VirtualMachine', 'ReconfigVM_Task', change('', `<operation>${value}</operation>`)).split(
        '\n',
      )[1]
    expect(why('nope')).toBe('"nope" is no valid VirtualDeviceConfigSpecOperation')
    expect(why('')).toBe('"" is no valid VirtualDeviceConfigSpecOperation')
    expect(why('<x/>')).toBe('Unexpected element tag "x" seen')
  })
})

describe('references', () => {
  const on = (host: string) => refusal('VirtualMachine', 'PowerOnVM_Task', host)

  it('are of the declared type or one below it', () => {
    expect(on('<host type="Foo">h</host>')).toMatch(
      /^\nError processing attribute "type" with value "Foo"\n\nwhile parsing MoRef for ManagedObject of type vim\.HostSystem\nat line 1, column \d+\n\nwhile parsing call/,
    )
    expect(on('<host type="Folder">h</host>')).toMatch(
      /^\nError processing attribute "type" with value "Folder"\n/,
    )
    expect(on('<host>h</host>')).toMatch(/^\nRequired attribute "type" is missing\n/)
    expect(on('<host type="HostSystem"></host>')).toMatch(/^\nThe id of the managed object is missing\n/)
    expect(on('<host type="HostSystem" i:type="xsd:string">h</host>')).toMatch(
      /^\nError processing attribute "xsi:type"/,
    )
    expect(
      decode(
        'VirtualMachine',
        'PowerOnVM_Task',
        '<host i:type="ManagedObjectReference" serverGuid="x" type="HostSystem">host-1</host>',
      ),
    ).toEqual({ host: { _typeName: 'ManagedObjectReference', value: 'host-1', type: 'HostSystem' } })
  })
})

describe('primitives', () => {
  const page = (value: string) =>
    decode('HistoryCollector', 'SetCollectorPageSize', `<maxCount${value}</maxCount>`).maxCount
  const pageRefusal = (value: string) =>
    refusal('HistoryCollector', 'SetCollectorPageSize', `<maxCount${value}</maxCount>`).split('\n')[1]

  it('are integers of any integer type that fit', () => {
    for (const value of [
      '>7',
      '> 7 ',
      '>+7',
      ' i:type="xsd:long">7',
      ' i:type="xsd:int">7',
      ' i:type="xsd:unsignedInt">007',
    ])
      expect(page(value)).toBe(7)
    expect(page('>-0')).toBe(0)
    expect(Object.is(page('>-0'), 0)).toBe(true)
    for (const [value, why] of [
      ['>', '"" is no valid int'],
      ['>x', '"x" is no valid int'],
      ['>1.5', '"1.5" is no valid int'],
      ['>2147483648', '"2147483648" is no valid int'],
      ['>9999999999999999999', '"9999999999999999999" is no valid int'],
      [' i:type="xsd:string">7', 'Error processing attribute "xsi:type" with value "xsd:string"'],
      [' i:type="Description">7', 'Error processing attribute "xsi:type" with value "Description"'],
      ['><x/>', 'Unexpected element tag "x" seen'],
    ] as const)
      expect(pageRefusal(value)).toBe(why)
  })

  it('are never shown when they are secret', () => {
    const secret =
      '<spec><force>false</force><password>geheim\u00e4<x/></password></spec><addConnected>1</addConnected>'
    expect(refusal('Folder', 'AddStandaloneHost_Task', secret)).toMatch(
      /^\nUnexpected element tag "x" seen\n/,
    )
    expect(refusal('Folder', 'AddStandaloneHost_Task', secret)).not.toContain('geheim')
  })

  it('are of the type that an Any slot says', () => {
    expect(any('<value i:type="xsd:string"> a </value>')).toEqual(box('string', ' a '))
    for (const [text, value] of [
      ['true', true],
      ['1', true],
      ['false', false],
      ['0', false],
    ] as const)
      expect(any(`<value i:type="xsd:boolean">${text}</value>`)).toEqual(box('boolean', value))
    expect(any('<value i:type="xsd:int">-5</value>')).toEqual(box('int', -5))
    expect(any('<value i:type="xsd:long">9223372036854775807</value>')).toEqual(
      box('long', 9223372036854775807n),
    )
    expect(any('<value i:type="xsd:unsignedShort">5</value>')).toEqual(box('int', 5))
    expect(any('<value i:type="xsd:integer">5000000000</value>')).toEqual(box('long', 5000000000))
    expect(any('<value i:type="xsd:double">1.5E3</value>')).toEqual(box('double', 1500))
    expect(any('<value i:type="xsd:base64Binary"> AA\n== </value>')).toEqual(box('binary', 'AA=='))
    expect(any('<value i:type="ManagedEntityStatus">green</value>')).toEqual(
      box('ManagedEntityStatus', 'green'),
    )
    expect(any('<value type="Folder" i:type="ManagedObjectReference">f</value>')).toEqual({
      _typeName: 'ManagedObjectReference',
      value: 'f',
      type: 'Folder',
    })
    expect(any('<value i:type="Description"><label>l</label><summary/></value>')).toEqual({
      _typeName: 'Description',
      label: 'l',
      summary: '',
    })
  })

  it('may be called strings of XML Schema without its prefix being declared, as oslo.vmware does', () => {
    const call = readXml(
      '<x xmlns="urn:vim25" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><_this type="OptionManager">x</_this><changedValue><key>k</key><value xsi:type="xsd:string">v</value></changedValue></x>',
    )
    expect(
      decodeParameters(method('OptionManager', 'UpdateOptions'), call, at('8.0.3.0'), request()),
    ).toMatchObject({ changedValue: [{ value: box('string', 'v') }] })
  })

  it('are dates with and without fraction and zone', () => {
    for (const [text, value] of [
      ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
      ['2026-01-31T12:00:00.1234567Z', '2026-01-31T12:00:00.123456Z'],
      ['2026-01-31T12:00:00.500-04:00', '2026-01-31T16:00:00.5Z'],
      ['2026-01-31T12:00:00+05:30', '2026-01-31T06:30:00Z'],
      ['2026-01-31T12:00:00', '2026-01-31T12:00:00Z'],
    ])
      expect(any(`<value i:type="xsd:dateTime">${text}</value>`)).toEqual(box('dateTime', value))
    expect(anyRefusal('<value i:type="xsd:dateTime">2026-02-30T00:00:00Z</value>')).toBe(
      '"2026-02-30T00:00:00Z" is no valid dateTime',
    )
  })

  it('are refused in an Any slot that does not say what they are, or wrongly', () => {
    for (const [value, why] of [
      ['<value>x</value>', 'The element <value> must say its type with xsi:type'],
      [
        '<value i:type="xsd:anyType">x</value>',
        'Error processing attribute "xsi:type" with value "xsd:anyType"',
      ],
      [
        '<value i:type="xsd:constructor">x</value>',
        'Error processing attribute "xsi:type" with value "xsd:constructor"',
      ],
      ['<value i:type="xsd:boolean">yes</value>', '"yes" is no valid boolean'],
      ['<value i:type="xsd:double">NaN</value>', '"NaN" is no valid double'],
      ['<value i:type="xsd:double">1e999</value>', '"1e999" is no valid double'],
      ['<value i:type="string">x</value>', 'Error processing attribute "xsi:type" with value "string"'],
      ['<value i:type="Folder">x</value>', 'Error processing attribute "xsi:type" with value "Folder"'],
      ['<value i:type="ArrayOfNope"/>', 'Error processing attribute "xsi:type" with value "ArrayOfNope"'],
      ['<value i:type="ArrayOfBinary"/>', 'Error processing attribute "xsi:type" with value "ArrayOfBinary"'],
      [
        '<value i:type="ArrayOfInt"><long i:type="xsd:long">1</long></value>',
        'Unexpected element tag "long" seen',
      ],
      ['<value i:type="ArrayOfInt">1</value>', 'Unexpected text "1" seen in <value>'],
    ] as const)
      expect(anyRefusal(value)).toBe(why)
  })

  it('are boxed arrays in an Any slot', () => {
    expect(any('<value i:type="ArrayOfInt"><int i:type="xsd:int">1</int><int>2</int></value>')).toEqual(
      box('ArrayOfInt', [1, 2]),
    )
    expect(any('<value i:type="ArrayOfString"></value>')).toEqual(box('ArrayOfString', []))
    expect(any('<value i:type="ArrayOfBase64Binary"><base64Binary>AA==</base64Binary></value>')).toEqual(
      box('ArrayOfBinary', ['AA==']),
    )
    expect(any('<value i:type="ArrayOfAnyType"><anyType i:type="xsd:int">1</anyType></value>')).toEqual(
      box('ArrayOfAnyType', [box('int', 1)]),
    )
    expect(
      any(
        '<value i:type="ArrayOfVirtualDevice"><VirtualDevice i:type="VirtualFloppy"><key>1</key></VirtualDevice></value>',
      ),
    ).toEqual(box('ArrayOfVirtualDevice', [{ _typeName: 'VirtualFloppy', key: 1 }]))
  })
})
