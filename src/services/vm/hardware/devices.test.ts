import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../../core/testing.js'
import { assignmentOf } from '../../storage-policies/assignments.js'

const HARDWARE = 'com.vmware.vcenter.vm.hardware'
const POWER = 'com.vmware.vcenter.vm.power'

function lab() {
  const world = createServiceLab()
  const vm = world.create({ guestId: 'debian12_64Guest' })
  /** An operation whose types the table does not know. */
  const run = (service: string, operation: string, input: object = {}) =>
    world.invoke(
      `${HARDWARE}.${service}` as never,
      operation as never,
      { vm, ...input } as never,
    ) as Promise<unknown>
  const refused = async (service: string, operation: string, input: object = {}) => {
    const before = world.objects().get(vm)
    const error = await world.error(`${HARDWARE}.${service}`, operation, { vm, ...input })
    expect(world.objects().get(vm)).toEqual(before)
    return error.type
  }
  return Object.assign(world, {
    vm,
    run,
    refused,
    power: (change: 'start' | 'stop') => world.invoke(POWER, change, { vm }),
  })
}

const auto = { type: 'HOST_DEVICE', auto_detect: true }
const off = { state: 'NOT_CONNECTED', start_connected: false, allow_guest_control: false }

/** Removable devices: service, the name of its identifier, what an empty spec makes, another backing and what it reads as. */
const REMOVABLE: readonly [string, string, string, object, object][] = [
  ['floppy', 'floppy', '8000', { label: 'Floppy drive 1', backing: auto }, { type: 'CLIENT_DEVICE' }],
  [
    'serial',
    'port',
    '9000',
    { label: 'Serial port 1', backing: auto, yield_on_poll: false },
    { type: 'NETWORK_SERVER', network_location: 'telnet://:1234', proxy: 'telnet://proxy:1' },
  ],
  [
    'parallel',
    'port',
    '10000',
    { label: 'Parallel port 1', backing: auto },
    { type: 'FILE', file: '[nfs] demo/lpt.txt' },
  ],
]

describe.each(REMOVABLE)('%s', (service, id, key, first, backing) => {
  it('is made, listed, told of, changed, connected, disconnected and removed', async () => {
    const { run, refused, power } = lab()
    expect(await run(service, 'create', { spec: {} })).toBe(key)
    expect(await run(service, 'list')).toEqual([{ [id]: key }])
    expect(await run(service, 'get', { [id]: key })).toEqual({ ...first, ...off })
    const device = { [id]: key }
    await run(service, 'update', { ...device, spec: { backing, start_connected: true } })
    expect(await run(service, 'get', device)).toMatchObject({ backing, start_connected: true })
    expect(await refused(service, 'connect', device)).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    await power('start')
    expect(await refused(service, 'connect', device)).toBe('ALREADY_IN_DESIRED_STATE')
    await run(service, 'disconnect', device)
    expect(await run(service, 'get', device)).toMatchObject({ state: 'NOT_CONNECTED', start_connected: true })
    await run(service, 'connect', device)
    expect(await run(service, 'get', device)).toMatchObject({ state: 'CONNECTED' })
    expect(await refused(service, 'create', { spec: {} })).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect(await refused(service, 'delete', device)).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    await power('stop')
    await run(service, 'delete', device)
    expect(await run(service, 'list')).toEqual([])
    expect(await refused(service, 'get', device)).toBe('NOT_FOUND')
  })
})

describe('backings of serial ports', () => {
  it.each([
    { type: 'FILE', file: '[nfs] demo/com.txt' },
    { type: 'HOST_DEVICE', host_device: '/dev/ttyS0', auto_detect: false },
    { type: 'PIPE_SERVER', pipe: 'p', no_rx_loss: true },
    { type: 'PIPE_CLIENT', pipe: 'p', no_rx_loss: false },
    { type: 'NETWORK_CLIENT', network_location: 'telnet://10.0.0.1:1' },
  ])('reads $type back', async ({ auto_detect: _, ...backing }: Record<string, unknown>) => {
    const { run } = lab()
    const port = await run('serial', 'create', { spec: { backing, yield_on_poll: true } })
    expect(await run('serial', 'get', { port })).toMatchObject({ backing, yield_on_poll: true })
  })
})

