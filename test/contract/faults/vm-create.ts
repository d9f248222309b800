import { data } from '#vim25/data.js'
import { localizedFault } from '#vim25/fault.js'
import type { VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { putFile } from '#vsphere/datastore/files.js'
import { add, disk, scsi } from '#vsphere/vm/testing.js'
import type { FaultCase, Given } from './case.js'
import { type FaultLab, newVm } from './lab.js'

const files = (vmPathName: string) => ({ files: data('VirtualMachineFileInfo', { vmPathName }) })

const create = (
  lab: FaultLab,
  changes: Partial<VirtualMachineConfigSpec>,
  members: object = {},
  more: object = {},
): Given => ({ on: lab.vmFolder, args: newVm(lab, changes, more), members })

const IDLE = '[nfs] idle/idle.vmx'

/** RegisterVM_Task of a vmx file. */
const register = (lab: FaultLab, changes: object = {}, members: object = {}): Given => ({
  on: lab.vmFolder,
  args: { path: IDLE, asTemplate: false, pool: lab.pool, ...changes },
  members,
})

/** The VM `idle` is only files. */
const unregister = (lab: FaultLab) => lab.done<void>('VirtualMachine', lab.idle, 'UnregisterVM')

/** A datastore that the second host has, and no other. */
const secondOnly = (lab: FaultLab) =>
  lab.done<{ value: string }>(
    'HostDatastoreSystem',
    lab.manager('datastoreSystem', lab.hosts[1]),
    'CreateLocalDatastore',
    { name: 'attic', path: '/tmp' },
  ).value

const maintainAll = (lab: FaultLab) => {
  lab.done('VirtualMachine', lab.vm, 'PowerOffVM_Task')
  for (const host of lab.hosts) lab.maintain(host)
}

export const vmCreateCases: readonly FaultCase[] = [
  {
    method: 'Folder.CreateVM_Task',
    fault: 'InvalidVmConfig',
    when: 'the spec names no datastore',
    given: (lab) => create(lab, { files: undefined }, { property: 'configSpec.files.vmPathName' }),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'MissingController',
    when: 'a disk names no controller',
    given: (lab) =>
      create(
        lab,
        { deviceChange: [add(disk({ controllerKey: 0 }), 'create')] },
        { deviceIndex: 0, property: 'virtualDeviceSpec.device.controllerKey' },
      ),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'VirtualHardwareVersionNotSupported',
    when: 'the host does not know the hardware version',
    given(lab) {
      const host = lab.ref(lab.hosts[0] ?? '')
      return create(lab, { version: 'vmx-22' }, { hostName: 'vm1.lab.local', host }, { host })
    },
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'NumVirtualCpusNotSupported',
    when: 'it has more vCPUs than there can be',
    given: (lab) => create(lab, { numCPUs: 1024 }, { maxSupportedVcpusDest: 768, numCpuVm: 1024 }),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'FileAlreadyExists',
    when: 'a disk’s file is there already',
    given: (lab) =>
      create(
        lab,
        { deviceChange: [add(scsi()), add(disk({ file: '[nfs] idle/idle.vmdk' }), 'create')] },
        { file: '[nfs] idle/idle.vmdk' },
      ),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'FileNotFound',
    when: 'a disk’s file is not there',
    given: (lab) =>
      create(
        lab,
        { deviceChange: [add(scsi()), add(disk({ file: '[nfs] idle/lost.vmdk' }))] },
        { file: '[nfs] idle/lost.vmdk' },
      ),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'NoDiskSpace',
    when: 'the datastore is full',
    given(lab) {
      lab.fill()
      return create(lab, {}, { file: '[nfs] new/new.vmx', datastore: 'nfs' })
    },
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'DuplicateName',
    when: 'something in the folder has the name',
    given: (lab) => create(lab, { name: 'demo' }, { name: 'demo', object: lab.ref(lab.vm) }),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'InvalidName',
    when: 'the name is empty',
    given: (lab) => create(lab, { name: '' }, { name: '', entity: lab.ref(lab.vmFolder) }),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'InvalidDatastorePath',
    when: 'the datacenter has no such datastore',
    given: (lab) => create(lab, files('[tape]'), { name: 'tape', datastorePath: '[tape]' }),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'InvalidDatastore',
    when: 'the host does not have the datastore mounted',
    given(lab) {
      const datastore = lab.ref(secondOnly(lab))
      const host = lab.ref(lab.hosts[0] ?? '')
      return create(lab, files('[attic]'), { datastore, name: 'attic' }, { host })
    },
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'AlreadyExists',
    when: 'the vmx file is there already',
    given: (lab) => create(lab, files(IDLE), { name: IDLE }),
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'InvalidHostState',
    when: 'the host is in maintenance mode',
    given(lab) {
      const host = lab.hosts[2] ?? ''
      lab.maintain(host)
      return create(lab, {}, { host: lab.ref(host) }, { host: lab.ref(host) })
    },
  },
  {
    method: 'Folder.CreateVM_Task',
    fault: 'InvalidState',
    when: 'no host of the cluster is in use',
    given(lab) {
      maintainAll(lab)
      return create(lab, {})
    },
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'NotFound',
    when: 'there is no such file',
    given: (lab) => register(lab, { path: '[nfs] lost/lost.vmx' }),
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'AlreadyExists',
    when: 'the VM is registered',
    given: (lab) => register(lab, {}, { name: 'idle' }),
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'DuplicateName',
    when: 'something in the folder has the name',
    given(lab) {
      unregister(lab)
      return register(lab, { name: 'demo' }, { name: 'demo', object: lab.ref(lab.vm) })
    },
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'InvalidName',
    when: 'the name is empty',
    given(lab) {
      unregister(lab)
      return register(lab, { name: '' }, { name: '', entity: lab.ref(lab.vmFolder) })
    },
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'InvalidDatastorePath',
    when: 'the datacenter has no such datastore',
    given: (lab) =>
      register(
        lab,
        { path: '[tape] idle/idle.vmx' },
        { name: 'tape', datastorePath: '[tape] idle/idle.vmx' },
      ),
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'InvalidDatastore',
    when: 'the host does not have the datastore mounted',
    given(lab) {
      unregister(lab)
      const [first = ''] = lab.hosts
      lab.done('VirtualMachine', lab.vm, 'PowerOffVM_Task')
      lab.done('VirtualMachine', lab.vm, 'UnregisterVM')
      lab.done('HostDatastoreSystem', lab.manager('datastoreSystem'), 'RemoveDatastore', {
        datastore: lab.ref(lab.datastore),
      })
      return register(lab, { host: lab.ref(first) }, { datastore: lab.ref(lab.datastore), name: 'nfs' })
    },
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'CannotAccessVmConfig',
    when: 'the file holds no configuration',
    given(lab) {
      lab.act(({ tx }) => putFile(tx, lab.datastore, 'odd/odd.vmx', { type: 'vmx', size: 10 }))
      return register(lab, { path: '[nfs] odd/odd.vmx' }, { reason: localizedFault('InvalidFormat', {}) })
    },
  },
  {
    method: 'Folder.RegisterVM_Task',
    fault: 'InvalidHostState',
    when: 'the host is in maintenance mode',
    given(lab) {
      unregister(lab)
      const host = lab.hosts[2] ?? ''
      lab.maintain(host)
      return register(lab, { host: lab.ref(host) }, { host: lab.ref(host) })
    },
  },
]
