import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { TOOLS_VERSION } from '#vsphere/vm/defaults.js'
import { add } from '#vsphere/vm/testing.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'

const TOOLS = 'com.vmware.vcenter.vm.tools'
const INSTALLER = 'com.vmware.vcenter.vm.tools.installer'

const cdrom = add(
  data('VirtualCdrom', {
    key: -1,
    controllerKey: 200,
    backing: data('VirtualCdromRemoteAtapiBackingInfo', { deviceName: '' }),
  }),
)

async function running(lab: ServiceLab, toolsVersion: number, toolsInstallType = 'guestToolsTypeMSI') {
  const vm = lab.create({
    deviceChange: [cdrom],
    tools: data('ToolsConfigInfo', { toolsVersion, toolsInstallType }),
  })
  await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
  return vm
}

const runtimeOf = (lab: ServiceLab, vm: string) =>
  lab.sandbox.inventory.read.get('VirtualMachine', vm).runtime

describe('VMware Tools', () => {
  it('tell what is installed', async () => {
    const lab = createServiceLab()
    const vm = await running(lab, 12_352, 'guestToolsTypeOpenVMTools')
    expect(await lab.invoke(TOOLS, 'get', { vm })).toEqual({
      auto_update_supported: false,
      install_attempt_count: 0,
      version_number: 12_352,
      version: '12352',
      upgrade_policy: 'MANUAL',
      version_status: 'UNMANAGED',
      install_type: 'OPEN_VM_TOOLS',
      run_state: 'RUNNING',
    })
    expect(await lab.invoke(TOOLS, 'get', { vm: lab.create({ name: 'bare' }) })).toEqual({
      auto_update_supported: false,
      install_attempt_count: 0,
      upgrade_policy: 'MANUAL',
      version_status: 'NOT_INSTALLED',
      run_state: 'NOT_RUNNING',
    })
  })

  it('keep the policy that they are given', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    lab.newEvents()
    await lab.invoke(TOOLS, 'update', { vm, spec: { upgrade_policy: 'UPGRADE_AT_POWER_CYCLE' } })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmReconfiguredEvent'])
    expect(lab.config(vm).tools?.toolsUpgradePolicy).toBe('upgradeAtPowerCycle')
    expect(await lab.invoke(TOOLS, 'get', { vm })).toMatchObject({ upgrade_policy: 'UPGRADE_AT_POWER_CYCLE' })
    await lab.invoke(TOOLS, 'update', { vm, spec: {} })
    expect(lab.newEvents()).toEqual([])
  })

  it('are upgraded once', async () => {
    const lab = createServiceLab()
    const vm = await running(lab, 11_000)
    expect(await lab.invoke(TOOLS, 'get', { vm })).toMatchObject({ version_status: 'SUPPORTED_OLD' })
    await lab.invoke(TOOLS, 'upgrade', { vm })
    expect(await lab.invoke(TOOLS, 'get', { vm })).toMatchObject({
      version_status: 'CURRENT',
      version_number: TOOLS_VERSION,
      install_attempt_count: 1,
    })
    const error = await lab.error(TOOLS, 'upgrade', { vm })
    expect(error.type).toBe('ALREADY_IN_DESIRED_STATE')
    expect(error.messages[1]?.id).toBe('vmsg.ToolsAlreadyUpgraded.summary')
  })

  it('tell how the last upgrade failed, in the recorded form', async () => {
    const lab = createServiceLab()
    const vm = await running(lab, 11_000, 'guestToolsTypeOpenVMTools')
    expect((await lab.error(TOOLS, 'upgrade', { vm })).type).toBe('ERROR')
    const { error } = await lab.invoke(TOOLS, 'get', { vm })
    expect(error).toMatchObject({
      '@class': 'com.vmware.vapi.std.errors.error',
      error_type: 'ERROR',
      messages: [
        {
          args: [],
          default_message: 'An error has occurred while invoking the operation.',
          id: 'com.vmware.api.vcenter.error',
        },
        { id: 'vmsg.ToolsAutoUpgradeNotSupported.summary' },
      ],
    })
  })

  it('are not upgraded where they do not run', async () => {
    const lab = createServiceLab()
    const off = lab.create({ name: 'off' })
    expect((await lab.error(TOOLS, 'upgrade', { vm: off })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    const without = await running(lab, 0)
    expect((await lab.error(TOOLS, 'upgrade', { vm: without })).messages[0]?.id).toBe(
      'com.vmware.api.vcenter.vm.guest.tools_not_running',
    )
  })
})

describe('the installer of VMware Tools', () => {
  it('is connected and disconnected, each once', async () => {
    const lab = createServiceLab()
    const vm = await running(lab, 0)
    expect(await lab.invoke(INSTALLER, 'get', { vm })).toEqual({ is_connected: false })
    expect((await lab.error(INSTALLER, 'disconnect', { vm })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    await lab.invoke(INSTALLER, 'connect', { vm })
    expect(runtimeOf(lab, vm).toolsInstallerMounted).toBe(true)
    expect(await lab.invoke(INSTALLER, 'get', { vm })).toEqual({ is_connected: true })
    expect((await lab.error(INSTALLER, 'connect', { vm })).type).toBe('ALREADY_IN_DESIRED_STATE')
    await lab.invoke(INSTALLER, 'disconnect', { vm })
    expect(runtimeOf(lab, vm).toolsInstallerMounted).toBe(false)
  })

  it('is for VMs that run', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    expect((await lab.error(INSTALLER, 'connect', { vm })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect((await lab.error(INSTALLER, 'connect', { vm: 'vm-404' })).type).toBe('NOT_FOUND')
  })
})

describe('tickets for a console', () => {
  it('lead to the console of a running VM, and are told of', async () => {
    const lab = createServiceLab()
    const vm = await running(lab, 0)
    lab.newEvents()
    const create = (type: 'VMRC' | 'WEBMKS') =>
      lab.invoke('com.vmware.vcenter.vm.console.tickets', 'create', { vm, spec: { type } })
    expect((await create('WEBMKS')).ticket).toMatch(/^wss:\/\/[^/]+:443\/ticket\/[0-9a-f-]+$/)
    expect((await create('VMRC')).ticket).toMatch(
      new RegExp(`^vmrc://clone:cst-VCT-[0-9a-f-]+@[a-z.]+/\\?moid=${vm}$`),
    )
    expect(lab.newEvents()).toEqual(['VmAcquiredTicketEvent', 'VmAcquiredTicketEvent'])
  })

  it('are refused for a VM that is off (recorded)', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    const error = await lab.error('com.vmware.vcenter.vm.console.tickets', 'create', {
      vm,
      spec: { type: 'VMRC' },
    })
    expect(error.type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect(error.messages).toEqual([
      {
        args: [],
        default_message: 'Unable to obtain console ticket because the virtual machine is powered off.',
        id: 'com.vmware.api.vcenter.vm.console.tickets.not_allowed_in_current_state',
      },
      {
        args: [],
        default_message: 'The attempted operation cannot be performed in the current state (Powered off).',
        id: 'vmsg.InvalidPowerState.summary',
      },
    ])
  })
})
