import { data, patch } from '#vim25/data.js'
import type { VirtualDisk, VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { add, disk, edit, remove, scsi } from '#vsphere/vm/testing.js'
import type { FaultCase, Given } from './case.js'
import { type FaultLab, reserved } from './lab.js'

const configure = (on: string, changes: Partial<VirtualMachineConfigSpec>, members: object = {}): Given => ({
  on,
  args: { spec: data('VirtualMachineConfigSpec', changes) },
  members,
})

const METHOD = 'VirtualMachine.ReconfigVM_Task'

const snapshot = (on: string, changes: object = {}, members: object = {}): Given => ({
  on,
  args: { name: 'first', memory: false, quiesce: false, ...changes },
  members,
})

const SNAPSHOT = 'VirtualMachine.CreateSnapshot_Task'

/** The key of the controller that every VM of the lab has. */
const SCSI = 1000

const flags = (members: object) => data('VirtualMachineFlagInfo', members)

const started = (lab: FaultLab, vm: string) => {
  lab.done<void>('VirtualMachine', vm, 'PowerOnVM_Task')
  return vm
}

/** The VM's disk with another mode. */
function withMode(lab: FaultLab, vm: string, diskMode: string): object {
  const present = lab.device(vm, 'VirtualDisk') as VirtualDisk
  return patch(present, { backing: { ...present.backing, diskMode } as VirtualDisk['backing'] })
}

export const vmConfigCases: readonly FaultCase[] = [
  {
    method: METHOD,
    fault: 'DeviceNotFound',
    when: 'a device to remove is not there',
    given: (lab) =>
      configure(
        lab.idle,
        { deviceChange: [add(scsi(-1, 1)), remove(disk({ key: 2042, controllerKey: SCSI, unitNumber: 1 }))] },
        { deviceIndex: 1, property: 'virtualDeviceSpec.device.key' },
      ),
  },
  {
    method: METHOD,
    fault: 'DisallowedDiskModeChange',
    when: 'a disk is to have another mode while the VM runs',
    given: (lab) =>
      configure(
        lab.vm,
        { deviceChange: [edit(withMode(lab, lab.vm, 'independent_persistent'))] },
        { deviceIndex: 0 },
      ),
  },
  {
    method: METHOD,
    fault: 'DisallowedDiskModeChange',
    when: 'a disk is to have another mode while there are snapshots',
    given(lab) {
      lab.done('VirtualMachine', lab.idle, 'CreateSnapshot_Task', snapshot(lab.idle).args)
      return configure(
        lab.idle,
        { deviceChange: [edit(withMode(lab, lab.idle, 'independent_persistent'))] },
        { deviceIndex: 0 },
      )
    },
  },
  {
    method: METHOD,
    fault: 'CpuHotPlugNotSupported',
    when: 'it is to have more vCPUs while it runs, without hot-add',
    given: (lab) => configure(lab.vm, { numCPUs: 8 }),
  },
  {
    method: METHOD,
    fault: 'MemoryHotPlugNotSupported',
    when: 'it is to have more memory while it runs, without hot-add',
    given: (lab) => configure(lab.vm, { memoryMB: 2048 }),
  },
  {
    method: METHOD,
    fault: 'FaultToleranceCannotEditMem',
    when: 'the memory of a protected VM is to change',
    given(lab) {
      lab.turnOn()
      return configure(lab.vm, { memoryMB: 2048 }, { vmName: 'demo', vm: lab.ref(lab.vm) })
    },
  },
  {
    method: METHOD,
    fault: 'ConcurrentAccess',
    when: 'the VM has changed since the caller read it',
    given: (lab) => configure(lab.idle, { changeVersion: '2020-01-01T00:00:00.000001Z', annotation: 'new' }),
  },
  {
    method: METHOD,
    fault: 'NoDiskSpace',
    when: 'the datastore has no room for another disk',
    given(lab) {
      lab.fill()
      return configure(
        lab.idle,
        { deviceChange: [add(disk({ controllerKey: SCSI }), 'create')] },
        { file: '[nfs] idle/idle_1.vmdk', datastore: 'nfs' },
      )
    },
  },
  {
    method: METHOD,
    fault: 'FileNotFound',
    when: 'the file of a disk is not there',
    given: (lab) =>
      configure(
        lab.idle,
        { deviceChange: [add(disk({ controllerKey: SCSI, file: '[nfs] idle/lost.vmdk' }))] },
        { file: '[nfs] idle/lost.vmdk' },
      ),
  },
  {
    method: METHOD,
    fault: 'InvalidName',
    when: 'the new name is empty',
    given: (lab) => configure(lab.idle, { name: '' }, { name: '', entity: lab.ref(lab.idle) }),
  },
  {
    method: METHOD,
    fault: 'DuplicateName',
    when: 'something in the folder has the new name',
    given: (lab) => configure(lab.idle, { name: 'demo' }, { name: 'demo', object: lab.ref(lab.vm) }),
  },
  {
    method: METHOD,
    fault: 'InvalidState',
    when: 'the VM’s host is disconnected',
    given(lab) {
      lab.disconnect(lab.vm)
      return configure(lab.vm, { annotation: 'new' })
    },
  },
  {
    method: METHOD,
    fault: 'InvalidPowerState',
    when: 'the setting can be changed only while it is off',
    given: (lab) =>
      configure(lab.vm, { firmware: 'efi' }, { requestedState: 'poweredOff', existingState: 'poweredOn' }),
  },
  {
    method: METHOD,
    fault: 'InsufficientFailoverResourcesFault',
    when: 'it runs and would reserve so much that the cluster could not tolerate a host failure',
    given: (lab) => configure(lab.vm, { cpuAllocation: reserved(40_000) }),
  },
  {
    method: METHOD,
    fault: 'InsufficientHostCpuCapacityFault',
    when: 'it runs and would reserve more than its host has left',
    given(lab) {
      lab.reconfigureHa({ admissionControlEnabled: false })
      return configure(
        lab.vm,
        { cpuAllocation: reserved(40_000) },
        { host: lab.ref(lab.hostOf(lab.vm)), unreserved: 31_312, requested: 40_000 },
      )
    },
  },
  {
    method: METHOD,
    fault: 'InvalidDatastorePath',
    when: 'a disk is to be on a datastore that the datacenter does not have',
    given: (lab) =>
      configure(
        lab.idle,
        { deviceChange: [add(disk({ controllerKey: SCSI, file: '[tape] new.vmdk' }), 'create')] },
        { datastorePath: '[tape] new.vmdk', name: 'tape' },
      ),
  },
  {
    method: SNAPSHOT,
    fault: 'InvalidName',
    when: 'the name is empty',
    given: (lab) => snapshot(lab.vm, { name: '' }, { name: '', entity: lab.ref(lab.vm) }),
  },
  {
    method: SNAPSHOT,
    fault: 'InvalidState',
    when: 'the VM’s host is disconnected',
    given(lab) {
      lab.disconnect(lab.vm)
      return snapshot(lab.vm)
    },
  },
  {
    method: SNAPSHOT,
    fault: 'SnapshotDisabled',
    when: 'the VM is configured without snapshots',
    given: (lab) => snapshot(lab.create({ name: 'plain', flags: flags({ snapshotDisabled: true }) })),
  },
  {
    method: SNAPSHOT,
    fault: 'SnapshotLocked',
    when: 'the VM’s snapshots are locked',
    given: (lab) => snapshot(lab.create({ name: 'locked', flags: flags({ snapshotLocked: true }) })),
  },
  {
    method: SNAPSHOT,
    fault: 'TooManySnapshotLevels',
    when: 'there are 32 snapshots in a row',
    given(lab) {
      const { on, args } = snapshot(lab.idle)
      for (let level = 1; level <= 32; level++) lab.done('VirtualMachine', on, 'CreateSnapshot_Task', args)
      return { on, args: args ?? {} }
    },
  },
  {
    method: SNAPSHOT,
    fault: 'MemorySnapshotOnIndependentDisk',
    when: 'the memory of a running VM with an independent disk is to be kept',
    given(lab) {
      const deviceChange = [add(scsi()), add(disk({ mode: 'independent_persistent' }), 'create')]
      return snapshot(started(lab, lab.create({ name: 'solo', deviceChange })), { memory: true })
    },
  },
  {
    method: SNAPSHOT,
    fault: 'FilesystemQuiesceFault',
    when: 'the guest is to be quiesced and has no VMware Tools',
    given: (lab) => snapshot(lab.vm, { quiesce: true }),
  },
  {
    method: SNAPSHOT,
    fault: 'SharedBusControllerNotSupported',
    when: 'a controller of the running VM shares its bus',
    given(lab) {
      const shared = data('ParaVirtualSCSIController', { ...scsi(), sharedBus: 'physicalSharing' })
      const vm = lab.create({ name: 'node', deviceChange: [add(shared)] })
      return snapshot(started(lab, vm), {}, { device: 'SCSI controller 0' })
    },
  },
  {
    method: SNAPSHOT,
    fault: 'NoDiskSpace',
    when: 'the datastore has no room for the memory',
    given(lab) {
      lab.fill(2 ** 20)
      return snapshot(lab.vm, { memory: true }, { file: '[nfs] demo/demo-Snapshot1.vmem', datastore: 'nfs' })
    },
  },
]
