import { data } from '#vim25/data.js'
import type { ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { connect, type FaultLab, newVm } from './faults/lab.js'

/** A task method that does what it is for. */
export interface TaskCase {
  readonly method: string
  /** Moid of the object that is called, and the arguments. */
  given(lab: FaultLab): readonly [on: string, args?: object]
  /** TaskInfo.descriptionId. */
  readonly described: string
  /** Types of the events in their order, without those of tasks and what HA says in its own words (EventEx). */
  readonly events: readonly string[]
  /** What is to be seen of it afterwards, and what that is. */
  readonly shows: (lab: FaultLab, on: string, info: TaskInfo) => unknown
  readonly is: unknown
}

const resultOf = ({ result }: TaskInfo) => (result as ManagedObjectReference).value

const third = (lab: FaultLab) => lab.hosts[2] ?? ''
const runtime = (lab: FaultLab, host: string) => lab.sandbox.inventory.read.get('HostSystem', host).runtime
const parentOf = (lab: FaultLab, id: string) =>
  lab.get<ManagedObjectReference>('ManagedEntity', id, 'parent').value
const power = (lab: FaultLab, vm: string) => lab.runtime(vm).powerState
const ft = (lab: FaultLab, vm: string) => lab.runtime(vm).faultToleranceState
const isThere = (lab: FaultLab, id: string) => lab.sandbox.inventory.read.entity(id) !== undefined

const folder = (lab: FaultLab) =>
  lab.done<ManagedObjectReference>('Folder', lab.vmFolder, 'CreateFolder', { name: 'shelf' }).value

/** A standalone host, for those that move into the cluster. */
const newcomer = (lab: FaultLab) => lab.ref(lab.hostIn(lab.standalone('esx1')))

const withSecondary = (lab: FaultLab): readonly [string, object] => [lab.vm, { vm: lab.ref(lab.turnOn()) }]

/** A host gets its HA agent. */
const HA = ['HostDasEnablingEvent', 'HostDasEnabledEvent']

/** Both halves of a pair are in another state; the secondary starts and catches up. */
const MOVED = ['VmFaultToleranceStateChangedEvent', 'VmFaultToleranceStateChangedEvent']
const STARTED = ['VmStartingSecondaryEvent', ...MOVED, 'VmSecondaryStartedEvent', ...MOVED]

export const TASK_CASES: readonly TaskCase[] = [
  {
    method: 'Folder.CreateVM_Task',
    given: (lab) => [lab.vmFolder, newVm(lab)],
    described: 'Folder.createVm',
    events: ['VmBeingCreatedEvent', 'VmInstanceUuidAssignedEvent', 'VmUuidAssignedEvent', 'VmCreatedEvent'],
    shows: (lab, _on, info) => lab.nameOf(resultOf(info)),
    is: 'new',
  },
  {
    method: 'Folder.RegisterVM_Task',
    given(lab) {
      lab.done('VirtualMachine', lab.idle, 'UnregisterVM')
      return [lab.vmFolder, { path: '[nfs] idle/idle.vmx', asTemplate: false, pool: lab.pool }]
    },
    described: 'Folder.registerVm',
    events: ['VmRegisteredEvent'],
    shows: (lab, _on, info) => lab.nameOf(resultOf(info)),
    is: 'idle',
  },
  {
    method: 'Folder.AddStandaloneHost_Task',
    given: (lab) => [lab.hostFolder, { spec: connect('esx1'), addConnected: true }],
    described: 'Folder.addStandaloneHost',
    events: ['HostAddedEvent', 'HostConnectedEvent'],
    shows: (lab, _on, info) => runtime(lab, lab.hostIn(resultOf(info))).connectionState,
    is: 'connected',
  },
  {
    method: 'Folder.MoveIntoFolder_Task',
    given: (lab) => [folder(lab), { list: [lab.ref(lab.idle)] }],
    described: 'Folder.moveInto',
    events: [],
    shows: (lab, on) => parentOf(lab, lab.idle) === on,
    is: true,
  },
  {
    method: 'ManagedEntity.Rename_Task',
    given: (lab) => [lab.idle, { newName: 'lazy' }],
    described: 'VirtualMachine.rename',
    events: ['VmRenamedEvent'],
    shows: (lab, on) => lab.nameOf(on),
    is: 'lazy',
  },
  {
    method: 'ManagedEntity.Destroy_Task',
    given: (lab) => [lab.idle],
    described: 'VirtualMachine.destroy',
    events: ['VmRemovedEvent'],
    shows: isThere,
    is: false,
  },
  {
    method: 'ClusterComputeResource.AddHost_Task',
    given: (lab) => [lab.cluster, { spec: connect('esx1'), asConnected: true }],
    described: 'ClusterComputeResource.addHost',
    events: ['HostAddedEvent', 'HostConnectedEvent', ...HA],
    shows: (lab, on, info) => parentOf(lab, resultOf(info)) === on,
    is: true,
  },
  {
    method: 'ClusterComputeResource.MoveInto_Task',
    given: (lab) => [lab.cluster, { host: [newcomer(lab)] }],
    described: 'ClusterComputeResource.moveInto',
    events: [...HA],
    shows: (lab, on) => lab.get<unknown[]>('ClusterComputeResource', on, 'host').length,
    is: 4,
  },
  {
    method: 'ClusterComputeResource.MoveHostInto_Task',
    given: (lab) => [lab.cluster, { host: newcomer(lab) }],
    described: 'ClusterComputeResource.moveHostInto',
    events: [...HA],
    shows: (lab, on) => lab.get<unknown[]>('ClusterComputeResource', on, 'host').length,
    is: 4,
  },
  {
    method: 'ComputeResource.ReconfigureComputeResource_Task',
    given: (lab) => [
      lab.cluster,
      {
        spec: data('ClusterConfigSpecEx', { drsConfig: data('ClusterDrsConfigInfo', { vmotionRate: 5 }) }),
        modify: true,
      },
    ],
    described: 'ClusterComputeResource.reconfigureEx',
    events: ['ClusterReconfiguredEvent'],
    shows: (lab, on) =>
      lab.get<{ drsConfig: { vmotionRate: number } }>('ClusterComputeResource', on, 'configurationEx')
        .drsConfig.vmotionRate,
    is: 5,
  },
  {
    method: 'Datacenter.PowerOnMultiVM_Task',
    given: (lab) => [lab.datacenter, { vm: [lab.ref(lab.idle)] }],
    described: 'Datacenter.powerOnVm',
    events: ['VmStartingEvent', 'DrsVmPoweredOnEvent'],
    shows: (lab) => power(lab, lab.idle),
    is: 'poweredOn',
  },
  {
    method: 'HostSystem.DisconnectHost_Task',
    given: (lab) => [third(lab)],
    described: 'HostSystem.disconnect',
    events: ['HostDisconnectedEvent'],
    shows: (lab, on) => runtime(lab, on).connectionState,
    is: 'disconnected',
  },
  {
    method: 'HostSystem.ReconnectHost_Task',
    given(lab) {
      lab.done('HostSystem', third(lab), 'DisconnectHost_Task')
      return [third(lab)]
    },
    described: 'HostSystem.reconnect',
    events: ['HostConnectedEvent', ...HA],
    shows: (lab, on) => runtime(lab, on).connectionState,
    is: 'connected',
  },
  {
    method: 'HostSystem.EnterMaintenanceMode_Task',
    given: (lab) => [third(lab), { timeout: 0 }],
    described: 'HostSystem.enterMaintenanceMode',
    events: ['EnteringMaintenanceModeEvent', 'EnteredMaintenanceModeEvent'],
    shows: (lab, on) => runtime(lab, on).inMaintenanceMode,
    is: true,
  },
  {
    method: 'HostSystem.ExitMaintenanceMode_Task',
    given(lab) {
      lab.maintain(third(lab))
      return [third(lab), { timeout: 0 }]
    },
    described: 'HostSystem.exitMaintenanceMode',
    events: ['ExitMaintenanceModeEvent', ...HA],
    shows: (lab, on) => runtime(lab, on).inMaintenanceMode,
    is: false,
  },
  {
    method: 'HostSystem.RebootHost_Task',
    given: (lab) => [third(lab), { force: true }],
    described: 'HostSystem.reboot',
    events: ['HostShutdownEvent', 'HostConnectionLostEvent', 'HostConnectedEvent'],
    shows: (lab, on) => runtime(lab, on).connectionState,
    is: 'connected',
  },
  {
    method: 'HostSystem.ShutdownHost_Task',
    given: (lab) => [third(lab), { force: true }],
    described: 'HostSystem.shutdown',
    events: ['HostShutdownEvent', 'HostConnectionLostEvent', 'DasHostFailedEvent'],
    shows: (lab, on) => runtime(lab, on).connectionState,
    is: 'notResponding',
  },
  {
    method: 'HostSystem.ReconfigureHostForDAS_Task',
    given: (lab) => [third(lab)],
    described: 'HostSystem.reconfigureDAS',
    events: [...HA],
    shows: (lab, on) => runtime(lab, on).dasHostState?.state,
    is: 'connectedToMaster',
  },
  {
    method: 'VirtualMachine.ReconfigVM_Task',
    given: (lab) => [lab.idle, { spec: data('VirtualMachineConfigSpec', { numCPUs: 8 }) }],
    described: 'VirtualMachine.reconfigure',
    events: ['VmReconfiguredEvent'],
    shows: (lab, on) => lab.config(on).hardware.numCPU,
    is: 8,
  },
  {
    method: 'VirtualMachine.PowerOnVM_Task',
    given: (lab) => [lab.idle],
    described: 'VirtualMachine.powerOn',
    events: ['VmStartingEvent', 'DrsVmPoweredOnEvent'],
    shows: power,
    is: 'poweredOn',
  },
  {
    method: 'VirtualMachine.PowerOffVM_Task',
    given: (lab) => [lab.vm],
    described: 'VirtualMachine.powerOff',
    events: ['VmStoppingEvent', 'VmPoweredOffEvent'],
    shows: power,
    is: 'poweredOff',
  },
  {
    method: 'VirtualMachine.ResetVM_Task',
    given: (lab) => [lab.vm],
    described: 'VirtualMachine.reset',
    events: ['VmResettingEvent'],
    shows: power,
    is: 'poweredOn',
  },
  {
    method: 'VirtualMachine.SuspendVM_Task',
    given: (lab) => [lab.vm],
    described: 'VirtualMachine.suspend',
    events: ['VmSuspendingEvent', 'VmSuspendedEvent'],
    shows: power,
    is: 'suspended',
  },
  {
    method: 'VirtualMachine.CreateSnapshot_Task',
    given: (lab) => [lab.idle, { name: 'first', memory: false, quiesce: false }],
    described: 'VirtualMachine.createSnapshot',
    events: [],
    shows: (lab, on) =>
      lab.get<{ rootSnapshotList: { name: string }[] }>('VirtualMachine', on, 'snapshot').rootSnapshotList[0]
        ?.name,
    is: 'first',
  },
  {
    method: 'VirtualMachine.RemoveAllSnapshots_Task',
    given(lab) {
      const args = { name: 'first', memory: false, quiesce: false }
      lab.done('VirtualMachine', lab.idle, 'CreateSnapshot_Task', args)
      return [lab.idle]
    },
    described: 'VirtualMachine.removeAllSnapshots',
    events: [],
    shows: (lab, on) => lab.get('VirtualMachine', on, 'snapshot'),
    is: undefined,
  },
  ...['CreateSecondaryVM_Task', 'CreateSecondaryVMEx_Task'].map(
    (name): TaskCase => ({
      method: `VirtualMachine.${name}`,
      given: (lab) => [lab.vm],
      described: `VirtualMachine.createSecondary${name.includes('Ex') ? 'Ex' : ''}`,
      events: ['VmSecondaryAddedEvent', ...MOVED, ...STARTED],
      shows: ft,
      is: 'running',
    }),
  ),
  {
    method: 'VirtualMachine.DisableSecondaryVM_Task',
    given: withSecondary,
    described: 'VirtualMachine.disableSecondary',
    events: ['VmSecondaryDisabledEvent', ...MOVED],
    shows: ft,
    is: 'disabled',
  },
  {
    method: 'VirtualMachine.EnableSecondaryVM_Task',
    given(lab) {
      const [on, args] = withSecondary(lab)
      lab.done('VirtualMachine', on, 'DisableSecondaryVM_Task', args)
      return [on, args]
    },
    described: 'VirtualMachine.enableSecondary',
    events: ['VmSecondaryEnabledEvent', ...MOVED, ...STARTED],
    shows: ft,
    is: 'running',
  },
  {
    method: 'VirtualMachine.MakePrimaryVM_Task',
    given: withSecondary,
    described: 'VirtualMachine.makePrimary',
    events: ['VmFaultToleranceVmTerminatedEvent', 'VmPrimaryFailoverEvent', ...MOVED, ...STARTED],
    shows: (lab, on) => lab.config(on).ftInfo?.role,
    is: 2,
  },
  {
    method: 'VirtualMachine.TerminateFaultTolerantVM_Task',
    given: withSecondary,
    described: 'VirtualMachine.terminateFaultTolerantVM',
    events: ['VmFaultToleranceVmTerminatedEvent', ...MOVED, ...STARTED],
    shows: ft,
    is: 'running',
  },
  {
    method: 'VirtualMachine.TurnOffFaultToleranceForVM_Task',
    given(lab) {
      lab.turnOn()
      return [lab.vm]
    },
    described: 'VirtualMachine.turnOffFaultTolerance',
    events: ['VmFaultToleranceTurnedOffEvent', ...MOVED, 'VmRemovedEvent'],
    shows: ft,
    is: 'notConfigured',
  },
]
