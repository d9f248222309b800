import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import { customization, fixedIp } from '#vsphere/vm/clone-testing.js'
import { TOOLS_VERSION } from '#vsphere/vm/defaults.js'
import { usual } from '#vsphere/vm/testing.js'
import { createServiceLab, type ServiceLab } from '../../core/testing.js'

const GUEST = 'com.vmware.vcenter.vm.guest'

/** A Linux VM with tools, a disk of 4 GB and a card. */
function linux(lab: ServiceLab): string {
  return lab.create({
    name: 'web',
    guestId: 'debian12_64Guest',
    deviceChange: usual(),
    tools: data('ToolsConfigInfo', { toolsVersion: TOOLS_VERSION, toolsInstallType: 'guestToolsTypeTar' }),
  })
}

async function running(lab: ServiceLab): Promise<string> {
  const vm = linux(lab)
  await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
  return vm
}

const guestOf = (lab: ServiceLab, vm: string) => lab.sandbox.inventory.read.get('VirtualMachine', vm).guest

describe('what a guest tells', () => {
  it('names itself (field by field as recorded from vCenter 8.0)', async () => {
    const lab = createServiceLab()
    const vm = await running(lab)
    expect(await lab.invoke(`${GUEST}.identity`, 'get', { vm })).toEqual({
      name: 'DEBIAN_12_64',
      family: 'LINUX',
      full_name: {
        args: [],
        default_message: 'Debian GNU/Linux 12 (64-bit)',
        id: 'vmsg.guestos.debian12_64Guest.label',
      },
      host_name: 'web',
      ip_address: guestOf(lab, vm)?.ipAddress,
    })
  })

  it('tells its interfaces, names and file systems', async () => {
    const lab = createServiceLab()
    const vm = linux(lab)
    const spec = customization('db', [fixedIp('192.168.10.77')])
    expect(lab.task('VirtualMachine', vm, 'CustomizeVM_Task', { spec }).error).toBeUndefined()
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
    const [nic] = guestOf(lab, vm)?.net ?? []
    expect(await lab.invoke(`${GUEST}.networking.interfaces`, 'list', { vm })).toEqual([
      {
        mac_address: nic?.macAddress,
        ip: { ip_addresses: [{ ip_address: '192.168.10.77', prefix_length: 24, state: 'PREFERRED' }] },
        nic: '4000',
      },
    ])
    expect(await lab.invoke(`${GUEST}.networking`, 'get', { vm })).toEqual({
      dns_values: { host_name: 'db', domain_name: 'lab.local' },
      dns: { ip_addresses: ['192.168.10.1'], search_domains: [] },
    })
    expect(await lab.invoke(`${GUEST}.networking.routes`, 'list', { vm })).toEqual([])
    expect(await lab.invoke(`${GUEST}.local_filesystem`, 'get', { vm })).toEqual({
      '/': {
        capacity: 4 * 2 ** 30,
        free_space: 3 * 2 ** 30,
        filesystem: 'ext4',
        mappings: [{ disk: '2000' }],
      },
    })
    expect(await lab.invoke(`${GUEST}.operations`, 'get', { vm })).toEqual({
      guest_operations_ready: true,
      interactive_guest_operations_ready: false,
    })
  })

  it('splits the name where the guest says no more', async () => {
    const lab = createServiceLab()
    const vm = await running(lab)
    expect(await lab.invoke(`${GUEST}.networking`, 'get', { vm })).toEqual({
      dns_values: { host_name: 'web', domain_name: '' },
    })
  })

  it.each([
    ['identity', 'get'],
    ['networking', 'get'],
    ['networking.interfaces', 'list'],
    ['networking.routes', 'list'],
    ['local_filesystem', 'get'],
  ])('tells no %s without its tools (recorded)', async (name, operation) => {
    const lab = createServiceLab()
    const vm = linux(lab)
    const error = await lab.error(`${GUEST}.${name}`, operation, { vm })
    const { instanceUuid } = lab.sandbox.services.identity
    expect(error.type).toBe('SERVICE_UNAVAILABLE')
    expect(error.messages).toEqual([
      {
        args: [`${vm}:${instanceUuid}`],
        default_message: `VMware Tools are not running in the virtual machine with identifier '${vm}:${instanceUuid}'.`,
        id: 'com.vmware.api.vcenter.vm.guest.tools_not_running',
      },
    ])
    expect((await lab.error(`${GUEST}.${name}`, operation, { vm: 'vm-404' })).type).toBe('NOT_FOUND')
  })

  it('says so where the tools tell nothing (recorded)', async () => {
    const lab = createServiceLab()
    const vm = lab.create({ tools: data('ToolsConfigInfo', { toolsVersion: TOOLS_VERSION }) })
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
    const error = await lab.error(`${GUEST}.local_filesystem`, 'get', { vm })
    expect(error.type).toBe('SERVICE_UNAVAILABLE')
    expect(error.messages[0]?.id).toBe('com.vmware.api.vcenter.vm.guest.information_not_available')
  })

  it('speaks as vCenter 7.0 did', async () => {
    const lab = createServiceLab({ version: '7.0.3', hosts: ['7.0.3'] })
    const vm = lab.create()
    const [message] = (await lab.error(`${GUEST}.identity`, 'get', { vm })).messages
    expect(message?.default_message).toMatch(
      /^VMware Tools are not running in Virtual machine with identifier /,
    )
  })
})

describe('the power of a guest', () => {
  it('is asked for, and follows', async () => {
    const lab = createServiceLab()
    const vm = await running(lab)
    expect(await lab.invoke(`${GUEST}.power`, 'get', { vm })).toEqual({
      state: 'RUNNING',
      operations_ready: true,
    })
    lab.newEvents()
    await lab.invoke(`${GUEST}.power`, 'reboot', { vm })
    await lab.invoke(`${GUEST}.power`, 'shutdown', { vm })
    expect(lab.newEvents()).toEqual(expect.arrayContaining(['VmGuestRebootEvent', 'VmGuestShutdownEvent']))
    expect(lab.sandbox.inventory.read.get('VirtualMachine', vm).runtime.powerState).toBe('poweredOff')
    expect(await lab.invoke(`${GUEST}.power`, 'get', { vm })).toEqual({
      state: 'NOT_RUNNING',
      operations_ready: false,
    })
  })

  it.each([
    ['shutdown', 'ALREADY_IN_DESIRED_STATE'],
    ['reboot', 'NOT_ALLOWED_IN_CURRENT_STATE'],
    ['standby', 'NOT_ALLOWED_IN_CURRENT_STATE'],
  ])('of a VM that is off: %s', async (operation, type) => {
    const lab = createServiceLab()
    const vm = linux(lab)
    expect((await lab.error(`${GUEST}.power`, operation, { vm })).type).toBe(type)
  })

  it('needs the tools', async () => {
    const lab = createServiceLab()
    const vm = lab.create()
    await lab.invoke('com.vmware.vcenter.vm.power', 'start', { vm })
    const error = await lab.error(`${GUEST}.power`, 'standby', { vm })
    expect(error.type).toBe('SERVICE_UNAVAILABLE')
    expect(error.messages[0]?.id).toBe('com.vmware.api.vcenter.vm.guest.tools_not_running')
  })
})