describe('CD-ROM drives', () => {
  it.each([
    [{ type: 'ISO_FILE', iso_file: '[nfs] iso/tools.iso' }, {}],
    [{ type: 'HOST_DEVICE' }, { auto_detect: true, device_access_type: 'EMULATION' }],
    [
      { type: 'HOST_DEVICE', host_device: '/dev/sr0', device_access_type: 'PASSTHRU' },
      { auto_detect: false },
    ],
    [{ type: 'HOST_DEVICE', device_access_type: 'PASSTHRU_EXCLUSIVE' }, { auto_detect: true }],
    [{ type: 'CLIENT_DEVICE' }, { device_access_type: 'EMULATION' }],
    [{ type: 'CLIENT_DEVICE', device_access_type: 'PASSTHRU' }, {}],
  ])('reads %j back', async (backing, more) => {
    const { run } = lab()
    expect(await run('cdrom', 'create', { spec: { type: 'IDE', backing } })).toBe('3000')
    expect(await run('cdrom', 'get', { cdrom: '3000' })).toEqual({
      type: 'IDE',
      label: 'CD/DVD drive 1',
      ide: { primary: true, master: true },
      backing: { ...backing, ...more },
      ...off,
    })
  })

  it('is on SATA for a guest of today, whose adapter must be there', async () => {
    const { run, refused, power } = lab()
    expect(await refused('cdrom', 'create', { spec: {} })).toBe('UNABLE_TO_ALLOCATE_RESOURCE')
    expect(await run('adapter.sata', 'create', { spec: { pci_slot_number: 34 } })).toBe('15000')
    expect(await run('adapter.sata', 'get', { adapter: '15000' })).toEqual({
      bus: 0,
      pci_slot_number: 34,
      label: 'SATA controller 0',
      type: 'AHCI',
    })
    expect(await run('cdrom', 'create', { spec: { type: 'SATA', sata: { bus: 0, unit: 2 } } })).toBe('16002')
    expect(await run('cdrom', 'get', { cdrom: '16002' })).toMatchObject({ sata: { bus: 0, unit: 2 } })
    await power('start')
    expect(await run('cdrom', 'create', { spec: {} })).toBe('16000')
    await run('cdrom', 'connect', { cdrom: '16000' })
    await run('cdrom', 'disconnect', { cdrom: '16000' })
    await run('cdrom', 'delete', { cdrom: '16000' })
    expect(await run('cdrom', 'list')).toEqual([{ cdrom: '16002' }])
    expect(await refused('adapter.sata', 'delete', { adapter: '15000' })).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
  })

  it('refuses an image that is not there', async () => {
    const { run, refused } = lab()
    const backing = { type: 'ISO_FILE', iso_file: '[nfs] iso/none.iso' }
    expect(await refused('cdrom', 'create', { spec: { type: 'IDE', backing } })).toBe('INVALID_ARGUMENT')
    const cdrom = await run('cdrom', 'create', { spec: { type: 'IDE' } })
    expect(await refused('cdrom', 'update', { cdrom, spec: { backing } })).toBe('NOT_FOUND')
    expect(await refused('cdrom', 'create', { spec: { type: 'IDE', backing: { type: 'ISO_FILE' } } })).toBe(
      'INVALID_ARGUMENT',
    )
  })
})

