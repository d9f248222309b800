import { data } from '#vim25/data.js'
import { localizedFault } from '#vim25/fault.js'
import type { ClusterDasConfigInfo, ManagedObjectReference } from '#vim25/generated/types.js'
import { add, card } from '#vsphere/vm/testing.js'
import type { FaultCase, Given } from './case.js'
import { type FaultLab, reserved } from './lab.js'

const failedToPowerOn = { events: ['VmFailedToPowerOnEvent'] }

const powerOn = (on: string, args: object = {}, members: object = {}): Given => ({
  on,
  args,
  members,
  ...failedToPowerOn,
})

const idle = (lab: FaultLab, changes: object) => {
  lab.reconfigure(lab.idle, changes)
  return lab.idle
}

/** Without admission control, what the cluster lacks as a whole does not hide what a host lacks. */
const uncontrolled = (lab: FaultLab) => lab.reconfigureHa({ admissionControlEnabled: false })

const policy = (failoverHosts: readonly ManagedObjectReference[]): Partial<ClusterDasConfigInfo> => ({
  admissionControlPolicy: data('ClusterFailoverHostAdmissionControlPolicy', { failoverHosts }),
})

/** A VM on a datastore that the first host alone has. */
function localVm(lab: FaultLab): { readonly vm: string; readonly datastore: ManagedObjectReference } {
  const datastore = lab.done<ManagedObjectReference>(
    'HostDatastoreSystem',
    lab.manager('datastoreSystem'),
    'CreateLocalDatastore',
    { name: 'attic', path: '/tmp' },
  )
  const files = data('VirtualMachineFileInfo', { vmPathName: '[attic]' })
  return { vm: lab.create({ name: 'local', files }), datastore }
}

/** A port group that the first host alone has. */
function island(lab: FaultLab): void {
  const spec = { name: 'Island', vlanId: 0, vswitchName: 'vSwitch0', policy: data('HostNetworkPolicy', {}) }
  lab.done('HostNetworkSystem', lab.manager('networkSystem'), 'AddPortGroup', {
    portgrp: data('HostPortGroupSpec', spec),
  })
}

const networkNamed = (lab: FaultLab, name: string) =>
  lab
    .get<ManagedObjectReference[]>('Datacenter', lab.datacenter, 'network')
    .find(({ value }) => lab.nameOf(value) === name)

/** The methods that need a VM in a certain power state, with one in the other. */
const STATES: readonly {
  readonly method: string
  readonly on: 'vm' | 'idle'
  readonly requested: string
  readonly event?: string
}[] = [
  { method: 'PowerOnVM_Task', on: 'vm', requested: 'poweredOn', event: 'VmFailedToPowerOnEvent' },
  { method: 'PowerOffVM_Task', on: 'idle', requested: 'poweredOff', event: 'VmFailedToPowerOffEvent' },
  { method: 'ResetVM_Task', on: 'idle', requested: 'poweredOn', event: 'VmFailedToResetEvent' },
  { method: 'SuspendVM_Task', on: 'idle', requested: 'suspended', event: 'VmFailedToSuspendEvent' },
  { method: 'ShutdownGuest', on: 'idle', requested: 'poweredOff' },
  { method: 'RebootGuest', on: 'idle', requested: 'poweredOn' },
  { method: 'UnregisterVM', on: 'vm', requested: 'poweredOff' },
  { method: 'MarkAsTemplate', on: 'vm', requested: 'poweredOff' },
]

const states: readonly FaultCase[] = STATES.map(({ method, on, requested, event }) => ({
  method: `VirtualMachine.${method}`,
  fault: 'InvalidPowerState',
  when: on === 'vm' ? 'the VM runs' : 'the VM does not run',
  given: (lab) => ({
    on: lab[on],
    members: { requestedState: requested, existingState: on === 'vm' ? 'poweredOn' : 'poweredOff' },
    events: event ? [event] : [],
  }),
}))

/** The methods that need vCenter to reach the VM's host. */
const REMOTE: Readonly<Record<string, readonly string[]>> = {
  PowerOffVM_Task: ['VmFailedToPowerOffEvent'],
  ResetVM_Task: ['VmFailedToResetEvent'],
  SuspendVM_Task: ['VmFailedToSuspendEvent'],
  ShutdownGuest: [],
  RebootGuest: [],
  RemoveAllSnapshots_Task: [],
  MarkAsTemplate: [],
}

const remote: readonly FaultCase[] = Object.entries(REMOTE).map(([name, events]) => ({
  method: `VirtualMachine.${name}`,
  fault: 'InvalidState',
  when: 'the VM’s host is disconnected',
  given(lab) {
    lab.disconnect(lab.vm)
    return { on: lab.vm, events }
  },
}))

const guestless: readonly FaultCase[] = ['ShutdownGuest', 'RebootGuest'].map((name) => ({
  method: `VirtualMachine.${name}`,
  fault: 'ToolsUnavailable',
  when: 'the guest has no VMware Tools',
  given: (lab) => ({ on: lab.vm }),
}))

/** The third host runs an older ESXi than the VMs' hardware needs. */
function olderHost(lab: FaultLab): { readonly host: ManagedObjectReference; readonly hostName: string } {
  const [, , host = ''] = lab.hosts
  lab.done('HostSystem', host, 'DisconnectHost_Task')
  lab.reinstall(host, { version: '6.7.0' })
  lab.done('HostSystem', host, 'ReconnectHost_Task')
  return { host: lab.ref(host), hostName: lab.nameOf(host) }
}

const template = (lab: FaultLab, vm: string) => {
  lab.done<void>('VirtualMachine', vm, 'MarkAsTemplate')
  return vm
}

