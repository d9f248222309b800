import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { VirtualDeviceConfigSpec, VirtualDisk, VirtualEthernetCard } from '#vim25/generated/types.js'
import { fileAt } from '../../datastore/files.js'
import { add, card, createVmLab, disk, edit, remove, scsi, usual, type VmLab } from '../testing.js'

const fileOf = (lab: VmLab, path: string) => fileAt(lab.sandbox.inventory.read, lab.datastore, path)

describe('device changes', () => {
  it('number keys, labels, units and slots as vCenter does', () => {
    const lab = createVmLab()
    const vm = lab.create({
      deviceChange: [
        add(scsi(1000)),
        add(data('VirtualAHCIController', { key: -2, busNumber: 0 })),
        add(data('VirtualNVMEController', { key: -3, busNumber: 0 })),
        ...Array.from({ length: 8 }, (_each, at) =>
          add(disk({ key: -10 - at, controllerKey: 1000 }), 'create'),
        ),
        add(disk({ key: -30, controllerKey: -2 }), 'create'),
        add(disk({ key: -31, controllerKey: -3 }), 'create'),
        add(disk({ key: -32, controllerKey: 200 }), 'create'),
        add(data('VirtualCdrom', { key: -40, controllerKey: -2 })),
        add(card()),
        add(card('VirtualE1000e')),
        add(
          data('VirtualSerialPort', {
            key: -50,
            yieldOnPoll: true,
            backing: data('VirtualSerialPortDeviceBackingInfo', { deviceName: '/dev/char/serial/uart0' }),
          }),
        ),
        add(data('VirtualFloppy', { key: -60 })),
        add(data('VirtualUSBXHCIController', { key: -70, busNumber: 0 })),
        add(data('VirtualTPM', { key: -80 })),
      ],
    })
    lab.expectValid('VirtualMachine', vm)
    const rows = (lab.config(vm).hardware.device ?? [])
      .slice(9)
      .map(
        ({ key, deviceInfo, controllerKey, unitNumber }) =>
          `${key} ${deviceInfo?.label} @${controllerKey}:${unitNumber}`,
      )
    expect(rows).toEqual([
      '1000 SCSI controller 0 @100:3',
      '15000 SATA controller 0 @100:24',
      '31000 NVME controller 0 @100:30',
      '14000 USB xHCI controller @100:23',
      ...[0, 1, 2, 3, 4, 5, 6].map((unit) => `${2000 + unit} Hard disk ${unit + 1} @1000:${unit}`),
      '2008 Hard disk 8 @1000:8',
      '16000 Hard disk 9 @15000:0',
      '32000 Hard disk 10 @31000:0',
      '3000 Hard disk 11 @200:0',
      '16001 CD/DVD drive 1 @15000:1',
      '4000 Network adapter 1 @100:7',
      '4001 Network adapter 2 @100:8',
      '9000 Serial port 1 @400:0',
      '8000 Floppy drive 1 @400:0',
      '11000 Virtual TPM @100:41',
    ])
    expect(lab.device(vm, 2000)?.deviceInfo?.summary).toBe('4,194,304 KB')
    expect(lab.device(vm, 1000)).toMatchObject({ device: [2000, 2001, 2002, 2003, 2004, 2005, 2006, 2008] })
  })

  it('assign MAC addresses from the vCenter’s range, each once', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: [add(card()), add(card())] })
    const macs = [4000, 4001].map((key) => (lab.device(vm, key) as VirtualEthernetCard).macAddress ?? '')
    for (const mac of macs) expect(mac).toMatch(/^00:50:56:[89ab][0-9a-f]:/)
    expect(new Set(macs).size).toBe(2)
  })

  it('create, grow and destroy disk files', () => {
    const lab = createVmLab()
    const vm = lab.create({
      deviceChange: [add(scsi()), add(disk(), 'create'), add(disk({ key: -11 }), 'create')],
    })
    expect(fileOf(lab, 'demo/demo.vmdk')).toMatchObject({
      type: 'vmdk',
      disk: { capacity: 4 * 2 ** 30, thin: true },
    })
    expect(fileOf(lab, 'demo/demo_1.vmdk')).toBeDefined()
    const first = lab.device(vm, 2000) as VirtualDisk
    const grown = { ...first, capacityInKB: 8 * 2 ** 20, capacityInBytes: undefined }
    expect(lab.reconfigure(vm, { deviceChange: [edit(grown)] }).error).toBeUndefined()
    expect(fileOf(lab, 'demo/demo.vmdk')?.disk?.capacity).toBe(8 * 2 ** 30)
    expect(lab.device(vm, 2000)).toMatchObject({ capacityInBytes: 8 * 2 ** 30 })
    lab.reconfigure(vm, { deviceChange: [remove(first, 'destroy'), remove({ ...first, key: 2001 })] })
    expect(fileOf(lab, 'demo/demo.vmdk')).toBeUndefined()
    expect(fileOf(lab, 'demo/demo_1.vmdk')).toBeDefined()
    const attach = add(disk({ controllerKey: 1000, file: '[nfs] demo/demo_1.vmdk' }))
    expect(lab.reconfigure(vm, { deviceChange: [attach] }).state).toBe('success')
    expect(lab.device(vm, 2000)).toMatchObject({ capacityInBytes: 4 * 2 ** 30 })
  })

  it('plug disks and cards into a running VM, and swap its CD', () => {
    const lab = createVmLab()
    const vm = lab.create({
      deviceChange: [...usual(), add(data('VirtualCdrom', { key: -3, controllerKey: 201 }))],
    })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const iso = data('VirtualCdrom', {
      key: 3002,
      backing: data('VirtualCdromIsoBackingInfo', { fileName: '[nfs] iso/tools.iso' }),
      connectable: data('VirtualDeviceConnectInfo', {
        startConnected: true,
        allowGuestControl: true,
        connected: true,
      }),
    })
    const info = lab.reconfigure(vm, {
      deviceChange: [add(disk({ controllerKey: 1000 }), 'create'), add(card()), edit(iso)],
    })
    expect(info.error).toBeUndefined()
    expect(lab.device(vm, 2001)).toBeDefined()
    expect(lab.device(vm, 4001)).toMatchObject({ connectable: { connected: true } })
    expect(lab.device(vm, 3002)).toMatchObject({
      controllerKey: 201,
      connectable: { connected: true },
      backing: { datastore: { value: lab.datastore } },
      deviceInfo: { label: 'CD/DVD drive 1', summary: 'ISO [nfs] iso/tools.iso' },
    })
    expect(lab.get<{ device: unknown[] }>('VirtualMachine', vm, 'runtime').device).toHaveLength(2)
    lab.expectValid('VirtualMachine', vm)
  })

  const ide = data('VirtualIDEController', { key: 200, busNumber: 0 })
  const at = (index: number, rest: object) => ({ deviceIndex: index, ...rest })
  const cases: readonly [string, readonly VirtualDeviceConfigSpec[], object, boolean?][] = [
    [
      'no operation',
      [data('VirtualDeviceConfigSpec', { device: disk() })],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.operation' }),
    ],
    [
      'a disk without a controller',
      [add(data('VirtualDisk', { key: -1, capacityInKB: 1024, backing: disk().backing }), 'create')],
      at(0, { _typeName: 'MissingController' }),
    ],
    [
      'an unknown controller',
      [add(disk({ controllerKey: 1007 }), 'create')],
      at(0, { _typeName: 'InvalidController', controllerKey: 1007 }),
    ],
    [
      'a controller of another kind',
      [add(disk({ controllerKey: 400 }), 'create')],
      at(0, { _typeName: 'InvalidController' }),
    ],
    [
      'a place that is taken',
      [add(disk({ controllerKey: 1000, unitNumber: 0 }), 'create')],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.unitNumber' }),
    ],
    [
      'the place of the controller itself',
      [add(card()), add(disk({ controllerKey: 1000, unitNumber: 7 }), 'create')],
      at(1, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.unitNumber' }),
    ],
    [
      'a bus that is taken',
      [add(scsi(-1, 0))],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.busNumber' }),
    ],
    [
      'an empty disk',
      [add(disk({ controllerKey: 1000, gb: 0 }), 'create')],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.capacityInKB' }),
    ],
    [
      'a disk of more than 62 TB',
      [add(disk({ controllerKey: 1000, gb: 62 * 1024 + 1 }), 'create')],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.capacityInKB' }),
    ],
    [
      'a disk that grows beyond 62 TB',
      [edit({ ...disk({ gb: 62 * 1024 + 1 }), key: 2000 })],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.capacityInKB' }),
    ],
    [
      'an unknown disk mode',
      [add(disk({ controllerKey: 1000, mode: 'wild' }), 'create')],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.backing.diskMode' }),
    ],
    [
      'a disk file that is there',
      [add(disk({ controllerKey: 1000, file: '[nfs] demo/demo.vmdk' }), 'create')],
      { _typeName: 'FileAlreadyExists', file: '[nfs] demo/demo.vmdk' },
    ],
    [
      'a disk file that is not there',
      [add(disk({ controllerKey: 1000, file: '[nfs] demo/none.vmdk' }))],
      { _typeName: 'FileNotFound' },
    ],
    [
      'a shrinking disk',
      [edit({ ...disk({ gb: 1 }), key: 2000 })],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.capacityInKB' }),
    ],
    [
      'a card without a network',
      [add(card('VirtualVmxnet3', 'Nowhere'))],
      at(0, { _typeName: 'InvalidDeviceBacking' }),
    ],
    [
      'a wrong MAC address',
      [add({ ...card(), addressType: 'manual', macAddress: '01:00:00:00:00:01' })],
      at(0, { _typeName: 'InvalidDeviceSpec', property: 'virtualDeviceSpec.device.macAddress' }),
    ],
    [
      'an ISO that is not there',
      [
        add(
          data('VirtualCdrom', {
            key: -1,
            controllerKey: 200,
            backing: data('VirtualCdromIsoBackingInfo', { fileName: '[nfs] iso/none.iso' }),
          }),
        ),
      ],
      at(0, { _typeName: 'InvalidDeviceBacking' }),
    ],
    [
      'a device that it does not have',
      [remove({ ...disk(), key: 2009 })],
      at(0, { _typeName: 'DeviceNotFound' }),
    ],
    [
      'the end of a device that every VM has',
      [remove(ide)],
      at(0, { _typeName: 'InvalidDeviceOperation', badOp: 'remove' }),
    ],
    [
      'the end of a controller in use',
      [remove({ ...scsi(), key: 1000 })],
      at(0, { _typeName: 'InvalidDeviceOperation' }),
    ],
    [
      'a file operation on a card',
      [add(card(), 'create')],
      at(0, { _typeName: 'InvalidDeviceOperation', badFileOp: 'create' }),
    ],
    ['too many cards', Array.from({ length: 10 }, () => add(card())), { _typeName: 'TooManyDevices' }],
    [
      'a floppy drive while it runs',
      [add(data('VirtualFloppy', { key: -1 }))],
      at(0, { _typeName: 'DeviceHotPlugNotSupported' }),
      true,
    ],
    [
      'an IDE disk while it runs',
      [add(disk({ controllerKey: 200 }), 'create')],
      at(0, { _typeName: 'DeviceHotPlugNotSupported' }),
      true,
    ],
    [
      'another MAC address while it runs',
      [edit({ ...card(), key: 4000, addressType: 'manual', macAddress: '00:50:56:00:00:01' })],
      at(0, { _typeName: 'DeviceHotPlugNotSupported' }),
      true,
    ],
  ]

  it.each(cases)('refuse %s and change nothing', (_name, deviceChange, expected, on) => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    if (on) lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const before = lab.objects()
    expect(lab.reconfigure(vm, { deviceChange }).error?.fault).toMatchObject(expected)
    expect(lab.objects()).toEqual(before)
  })

  it('refuse devices that the hardware is too old for', () => {
    const lab = createVmLab()
    const vm = lab.create({ version: 'vmx-10' })
    const change = [add(data('VirtualNVMEController', { key: -1, busNumber: 0 }))]
    expect(lab.reconfigure(vm, { deviceChange: change }).error?.fault).toMatchObject({
      _typeName: 'DeviceUnsupportedForVmVersion',
      currentVersion: 'vmx-10',
      expectedVersion: 'vmx-13',
    })
  })
})
