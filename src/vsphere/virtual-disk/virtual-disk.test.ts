import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { VirtualDisk } from '#vim25/generated/types.js'
import { imageOf, setImage } from '#world/disk-image.js'
import { createFileLab, type FileLab } from '../file-manager/testing.js'
import { add, disk, scsi } from '../vm/testing.js'

const GB = 2 ** 30
const wanted = (diskType = 'thin', capacityKb = GB / 1024, adapterType = 'lsiLogic') =>
  data('FileBackedVirtualDiskSpec', { diskType, adapterType, capacityKb })
const named = (lab: FileLab, name: string) => ({ name, datacenter: lab.dc })
const between = (lab: FileLab, sourceName: string, destName: string, more = {}) => ({
  sourceName,
  sourceDatacenter: lab.dc,
  destName,
  ...more,
})

function withDisk(diskType?: string) {
  const lab = createFileLab()
  lab.put('d/readme.txt')
  const free = lab.free()
  const info = lab.manage('CreateVirtualDisk_Task', {
    ...named(lab, '[nfs] d/x.vmdk'),
    spec: wanted(diskType),
  })
  return { lab, free, info }
}

/** A lab with a VM that has a 4 GB disk, and is off. */
function withVm() {
  const lab = createFileLab()
  const vm = lab.create({ deviceChange: [add(scsi()), add(disk({ gb: 4 }), 'create')] })
  const own = () => lab.device(vm, 2000) as VirtualDisk
  return { lab, vm, own }
}

describe('CreateVirtualDisk_Task', () => {
  it.each([
    ['thin', 2 ** 20, { thin: true }],
    ['preallocated', GB, { thin: false }],
    ['eagerZeroedThick', GB, { thin: false, eager: true }],
  ])('makes a %s disk that takes %d bytes', (type, bytes, layout) => {
    const { lab, free, info } = withDisk(type)
    expect(info.result).toEqual({ _typeName: 'string', _value: '[nfs] d/x.vmdk' })
    expect(free - lab.free()).toBe(bytes)
    expect(lab.file('d/x.vmdk')).toMatchObject({ provisioned: GB, disk: { capacity: GB, ...layout } })
  })

  it.each([
    ['[nfs] d/x.vmdk', wanted(), 'FileAlreadyExists'],
    ['[nfs] e/x.vmdk', wanted(), 'FileNotFound'],
    ['[nfs] d/x.txt', wanted(), 'CannotCreateFile'],
    ['[none] d/x.vmdk', wanted(), 'InvalidDatastorePath'],
    ['[nfs] d/y.vmdk', wanted('rdm'), 'InvalidArgument'],
    ['[nfs] d/y.vmdk', wanted('thin', 0), 'InvalidArgument'],
    ['[nfs] d/y.vmdk', wanted('thin', 70 * 2 ** 30), 'InvalidArgument'],
    ['[nfs] d/y.vmdk', wanted('thin', 4, 'usb'), 'InvalidArgument'],
    ['[nfs] d/y.vmdk', wanted('thick', 2 * 2 ** 30), 'NoDiskSpace'],
    [
      '[nfs] d/y.vmdk',
      data('DeviceBackedVirtualDiskSpec', { diskType: 'rdm', adapterType: 'lsiLogic', device: 'vml.1' }),
      'NotSupported',
    ],
  ])('refuses %s, case %#', (name, spec, type) => {
    const { lab } = withDisk()
    expect(lab.refused('CreateVirtualDisk_Task', { ...named(lab, name), spec })._typeName).toBe(type)
  })

  it('makes disks that VMs can have, with the identity that they were given', () => {
    const { lab } = withDisk()
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk({ file: '[nfs] d/x.vmdk' }))] })
    const own = lab.device(vm, 2000) as VirtualDisk
    expect(own).toMatchObject({ capacityInBytes: GB, backing: { uuid: lab.file('d/x.vmdk')?.disk?.uuid } })
  })
})

describe('DeleteVirtualDisk_Task', () => {
  it('gives the space back, and refuses what is no disk or in use', () => {
    const { lab, free } = withDisk('thick')
    lab.manage('DeleteVirtualDisk_Task', named(lab, '[nfs] d/x.vmdk'))
    expect(lab.free()).toBe(free)
    const fault = (name: string) => lab.refused('DeleteVirtualDisk_Task', named(lab, name))._typeName
    expect(fault('[nfs] d/x.vmdk')).toBe('FileNotFound')
    expect(fault('[nfs] d/readme.txt')).toBe('CannotAccessFile')
    const vm = lab.create({ deviceChange: [add(scsi()), add(disk(), 'create')] })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(fault('[nfs] demo/demo.vmdk')).toBe('FileLocked')
  })
})