export const vmPowerCases: readonly FaultCase[] = [
  ...states,
  ...remote,
  ...guestless,
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'NoActiveHostInCluster',
    when: 'every host of the cluster is in maintenance mode',
    given(lab) {
      lab.done('VirtualMachine', lab.vm, 'PowerOffVM_Task')
      for (const host of lab.hosts) lab.maintain(host)
      return powerOn(lab.vm, {}, { computeResource: lab.ref(lab.cluster) })
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'InvalidHostState',
    when: 'the host that is asked for is in maintenance mode',
    given(lab) {
      const host = lab.hosts[2] ?? ''
      lab.maintain(host)
      return powerOn(lab.idle, { host: lab.ref(host) }, { host: lab.ref(host) })
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'InsufficientFailoverResourcesFault',
    when: 'the cluster could no longer tolerate a host failure',
    given: (lab) => powerOn(idle(lab, { cpuAllocation: reserved(40_000) })),
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'InsufficientCpuResourcesFault',
    when: 'its resource pool has too little CPU left',
    given(lab) {
      uncontrolled(lab)
      return powerOn(
        idle(lab, { cpuAllocation: reserved(200_000) }),
        {},
        { unreserved: 93_936, requested: 200_000 },
      )
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'InsufficientMemoryResourcesFault',
    when: 'its resource pool has too little memory left',
    given(lab) {
      uncontrolled(lab)
      const big = { memoryMB: 2 ** 20, memoryAllocation: reserved(2 ** 20) }
      return powerOn(idle(lab, big), {}, { unreserved: 387_731_045_745, requested: 1_107_700_817_592 })
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'InsufficientHostCpuCapacityFault',
    when: 'no host has so much CPU left, though the cluster has',
    given(lab) {
      uncontrolled(lab)
      const on = idle(lab, { cpuAllocation: reserved(40_000) })
      return powerOn(on, {}, { host: lab.ref(lab.hostOf(on)), unreserved: 31_312, requested: 40_000 })
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'InsufficientHostMemoryCapacityFault',
    when: 'no host has so much memory left, though the cluster has',
    given(lab) {
      uncontrolled(lab)
      const on = idle(lab, { memoryMB: 204_800, memoryAllocation: reserved(204_800) })
      const members = { unreserved: 129_217_341_686, requested: 216_366_632_141 }
      return powerOn(on, {}, { host: lab.ref(lab.hostOf(on)), ...members })
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'NumVirtualCpusExceedsLimit',
    when: 'it has more vCPUs than a host has logical CPUs',
    given: (lab) => powerOn(idle(lab, { numCPUs: 40 }), {}, { maxSupportedVcpus: 32 }),
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'CannotAccessVmConfig',
    when: 'the host that is asked for does not reach its datastore: InaccessibleDatastore',
    given(lab) {
      const { vm, datastore } = localVm(lab)
      const reason = localizedFault('InaccessibleDatastore', {
        datastore,
        name: 'attic',
        detail: 'notMounted',
      })
      return powerOn(vm, { host: lab.ref(lab.hosts[1] ?? '') }, { reason })
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'CannotAccessNetwork',
    when: 'the host that is asked for does not have its network',
    given(lab) {
      island(lab)
      const config = { name: 'castaway', deviceChange: [add(card('VirtualVmxnet3', 'Island'))] }
      const members = {
        device: 'Network adapter 1',
        backing: 'Island',
        connected: true,
        network: networkNamed(lab, 'Island'),
      }
      return powerOn(lab.create(config), { host: lab.ref(lab.hosts[1] ?? '') }, members)
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'VirtualHardwareVersionNotSupported',
    when: 'the host that is asked for is too old for its hardware',
    given(lab) {
      const members = olderHost(lab)
      return powerOn(lab.idle, { host: members.host }, members)
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'NoDiskSpace',
    when: 'its datastore has no room for the swap file',
    given(lab) {
      lab.fill(2 ** 20)
      return powerOn(lab.idle, {}, { file: '[nfs] idle/idle.vswp', datastore: 'nfs' })
    },
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    fault: 'DisallowedOperationOnFailoverHost',
    when: 'the host that is asked for is kept free for failover',
    given(lab) {
      const host = lab.ref(lab.hosts[2] ?? '')
      lab.reconfigureHa(policy([host]))
      return powerOn(lab.idle, { host }, { host, hostname: 'vm3.lab.local' })
    },
  },
  {
    method: 'VirtualMachine.MarkAsVirtualMachine',
    fault: 'InvalidHostState',
    when: 'the host that is asked for is in maintenance mode',
    given(lab) {
      const host = lab.hosts[2] ?? ''
      lab.maintain(host)
      return {
        on: template(lab, lab.idle),
        args: { pool: lab.pool, host: lab.ref(host) },
        members: { host: lab.ref(host) },
      }
    },
  },
  {
    method: 'VirtualMachine.MarkAsVirtualMachine',
    fault: 'InvalidDatastore',
    when: 'the host that is asked for does not have the datastore mounted',
    given(lab) {
      const { vm, datastore } = localVm(lab)
      return {
        on: template(lab, vm),
        args: { pool: lab.pool, host: lab.ref(lab.hosts[1] ?? '') },
        members: { datastore, name: 'attic' },
      }
    },
  },
  {
    method: 'VirtualMachine.MarkAsVirtualMachine',
    fault: 'VirtualHardwareVersionNotSupported',
    when: 'the host that is asked for is too old for its hardware',
    given(lab) {
      const members = olderHost(lab)
      return {
        on: template(lab, lab.idle),
        args: { pool: lab.pool, host: members.host },
        members,
      }
    },
  },
]
