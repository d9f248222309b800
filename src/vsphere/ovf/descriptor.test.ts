import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDescriptor } from './descriptor.js'
import type { OvfSystem } from './envelope.js'
import { CARD, CPU, descriptor, item, MEMORY } from './testing.js'
import { unitOf } from './units.js'

const read = (text: string) => readDescriptor(text)
const errors = (text: string) => read(text).problems.errors.map(({ fault }) => fault._typeName)
const error = (text: string) => read(text).problems.errors[0]?.fault
const edited = (from: string | RegExp, to: string) => {
  const text = descriptor().replace(from, to)
  if (text === descriptor()) throw new Error(`${from} is not in the sample.`)
  return text
}

describe('a descriptor', () => {
  const { envelope, problems } = read(descriptor())
  const system = envelope?.content as OvfSystem

  it('is read as a whole, without problems', () => {
    expect([problems.errors, problems.warnings]).toEqual([[], []])
    expect(envelope?.files).toMatchObject([{ id: 'file1', href: 'disk1.vmdk', size: 1000, line: 3 }])
    expect(envelope?.disks).toMatchObject([
      { id: 'vmdisk1', capacity: 8 * 2 ** 30, populated: 5000, file: { href: 'disk1.vmdk' } },
      { id: 'vmdisk2', capacity: 2 ** 30, file: undefined },
    ])
    expect(envelope?.networks).toMatchObject([{ name: 'nat', description: 'The nat network' }])
    expect(envelope?.configurations.map(({ id, isDefault }) => [id, isDefault])).toEqual([
      ['small', true],
      ['big', false],
    ])
    expect(system).toMatchObject({
      kind: 'system',
      id: 'appliance',
      name: 'The VM',
      annotation: 'Read me',
      operatingSystem: { id: 94, osType: 'ubuntu64Guest' },
    })
  })

  it('has its hardware as items', () => {
    const [hardware] = system.hardware
    expect(hardware).toMatchObject({ families: ['vmx-13', 'vmx-99'], transport: ['com.vmware.guestInfo'] })
    expect(hardware?.items.map(({ resourceType }) => resourceType)).toEqual([3, 3, 4, 4, 6, 17, 17, 10])
    expect(hardware?.items.at(-1)).toMatchObject({ connection: ['nat'], automaticAllocation: true })
    expect(hardware?.items[1]).toMatchObject({ quantity: 4, configurations: ['big'] })
    expect(hardware?.extraConfig).toEqual([{ key: 'guestinfo.a', value: 'b', required: true }])
  })

  it('has the properties of its products, each in its category, with a value per deployment option', () => {
    const [product] = system.products
    expect(product).toMatchObject({ class: 'app', name: 'The Appliance' })
    expect(product?.properties[0]).toMatchObject({ key: 'host', category: 'Network', label: 'Host name' })
    expect(product?.properties[0]?.values.get('big')).toBe('big-me')
  })

  it('can take its texts from a bundle', () => {
    const text = edited('<Annotation>Read me', '<Annotation ovf:msgid="note">').replace(
      '<VirtualSystem ',
      '<Strings xml:lang="en-US"><Msg ovf:msgid="note">From inside</Msg></Strings><VirtualSystem ',
    )
    expect(read(text).envelope?.content.annotation).toBe('From inside')
    const bundle = [{ key: 'note', value: 'From the client' }]
    expect(readDescriptor(text, bundle).envelope?.content.annotation).toBe('From the client')
  })

  it('can hold a collection of systems', () => {
    const inner = (id: string) =>
      `<VirtualSystem ovf:id="${id}"><Info/><VirtualHardwareSection><Info/>${CPU(1)}${MEMORY(64)}</VirtualHardwareSection></VirtualSystem>`
    const text = edited(
      /<VirtualSystem [\s\S]*<\/VirtualSystem>/,
      `<VirtualSystemCollection ovf:id="two"><Info/><StartupSection><Info/><Item ovf:id="b" ovf:order="1" ovf:startDelay="5"/></StartupSection>${inner('a')}${inner('b')}</VirtualSystemCollection>`,
    )
    expect(read(text).envelope?.content).toMatchObject({
      kind: 'collection',
      children: [{ id: 'a' }, { id: 'b' }],
      startup: [{ id: 'b', order: 1, startDelay: 5, startAction: 'powerOn' }],
    })
  })
})

