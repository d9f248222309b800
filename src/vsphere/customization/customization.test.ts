import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type {
  CustomizationSpecInfo,
  CustomizationSpecItem,
  CustomizationSysprep,
} from '#vim25/generated/types.js'
import { createServiceObjects } from '../service-instance/build.js'
import { customization, fixedIp } from '../vm/clone-testing.js'
import { createVmLab, type VmLab } from '../vm/testing.js'

const MANAGER = 'CustomizationSpecManager'

function labOf(): VmLab {
  const lab = createVmLab()
  lab.act(createServiceObjects)
  return lab
}

const linux = (name: string): CustomizationSpecItem =>
  data('CustomizationSpecItem', {
    info: data('CustomizationSpecInfo', { name, description: 'Web servers', type: 'Linux' }),
    spec: customization('web', [fixedIp('192.168.10.77')]),
  })

const windows = (name: string): CustomizationSpecItem =>
  data('CustomizationSpecItem', {
    info: data('CustomizationSpecInfo', { name, description: '', type: 'Windows' }),
    spec: data('CustomizationSpec', {
      identity: data('CustomizationSysprep', {
        guiUnattended: data('CustomizationGuiUnattended', {
          password: data('CustomizationPassword', { value: 'Secret!', plainText: true }),
          timeZone: 4,
          autoLogon: true,
          autoLogonCount: 1,
        }),
        userData: data('CustomizationUserData', {
          fullName: 'Lab',
          orgName: 'Lab & Co',
          computerName: data('CustomizationVirtualMachineName', {}),
          productId: '',
        }),
        identification: data('CustomizationIdentification', { joinWorkgroup: 'WORKGROUP' }),
      }),
      globalIPSettings: data('CustomizationGlobalIPSettings', {}),
    }),
  })

const call = <R>(lab: VmLab, method: string, args: object): R => lab.call(MANAGER, MANAGER, method, args) as R
const refused = (lab: VmLab, method: string, args: object) =>
  lab.fault(MANAGER, MANAGER, method, args)._typeName
const get = (lab: VmLab, name: string) => call<CustomizationSpecItem>(lab, 'GetCustomizationSpec', { name })
const exists = (lab: VmLab, name: string) => call<boolean>(lab, 'DoesCustomizationSpecExist', { name })
const infos = (lab: VmLab) => lab.get<readonly CustomizationSpecInfo[] | undefined>(MANAGER, MANAGER, 'info')