describe('disks', () => {
  it('are made, told of, given another file, and detached with their file kept', async () => {
    const { run, refused, power } = lab()
    expect(await refused('disk', 'create', { spec: { new_vmdk: {} } })).toBe('UNABLE_TO_ALLOCATE_RESOURCE')
    await run('adapter.scsi', 'create', { spec: { type: 'LSILOGIC' } })
    expect(await run('disk', 'create', { spec: { new_vmdk: { name: 'data', capacity: 2 ** 30 } } })).toBe(
      '2000',
    )
    const info = {
      scsi: { bus: 0, unit: 0 },
      backing: { vmdk_file: '[nfs] demo/data.vmdk', type: 'VMDK_FILE' },
      label: 'Hard disk 1',
      type: 'SCSI',
      capacity: 2 ** 30,
    }
    expect(await run('disk', 'get', { disk: '2000' })).toEqual(info)
    expect(await refused('disk', 'create', { spec: { new_vmdk: { name: 'data' } } })).toBe('RESOURCE_IN_USE')
    await power('start')
    expect(await run('disk', 'create', { spec: { new_vmdk: { capacity: 2 ** 31 } } })).toBe('2001')
    await run('disk', 'delete', { disk: '2001' })
    await power('stop')
    const backing = { type: 'VMDK_FILE', vmdk_file: '[nfs] demo/demo.vmdk' }
    await run('disk', 'update', { disk: '2000', spec: { backing } })
    expect(await run('disk', 'get', { disk: '2000' })).toEqual({ ...info, backing, capacity: 2 ** 31 })
    const gone = { ...backing, vmdk_file: '[nfs] demo/gone.vmdk' }
    expect(await refused('disk', 'update', { disk: '2000', spec: { backing: gone } })).toBe('NOT_FOUND')
    expect(await run('disk', 'list')).toEqual([{ disk: '2000' }])
  })

  it.each([
    [{ type: 'SCSI', scsi: { bus: 0, unit: 0 }, new_vmdk: {} }, 'RESOURCE_IN_USE'],
    [{ type: 'SCSI', scsi: { bus: 1 }, new_vmdk: {} }, 'INVALID_ARGUMENT'],
    [{ type: 'SCSI', scsi: { bus: 0, unit: 7 }, new_vmdk: {} }, 'INVALID_ARGUMENT'],
    [{ type: 'SATA', scsi: { bus: 0 }, new_vmdk: {} }, 'INVALID_ARGUMENT'],
    [{}, 'INVALID_ARGUMENT'],
    [{ new_vmdk: { capacity: -1 } }, 'INVALID_ARGUMENT'],
    [{ backing: { type: 'VMDK_FILE', vmdk_file: '[nfs] none.vmdk' } }, 'NOT_FOUND'],
    [{ type: 'NVME', new_vmdk: {} }, 'UNABLE_TO_ALLOCATE_RESOURCE'],
  ])('refuse %j', async (spec, type) => {
    const { run, refused } = lab()
    await run('adapter.scsi', 'create', { spec: {} })
    await run('disk', 'create', { spec: { new_vmdk: {} } })
    expect(await refused('disk', 'create', { spec })).toBe(type)
  })

  it('get the storage policy that is asked for, if there is one', async () => {
    const { run, refused, sandbox, vm } = lab()
    await run('adapter.scsi', 'create', { spec: {} })
    const none = { new_vmdk: { storage_policy: { policy: 'none' } } }
    expect(await refused('disk', 'create', { spec: none })).toBe('INVALID_ARGUMENT')
    const policy = 'aa6d5a82-1c88-45da-85d3-3d74b91a5bad'
    await run('disk', 'create', { spec: { new_vmdk: { storage_policy: { policy } } } })
    expect(assignmentOf(sandbox.inventory.read, vm)?.disks).toEqual({ '2000': policy })
  })

  it('cannot be plugged on IDE while the VM runs', async () => {
    const { refused, power } = lab()
    await power('start')
    const spec = { type: 'IDE', new_vmdk: {} }
    expect(await refused('disk', 'create', { spec })).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
  })
})

describe('adapters', () => {
  it('share their bus as asked for', async () => {
    const { run, refused, device, vm } = lab()
    const spec = { type: 'LSILOGICSAS', bus: 2, sharing: 'VIRTUAL', pci_slot_number: 40 }
    expect(await run('adapter.scsi', 'create', { spec })).toBe('1002')
    expect(await run('adapter.scsi', 'get', { adapter: '1002' })).toEqual({
      scsi: { bus: 2, unit: 7 },
      pci_slot_number: 40,
      label: 'SCSI controller 2',
      type: 'LSILOGICSAS',
      sharing: 'VIRTUAL',
    })
    await run('adapter.scsi', 'update', { adapter: '1002', spec: { sharing: 'PHYSICAL' } })
    expect(device(vm, 1002)).toMatchObject({ sharedBus: 'physicalSharing' })
    expect(await refused('adapter.scsi', 'create', { spec: { bus: 2 } })).toBe('RESOURCE_IN_USE')
    expect(await refused('adapter.scsi', 'create', { spec: { bus: 4 } })).toBe('INVALID_ARGUMENT')
    await run('adapter.scsi', 'delete', { adapter: '1002' })
    expect(await run('adapter.scsi', 'list')).toEqual([])
  })

  it('for NVMe take disks and go only without them', async () => {
    const { run, refused } = lab()
    expect(await run('adapter.nvme', 'create', { spec: {} })).toBe('31000')
    expect(await run('disk', 'create', { spec: { type: 'NVME', new_vmdk: {} } })).toBe('32000')
    expect(await run('adapter.nvme', 'get', { adapter: '31000' })).toEqual({
      bus: 0,
      label: 'NVME controller 0',
    })
    expect(await refused('adapter.nvme', 'delete', { adapter: '31000' })).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    await run('disk', 'delete', { disk: '32000' })
    await run('adapter.nvme', 'delete', { adapter: '31000' })
    expect(await run('adapter.nvme', 'list')).toEqual([])
    expect(await refused('adapter.scsi', 'get', { adapter: '200' })).toBe('NOT_FOUND')
  })
})