describe('a bad descriptor', () => {
  it.each([
    ['nothing', '', 'OvfXmlFormat'],
    ['no XML', 'hello', 'OvfXmlFormat'],
    ['XML that ends early', descriptor().slice(0, 900), 'OvfXmlFormat'],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${'<x/>'}`, 'OvfXmlFormat'],
    ['depth', '<a>'.repeat(10_000), 'OvfXmlFormat'],
    ['another document', '<html/>', 'OvfWrongElement'],
    ['OVF 0.9', '<Envelope xmlns="http://www.vmware.com/schema/ovf/1/envelope"/>', 'OvfWrongNamespace'],
    ['no references', edited(/<References>.*<\/References>/, ''), 'OvfMissingElement'],
    ['no system', edited(/<VirtualSystem [\s\S]*<\/VirtualSystem>/, ''), 'OvfMissingElement'],
    [
      'no hardware',
      edited(/<VirtualHardwareSection[\s\S]*<\/VirtualHardwareSection>/, ''),
      'OvfMissingElement',
    ],
    ['a file without a name', edited(' ovf:href="disk1.vmdk"', ''), 'OvfMissingAttribute'],
    [
      'a file twice',
      edited('</References>', '<File ovf:id="file1" ovf:href="x"/></References>'),
      'OvfDuplicateElement',
    ],
    ['two systems', edited('</Envelope>', '<VirtualSystem ovf:id="b"/></Envelope>'), 'OvfDuplicateElement'],
    ['a file that is not there', edited('fileRef="file1"', 'fileRef="file7"'), 'OvfInvalidValueReference'],
    ['a capacity in words', edited('capacity="8"', 'capacity="eight"'), 'OvfInvalidValueFormatMalformed'],
    ['a capacity below zero', edited('capacity="8"', 'capacity="-8"'), 'OvfInvalidValueFormatMalformed'],
    [
      'a capacity beyond all',
      edited('capacity="8"', 'capacity="9999999999999999"'),
      'OvfInvalidValueFormatMalformed',
    ],
    ['units of nothing', edited('byte * 2^30"', 'byte * x"'), 'OvfInvalidValueFormatMalformed'],
    ['an item without an id', edited('<rasd:InstanceID>4</rasd:InstanceID>', ''), 'OvfMissingElement'],
    [
      'an item of no type',
      edited('<rasd:ResourceType>6<', '<rasd:ResourceType>six<'),
      'OvfInvalidValueFormatMalformed',
    ],
    ['a key with a blank', edited('ovf:key="host"', 'ovf:key="my host"'), 'OvfInvalidValueFormatMalformed'],
    [
      'a section that nobody knows',
      descriptor({ sections: '<x:FooSection xmlns:x="urn:x"><Info>foo</Info></x:FooSection>' }),
      'OvfUnsupportedSection',
    ],
  ])('with %s is told as a typed problem', (_what, text, type) => {
    expect(errors(text)).toContain(type)
  })

  it('is told with its line', () => {
    expect(error(edited('fileRef="file1"', 'fileRef="file7"'))).toMatchObject({
      lineNumber: 5,
      elementName: 'Disk',
      attributeName: 'fileRef',
      value: 'file7',
    })
    expect(read('<a>\n<b></a>').problems.errors[0]?.localizedMessage).toMatch(/^Line 2: The descriptor is no/)
  })

  it('may have sections that can be left out', () => {
    const sections = '<x:FooSection xmlns:x="urn:x" ovf:required="false"><Info>foo</Info></x:FooSection>'
    const { problems } = read(descriptor({ sections }))
    expect(problems.errors).toEqual([])
    expect(problems.warnings[0]?.fault).toMatchObject({ name: '{urn:x}FooSection', info: 'foo' })
  })

  it('has no more than a hundred problems to tell', () => {
    const many = Array.from({ length: 1000 }, () => item({ ElementName: 'x' })).join('')
    expect(errors(descriptor({ hardware: many + CARD() }))).toHaveLength(100)
  })

  it('never breaks the reader', () => {
    const whole = descriptor()
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(300), fc.string(), (at, length, instead) => {
        const text = whole.slice(0, at) + instead + whole.slice(at + length)
        const { envelope, problems } = read(text)
        expect(envelope !== undefined || problems.errors.length > 0).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('units', () => {
  it.each([
    ['byte', 1],
    ['byte * 2^20', 2 ** 20],
    ['byte*2^30', 2 ** 30],
    ['byte * 1024 * 1024', 2 ** 20],
    ['hertz * 10^6', 10 ** 6],
    ['MegaBytes', 2 ** 20],
    ['byte * 2^9999', undefined],
    ['byte * 0', undefined],
    ['toString', undefined],
    ['', undefined],
  ])('%s is %s', (text, unit) => {
    expect(unitOf(text)).toBe(unit)
  })
})
