import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { GuestInfo } from '#vim25/generated/types.js'
import { clone, cloneArgs, customization, fixedIp, mac } from './clone-testing.js'
import { createVmLab, usual, type VmLab } from './testing.js'

describe('customization', () => {
  const linux = (lab: VmLab) =>
    lab.create({
      guestId: 'otherLinux64Guest',
      deviceChange: usual(),
      tools: data('ToolsConfigInfo', { toolsVersion: 12_000 }),
    })

  it('gives the guest its name and addresses at the first power-on', () => {
    const lab = createVmLab()
    const vm = linux(lab)
    lab.newEvents()
    const copy = clone(lab, vm, {
      powerOn: true,
      customization: customization('web-7', [fixedIp('192.168.10.77')]),
    })
    expect(lab.newEvents().slice(-3)).toEqual([
      'DrsVmPoweredOnEvent',
      'CustomizationStartedEvent',
      'CustomizationSucceeded',
    ])
    expect(lab.get<GuestInfo>('VirtualMachine', copy, 'guest')).toMatchObject({
      hostName: 'web-7.lab.local',
      ipAddress: '192.168.10.77',
      net: [{ ipAddress: ['192.168.10.77'], macAddress: mac(lab, copy) }],
      ipStack: [{ dnsConfig: { hostName: 'web-7', domainName: 'lab.local', ipAddress: ['192.168.10.1'] } }],
    })
    lab.expectValid('VirtualMachine', copy)
    lab.task('VirtualMachine', copy, 'ResetVM_Task')
    expect(lab.newEvents()).not.toContain('CustomizationStartedEvent')
    expect(lab.get<GuestInfo>('VirtualMachine', copy, 'guest').hostName).toBe('web-7.lab.local')
  })

  it('can be asked for later, once', () => {
    const lab = createVmLab()
    const vm = linux(lab)
    const spec = customization('db', [data('CustomizationDhcpIpGenerator', {})])
    expect(lab.task('VirtualMachine', vm, 'CustomizeVM_Task', { spec }).state).toBe('success')
    expect(lab.fault('VirtualMachine', vm, 'CustomizeVM_Task', { spec })._typeName).toBe(
      'CustomizationPending',
    )
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(lab.get<GuestInfo>('VirtualMachine', vm, 'guest').hostName).toBe('db.lab.local')
    expect(lab.fault('VirtualMachine', vm, 'CustomizeVM_Task', { spec })._typeName).toBe('InvalidPowerState')
  })

  it.each([
    [
      'NicSettingMismatch',
      { customization: customization('a', []) },
      { numberOfNicsInSpec: 0, numberOfNicsInVM: 1 },
    ],
    [
      'UncustomizableGuest',
      {
        customization: customization('a', [fixedIp('10.0.0.1')]),
        config: data('VirtualMachineConfigSpec', { guestId: 'windows2019srv_64Guest' }),
      },
      {},
    ],
    [
      'IpHostnameGeneratorError',
      { customization: customization('a', [data('CustomizationUnknownIpGenerator', {})]) },
      {},
    ],
  ])('%s', (type, spec, members) => {
    const lab = createVmLab()
    const vm = linux(lab)
    const before = lab.objects()
    expect(lab.fault('VirtualMachine', vm, 'CloneVM_Task', cloneArgs(lab, spec))).toMatchObject({
      _typeName: type,
      ...members,
    })
    expect(lab.objects()).toEqual(before)
  })

  it('needs a disk', () => {
    const lab = createVmLab()
    const vm = lab.create({ guestId: 'otherLinux64Guest' })
    const spec = cloneArgs(lab, { customization: customization('a', []) })
    expect(lab.fault('VirtualMachine', vm, 'CloneVM_Task', spec)._typeName).toBe('NoDisksToCustomize')
  })
})