describe('saved specifications', () => {
  it('are made, listed, read, and gone', () => {
    const lab = labOf()
    expect(infos(lab)).toBeUndefined()
    call(lab, 'CreateCustomizationSpec', { item: linux('web') })
    expect(get(lab, 'web')).toEqual({
      ...linux('web'),
      info: { ...linux('web').info, changeVersion: expect.any(String), lastUpdateTime: expect.any(String) },
    })
    call(lab, 'CreateCustomizationSpec', { item: linux('db') })
    expect(infos(lab)?.map(({ name }) => name)).toEqual(['db', 'web'])
    expect(refused(lab, 'CreateCustomizationSpec', { item: linux('web') })).toBe('AlreadyExists')
    call(lab, 'DeleteCustomizationSpec', { name: 'db' })
    expect([exists(lab, 'db'), exists(lab, 'web')]).toEqual([false, true])
    expect(refused(lab, 'GetCustomizationSpec', { name: 'db' })).toBe('NotFound')
    expect(refused(lab, 'DeleteCustomizationSpec', { name: 'db' })).toBe('NotFound')
    expect(infos(lab)).toHaveLength(1)
  })

  it('are changed by whoever saw them last', () => {
    const lab = labOf()
    call(lab, 'CreateCustomizationSpec', { item: linux('web') })
    const seen = get(lab, 'web')
    const changed = { ...seen, info: { ...seen.info, description: 'New' } }
    call(lab, 'OverwriteCustomizationSpec', { item: changed })
    expect(get(lab, 'web').info.description).toBe('New')
    expect(get(lab, 'web').info.changeVersion).not.toBe(seen.info.changeVersion)
    expect(refused(lab, 'OverwriteCustomizationSpec', { item: changed })).toBe('ConcurrentAccess')
    call(lab, 'OverwriteCustomizationSpec', { item: linux('web') })
    expect(get(lab, 'web').info.description).toBe('Web servers')
    expect(refused(lab, 'OverwriteCustomizationSpec', { item: linux('other') })).toBe('NotFound')
  })

  it('are copied and renamed to free names only', () => {
    const lab = labOf()
    call(lab, 'CreateCustomizationSpec', { item: linux('web') })
    call(lab, 'DuplicateCustomizationSpec', { name: 'web', newName: 'copy' })
    expect(get(lab, 'copy').spec).toEqual(get(lab, 'web').spec)
    for (const method of ['DuplicateCustomizationSpec', 'RenameCustomizationSpec']) {
      expect(refused(lab, method, { name: 'web', newName: 'copy' })).toBe('AlreadyExists')
      expect(refused(lab, method, { name: 'none', newName: 'new' })).toBe('NotFound')
    }
    call(lab, 'RenameCustomizationSpec', { name: 'web', newName: 'www' })
    expect(infos(lab)?.map(({ name }) => name)).toEqual(['copy', 'www'])
  })

  it.each([
    [
      'item.info.name',
      { info: data('CustomizationSpecInfo', { name: ' ', description: '', type: 'Linux' }) },
    ],
    ['item.info.type', { info: data('CustomizationSpecInfo', { name: 'a', description: '', type: 'BeOS' }) }],
    [
      'item.spec.identity',
      { info: data('CustomizationSpecInfo', { name: 'a', description: '', type: 'Windows' }) },
    ],
  ])('must make sense: %s', (invalidProperty, changes) => {
    const lab = labOf()
    const item = { ...linux('a'), ...changes }
    expect(lab.fault(MANAGER, MANAGER, 'CreateCustomizationSpec', { item })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty,
    })
    expect(infos(lab)).toBeUndefined()
  })

  it('keep no password in plain text', () => {
    const lab = labOf()
    call(lab, 'CreateCustomizationSpec', { item: windows('desktop') })
    const { guiUnattended } = get(lab, 'desktop').spec.identity as CustomizationSysprep
    expect(guiUnattended.password).toMatchObject({ plainText: false })
    expect(JSON.stringify(get(lab, 'desktop'))).not.toContain('Secret!')
    call(lab, 'OverwriteCustomizationSpec', { item: get(lab, 'desktop') })
    expect((get(lab, 'desktop').spec.identity as CustomizationSysprep).guiUnattended).toEqual(guiUnattended)
  })
})

describe('specifications as XML', () => {
  it.each([linux('web'), windows('desktop')])('hold all but the passwords: $info.name', (item) => {
    const lab = labOf()
    const xml = call<string>(lab, 'CustomizationSpecItemToXml', { item })
    expect(xml).not.toContain('Secret!')
    const back = call<CustomizationSpecItem>(lab, 'XmlToCustomizationSpecItem', { specItemXml: xml })
    expect(call<string>(lab, 'CustomizationSpecItemToXml', { item: back })).toBe(xml)
    if (item.info.type === 'Linux') expect(back).toEqual(item)
  })

  it('are written as vCenter writes them', () => {
    const lab = labOf()
    const xml = call<string>(lab, 'CustomizationSpecItemToXml', { item: linux('web') })
    expect(xml.split('\n').slice(0, 16)).toEqual([
      '<ConfigRoot>',
      '  <_type>vim.CustomizationSpecItem</_type>',
      '  <info>',
      '    <_type>vim.CustomizationSpecInfo</_type>',
      '    <description>Web servers</description>',
      '    <name>web</name>',
      '    <type>Linux</type>',
      '  </info>',
      '  <spec>',
      '    <_type>vim.vm.customization.Specification</_type>',
      '    <globalIPSettings>',
      '      <_type>vim.vm.customization.GlobalIPSettings</_type>',
      '      <dnsServerList>',
      '        <_length>1</_length>',
      '        <_type>string[]</_type>',
      '        <e id="0">192.168.10.1</e>',
    ])
  })

  it.each([
    'no XML',
    '<ConfigRoot><_type>vim.Folder</_type></ConfigRoot>',
    '<ConfigRoot><_type>vim.CustomizationSpecItem</_type><other/></ConfigRoot>',
    '<ConfigRoot><_type>vim.CustomizationSpecItem</_type><info/></ConfigRoot>',
  ])('are refused if they are something else: %s', (specItemXml) => {
    expect(refused(labOf(), 'XmlToCustomizationSpecItem', { specItemXml })).toBe('CustomizationFault')
  })
})

it('tells which guests can be customized', () => {
  const lab = labOf()
  call(lab, 'CheckCustomizationResources', { guestOs: 'otherLinux64Guest' })
  expect(refused(lab, 'CheckCustomizationResources', { guestOs: 'otherGuest64' })).toBe('UncustomizableGuest')
})
