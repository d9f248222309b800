import { describe, expect, it } from 'vitest'
import { data, patch } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineSnapshotInfo,
} from '#vim25/generated/types.js'
import { filesIn, putFile } from '../datastore/files.js'
import { secondStore } from './clone-testing.js'
import { ref, relocate } from './relocate-testing.js'
import { add, createVmLab, disk, scsi, usual, type VmLab } from './testing.js'

const take = (lab: VmLab, vm: string, name: string, memory = false) => {
  const info = lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', {
    name,
    description: '',
    memory,
    quiesce: false,
  })
  if (info.error) throw new Error(JSON.stringify(info.error))
  return (info.result as ManagedObjectReference).value
}

const tree = (lab: VmLab, vm: string) =>
  lab.get<VirtualMachineSnapshotInfo | undefined>('VirtualMachine', vm, 'snapshot')
const names = (lab: VmLab) =>
  filesIn(lab.sandbox.inventory.read, lab.datastore, 'demo')
    .map((file) => file.name)
    .sort()
const backing = (lab: VmLab, vm: string) =>
  (lab.device(vm, 2000) as VirtualDisk).backing as VirtualDiskFlatVer2BackingInfo

describe('snapshots', () => {
  it('grow a tree, with delta disks and files', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const first = take(lab, vm, 'first')
    const second = take(lab, vm, 'second')
    lab.expectValid('VirtualMachine', vm)
    lab.expectValid('VirtualMachineSnapshot', first)
    expect(tree(lab, vm)).toMatchObject({
      currentSnapshot: { value: second },
      rootSnapshotList: [
        { name: 'first', id: 1, state: 'poweredOff', childSnapshotList: [{ name: 'second', id: 2 }] },
      ],
    })
    expect(lab.get('VirtualMachine', vm, 'rootSnapshot')).toMatchObject([{ value: first }])
    expect(lab.get('VirtualMachineSnapshot', first, 'childSnapshot')).toMatchObject([{ value: second }])
    expect(backing(lab, vm)).toMatchObject({
      fileName: '[nfs] demo/demo-000002.vmdk',
      parent: { fileName: '[nfs] demo/demo-000001.vmdk', parent: { fileName: '[nfs] demo/demo.vmdk' } },
    })
    expect(names(lab)).toEqual(
      expect.arrayContaining(['demo-Snapshot1.vmsn', 'demo-000001.vmdk', 'demo-000002.vmdk']),
    )
    expect(lab.get<{ snapshot: unknown[] }>('VirtualMachine', vm, 'layoutEx').snapshot).toHaveLength(2)
  })

  it('go all at once, and the disks are one again', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const files = names(lab)
    const snapshot = take(lab, vm, 'first')
    take(lab, vm, 'second')
    expect(lab.task('VirtualMachine', vm, 'RemoveAllSnapshots_Task').state).toBe('success')
    expect(tree(lab, vm)).toBeUndefined()
    expect(lab.sandbox.inventory.read.entity(snapshot)).toBeUndefined()
    expect(backing(lab, vm).fileName).toBe('[nfs] demo/demo.vmdk')
    expect(names(lab)).toEqual(files)
    lab.expectValid('VirtualMachine', vm)
  })

  it('leave a disk that is based on the file of another VM upon that file', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const files = names(lab)
    const golden = { fileName: '[nfs] golden/golden.vmdk' }
    lab.act(({ tx, time }) => {
      putFile(tx, lab.datastore, 'golden/golden.vmdk', { type: 'vmdk', size: 1, modified: time })
      tx.update('VirtualMachine', vm, ({ config }) => {
        const own = backing(lab, vm)
        const linked = patch(own, { parent: patch(own, golden) })
        const device = config?.hardware.device?.map((each) =>
          each.key === 2000 ? patch(each, { backing: linked }) : each,
        )
        return { config: config && patch(config, { hardware: patch(config.hardware, { device }) }) }
      })
    })
    const before = backing(lab, vm)
    expect(before.parent).toMatchObject(golden)
    const first = take(lab, vm, 'first')
    take(lab, vm, 'second')
    expect(lab.task('VirtualMachineSnapshot', first, 'RevertToSnapshot_Task').state).toBe('success')
    expect(backing(lab, vm).parent).toEqual(before)
    expect(lab.task('VirtualMachine', vm, 'RemoveAllSnapshots_Task').state).toBe('success')
    expect(backing(lab, vm)).toEqual(before)
    expect(names(lab)).toEqual(files)
    const { read } = lab.sandbox.inventory
    expect(filesIn(read, lab.datastore, 'golden').map(({ name }) => name)).toEqual(['golden.vmdk'])
    lab.expectValid('VirtualMachine', vm)
  })

  it('are removed one by one: children move up', () => {
    const lab = createVmLab()
    const vm = lab.create()
    const first = take(lab, vm, 'first')
    const second = take(lab, vm, 'second')
    const third = take(lab, vm, 'third')
    lab.task('VirtualMachineSnapshot', second, 'RemoveSnapshot_Task', { removeChildren: false })
    expect(tree(lab, vm)).toMatchObject({
      currentSnapshot: { value: third },
      rootSnapshotList: [{ name: 'first', childSnapshotList: [{ name: 'third' }] }],
    })
    lab.task('VirtualMachineSnapshot', first, 'RemoveSnapshot_Task', { removeChildren: true })
    expect(tree(lab, vm)).toBeUndefined()
  })

  it('bring the VM back as it was, running with its memory', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const snapshot = take(lab, vm, 'running', true)
    expect(tree(lab, vm)?.rootSnapshotList[0]?.state).toBe('poweredOn')
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    lab.reconfigure(vm, { memoryMB: 2048 })
    expect(lab.task('VirtualMachineSnapshot', snapshot, 'RevertToSnapshot_Task').error).toBeUndefined()
    expect(lab.config(vm).hardware.memoryMB).toBe(1024)
    expect(lab.get('VirtualMachine', vm, 'runtime')).toMatchObject({ powerState: 'poweredOn' })
    lab.task('VirtualMachine', vm, 'RevertToCurrentSnapshot_Task', { suppressPowerOn: true })
    expect(lab.get('VirtualMachine', vm, 'runtime')).toMatchObject({ powerState: 'poweredOff' })
    lab.expectValid('VirtualMachine', vm)
  })

  it('survive unregistering', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    take(lab, vm, 'first')
    lab.call('VirtualMachine', vm, 'UnregisterVM')
    const args = { path: '[nfs] demo/demo.vmx', asTemplate: false, pool: lab.pool }
    const back = (lab.task('Folder', lab.vmFolder, 'RegisterVM_Task', args).result as ManagedObjectReference)
      .value
    expect(tree(lab, back)?.rootSnapshotList[0]).toMatchObject({ name: 'first', vm: { value: back } })
    expect(lab.task('VirtualMachine', back, 'RemoveAllSnapshots_Task').state).toBe('success')
    expect(backing(lab, back).fileName).toBe('[nfs] demo/demo.vmdk')
  })

  it('are renamed', () => {
    const lab = createVmLab()
    const vm = lab.create()
    const snapshot = take(lab, vm, 'first')
    lab.call('VirtualMachineSnapshot', snapshot, 'RenameSnapshot', { name: 'better', description: 'why' })
    expect(tree(lab, vm)?.rootSnapshotList[0]).toMatchObject({ name: 'better', description: 'why' })
    expect(lab.fault('VirtualMachineSnapshot', snapshot, 'RenameSnapshot', { name: '' })._typeName).toBe(
      'InvalidName',
    )
  })

  it('are refused where they cannot be, and nothing changes', () => {
    const lab = createVmLab()
    const independent = [add(scsi()), add(disk({ mode: 'independent_persistent' }), 'create')]
    const vm = lab.create({ deviceChange: independent })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const off = lab.create({ name: 'off', flags: data('VirtualMachineFlagInfo', { snapshotDisabled: true }) })
    const before = lab.objects()
    const fault = (id: string, args: object) =>
      lab.fault('VirtualMachine', id, 'CreateSnapshot_Task', {
        name: 's',
        memory: false,
        quiesce: false,
        ...args,
      })._typeName
    expect(fault(vm, { name: '' })).toBe('InvalidName')
    expect(fault(vm, { memory: true })).toBe('MemorySnapshotOnIndependentDisk')
    expect(fault(vm, { quiesce: true })).toBe('FilesystemQuiesceFault')
    expect(fault(off, {})).toBe('SnapshotDisabled')
    expect(lab.fault('VirtualMachine', vm, 'RevertToCurrentSnapshot_Task')._typeName).toBe('NotFound')
    expect(lab.objects()).toEqual(before)
  })

  it('end at thirty-two levels', () => {
    const lab = createVmLab()
    const vm = lab.create()
    for (let level = 1; level <= 32; level++) take(lab, vm, `level ${level}`)
    expect(
      lab.fault('VirtualMachine', vm, 'CreateSnapshot_Task', { name: 'more', memory: false, quiesce: false })
        ._typeName,
    ).toBe('TooManySnapshotLevels')
  })
})