describe('a VM whose disk is gone', () => {
  it('does not start until the disk is back', () => {
    const { lab, vm } = withVm()
    const move = (from: string, to: string) => lab.manage('MoveVirtualDisk_Task', between(lab, from, to))
    move('[nfs] demo/demo.vmdk', '[nfs] iso/away.vmdk')
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')).toMatchObject({
      _typeName: 'FileNotFound',
      file: '[nfs] demo/demo.vmdk',
    })
    expect(lab.get('VirtualMachine', vm, 'runtime')).toMatchObject({ powerState: 'poweredOff' })
    move('[nfs] iso/away.vmdk', '[nfs] demo/demo.vmdk')
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').state).toBe('success')
  })
})

describe('CopyVirtualDisk_Task', () => {
  it('makes a disk of its own with the same content, laid out as asked', () => {
    const { lab } = withDisk()
    lab.act((ctx) => setImage(ctx.tx, lab.datastore, 'd/x.vmdk', { kind: 'esxi', version: '8.0.3' }))
    const destSpec = data('VirtualDiskSpec', { diskType: 'thick', adapterType: 'ide' })
    lab.manage('CopyVirtualDisk_Task', between(lab, '[nfs] d/x.vmdk', '[nfs] d/y.vmdk', { destSpec }))
    const copy = lab.file('d/y.vmdk')
    expect(copy).toMatchObject({ size: GB, disk: { capacity: GB, thin: false, adapter: 'ide' } })
    expect(copy?.disk?.uuid).not.toBe(lab.file('d/x.vmdk')?.disk?.uuid)
    expect(imageOf(lab.sandbox.inventory.read, lab.datastore, 'd/y.vmdk')?.version).toBe('8.0.3')
  })

  it('joins a descriptor with the bytes that came beside it', () => {
    const lab = createFileLab()
    const blob = 'e'.repeat(64)
    lab.put('up/x.vmdk', {
      type: 'vmdk',
      size: 400,
      blob: 'd'.repeat(64),
      disk: { capacity: GB, thin: false },
    })
    lab.put('up/x-flat.vmdk', { type: 'vmdk', size: GB, blob })
    lab.manage('CopyVirtualDisk_Task', between(lab, '[nfs] up/x.vmdk', '[nfs] up/y.vmdk'))
    expect(lab.file('up/y.vmdk')).toMatchObject({ size: GB, extent: { blob, size: GB } })
    expect(lab.file('up/y.vmdk')?.blob).toBeUndefined()
    lab.manage('MoveVirtualDisk_Task', between(lab, '[nfs] up/x.vmdk', '[nfs] up/z.vmdk'))
    expect([lab.file('up/z-flat.vmdk')?.blob, lab.file('up/x-flat.vmdk')]).toEqual([blob, undefined])
    lab.manage('DeleteVirtualDisk_Task', named(lab, '[nfs] up/z.vmdk'))
    expect(lab.file('up/z-flat.vmdk')).toBeUndefined()
  })

  it('copies what a running disk is based on, not the disk that is being written', () => {
    const { lab, vm } = withVm()
    lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', { name: 's', memory: false, quiesce: false })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    lab.manage('CopyVirtualDisk_Task', between(lab, '[nfs] demo/demo.vmdk', '[nfs] iso/base.vmdk'))
    expect(lab.file('iso/base.vmdk')?.disk?.capacity).toBe(4 * GB)
    const delta = between(lab, '[nfs] demo/demo-000001.vmdk', '[nfs] iso/delta.vmdk')
    expect(lab.refused('CopyVirtualDisk_Task', delta)._typeName).toBe('FileLocked')
  })

  it.each([
    ['[nfs] d/none.vmdk', '[nfs] d/y.vmdk', 'FileNotFound'],
    ['[nfs] d/readme.txt', '[nfs] d/y.vmdk', 'InvalidDiskFormat'],
    ['[nfs] d/x.vmdk', '[nfs] d/readme.txt', 'FileAlreadyExists'],
    ['[nfs] d/x.vmdk', '[nfs] no/y.vmdk', 'FileNotFound'],
  ])('refuses %s -> %s: %s', (from, to, type) => {
    const { lab } = withDisk()
    expect(lab.refused('CopyVirtualDisk_Task', between(lab, from, to))._typeName).toBe(type)
  })
})

describe('MoveVirtualDisk_Task', () => {
  it('keeps the disk what it is', () => {
    const { lab } = withDisk()
    const before = lab.file('d/x.vmdk')
    lab.manage('MoveVirtualDisk_Task', between(lab, '[nfs] d/x.vmdk', '[nfs] iso/z.vmdk'))
    expect(lab.file('iso/z.vmdk')).toEqual({ ...before, name: 'z.vmdk' })
    expect(lab.file('d/x.vmdk')).toBeUndefined()
  })
})

