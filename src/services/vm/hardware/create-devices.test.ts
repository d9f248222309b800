import { describe, expect, it } from 'vitest'
import { releaseIndex } from '#vapi/release.js'
import { data } from '#vim25/data.js'
import type { VirtualDevice } from '#vim25/generated/types.js'
import { sessions } from '#vsphere/core/context.js'
import { createCall } from '../../core/call.js'
import { createServiceLab } from '../../core/testing.js'
import { bootOrderOf, type DevicesSpec, devicesOf } from './create-devices.js'

function lab(guestId = 'debian12_64Guest', hardware = 21) {
  const world = createServiceLab()
  const [id = ''] = world.sandbox.inventory.read.ids(sessions)
  const call = createCall(world.sandbox, {
    session: world.sandbox.inventory.read.get(sessions, id),
    client: { ip: '127.0.0.1', userAgent: 'test' },
    release: releaseIndex('8.0.3.0'),
  })
  const make = (spec: DevicesSpec) => devicesOf(call, { guestId, hardware, host: world.hosts[0] }, spec)
  const keys = (spec: DevicesSpec) => make(spec).map(({ device }) => `${device._typeName} ${device.key}`)
  /** The devices that CreateVM_Task makes of them. */
  const real = (spec: DevicesSpec): readonly VirtualDevice[] =>
    world.config(world.create({ guestId, deviceChange: make(spec) })).hardware.device ?? []
  return { ...world, make, keys, real }
}

describe('devices of a new VM', () => {
  it('gives a blank disk as the guest likes it when none is asked for', () => {
    expect(lab().keys({})).toEqual(['ParaVirtualSCSIController 1000', 'VirtualDisk 2000'])
    expect(lab('windows7_64Guest').keys({})[0]).toBe('VirtualLsiLogicSASController 1000')
    expect(lab('win98Guest').keys({})).toEqual(['VirtualDisk 3000'])
    expect(lab('darwin17_64Guest').keys({})).toEqual(['VirtualAHCIController 15000', 'VirtualDisk 16000'])
    expect(lab().keys({ disks: [] })).toEqual([])
  })

  it('makes the adapters that disks and drives need, unless the spec lists adapters of the kind', () => {
    const { keys, make } = lab()
    const disk = { new_vmdk: {} }
    expect(keys({ disks: [{ type: 'NVME', ...disk }], cdroms: [{}, { type: 'IDE' }] })).toEqual([
      'VirtualNVMEController 31000',
      'VirtualDisk 32000',
      'VirtualAHCIController 15000',
      'VirtualCdrom 16000',
      'VirtualCdrom 3000',
    ])
    expect(keys({ disks: [{ type: 'SCSI', scsi: { bus: 2, unit: 3 }, ...disk }] })).toEqual([
      'ParaVirtualSCSIController 1002',
      'VirtualDisk 2035',
    ])
    expect(() => make({ disks: [disk], scsi_adapters: [] })).toThrow('no free SCSI address')
  })

  it('keeps the places that are named for those that name them, and the order of the list', () => {
    const { keys } = lab()
    const disk = { new_vmdk: {} }
    expect(
      keys({ disks: [disk, { type: 'SCSI', scsi: { bus: 0, unit: 0 }, ...disk }, disk] }).slice(1),
    ).toEqual(['VirtualDisk 2001', 'VirtualDisk 2000', 'VirtualDisk 2002'])
  })

  it.each<[string, DevicesSpec, string]>([
    ['a taken address', { disks: twice({ type: 'SCSI', scsi: { bus: 0, unit: 1 } }) }, 'RESOURCE_IN_USE'],
    [
      'the adapter’s own unit',
      { disks: [{ type: 'SCSI', scsi: { bus: 0, unit: 7 }, new_vmdk: {} }] },
      'INVALID_ARGUMENT',
    ],
    ['a bus beyond', { disks: [{ type: 'SCSI', scsi: { bus: 4 }, new_vmdk: {} }] }, 'INVALID_ARGUMENT'],
    [
      'a third IDE slave',
      { disks: twice({ type: 'IDE', ide: { primary: true, master: true } }) },
      'RESOURCE_IN_USE',
    ],
    ['no file', { disks: [{}] }, 'INVALID_ARGUMENT'],
    [
      'two files',
      { disks: [{ new_vmdk: {}, backing: { type: 'VMDK_FILE', vmdk_file: 'x' } }] },
      'INVALID_ARGUMENT',
    ],
    ['a path as name', { disks: [{ new_vmdk: { name: '../x' } }] }, 'INVALID_ARGUMENT'],
    ['a taken bus', { scsi_adapters: [{ bus: 1 }, { bus: 1 }] }, 'RESOURCE_IN_USE'],
    ['a fifth adapter', { sata_adapters: [{}, {}, {}, {}, {}] }, 'UNABLE_TO_ALLOCATE_RESOURCE'],
    [
      'a taken PCI slot',
      { nvme_adapters: [{ pci_slot_number: 33 }, { pci_slot_number: 33 }] },
      'RESOURCE_IN_USE',
    ],
    [
      'no such network',
      { nics: [{ backing: { type: 'STANDARD_PORTGROUP', network: 'network-404' } }] },
      'NOT_FOUND',
    ],
  ])('refuses %s', (_, spec, type) => {
    expect(() => lab().make(spec)).toThrow(expect.objectContaining({ type }))
  })

  it('gives every device the key that CreateVM_Task gives it', () => {
    const world = lab()
    const spec: DevicesSpec = {
      scsi_adapters: [{ type: 'LSILOGIC', bus: 1, sharing: 'VIRTUAL' }, {}],
      disks: [{ new_vmdk: { name: 'data', capacity: 2 ** 30 } }, { type: 'SATA', new_vmdk: {} }],
      cdroms: [{ type: 'IDE', ide: { primary: false } }],
      nics: [
        { mac_type: 'MANUAL', mac_address: '00:50:56:00:00:01', start_connected: true },
        { type: 'E1000E' },
      ],
      floppies: [{}],
      serial_ports: [{ backing: { type: 'PIPE_SERVER', pipe: 'p' } }, {}],
      parallel_ports: [{}],
    }
    const wanted = world.make(spec).map(({ device }) => `${device._typeName} ${device.key}`)
    const devices = world.real(spec)
    expect(devices.map(({ _typeName, key }) => `${_typeName} ${key}`)).toEqual(expect.arrayContaining(wanted))
    expect(devices.find(({ key }) => key === 2000)?.backing).toMatchObject({
      fileName: '[nfs] demo/data.vmdk',
    })
  })

  it('names the devices of a boot order by type', () => {
    const { make } = lab()
    const devices = make({ disks: [{ new_vmdk: {} }, { new_vmdk: {} }], nics: [{}] })
    expect(bootOrderOf([{ type: 'ETHERNET' }, { type: 'CDROM' }, { type: 'DISK' }], devices)).toEqual([
      data('VirtualMachineBootOptionsBootableEthernetDevice', { deviceKey: 4000 }),
      data('VirtualMachineBootOptionsBootableCdromDevice', {}),
      data('VirtualMachineBootOptionsBootableDiskDevice', { deviceKey: 2000 }),
      data('VirtualMachineBootOptionsBootableDiskDevice', { deviceKey: 2001 }),
    ])
  })
})

function twice(address: object) {
  return [
    { ...address, new_vmdk: {} },
    { ...address, new_vmdk: {} },
  ]
}
