import { describe, expect, it } from 'vitest'
import { attribute, childrenOf, type XmlElement } from '#xml/element.js'
import { readXml } from '#xml/read.js'
import { versionIndex } from '../schema.js'
import { WSDL_DOCUMENTS, wsdlDocument } from './documents.js'

const at = (release: string) => {
  const index = versionIndex(release)
  if (index === undefined) throw new Error(`There is no release ${release}.`)
  const read = (name: string) => readXml(wsdlDocument(name, index) ?? '')
  return { read, text: (name: string) => wsdlDocument(name, index) ?? '' }
}

const every = (element: XmlElement): readonly XmlElement[] => [element, ...element.children.flatMap(every)]

const declared = (root: XmlElement, kind: string) =>
  childrenOf(root, kind).map((element) => attribute(element, 'name') ?? '')

const SCHEMAS = WSDL_DOCUMENTS.filter((name) => name.endsWith('.xsd'))

describe('wsdlDocument', () => {
  const { read, text } = at('8.0.3.0')

  it('has all that toolkits fetch, and nothing else', () => {
    expect(WSDL_DOCUMENTS).toHaveLength(9)
    expect(wsdlDocument('toString', 0)).toBeUndefined()
  })

  it('writes a field of each kind as XML Schema has it', () => {
    const types = text('vim-types.xsd')
    const host = /<complexType name="HostVirtualNic">.*/.exec(types)?.[0]
    expect(host).toBe(
      '<complexType name="HostVirtualNic"><complexContent><extension base="vim25:DynamicData"><sequence><element name="device" type="xsd:string"/><element name="key" type="xsd:string"/><element name="portgroup" type="xsd:string"/><element name="spec" type="vim25:HostVirtualNicSpec"/><element name="port" type="xsd:string" minOccurs="0"/></sequence></extension></complexContent></complexType>',
    )
    expect(types).toContain(
      '<simpleType name="ManagedEntityStatus"><restriction base="xsd:string"><enumeration value="gray"/><enumeration value="green"/><enumeration value="yellow"/><enumeration value="red"/></restriction></simpleType>',
    )
    expect(types).toContain(
      '<complexType name="ArrayOfVirtualDevice"><sequence><element name="VirtualDevice" type="vim25:VirtualDevice" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>',
    )
    expect(text('core-types.xsd')).toContain('<element name="value" type="xsd:anyType"/>')
  })

  it('refers to types and messages that are declared, each once', () => {
    const roots = new Map(WSDL_DOCUMENTS.map((name) => [name, read(name)]))
    const types = SCHEMAS.flatMap((name) => {
      const root = roots.get(name) as XmlElement
      return [...declared(root, 'complexType'), ...declared(root, 'simpleType')]
    })
    const known = new Set(types)
    expect(known.size).toBe(types.length)

    const wsdl = roots.get('vim.wsdl') as XmlElement
    const inline = wsdl.children[0]?.children[0] as XmlElement
    const elements = new Set(declared(inline, 'element'))
    const named = new Set(declared(wsdl, 'message'))
    const targets: Readonly<Record<string, ReadonlySet<string>>> = {
      type: new Set([...known, 'VimPortType']),
      base: known,
      element: elements,
      message: named,
    }
    const unknown = [...roots.values()]
      .flatMap(every)
      .flatMap((element) => element.attributes)
      .filter(({ name, value }) => {
        const [prefix, local = ''] = value.split(':')
        return prefix === 'vim25' && targets[name]?.has(local) === false
      })
    expect(unknown).toEqual([])
  })

  it('leaves out what esxcli travels with, as the real documents do', () => {
    expect(WSDL_DOCUMENTS.filter((name) => /DynamicTypeMgr|ExecuteSoap/.test(text(name)))).toEqual([])
  })

  it('includes only files that are there', () => {
    const files = WSDL_DOCUMENTS.flatMap((name) =>
      every(read(name)).flatMap((element) => {
        const file = attribute(element, 'schemaLocation') ?? attribute(element, 'location')
        return file === undefined || file.includes(':') ? [] : [file]
      }),
    )
    expect(new Set(files).size).toBeGreaterThan(4)
    expect(files.filter((file) => !WSDL_DOCUMENTS.includes(file))).toEqual([])
  })

  it('binds every operation with the action of the release, its declared faults and the runtime fault', () => {
    const wsdl = read('vim.wsdl')
    const binding = childrenOf(wsdl, 'binding')[0] as XmlElement
    const login = childrenOf(binding, 'operation').find((each) => attribute(each, 'name') === 'Login')
    expect(attribute(login?.children[0] as XmlElement, 'soapAction')).toBe('urn:vim25/8.0.3.0')
    expect(declared(login as XmlElement, 'fault')).toEqual([
      'InvalidLoginFault',
      'InvalidLocaleFault',
      'RuntimeFault',
    ])
    const bound = declared(binding, 'operation')
    expect(bound).toEqual(declared(childrenOf(wsdl, 'portType')[0] as XmlElement, 'operation'))
    expect(bound).toContain('CreateSecondaryVMEx_Task')
  })

  it('names itself so that toolkits know a vim25 server', () => {
    expect(attribute(read('vimService.wsdl'), 'targetNamespace')).toBe('urn:vim25Service')
  })

  it('shows an older release only what that release has', () => {
    const old = at('6.0')
    expect(text('vim-types.xsd')).toContain('<complexType name="VirtualNVMEController">')
    expect(old.text('vim-types.xsd')).not.toContain('VirtualNVMEController')
    expect(old.text('vim.wsdl')).toContain('soapAction="urn:vim25/6.0"')
    expect(text('vim.wsdl')).toContain('<element name="InstantClone_Task"')
    expect(old.text('vim.wsdl')).not.toContain('InstantClone_Task')
  })
})
