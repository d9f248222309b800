import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualMachineRelocateSpec } from '#vim25/generated/types.js'
import { imageOf, setImage } from '#world/disk-image.js'
import { mountNfs } from '../datastore/build.js'
import { fileAt } from '../datastore/files.js'
import { volumeOf, volumes } from '../datastore/volumes.js'
import { connectSpec } from '../host/testing.js'
import { setSelections } from '../vmkernel/selections.js'
import { cloneArgs, secondStore } from './clone-testing.js'
import {
  backing,
  createMoveLab,
  machineOn,
  names,
  ref,
  relocate,
  runtime,
  SELECTED,
  spec,
  standalone,
} from './relocate-testing.js'
import { add, disk, usual, type VmLab } from './testing.js'

describe('RelocateVM_Task', () => {
  it('stays where it is for nothing', () => {
    const lab = createMoveLab()
    const { vm, one } = machineOn(lab, true)
    const before = lab.config(vm)
    relocate(lab, vm, { host: ref(lab, one), datastore: ref(lab, lab.datastore), pool: lab.pool })
    expect(lab.config(vm)).toEqual(before)
    expect(lab.newEvents()).toEqual(['TaskEvent'])
  })

  it.each([true, false])('moves files to another datastore (running: %s)', (on) => {
    const lab = createMoveLab()
    const { vm, one } = machineOn(lab, on)
    const other = secondStore(lab)
    lab.task('VirtualMachine', vm, 'CreateSnapshot_Task', { name: 's', memory: false, quiesce: false })
    lab.task('VirtualMachine', vm, 'Rename_Task', { newName: 'moved' })
    lab.newEvents()
    relocate(lab, vm, { datastore: ref(lab, other) })
    lab.expectValid('VirtualMachine', vm)
    expect(names(lab, lab.datastore, 'demo')).toEqual([])
    expect([...names(lab, other, 'moved')].sort()).toEqual(
      [
        'moved-000001.vmdk',
        'moved-Snapshot1.vmsn',
        'moved.nvram',
        'moved.vmdk',
        'moved.vmsd',
        'moved.vmx',
        ...(on ? ['moved.vswp'] : []),
        'vmware.log',
      ].sort(),
    )
    expect(lab.config(vm).files.vmPathName).toBe('[more] moved/moved.vmx')
    expect(backing(lab, vm)).toMatchObject({
      fileName: '[more] moved/moved-000001.vmdk',
      datastore: { value: other },
      parent: { fileName: '[more] moved/moved.vmdk', datastore: { value: other } },
    })
    const [snapshot] = lab.get<readonly ManagedObjectReference[]>('VirtualMachine', vm, 'rootSnapshot')
    const saved = lab.get<ReturnType<VmLab['config']>>(
      'VirtualMachineSnapshot',
      snapshot?.value ?? '',
      'config',
    )
    expect(saved.files.vmPathName).toBe('[more] moved/moved.vmx')
    expect(saved.hardware.device?.find(({ key }) => key === 2000)?.backing).toMatchObject({
      fileName: '[more] moved/moved.vmdk',
    })
    expect(lab.get('VirtualMachine', vm, 'datastore')).toMatchObject([{ value: other }])
    expect(lab.get('Datastore', lab.datastore, 'vm')).toEqual([])
    expect(runtime(lab, vm).host?.value).toBe(one)
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmBeingRelocatedEvent', 'VmRelocatedEvent'])
    lab.task('VirtualMachine', vm, 'RemoveAllSnapshots_Task')
    if (on) lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    lab.task('VirtualMachine', vm, 'Destroy_Task')
    expect(names(lab, other, 'moved')).toEqual([])
  })

  it('moves single disks, and lays them out anew', () => {
    const lab = createMoveLab()
    const vm = lab.create({
      deviceChange: [...usual(), add(disk({ key: -11, controllerKey: 1000 }), 'create')],
    })
    const other = secondStore(lab)
    lab.act((ctx) => setImage(ctx.tx, lab.datastore, 'demo/demo_1.vmdk', { kind: 'esxi', version: '8.0.3' }))
    relocate(lab, vm, {
      disk: [
        data('VirtualMachineRelocateSpecDiskLocator', {
          diskId: 2001,
          datastore: ref(lab, other),
          diskBackingInfo: data('VirtualDiskFlatVer2BackingInfo', {
            fileName: '',
            diskMode: 'persistent',
            thinProvisioned: false,
          }),
        }),
      ],
    })
    expect(lab.config(vm).files.vmPathName).toBe('[nfs] demo/demo.vmx')
    expect(backing(lab, vm, 2000).fileName).toBe('[nfs] demo/demo.vmdk')
    expect(backing(lab, vm, 2001)).toMatchObject({
      fileName: '[more] demo/demo_1.vmdk',
      thinProvisioned: false,
    })
    const { read } = lab.sandbox.inventory
    expect(fileAt(read, other, 'demo/demo_1.vmdk')).toMatchObject({
      size: 4 * 2 ** 30,
      disk: { thin: false },
    })
    expect(fileAt(read, lab.datastore, 'demo/demo_1.vmdk')).toBeUndefined()
    expect(imageOf(read, other, 'demo/demo_1.vmdk')).toMatchObject({ kind: 'esxi' })
  })

  it('moves host, datastore, pool and folder at once, to a host that shares nothing', () => {
    const lab = createMoveLab()
    const { vm } = machineOn(lab, true)
    const { host, pool } = standalone(lab, false)
    const other = secondStore(lab, [host])
    const folder = lab.call('Folder', lab.vmFolder, 'CreateFolder', {
      name: 'away',
    }) as ManagedObjectReference
    lab.newEvents()
    relocate(lab, vm, { host: ref(lab, host), pool, datastore: ref(lab, other), folder })
    lab.expectValid('VirtualMachine', vm)
    expect(runtime(lab, vm)).toMatchObject({ host: { value: host }, powerState: 'poweredOn' })
    expect(lab.get('VirtualMachine', vm, 'parent')).toEqual(folder)
    expect(lab.get('VirtualMachine', vm, 'datastore')).toMatchObject([{ value: other }])
    expect(lab.newEvents()).toEqual([
      'TaskEvent',
      'VmBeingHotMigratedEvent',
      'VmMigratedEvent',
      'VmResourcePoolMovedEvent',
    ])
  })

  it('makes a linked clone whole, and leaves its base', () => {
    const lab = createMoveLab()
    const vm = lab.create({ deviceChange: usual() })
    lab.call('VirtualMachine', vm, 'MarkAsTemplate')
    const linked = (
      lab.task(
        'VirtualMachine',
        vm,
        'CloneVM_Task',
        cloneArgs(lab, {}, { pool: lab.pool, diskMoveType: 'createNewChildDiskBacking' }),
      ).result as ManagedObjectReference
    ).value
    const other = secondStore(lab)
    relocate(lab, linked, { datastore: ref(lab, other), diskMoveType: 'moveAllDiskBackingsAndConsolidate' })
    expect(backing(lab, linked).fileName).toBe('[more] copy/copy.vmdk')
    expect(backing(lab, linked).parent).toBeUndefined()
    expect(names(lab, lab.datastore, 'demo')).toContain('demo.vmdk')
    expect(names(lab, lab.datastore, 'copy')).toEqual([])
  })

  it('moves a template as it is', () => {
    const lab = createMoveLab()
    const vm = lab.create({ deviceChange: usual() })
    lab.call('VirtualMachine', vm, 'MarkAsTemplate')
    const other = secondStore(lab)
    const target = lab.hosts.find((id) => id !== runtime(lab, vm).host?.value) ?? ''
    relocate(lab, vm, { host: ref(lab, target), datastore: ref(lab, other) })
    expect(lab.config(vm)).toMatchObject({ template: true, files: { vmPathName: '[more] demo/demo.vmx' } })
    expect(runtime(lab, vm).host?.value).toBe(target)
    expect(lab.get('VirtualMachine', vm, 'resourcePool')).toBeUndefined()
  })

  const refused = (
    what: string,
    request: (lab: VmLab, vm: string, two: string) => Partial<VirtualMachineRelocateSpec>,
    expected: object,
    event = 'VmRelocateFailedEvent',
  ) =>
    it(`refuses ${what}`, () => {
      const lab = createMoveLab()
      const { vm, two } = machineOn(lab, false)
      const args = spec(request(lab, vm, two))
      const before = lab.objects()
      lab.newEvents()
      expect(lab.fault('VirtualMachine', vm, 'RelocateVM_Task', args)).toMatchObject(expected)
      expect(lab.objects()).toEqual(before)
      expect(lab.newEvents().at(-1)).toBe(event)
    })

  refused('to make a child', () => ({ diskMoveType: 'createNewChildDiskBacking' }), {
    _typeName: 'DiskMoveTypeNotSupported',
  })
  refused(
    'a host outside of the pool',
    (lab) => ({ host: ref(lab, standalone(lab).host) }),
    { _typeName: 'InvalidArgument', invalidProperty: 'spec.pool' },
    'VmFailedMigrateEvent',
  )
  refused(
    'a host that does not belong to the pool named',
    (lab, _vm, two) => ({ host: ref(lab, two), pool: standalone(lab).pool }),
    {
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.host',
    },
    'VmFailedMigrateEvent',
  )
  refused(
    'a datastore that the host does not mount',
    (lab, _vm, two) => ({ datastore: ref(lab, secondStore(lab, [two])) }),
    {
      _typeName: 'InvalidDatastore',
      name: 'more',
    },
  )
  refused(
    'a datastore without space',
    (lab) => {
      const other = secondStore(lab)
      lab.act((ctx) => ctx.tx.set(volumes, volumeOf(ctx.tx, other), { capacity: 1000 }))
      return { datastore: ref(lab, other) }
    },
    { _typeName: 'NoDiskSpace', datastore: 'more' },
  )
  refused(
    'a folder where the name is taken',
    (lab) => {
      const folder = lab.call('Folder', lab.vmFolder, 'CreateFolder', { name: 'f' }) as ManagedObjectReference
      const args = { ...cloneArgs(lab), folder, name: 'demo' }
      lab.task('VirtualMachine', lab.create({ name: 'x' }), 'CloneVM_Task', args)
      return { folder }
    },
    { _typeName: 'DuplicateName', name: 'demo' },
  )
  refused(
    'another vCenter Server',
    () => ({
      service: data('ServiceLocator', {
        instanceUuid: 'x',
        url: 'https://other',
        credential: data('ServiceLocatorNamePassword', { username: 'u', password: 'p' }),
      }),
    }),
    { _typeName: 'NotSupported' },
  )

  it('takes VM and files to another datacenter', () => {
    const lab = createMoveLab()
    const { vm } = machineOn(lab, true)
    const far = lab.call('Folder', 'group-d1', 'CreateDatacenter', { name: 'Far' }) as ManagedObjectReference
    const { hostFolder, vmFolder } = lab.sandbox.inventory.read.get('Datacenter', far.value)
    lab.task('Folder', hostFolder.value, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx2'),
      addConnected: true,
    })
    const host = [...lab.sandbox.inventory.read.ids('HostSystem')].at(-1) ?? ''
    lab.act((ctx) => setSelections(ctx, host, SELECTED))
    const store = lab.act((ctx) =>
      mountNfs(ctx, host, { remoteHost: 'nas.lab.local', remotePath: '/vms', name: 'nfs' }),
    )
    const { parent } = lab.sandbox.inventory.read.get('HostSystem', host)
    const pool = lab.get<ManagedObjectReference>('ComputeResource', parent?.value ?? '', 'resourcePool')
    relocate(lab, vm, { host: ref(lab, host), pool })
    lab.expectValid('VirtualMachine', vm)
    expect(lab.get('VirtualMachine', vm, 'parent')).toEqual(vmFolder)
    expect(lab.get('VirtualMachine', vm, 'datastore')).toEqual([store])
    expect(lab.config(vm).files.vmPathName).toBe('[nfs] demo/demo.vmx')
    expect(backing(lab, vm).datastore).toEqual(store)
    const [network] = lab.get<readonly ManagedObjectReference[]>('VirtualMachine', vm, 'network')
    expect(lab.get('HostSystem', host, 'network')).toContainEqual(network)
    expect(
      lab.fault('VirtualMachine', vm, 'RelocateVM_Task', spec({ pool: lab.pool, host: ref(lab, host) })),
    ).toMatchObject({
      _typeName: 'DatacenterMismatch',
    })
  })
})
