import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { VirtualMachineTicket } from '#vim25/generated/types.js'
import { TOOLS_VERSION } from './defaults.js'
import { add, card, createVmLab, type VmLab } from './testing.js'

const cdrom = () =>
  add(
    data('VirtualCdrom', {
      key: -1,
      controllerKey: 200,
      backing: data('VirtualCdromRemoteAtapiBackingInfo', { deviceName: '' }),
    }),
  )

const tools = (toolsVersion: number, toolsInstallType = 'guestToolsTypeMSI') =>
  data('ToolsConfigInfo', { toolsVersion, toolsInstallType })

function running(lab: VmLab, changes: Parameters<VmLab['create']>[0] = {}) {
  const vm = lab.create({ deviceChange: [cdrom()], ...changes })
  expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task', {}).error).toBeUndefined()
  return vm
}

const state = (lab: VmLab, vm: string) => lab.sandbox.inventory.read.get('VirtualMachine', vm)

describe('the installer of VMware Tools', () => {
  it('is a CD that comes and goes while the VM runs', () => {
    const lab = createVmLab()
    const vm = running(lab)
    lab.call('VirtualMachine', vm, 'MountToolsInstaller')
    expect(state(lab, vm).runtime.toolsInstallerMounted).toBe(true)
    lab.call('VirtualMachine', vm, 'UnmountToolsInstaller')
    expect(state(lab, vm).runtime.toolsInstallerMounted).toBe(false)
    lab.call('VirtualMachine', vm, 'MountToolsInstaller')
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task', {})
    expect(state(lab, vm).runtime.toolsInstallerMounted).toBe(false)
    expect(lab.fault('VirtualMachine', vm, 'MountToolsInstaller')).toMatchObject({
      _typeName: 'InvalidPowerState',
    })
  })

  it('needs a drive', () => {
    const lab = createVmLab()
    const vm = running(lab, { deviceChange: [] })
    expect(lab.fault('VirtualMachine', vm, 'MountToolsInstaller')).toMatchObject({
      _typeName: 'VmConfigFault',
    })
    expect(state(lab, vm).runtime.toolsInstallerMounted).toBe(false)
  })
})

describe('the upgrade of VMware Tools', () => {
  it('makes old ones current', () => {
    const lab = createVmLab()
    const vm = running(lab, { tools: tools(11_000), deviceChange: [add(card())] })
    const { guest } = state(lab, vm)
    expect(guest).toMatchObject({ toolsStatus: 'toolsOld', toolsVersionStatus2: 'guestToolsSupportedOld' })
    expect(lab.task('VirtualMachine', vm, 'UpgradeTools_Task', {}).error).toBeUndefined()
    expect(state(lab, vm).guest).toMatchObject({
      toolsStatus: 'toolsOk',
      toolsVersionStatus2: 'guestToolsCurrent',
      toolsVersion: String(TOOLS_VERSION),
      ipAddress: guest?.ipAddress,
    })
    expect(lab.config(vm).tools).toMatchObject({
      toolsVersion: TOOLS_VERSION,
      lastInstallInfo: { counter: 1 },
    })
    lab.expectValid('VirtualMachine', vm)
  })

  it.each([
    [tools(TOOLS_VERSION), 'ToolsAlreadyUpgraded'],
    [tools(11_000, 'guestToolsTypeOpenVMTools'), 'ToolsAutoUpgradeNotSupported'],
  ])('keeps what speaks against it (%#)', (installed, expected) => {
    const lab = createVmLab()
    const vm = running(lab, { tools: installed })
    expect(lab.task('VirtualMachine', vm, 'UpgradeTools_Task', {}).error?.fault._typeName).toBe(expected)
    expect(lab.config(vm).tools?.lastInstallInfo).toMatchObject({
      counter: 1,
      fault: { fault: { _typeName: expected } },
    })
  })

  it('needs tools that run', () => {
    const lab = createVmLab()
    const vm = running(lab)
    const { error } = lab.task('VirtualMachine', vm, 'UpgradeTools_Task', {})
    expect(error?.fault._typeName).toBe('ToolsUnavailable')
    expect(lab.config(vm).tools?.lastInstallInfo).toEqual({
      _typeName: 'ToolsConfigInfoToolsLastInstallInfo',
      counter: 0,
    })
  })
})

describe('tickets for a console', () => {
  it('name the host and tell of themselves', () => {
    const lab = createVmLab()
    const vm = running(lab)
    lab.newEvents()
    const ask = (ticketType: string) =>
      lab.call('VirtualMachine', vm, 'AcquireTicket', { ticketType }) as VirtualMachineTicket
    const web = ask('webmks')
    expect(web.url).toBe(`wss://${web.host}:443/ticket/${web.ticket}`)
    expect(web).toMatchObject({ port: 443, host: expect.stringMatching(/\d/) })
    const mks = ask('mks')
    expect(mks).toMatchObject({ port: 902, cfgFile: expect.stringMatching(/^\/vmfs\/volumes\/.*\.vmx$/) })
    expect(mks.ticket).not.toBe(web.ticket)
    lab.call('VirtualMachine', vm, 'AcquireMksTicket')
    expect(lab.newEvents()).toEqual([
      'VmAcquiredTicketEvent',
      'VmAcquiredTicketEvent',
      'VmAcquiredMksTicketEvent',
    ])
  })

  it('are for VMs that run', () => {
    const lab = createVmLab()
    const vm = lab.create()
    expect(lab.fault('VirtualMachine', vm, 'AcquireTicket', { ticketType: 'webmks' })).toMatchObject({
      _typeName: 'InvalidPowerState',
      existingState: 'poweredOff',
    })
    expect(lab.fault('VirtualMachine', vm, 'AcquireTicket', { ticketType: 'tea' })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'ticketType',
    })
  })
})
