import { describe, expect, it } from 'vitest'
import { boxedInt } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { VAppPropertyInfo, VmConfigSpec } from '#vim25/generated/types.js'
import { createVmLab } from '../testing.js'
import { valueTest } from './v-app-property.js'

type Operation = 'add' | 'edit' | 'remove'

const property = (operation: Operation, info: Partial<VAppPropertyInfo>) =>
  data('VAppPropertySpec', {
    operation,
    removeKey: operation === 'remove' ? boxedInt(info.key ?? 0) : undefined,
    info: operation === 'remove' ? undefined : data('VAppPropertyInfo', { key: 0, ...info }),
  })

function vm() {
  const lab = createVmLab()
  const id = lab.create()
  const change = (spec: Partial<VmConfigSpec>) =>
    lab.reconfigure(id, { vAppConfig: data('VmConfigSpec', spec) })
  const refused = (spec: Partial<VmConfigSpec>) =>
    lab.fault('VirtualMachine', id, 'ReconfigVM_Task', {
      spec: data('VirtualMachineConfigSpec', { vAppConfig: data('VmConfigSpec', spec) }),
    })
  return { lab, id, change, refused, config: () => lab.config(id).vAppConfig }
}

describe('the vApp configuration of a VM', () => {
  it('gets properties, changes them by key and loses them again', () => {
    const { change, config, lab, id } = vm()
    const hostname = { key: 1, id: 'hostname', type: 'string', userConfigurable: true, label: 'Host' }
    const { error } = change({
      property: [property('add', hostname), property('add', { key: 2, id: 'dns', type: 'ip' })],
    })
    expect(error).toBeUndefined()
    lab.expectValid('VirtualMachine', id)
    change({ property: [property('edit', { key: 1, value: 'esx-1' })] })
    expect(config()?.property).toMatchObject([{ ...hostname, value: 'esx-1' }, { key: 2 }])
    change({ property: [property('remove', { key: 2 })] })
    expect(config()?.property).toHaveLength(1)
    expect(config()).toMatchObject({
      installBootRequired: false,
      installBootStopDelay: 0,
      ipAssignment: { ipAllocationPolicy: 'fixedPolicy', ipProtocol: 'IPv4' },
    })
  })

  it('gets products, of which the summary shows the main one, and licences, sections and transports', () => {
    const { change, config, lab, id } = vm()
    const product = (key: number, classId: string, name: string) =>
      data('VAppProductSpec', {
        operation: 'add',
        info: data('VAppProductInfo', { key, classId, name, vendor: 'ours' }),
      })
    const section = data('VAppOvfSectionSpec', {
      operation: 'add',
      info: data('VAppOvfSectionInfo', { type: 'X', contents: '<x/>' }),
    })
    change({
      product: [product(0, 'part', 'Part'), product(1, '', 'Whole')],
      eula: ['be kind'],
      ovfSection: [section, section],
      ovfEnvironmentTransport: ['com.vmware.guestInfo'],
      ipAssignment: data('VAppIPAssignmentInfo', { ipAllocationPolicy: 'dhcpPolicy' }),
      installBootRequired: true,
    })
    expect(config()).toMatchObject({
      eula: ['be kind'],
      ovfSection: [{ key: 0 }, { key: 1 }],
      ovfEnvironmentTransport: ['com.vmware.guestInfo'],
      ipAssignment: { ipAllocationPolicy: 'dhcpPolicy', ipProtocol: 'IPv4' },
    })
    expect(lab.get('VirtualMachine', id, 'summary')).toMatchObject({
      config: { product: { name: 'Whole' }, installBootRequired: true },
    })
    change({ eula: [] })
    expect(config()?.eula).toEqual(['be kind'])
    change({ eula: [''] })
    expect(config()?.eula).toBeUndefined()
  })

  it('shows no password', () => {
    const { change, config } = vm()
    change({ property: [property('add', { key: 1, id: 'root', type: 'password(8..)', value: 'VMware1!' })] })
    expect(config()?.property).toMatchObject([{ value: '' }])
  })

  it('is gone when it is removed', () => {
    const { change, config, lab, id } = vm()
    change({ installBootStopDelay: 5 })
    expect(config()).toBeDefined()
    lab.reconfigure(id, { vAppConfigRemoved: true })
    expect(config()).toBeUndefined()
  })

  it.each([
    ['a key twice', [property('add', { key: 1, id: 'other' })], 'InvalidArgument'],
    ['an edit of nothing', [property('edit', { key: 9, value: 'x' })], 'InvalidArgument'],
    ['a removal of nothing', [property('remove', { key: 9 })], 'InvalidArgument'],
    ['a property without a name', [property('add', { key: 2 })], 'InvalidArgument'],
    ['a name twice', [property('add', { key: 2, id: 'fixed' })], 'InvalidArgument'],
    ['a type that is none', [property('add', { key: 2, id: 'a', type: 'colour' })], 'InvalidPropertyType'],
    [
      'a value of another type',
      [property('add', { key: 2, id: 'a', type: 'int', value: 'x' })],
      'InvalidPropertyValue',
    ],
    [
      'a default out of range',
      [property('add', { key: 2, id: 'a', type: 'int(0..9)', defaultValue: '10' })],
      'InvalidPropertyValue',
    ],
    [
      'a value that users may not give',
      [property('edit', { key: 1, value: 'mine' })],
      'NotUserConfigurableProperty',
    ],
  ])('refuses %s', (_what, changes, name) => {
    const { change, refused, config } = vm()
    change({ property: [property('add', { key: 1, id: 'fixed', type: 'string', userConfigurable: false })] })
    const before = config()
    expect(refused({ property: changes })._typeName).toBe(name)
    expect(config()).toBe(before)
  })
})

describe('types of properties', () => {
  it.each([
    ['string', 'anything', true],
    ['string(2..3)', 'a', false],
    ['string(..3)', 'abc', true],
    ['string["one", "t\\"wo"]', 't"wo', true],
    ['string["one"]', 'two', false],
    ['boolean', 'True', true],
    ['boolean', 'yes', false],
    ['int', '2147483648', false],
    ['int(-5..5)', '-5', true],
    ['real(-1.5..1.5)', '.7', true],
    ['real(-1.5..1.5)', '1.6', false],
    ['ip', '192.168.10.300', false],
    ['ip', 'fe80::1', true],
    ['ip:VM Network', '10.0.0.1', true],
    ['expression', ['$', '{vimIp:}'].join(''), true],
    ['password(8..)', 'short', false],
  ])('%s: %s is %s', (type, value, good) => {
    expect(valueTest(type)?.(value)).toBe(good)
  })

  it.each(['colour', 'int(5..)', 'int(9..1)', 'string(..)', 'string[one]', 'boolean(0..1)'])(
    '%s is none',
    (type) => {
      expect(valueTest(type)).toBeUndefined()
    },
  )
})
