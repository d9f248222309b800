import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualMachineSummary } from '#vim25/generated/types.js'
import { fileAt, filesIn } from '../datastore/files.js'
import { connectSpec } from '../host/testing.js'
import { add, card, createVmLab, disk, scsi, spec, usual, type VmLab } from './testing.js'

const fileNames = (lab: VmLab, directory: string) =>
  filesIn(lab.sandbox.inventory.read, lab.datastore, directory).map((file) => file.name)

describe('CreateVM_Task', () => {
  it('makes a whole VM with files, devices and events', () => {
    const lab = createVmLab()
    lab.newEvents()
    const vm = lab.create({ deviceChange: usual() })
    lab.expectValid('VirtualMachine', vm)
    expect(lab.newEvents()).toEqual([
      'TaskEvent',
      'VmBeingCreatedEvent',
      'VmInstanceUuidAssignedEvent',
      'VmUuidAssignedEvent',
      'VmMacAssignedEvent',
      'VmCreatedEvent',
    ])
    const begun = lab.sandbox.inventory.root.events
      .toArray()
      .find(({ _typeName }) => _typeName === 'VmBeingCreatedEvent')
    expect(begun?.vm).toMatchObject({ name: 'demo', vm: { value: vm } })
    expect(begun?.fullFormattedMessage).toMatch(/^Creating demo on host \S+ in /)
    expect(fileNames(lab, 'demo')).toEqual(['demo.vmx', 'demo.nvram', 'demo.vmsd', 'demo.vmdk'])
    const summary = lab.get<VirtualMachineSummary>('VirtualMachine', vm, 'summary')
    expect(summary.config).toMatchObject({
      name: 'demo',
      vmPathName: '[nfs] demo/demo.vmx',
      numCpu: 2,
      memorySizeMB: 1024,
      numEthernetCards: 1,
      numVirtualDisks: 1,
      guestFullName: 'Other (64-bit)',
      hwVersion: 'vmx-21',
    })
    expect(lab.get('VirtualMachine', vm, 'datastore')).toMatchObject([{ value: lab.datastore }])
    expect(lab.get('Datastore', lab.datastore, 'vm')).toMatchObject([{ value: vm }])
    expect(lab.get('ResourcePool', lab.pool.value, 'vm')).toMatchObject([{ value: vm }])
    expect(lab.config(vm).datastoreUrl).toMatchObject([{ name: 'nfs' }])
    expect(lab.config(vm).uuid).toMatch(/^42/)
    expect(lab.config(vm).instanceUuid).toMatch(/^50/)
  })

  it('gives the devices that every VM has, and merges what a spec adds of them', () => {
    const lab = createVmLab()
    const vm = lab.create({
      deviceChange: [
        add(data('VirtualIDEController', { key: -5, busNumber: 1 })),
        add(data('VirtualPCIController', { key: -6, busNumber: 0 })),
        add(data('VirtualCdrom', { key: -7, controllerKey: -5 })),
      ],
    })
    const keys = lab.config(vm).hardware.device?.map(({ key }) => key)
    expect(keys).toEqual([200, 201, 300, 100, 400, 600, 700, 500, 12_000, 3002])
    expect(lab.device(vm, 201)).toMatchObject({ device: [3002] })
    expect(lab.device(vm, 3002)).toMatchObject({ controllerKey: 201, unitNumber: 0 })
  })

  it('puts a second VM of the name in a directory of its own', () => {
    const lab = createVmLab()
    lab.create()
    const folder = lab.call('Folder', lab.vmFolder, 'CreateFolder', {
      name: 'more',
    }) as ManagedObjectReference
    const info = lab.task('Folder', folder.value, 'CreateVM_Task', { config: spec(), pool: lab.pool })
    const vm = (info.result as ManagedObjectReference).value
    expect(lab.config(vm).files.vmPathName).toBe('[nfs] demo_1/demo.vmx')
  })

  const refused = (
    name: string,
    changes: Parameters<VmLab['create']>[0],
    expected: object,
    args: object = {},
    options: Parameters<typeof createVmLab>[0] = {},
  ) =>
    it(`refuses ${name} and changes nothing`, () => {
      const lab = createVmLab(options)
      lab.create({ name: 'other' })
      const before = lab.objects()
      const fault = lab.fault('Folder', lab.vmFolder, 'CreateVM_Task', {
        config: spec(changes),
        pool: lab.pool,
        ...args,
      })
      expect(fault).toMatchObject(expected)
      expect(lab.objects()).toEqual(before)
    })

  refused('a name that is taken', { name: 'other' }, { _typeName: 'DuplicateName', name: 'other' })
  refused('an empty name', { name: ' ' }, { _typeName: 'InvalidName' })
  refused(
    'a spec without a place',
    { files: undefined },
    { _typeName: 'InvalidVmConfig', property: 'configSpec.files.vmPathName' },
  )
  refused(
    'an unknown datastore',
    { files: data('VirtualMachineFileInfo', { vmPathName: '[nowhere]' }) },
    { _typeName: 'InvalidDatastorePath' },
  )
  refused(
    'a vmx file that is there',
    { files: data('VirtualMachineFileInfo', { vmPathName: '[nfs] other/other.vmx' }) },
    { _typeName: 'AlreadyExists' },
  )
  refused(
    'an unknown guest',
    { guestId: 'beosGuest' },
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.guestId' },
  )
  refused(
    'a guest newer than the host',
    { guestId: 'vmkernel8Guest' },
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.guestId' },
    {},
    { hosts: ['6.7.0'] },
  )
  refused(
    'an unknown hardware version',
    { version: 'vmx-12' },
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.version' },
  )
  refused(
    'hardware newer than the host',
    { version: 'vmx-21' },
    { _typeName: 'VirtualHardwareVersionNotSupported' },
    {},
    { hosts: ['6.7.0'] },
  )
  refused('no CPU', { numCPUs: 0 }, { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.numCPUs' })
  refused(
    'more CPUs than the hardware has',
    { numCPUs: 65, version: 'vmx-09' },
    { _typeName: 'NumVirtualCpusNotSupported', maxSupportedVcpusDest: 64 },
  )
  refused(
    'cores that do not divide',
    { numCPUs: 4, numCoresPerSocket: 3 },
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.numCoresPerSocket' },
  )
  refused(
    'memory that is no multiple of 4 MB',
    { memoryMB: 1023 },
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.memoryMB' },
  )
  refused('too much memory', { memoryMB: 2 ** 26 }, { _typeName: 'MemorySizeNotSupported' })
  refused(
    'nested HV on old hardware',
    { version: 'vmx-08', nestedHVEnabled: true },
    { _typeName: 'InvalidVmConfig', property: 'nestedHVEnabled' },
  )
  refused(
    'virtualization-based security without nested HV',
    { firmware: 'efi', nestedHVEnabled: false, flags: data('VirtualMachineFlagInfo', { vbsEnabled: true }) },
    { _typeName: 'InvalidVmConfig', property: 'configSpec.flags.vbsEnabled' },
  )
  refused(
    'a reservation above the memory',
    { memoryAllocation: data('ResourceAllocationInfo', { reservation: 2048 }) },
    { _typeName: 'InvalidArgument', invalidProperty: 'configSpec.memoryAllocation.reservation' },
  )
  refused(
    'a disk larger than the datastore',
    {
      deviceChange: [
        add(scsi()),
        add(
          {
            ...disk({ gb: 60_000 }),
            backing: {
              _typeName: 'VirtualDiskFlatVer2BackingInfo',
              fileName: '',
              diskMode: 'persistent',
              thinProvisioned: false,
            },
          },
          'create',
        ),
      ],
    },
    { _typeName: 'NoDiskSpace' },
  )
  refused(
    'snapshots on a datastore that is not there',
    {
      files: data('VirtualMachineFileInfo', { vmPathName: '[nfs]', snapshotDirectory: '[gone] snapshots/' }),
    },
    { _typeName: 'InvalidDatastorePath', datastorePath: '[gone] snapshots/' },
  )
  refused(
    'vmxnet3 for ESXi 6.0',
    { guestId: 'vmkernel6Guest', deviceChange: [add(card())] },
    { _typeName: 'VirtualEthernetCardNotSupported', device: 'VirtualVmxnet3' },
  )

  it('refuses a folder of another kind, a host outside the cluster, and a host in maintenance mode', () => {
    const lab = createVmLab()
    const create = (folder: string, args: object) =>
      lab.fault('Folder', folder, 'CreateVM_Task', { config: spec(), pool: lab.pool, ...args })
    expect(create(lab.hostFolder, {})).toMatchObject({ _typeName: 'NotSupported' })
    const standalone = lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    }).result as ManagedObjectReference
    const [host] = lab.get<ManagedObjectReference[]>('ComputeResource', standalone.value, 'host')
    expect(create(lab.vmFolder, { host })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'host',
    })
    const [first = ''] = lab.hosts
    lab.task('HostSystem', first, 'EnterMaintenanceMode_Task', { timeout: 0 })
    const ref = lab.sandbox.inventory.read.ref(first)
    expect(create(lab.vmFolder, { host: ref })).toMatchObject({ _typeName: 'InvalidHostState' })
  })

  it('wants a host where there is no DRS', () => {
    const lab = createVmLab({
      spec: data('ClusterConfigSpecEx', { drsConfig: data('ClusterDrsConfigInfo', { enabled: false }) }),
    })
    const fault = lab.fault('Folder', lab.vmFolder, 'CreateVM_Task', { config: spec(), pool: lab.pool })
    expect(fault).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'host' })
  })
})