describe('changes of a disk', () => {
  it('ExtendVirtualDisk_Task makes it larger, also for the VM that has it', () => {
    const { lab, own } = withVm()
    const extend = (newCapacityKb: number) => ({ ...named(lab, '[nfs] demo/demo.vmdk'), newCapacityKb })
    lab.manage('ExtendVirtualDisk_Task', extend(6 * 2 ** 20))
    expect(lab.file('demo/demo.vmdk')).toMatchObject({ provisioned: 6 * GB, disk: { capacity: 6 * GB } })
    expect(own()).toMatchObject({ capacityInBytes: 6 * GB, capacityInKB: 6 * 2 ** 20 })
    expect(lab.refused('ExtendVirtualDisk_Task', extend(5 * 2 ** 20))).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'newCapacityKb',
    })
    expect(lab.refused('ExtendVirtualDisk_Task', extend(2 ** 42))._typeName).toBe('InvalidArgument')
  })

  it('InflateVirtualDisk_Task takes all of its space', () => {
    const { lab, own } = withVm()
    const before = lab.free()
    lab.manage('InflateVirtualDisk_Task', named(lab, '[nfs] demo/demo.vmdk'))
    expect(before - lab.free()).toBe(4 * GB - 2 ** 20)
    expect(own().backing).toMatchObject({ thinProvisioned: false, eagerlyScrub: true })
  })

  it('EagerZeroVirtualDisk_Task keeps what is on it, ZeroFillVirtualDisk_Task does not', () => {
    const { lab } = withDisk('thick')
    const image = () => imageOf(lab.sandbox.inventory.read, lab.datastore, 'd/x.vmdk')
    lab.act((ctx) => setImage(ctx.tx, lab.datastore, 'd/x.vmdk', { kind: 'esxi', version: '8.0.3' }))
    lab.manage('EagerZeroVirtualDisk_Task', named(lab, '[nfs] d/x.vmdk'))
    expect(lab.file('d/x.vmdk')?.disk).toMatchObject({ thin: false, eager: true })
    expect(image()).toBeDefined()
    lab.manage('ZeroFillVirtualDisk_Task', named(lab, '[nfs] d/x.vmdk'))
    expect(image()).toBeUndefined()
  })

  it.each(['ShrinkVirtualDisk_Task', 'DefragmentVirtualDisk_Task'])(
    '%s needs a disk that is not in use',
    (method) => {
      const { lab, vm } = withVm()
      expect(lab.manage(method, named(lab, '[nfs] demo/demo.vmdk')).state).toBe('success')
      lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
      expect(lab.refused(method, named(lab, '[nfs] demo/demo.vmdk'))._typeName).toBe('FileLocked')
      expect(lab.refused(method, named(lab, '[nfs] demo/none.vmdk'))._typeName).toBe('FileNotFound')
    },
  )
})

describe('what a disk is', () => {
  const call = (lab: FileLab, method: string, args: object) =>
    lab.call('VirtualDiskManager', 'virtualDiskManager', method, args)

  it('has a geometry, and no fragments', () => {
    const { lab } = withDisk()
    const at = named(lab, '[nfs] d/x.vmdk')
    expect(call(lab, 'QueryVirtualDiskGeometry', at)).toMatchObject({ cylinder: 130, head: 255, sector: 63 })
    expect(call(lab, 'QueryVirtualDiskFragmentation', at)).toBe(0)
    expect(lab.refused('QueryVirtualDiskGeometry', named(lab, '[nfs] d'))._typeName).toBe('FileNotFound')
  })

  it('has an identity, which the VM that has it shares', () => {
    const { lab, own } = withVm()
    const at = named(lab, '[nfs] demo/demo.vmdk')
    const backing = () => own().backing as unknown as { uuid: string }
    const query = () => call(lab, 'QueryVirtualDiskUuid', at) as string
    expect(query()).toMatch(/^60 00 C2( [0-9a-f]{2}){5}-[0-9a-f]{2}( [0-9a-f]{2}){7}$/)
    expect(query().replace(/[ -]/g, '').toUpperCase()).toBe(backing().uuid.replaceAll('-', ''))
    const uuid = '60 00 C2 9a 00 01 02 03-04 05 06 07 08 09 0a 0b'
    call(lab, 'SetVirtualDiskUuid', { ...at, uuid })
    expect(query()).toBe(uuid)
    expect(backing().uuid).toBe('6000C29A-0001-0203-0405-060708090A0B')
    expect(lab.refused('SetVirtualDiskUuid', { ...at, uuid: 'zz' })._typeName).toBe('InvalidArgument')
  })

  it('has no vVol snapshots', () => {
    const { lab } = withDisk()
    const at = { vdisk: '[nfs] d/x.vmdk', datacenter: lab.dc }
    expect(lab.refused('ImportUnmanagedSnapshot', { ...at, vvolId: 'v' })._typeName).toBe('InvalidDatastore')
    expect(lab.refused('ReleaseManagedSnapshot', at)._typeName).toBe('InvalidDatastore')
  })
})