describe('deltas that were moved away from what they are based on', () => {
  /** A VM with a snapshot whose delta is on another datastore than its base. */
  const parted = () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    take(lab, vm, 'first')
    const other = secondStore(lab)
    relocate(lab, vm, { datastore: ref(lab, other), diskMoveType: 'moveChildMostDiskBacking' })
    expect(backing(lab, vm)).toMatchObject({
      fileName: expect.stringMatching(/^\[more\] /),
      parent: { fileName: '[nfs] demo/demo.vmdk' },
    })
    const disks = (datastore: string) =>
      filesIn(lab.sandbox.inventory.read, datastore, 'demo').filter(({ type }) => type === 'vmdk')
    return { lab, vm, other, disks }
  }

  it('are merged into it with the last snapshot', () => {
    const { lab, vm, other, disks } = parted()
    lab.task('VirtualMachine', vm, 'RemoveAllSnapshots_Task')
    expect(backing(lab, vm).fileName).toBe('[nfs] demo/demo.vmdk')
    expect(backing(lab, vm).parent).toBeUndefined()
    expect(disks(other)).toEqual([])
    expect(disks(lab.datastore).map(({ name }) => name)).toEqual(['demo.vmdk'])
  })

  it('are given up when the VM goes back to the snapshot', () => {
    const { lab, vm, other, disks } = parted()
    lab.task('VirtualMachine', vm, 'RevertToCurrentSnapshot_Task')
    expect(backing(lab, vm).parent?.fileName).toBe('[nfs] demo/demo.vmdk')
    expect(disks(other)).toEqual([])
  })
})