describe('Destroy_Task, UnregisterVM and RegisterVM_Task', () => {
  it('take a VM away with its files, or leave them for its return', () => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const { uuid, instanceUuid } = lab.config(vm)
    lab.newEvents()
    lab.call('VirtualMachine', vm, 'UnregisterVM')
    expect(lab.newEvents()).toEqual(['VmRemovedEvent'])
    expect(lab.sandbox.inventory.read.entity(vm)).toBeUndefined()
    expect(fileNames(lab, 'demo')).toContain('demo.vmdk')
    const path = '[nfs] demo/demo.vmx'
    const info = lab.task('Folder', lab.vmFolder, 'RegisterVM_Task', {
      path,
      asTemplate: false,
      pool: lab.pool,
    })
    const back = (info.result as ManagedObjectReference).value
    expect(back).not.toBe(vm)
    lab.expectValid('VirtualMachine', back)
    expect(lab.config(back)).toMatchObject({ name: 'demo', uuid, instanceUuid })
    expect(lab.device(back, 2000)).toBeDefined()
    expect(lab.newEvents()).toEqual(['TaskEvent', 'VmRegisteredEvent'])
    const again = () =>
      lab.fault('Folder', lab.vmFolder, 'RegisterVM_Task', {
        path,
        name: 'twin',
        asTemplate: false,
        pool: lab.pool,
      })
    expect(again()).toMatchObject({ _typeName: 'AlreadyExists' })
    expect(lab.task('VirtualMachine', back, 'Destroy_Task').state).toBe('success')
    expect(fileNames(lab, 'demo')).toEqual([])
    expect(again()).toMatchObject({ _typeName: 'NotFound' })
  })

  it('want the VM off', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    const before = lab.objects()
    const expected = { _typeName: 'InvalidPowerState', existingState: 'poweredOn' }
    expect(lab.fault('VirtualMachine', vm, 'Destroy_Task')).toMatchObject(expected)
    expect(lab.fault('VirtualMachine', vm, 'UnregisterVM')).toMatchObject(expected)
    expect(lab.objects()).toEqual(before)
  })

  it('refuse what cannot be registered', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.call('VirtualMachine', vm, 'UnregisterVM')
    lab.create({ name: 'taken' })
    const register = (args: object) =>
      lab.fault('Folder', lab.vmFolder, 'RegisterVM_Task', {
        path: '[nfs] demo/demo.vmx',
        asTemplate: false,
        pool: lab.pool,
        ...args,
      })
    expect(register({ name: 'taken' })).toMatchObject({ _typeName: 'DuplicateName' })
    expect(register({ name: '' })).toMatchObject({ _typeName: 'InvalidName' })
    expect(register({ path: '[none] demo/demo.vmx' })).toMatchObject({ _typeName: 'InvalidDatastorePath' })
    expect(register({ path: '[nfs] iso/tools.iso' })).toMatchObject({ _typeName: 'NotFound' })
    expect(register({ pool: undefined })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'pool',
    })
    expect(register({ asTemplate: true })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'pool',
    })
    lab.act((ctx) => {
      const file = fileAt(ctx.tx, lab.datastore, 'demo/demo.vmx')
      expect(file?.content).toBeDefined()
    })
  })
})

