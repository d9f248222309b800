import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, TaskInfo, VirtualDisk } from '#vim25/generated/types.js'
import { setImage } from '#world/disk-image.js'
import { machineOfVm } from '#world/machine.js'
import { fileAt, filesIn } from '../datastore/files.js'
import { createFtLab } from '../fault-tolerance/testing.js'
import { backing, clone, cloneArgs, mac, read, secondStore, snapshotOf, template } from './clone-testing.js'
import { add, card, createVmLab, disk, edit, remove, usual, type VmLab } from './testing.js'

const names = (lab: VmLab, directory: string, datastore = lab.datastore) =>
  filesIn(read(lab), datastore, directory).map(({ name }) => name)
describe('CloneVM_Task', () => {
  it('makes a VM with an identity and files of its own', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual(), annotation: 'the first' })
    lab.newEvents()
    const copy = clone(lab, vm)
    lab.expectValid('VirtualMachine', copy)
    const [old, fresh] = [lab.config(vm), lab.config(copy)]
    expect(fresh).toMatchObject({
      name: 'copy',
      template: false,
      annotation: 'the first',
      guestId: old.guestId,
      files: { vmPathName: '[nfs] copy/copy.vmx' },
    })
    expect(fresh.uuid).toMatch(/^42/)
    expect(new Set([old.uuid, fresh.uuid, old.instanceUuid, fresh.instanceUuid]).size).toBe(4)
    expect(mac(lab, copy)).not.toBe(mac(lab, vm))
    expect(names(lab, 'copy')).toEqual(['copy.vmx', 'copy.nvram', 'copy.vmsd', 'copy.vmdk'])
    expect(backing(lab, copy)).toMatchObject({ fileName: '[nfs] copy/copy.vmdk', thinProvisioned: true })
    expect(backing(lab, copy).uuid).not.toBe(backing(lab, vm).uuid)
    expect(fresh.extraConfig?.find(({ key }) => key === 'nvram')?.value).toMatchObject({
      _value: 'copy.nvram',
    })
    expect(lab.get('VirtualMachine', copy, 'resourcePool')).toEqual(lab.pool)
    expect(lab.get<{ host: object }>('VirtualMachine', copy, 'runtime').host).toEqual(
      lab.get<{ host: object }>('VirtualMachine', vm, 'runtime').host,
    )
    expect(lab.newEvents()).toEqual([
      'TaskEvent',
      'VmBeingClonedEvent',
      'VmInstanceUuidAssignedEvent',
      'VmUuidAssignedEvent',
      'VmMacAssignedEvent',
      'VmClonedEvent',
    ])
    lab.task('VirtualMachine', vm, 'Destroy_Task')
    expect(fileAt(read(lab), lab.datastore, 'copy/copy.vmdk')).toBeDefined()
  })

  it('shows the source as the task entity and the copy as its result', () => {
    const lab = createVmLab()
    const vm = lab.create()
    const info = lab.task('VirtualMachine', vm, 'CloneVM_Task', cloneArgs(lab))
    expect(info).toMatchObject({
      descriptionId: 'VirtualMachine.clone',
      name: 'CloneVM_Task',
      entity: { value: vm },
      entityName: 'demo',
      state: 'success',
      result: { type: 'VirtualMachine' },
    })
    const cloned = lab.sandbox.inventory.root.events.find(({ _typeName }) => _typeName === 'VmClonedEvent')
    expect(cloned).toMatchObject({ vm: { name: 'copy' }, sourceVm: { name: 'demo', vm: { value: vm } } })
    const being = lab.sandbox.inventory.root.events.find(
      ({ _typeName }) => _typeName === 'VmBeingClonedEvent',
    )
    expect(being).toMatchObject({
      vm: { name: 'demo' },
      destName: 'copy',
      destFolder: { folder: { value: lab.vmFolder } },
    })
  })

  it('keeps a MAC address that somebody chose', () => {
    const lab = createVmLab()
    const chosen = { ...card(), addressType: 'manual', macAddress: '00:50:56:00:00:07' }
    const vm = lab.create({ deviceChange: [add(chosen)] })
    expect(mac(lab, clone(lab, vm))).toBe('00:50:56:00:00:07')
  })

  it('takes a directory with a number when the name is taken', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const folder = lab.call('Folder', lab.vmFolder, 'CreateFolder', { name: 'x' }) as ManagedObjectReference
    const info = lab.task('VirtualMachine', vm, 'CloneVM_Task', { ...cloneArgs(lab), folder, name: 'demo' })
    const copy = (info.result as ManagedObjectReference).value
    expect(lab.config(copy).files.vmPathName).toBe('[nfs] demo_1/demo.vmx')
    expect(backing(lab, copy).fileName).toBe('[nfs] demo_1/demo.vmdk')
  })

  it('applies the configuration as ReconfigVM_Task does', () => {
    const lab = createVmLab()
    const vm = lab.create({
      deviceChange: [...usual(), add(disk({ key: -11, controllerKey: 1000 }), 'create')],
    })
    const config = data('VirtualMachineConfigSpec', {
      numCPUs: 4,
      memoryMB: 2048,
      deviceChange: [
        remove(lab.device(vm, 2001) as VirtualDisk),
        edit({
          ...(lab.device(vm, 2000) as VirtualDisk),
          capacityInKB: 8 * 2 ** 20,
          capacityInBytes: undefined,
        }),
        add(card('VirtualE1000')),
      ],
    })
    const copy = clone(lab, vm, { config })
    lab.expectValid('VirtualMachine', copy)
    expect(lab.config(copy).hardware).toMatchObject({ numCPU: 4, memoryMB: 2048 })
    expect(lab.device(copy, 2001)).toBeUndefined()
    expect(lab.device(copy, 2000)).toMatchObject({ capacityInKB: 8 * 2 ** 20 })
    expect(mac(lab, copy, 4001)).toBeDefined()
    expect(names(lab, 'copy')).toEqual(['copy.vmx', 'copy.nvram', 'copy.vmsd', 'copy.vmdk'])
    expect(lab.config(vm).hardware.numCPU).toBe(2)
  })

  it('leaves the source its world wide names', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.reconfigure(vm, { npivOnNonRdmDisks: true, npivWorldWideNameOp: 'generate' })
    const copy = lab.config(clone(lab, vm))
    expect(copy).toMatchObject({ npivOnNonRdmDisks: true })
    expect([copy.npivNodeWorldWideName, copy.npivPortWorldWideName]).toEqual([undefined, undefined])
    expect(copy.npivWorldWideNameType).toBeUndefined()
    expect(lab.config(vm).npivPortWorldWideName).toHaveLength(4)
  })

  it('leaves the source its files when the copy is to be without a disk and its file', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const deviceChange = [remove(lab.device(vm, 2000) as VirtualDisk, 'destroy')]
    const copy = clone(lab, vm, { config: data('VirtualMachineConfigSpec', { deviceChange }) })
    expect(lab.device(copy, 2000)).toBeUndefined()
    expect(names(lab, 'copy')).not.toContain('copy.vmdk')
    expect(names(lab, 'demo')).toContain('demo.vmdk')
  })

  it('puts files and single disks where it is told to, thin or thick', () => {
    const lab = createVmLab()
    const other = secondStore(lab)
    const vm = lab.create({
      deviceChange: [...usual(), add(disk({ key: -11, controllerKey: 1000 }), 'create')],
    })
    const copy = clone(
      lab,
      vm,
      {},
      {
        datastore: read(lab).ref(other),
        transform: 'flat',
        disk: [
          data('VirtualMachineRelocateSpecDiskLocator', {
            diskId: 2001,
            datastore: read(lab).ref(lab.datastore),
          }),
        ],
      },
    )
    expect(lab.config(copy).files.vmPathName).toBe('[more] copy/copy.vmx')
    expect(backing(lab, copy, 2000)).toMatchObject({
      fileName: '[more] copy/copy.vmdk',
      thinProvisioned: false,
    })
    expect(backing(lab, copy, 2001).fileName).toBe('[nfs] copy/copy.vmdk')
    expect(fileAt(read(lab), other, 'copy/copy.vmdk')?.size).toBe(4 * 2 ** 30)
    expect(lab.get<readonly unknown[]>('VirtualMachine', copy, 'datastore')).toHaveLength(2)
  })

  it('makes templates of VMs and of templates, and VMs of templates', () => {
    const lab = createVmLab()
    const golden = template(lab)
    lab.newEvents()
    const second = clone(lab, golden, { template: true })
    expect(lab.config(second).template).toBe(true)
    expect(lab.get('VirtualMachine', second, 'resourcePool')).toBeUndefined()
    expect(lab.newEvents()).toContain('VmClonedEvent')
    const args = { ...cloneArgs(lab, {}, { pool: lab.pool }), name: 'web' }
    const info = lab.task('VirtualMachine', second, 'CloneVM_Task', args)
    const web = (info.result as ManagedObjectReference).value
    lab.expectValid('VirtualMachine', web)
    expect(lab.config(web).template).toBe(false)
    expect(lab.get('VirtualMachine', web, 'resourcePool')).toEqual(lab.pool)
    expect(lab.newEvents()).toEqual([
      'TaskEvent',
      'VmInstanceUuidAssignedEvent',
      'VmUuidAssignedEvent',
      'VmMacAssignedEvent',
      'VmBeingDeployedEvent',
      'VmDeployedEvent',
    ])
    lab.task('VirtualMachine', web, 'PowerOnVM_Task')
    expect(lab.get('VirtualMachine', web, 'runtime')).toMatchObject({ powerState: 'poweredOn' })
  })

  it('clones the state of a snapshot, with the chain of its disk or merged', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    snapshotOf(lab, vm)
    const second = snapshotOf(lab, vm, 't')
    lab.reconfigure(vm, { memoryMB: 4096 })
    const copy = clone(lab, vm, { snapshot: second })
    expect(lab.config(copy).hardware.memoryMB).toBe(1024)
    expect(lab.get('VirtualMachine', copy, 'snapshot')).toBeUndefined()
    expect(backing(lab, copy)).toMatchObject({
      fileName: '[nfs] copy/copy-000001.vmdk',
      parent: { fileName: '[nfs] copy/copy.vmdk' },
    })
    const merged = lab.task('VirtualMachine', vm, 'CloneVM_Task', {
      ...cloneArgs(lab, {}, { diskMoveType: 'moveAllDiskBackingsAndConsolidate' }),
      name: 'flat',
    })
    const flat = backing(lab, (merged.result as ManagedObjectReference).value)
    expect(flat.fileName).toBe('[nfs] flat/flat.vmdk')
    expect(flat.parent).toBeUndefined()
  })

  it('links a clone to a snapshot, whose disk stays while the clone is there', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const snapshot = snapshotOf(lab, vm)
    const linked = clone(lab, vm, { snapshot }, { diskMoveType: 'createNewChildDiskBacking' })
    lab.expectValid('VirtualMachine', linked)
    expect(backing(lab, linked)).toMatchObject({
      fileName: '[nfs] copy/copy.vmdk',
      parent: { fileName: '[nfs] demo/demo.vmdk' },
    })
    expect(fileAt(read(lab), lab.datastore, 'copy/copy.vmdk')?.size).toBe(2 ** 20)
    lab.task('VirtualMachine', vm, 'Destroy_Task')
    expect(names(lab, 'demo')).toEqual(['demo.vmdk'])
    lab.task('VirtualMachine', linked, 'Destroy_Task')
    expect(names(lab, 'demo')).toEqual([])
  })

  it('boots what is on the disk that it is linked to', () => {
    const lab = createVmLab()
    const vm = lab.create({ guestId: 'vmkernel7Guest', nestedHVEnabled: true, deviceChange: usual() })
    lab.act((ctx) => setImage(ctx.tx, lab.datastore, 'demo/demo.vmdk', { kind: 'esxi', version: '7.0.3' }))
    const snapshot = snapshotOf(lab, vm)
    const linked = clone(lab, vm, { snapshot }, { diskMoveType: 'createNewChildDiskBacking' })
    const { value: whole } = lab.task('VirtualMachine', vm, 'CloneVM_Task', {
      ...cloneArgs(lab),
      name: 'whole',
    }).result as ManagedObjectReference
    for (const each of [vm, linked, whole]) lab.task('VirtualMachine', each, 'PowerOnVM_Task')
    const machines = [vm, linked, whole].map((each) => machineOfVm(read(lab), each))
    expect(machines).not.toContain(undefined)
    expect(new Set(machines).size).toBe(3)
  })

  it('keeps what a linked clone is based on when the snapshot goes', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    snapshotOf(lab, vm)
    const second = snapshotOf(lab, vm, 't')
    const linked = clone(lab, vm, { snapshot: second }, { diskMoveType: 'createNewChildDiskBacking' })
    lab.task('VirtualMachine', vm, 'RemoveAllSnapshots_Task')
    expect(backing(lab, linked).parent?.fileName).toBe('[nfs] demo/demo-000001.vmdk')
    expect(names(lab, 'demo')).toContain('demo-000001.vmdk')
    lab.task('VirtualMachine', linked, 'Destroy_Task')
    expect(fileAt(read(lab), lab.datastore, 'demo/demo.vmdk')).toBeDefined()
  })

  it('keeps what a linked clone is based on when its source is to lose the disk', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const snapshot = snapshotOf(lab, vm)
    const linked = clone(lab, vm, { snapshot }, { diskMoveType: 'createNewChildDiskBacking' })
    lab.task('VirtualMachine', vm, 'RemoveAllSnapshots_Task')
    lab.reconfigure(vm, { deviceChange: [remove(lab.device(vm, 2000) as VirtualDisk, 'destroy')] })
    expect(lab.device(vm, 2000)).toBeUndefined()
    expect(names(lab, 'demo')).toContain('demo.vmdk')
    lab.task('VirtualMachine', linked, 'Destroy_Task')
    expect(names(lab, 'demo')).not.toContain('demo.vmdk')
  })

  it('powers the copy on', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    lab.newEvents()
    const copy = clone(lab, vm, { powerOn: true })
    expect(lab.get('VirtualMachine', copy, 'runtime')).toMatchObject({ powerState: 'poweredOn' })
    expect(lab.newEvents().slice(-2)).toEqual(['VmStartingEvent', 'DrsVmPoweredOnEvent'])
  })

  it('leaves the copy when only its power-on fails', () => {
    const lab = createVmLab()
    const vm = lab.create({ memoryMB: 1024 })
    lab.newEvents()
    const config = data('VirtualMachineConfigSpec', {
      memoryMB: 512 * 1024,
      memoryReservationLockedToMax: true,
    })
    const info = lab.task('VirtualMachine', vm, 'CloneVM_Task', cloneArgs(lab, { powerOn: true, config }))
    expect(info).toMatchObject({
      state: 'error',
      error: { fault: { _typeName: 'InsufficientMemoryResourcesFault' } },
    })
    expect(lab.newEvents().slice(-2)).toEqual(['VmClonedEvent', 'VmFailedToPowerOnEvent'])
    const copy = [...read(lab).ids('VirtualMachine')].find((id) => lab.config(id).name === 'copy') ?? ''
    expect(lab.get('VirtualMachine', copy, 'runtime')).toMatchObject({ powerState: 'poweredOff' })
    expect([...lab.objects().keys()].some((id) => id.startsWith('clone:'))).toBe(false)
  })

  it('makes several copies at the same time', () => {
    const lab = createVmLab()
    const golden = template(lab)
    lab.act((ctx) => {
      Object.assign(ctx.services, { pace: 1 })
    })
    const deploy = (name: string) =>
      (
        lab.call('VirtualMachine', golden, 'CloneVM_Task', {
          ...cloneArgs(lab, {}, { pool: lab.pool }),
          name,
        }) as ManagedObjectReference
      ).value
    const tasks = [deploy('a'), deploy('b')]
    const states = () => tasks.map((task) => lab.get<TaskInfo>('Task', task, 'info').state)
    expect(states()).toEqual(['running', 'running'])
    lab.sandbox.clock.advance(60_000)
    expect(states()).toEqual(['success', 'success'])
    expect(lab.get<readonly unknown[]>('ResourcePool', lab.pool.value, 'vm')).toHaveLength(2)
  })

  it('fails without a trace when somebody removes the copy before it is powered on', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.act((ctx) => {
      Object.assign(ctx.services, { pace: 1 })
    })
    const args = cloneArgs(lab, { powerOn: true })
    const task = (lab.call('VirtualMachine', vm, 'CloneVM_Task', args) as ManagedObjectReference).value
    const copy = () => [...read(lab).ids('VirtualMachine')].find((id) => lab.config(id).name === 'copy')
    while (copy() === undefined) lab.sandbox.clock.advance(500)
    lab.call('VirtualMachine', copy() ?? '', 'UnregisterVM')
    lab.sandbox.clock.advance(60_000)
    expect(lab.get<TaskInfo>('Task', task, 'info')).toMatchObject({
      state: 'error',
      error: { fault: { _typeName: 'ManagedObjectNotFound' } },
    })
    expect([...lab.objects().keys()].some((id) => id.startsWith('clone:'))).toBe(false)
  })

  it('copies a fault-tolerant VM without its protection, and no secondary', () => {
    const lab = createFtLab()
    const secondary = lab.turnOn()
    const copy = clone(lab, lab.vm)
    expect(lab.config(copy).ftInfo).toBeUndefined()
    expect(lab.config(copy).flags.faultToleranceType).toBe('unset')
    expect(lab.refused('CloneVM_Task', cloneArgs(lab), secondary)).toMatchObject({
      _typeName: 'InvalidOperationOnSecondaryVm',
    })
  })
})