describe('network adapters', () => {
  it('get a network of the host, an address of vCenter, and are off unless asked for (recorded)', async () => {
    const { run, refused, power } = lab()
    expect(await run('ethernet', 'create', { spec: { pci_slot_number: 4 } })).toBe('4000')
    const info = (await run('ethernet', 'get', { nic: '4000' })) as Record<string, object>
    expect(info).toEqual({
      ...off,
      pci_slot_number: 4,
      backing: {
        network_name: 'VM Network',
        type: 'STANDARD_PORTGROUP',
        network: expect.stringMatching(/^network-/),
      },
      mac_address: expect.stringMatching(/^00:50:56:/),
      mac_type: 'ASSIGNED',
      wake_on_lan_enabled: false,
      label: 'Network adapter 1',
      type: 'VMXNET3',
      upt_compatibility_enabled: false,
      upt_v2_compatibility_enabled: false,
    })
    await run('ethernet', 'update', {
      nic: '4000',
      spec: { start_connected: true, mac_type: 'MANUAL', mac_address: '00:50:56:11:22:33' },
    })
    expect(await run('ethernet', 'get', { nic: '4000' })).toMatchObject({
      mac_type: 'MANUAL',
      mac_address: '00:50:56:11:22:33',
    })
    await power('start')
    expect(await run('ethernet', 'get', { nic: '4000' })).toMatchObject({ state: 'CONNECTED' })
    expect(await refused('ethernet', 'connect', { nic: '4000' })).toBe('ALREADY_IN_DESIRED_STATE')
    await run('ethernet', 'disconnect', { nic: '4000' })
    expect(await run('ethernet', 'create', { spec: { type: 'E1000E', start_connected: true } })).toBe('4001')
    const e1000e = await run('ethernet', 'get', { nic: '4001' })
    expect(e1000e).toMatchObject({ state: 'CONNECTED', type: 'E1000E' })
    expect(e1000e).not.toHaveProperty('upt_compatibility_enabled')
    await run('ethernet', 'delete', { nic: '4001' })
    expect(await run('ethernet', 'list')).toEqual([{ nic: '4000' }])
  })

  it.each([
    [{ backing: { type: 'STANDARD_PORTGROUP', network: 'network-404' } }, 'NOT_FOUND'],
    [{ backing: { type: 'HOST_DEVICE' } }, 'INVALID_ARGUMENT'],
    [{ mac_type: 'MANUAL', mac_address: 'x' }, 'INVALID_ARGUMENT'],
    [{ mac_type: 'MANUAL' }, 'INVALID_ARGUMENT'],
    [{ type: 'VMXNET2' }, 'UNSUPPORTED'],
  ])('refuse %j', async (spec, type) => {
    const { refused } = lab()
    expect(await refused('ethernet', 'create', { spec })).toBe(type)
  })

  it('refuse a network of another kind', async () => {
    const { refused, sandbox, hosts } = lab()
    const network = sandbox.inventory.read.find('HostSystem', hosts[0] ?? '')?.network?.[0]?.value
    const spec = { backing: { type: 'DISTRIBUTED_PORTGROUP', network } }
    expect(await refused('ethernet', 'create', { spec })).toBe('INVALID_ARGUMENT')
  })
})

it('names a device that the VM does not have, and the VM', async () => {
  const { error, vm, sandbox } = lab()
  const { messages } = await error(`${HARDWARE}.disk`, 'get', { vm, disk: '2000' })
  const { instanceUuid } = sandbox.services.identity
  expect(messages).toEqual([
    {
      args: ['2000', `${vm}:${instanceUuid}`],
      default_message: `Device with identifier '2000' does not exist on the virtual machine '${vm}:${instanceUuid}'.`,
      id: 'com.vmware.api.vcenter.vm.device.not_found',
    },
  ])
})