describe('templates', () => {
  it('have no pool, do not run, and become VMs again', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.call('VirtualMachine', vm, 'MarkAsTemplate')
    lab.expectValid('VirtualMachine', vm)
    expect(lab.get('VirtualMachine', vm, 'resourcePool')).toBeUndefined()
    expect(lab.config(vm).template).toBe(true)
    expect(lab.fault('VirtualMachine', vm, 'PowerOnVM_Task')).toMatchObject({ _typeName: 'NotSupported' })
    expect(lab.fault('VirtualMachine', vm, 'MarkAsTemplate')).toMatchObject({ _typeName: 'NotSupported' })
    lab.call('VirtualMachine', vm, 'MarkAsVirtualMachine', { pool: lab.pool })
    expect(lab.get('VirtualMachine', vm, 'resourcePool')).toEqual(lab.pool)
    expect(lab.config(vm).template).toBe(false)
    expect(lab.fault('VirtualMachine', vm, 'MarkAsVirtualMachine', { pool: lab.pool })).toMatchObject({
      _typeName: 'NotSupported',
    })
    lab.task('VirtualMachine', vm, 'PowerOnVM_Task')
    expect(lab.fault('VirtualMachine', vm, 'MarkAsTemplate')).toMatchObject({
      _typeName: 'InvalidPowerState',
    })
  })
})
