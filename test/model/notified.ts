import { data } from '#vim25/data.js'
import type { ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { connect, type FaultLab } from '../contract/faults/lab.js'

/** A change that somebody waits for: what is watched, and what happens. */
export interface Row {
  readonly what: string
  /** The object and the path, down to the smallest value that changes. */
  readonly watch: (lab: FaultLab) => readonly [id: string, path: string]
  readonly act: (lab: FaultLab) => unknown
}

const first = ({ hosts: [host = ''] }: FaultLab) => host
const third = ({ hosts }: FaultLab) => hosts[2] ?? ''
const addPortGroup = (lab: FaultLab, name = 'pg', vlanId = 7) =>
  lab.done('HostNetworkSystem', lab.manager('networkSystem'), 'AddPortGroup', {
    portgrp: data('HostPortGroupSpec', {
      name,
      vlanId,
      vswitchName: 'vSwitch0',
      policy: data('HostNetworkPolicy', {}),
    }),
  })
const reconfigureCluster = (lab: FaultLab, changes: object) =>
  lab.done('ComputeResource', lab.cluster, 'ReconfigureComputeResource_Task', {
    spec: data('ClusterConfigSpecEx', changes),
    modify: true,
  })
const networkNamed = (lab: FaultLab, name: string) => {
  const { read } = lab.sandbox.inventory
  return [...read.ids('Network')].find((id) => read.get('Network', id).name === name) ?? ''
}
const eventCollector = (lab: FaultLab) =>
  lab.done<ManagedObjectReference>('EventManager', 'EventManager', 'CreateCollectorForEvents', {
    filter: data('EventFilterSpec', {}),
  }).value
const taskCollector = (lab: FaultLab) =>
  lab.done<ManagedObjectReference>('TaskManager', 'TaskManager', 'CreateCollectorForTasks', {
    filter: data('TaskFilterSpec', {}),
  }).value
const rename = (lab: FaultLab) => lab.done('VirtualMachine', lab.idle, 'Rename_Task', { newName: 'lazy' })
/** A task that a client carries on. */
function clientTask(lab: FaultLab): string {
  lab.act(({ tx, time }) => {
    const extension = data('Extension', {
      key: 'com.example',
      version: '1',
      description: data('Description', { label: 'Example', summary: 'Example' }),
      lastHeartbeatTime: time,
      taskList: [data('ExtensionTaskTypeInfo', { taskID: 'com.example.backup' })],
    })
    tx.set('ExtensionManager', 'ExtensionManager', { extensionList: [extension] })
  })
  const args = { obj: lab.ref(lab.idle), taskTypeId: 'com.example.backup', cancelable: false }
  return lab.done<TaskInfo>('TaskManager', 'TaskManager', 'CreateTask', args).key
}
const runningTask = ({ sandbox }: FaultLab) => [...sandbox.inventory.read.ids('Task')].at(-1) ?? ''
const nic = (lab: FaultLab) => lab.device(lab.idle, 'VirtualVmxnet3')
const portGroupOf = (lab: FaultLab, name: string) =>
  lab.network().portgroup?.find(({ spec }) => spec.name === name)?.key ?? ''
const adapterOf = (lab: FaultLab) => lab.network().vnic?.[0]?.key ?? ''

export const ROWS: readonly Row[] = [
  {
    what: 'a host that is disconnected',
    watch: (lab) => [third(lab), 'summary.runtime.connectionState'],
    act: (lab) => lab.done('HostSystem', third(lab), 'DisconnectHost_Task'),
  },
  {
    what: 'a host that stops answering',
    watch: (lab) => [third(lab), 'runtime.connectionState'],
    act: (lab) => lab.fail(third(lab)),
  },
  {
    what: 'a host in maintenance mode',
    watch: (lab) => [third(lab), 'summary.runtime.inMaintenanceMode'],
    act: (lab) => lab.maintain(third(lab)),
  },
  {
    what: 'the networks of a host',
    watch: (lab) => [first(lab), 'network'],
    act: (lab) => addPortGroup(lab),
  },
  {
    what: 'the port groups of a host',
    watch: (lab) => [first(lab), 'config.network.portgroup'],
    act: (lab) => addPortGroup(lab),
  },
  {
    what: 'a port group of a host',
    watch(lab) {
      addPortGroup(lab)
      return [first(lab), `config.network.portgroup["${portGroupOf(lab, 'pg')}"].spec.vlanId`]
    },
    act: (lab) =>
      lab.done('HostNetworkSystem', lab.manager('networkSystem'), 'UpdatePortGroup', {
        pgName: 'pg',
        portgrp: data('HostPortGroupSpec', {
          name: 'pg',
          vlanId: 8,
          vswitchName: 'vSwitch0',
          policy: data('HostNetworkPolicy', {}),
        }),
      }),
  },
  {
    what: 'a port group as the network system shows it',
    watch: (lab) => [lab.manager('networkSystem'), 'networkInfo.portgroup'],
    act: (lab) => addPortGroup(lab),
  },
  {
    what: 'an adapter of a host',
    watch: (lab) => [first(lab), `config.network.vnic["${adapterOf(lab)}"].spec.mtu`],
    act: (lab) =>
      lab.done('HostNetworkSystem', lab.manager('networkSystem'), 'UpdateVirtualNic', {
        device: 'vmk0',
        nic: data('HostVirtualNicSpec', { mtu: 9000 }),
      }),
  },
  {
    what: 'the services of an adapter',
    watch: (lab) => [first(lab), 'summary.config.faultToleranceEnabled'],
    act: (lab) =>
      lab.done('HostVirtualNicManager', lab.manager('virtualNicManager'), 'DeselectVnicForNicType', {
        nicType: 'faultToleranceLogging',
        device: 'vmk0',
      }),
  },
  {
    what: 'the VMs of a host',
    watch: (lab) => [lab.hostOf(lab.vm), 'vm'],
    act: (lab) => lab.fail(lab.hostOf(lab.vm)),
  },
  {
    what: 'the settings of a cluster',
    watch: (lab) => [lab.cluster, 'configurationEx.drsConfig.vmotionRate'],
    act: (lab) =>
      reconfigureCluster(lab, { drsConfig: data('ClusterDrsConfigInfo', { enabled: true, vmotionRate: 5 }) }),
  },
  {
    what: 'the settings of a cluster as older clients read them',
    watch: (lab) => [lab.cluster, 'configuration.dasConfig.enabled'],
    act: (lab) => reconfigureCluster(lab, { dasConfig: data('ClusterDasConfigInfo', { enabled: false }) }),
  },
  {
    what: 'the hosts of a cluster',
    watch: (lab) => [lab.cluster, 'host'],
    act: (lab) =>
      lab.done('ClusterComputeResource', lab.cluster, 'AddHost_Task', {
        spec: connect('esx1'),
        asConnected: true,
      }),
  },
  {
    what: 'the sum of a cluster',
    watch: (lab) => [lab.cluster, 'summary.numEffectiveHosts'],
    act: (lab) => lab.done('HostSystem', third(lab), 'DisconnectHost_Task'),
  },
  {
    what: 'the name of a datastore',
    watch: (lab) => [lab.datastore, 'summary.name'],
    act: (lab) => lab.done('Datastore', lab.datastore, 'RenameDatastore', { newName: 'store' }),
  },
  {
    what: 'the name of a datastore in its details',
    watch: (lab) => [lab.datastore, 'info.name'],
    act: (lab) => lab.done('Datastore', lab.datastore, 'RenameDatastore', { newName: 'store' }),
  },
  {
    what: 'the space of a datastore',
    watch: (lab) => [lab.datastore, 'summary.freeSpace'],
    act: (lab) => lab.fill(1000),
  },
  {
    what: 'the VMs of a datastore',
    watch: (lab) => [lab.datastore, 'vm'],
    act: (lab) => lab.done('VirtualMachine', lab.idle, 'Destroy_Task'),
  },
  {
    what: 'the hosts of a network',
    watch(lab) {
      addPortGroup(lab)
      return [networkNamed(lab, 'pg'), 'host']
    },
    act: (lab) =>
      lab.done('HostNetworkSystem', lab.manager('networkSystem', third(lab)), 'AddPortGroup', {
        portgrp: data('HostPortGroupSpec', {
          name: 'pg',
          vlanId: 7,
          vswitchName: 'vSwitch0',
          policy: data('HostNetworkPolicy', {}),
        }),
      }),
  },
  {
    what: 'the VMs of a network',
    watch: (lab) => [networkNamed(lab, 'VM Network'), 'vm'],
    act: (lab) => lab.done('VirtualMachine', lab.idle, 'Destroy_Task'),
  },
  {
    what: 'the contents of a folder',
    watch: (lab) => [lab.vmFolder, 'childEntity'],
    act: (lab) => lab.done('Folder', lab.vmFolder, 'CreateFolder', { name: 'shelf' }),
  },
  {
    what: 'the networks of a datacenter',
    watch: (lab) => [lab.datacenter, 'network'],
    act: (lab) => addPortGroup(lab),
  },
  {
    what: 'the settings of a pool',
    watch(lab) {
      const { value } = createPool(lab)
      return [value, 'config.memoryAllocation.reservation']
    },
    act: (lab) => {
      const pool = poolsBelow(lab)[0] ?? ''
      lab.done('ResourcePool', pool, 'UpdateConfig', { config: poolSpec(64) })
    },
  },
  {
    what: 'what a pool has given away',
    watch: (lab) => [lab.pool.value, 'summary.runtime.memory.reservationUsed'],
    act: (lab) => createPool(lab, 64),
  },
  {
    what: 'the settings of the pools in a pool',
    watch(lab) {
      createPool(lab)
      return [lab.pool.value, 'childConfiguration']
    },
    act: (lab) => {
      const pool = poolsBelow(lab)[0] ?? ''
      lab.done('ResourcePool', pool, 'UpdateConfig', { config: poolSpec(64) })
    },
  },
  {
    what: 'what the root pool has, which is what its hosts have',
    watch: (lab) => [lab.pool.value, 'config.cpuAllocation.limit'],
    act: (lab) => lab.done('HostSystem', third(lab), 'DisconnectHost_Task'),
  },
  {
    what: 'a device of a VM',
    watch: (lab) => [lab.idle, `config.hardware.device[${nic(lab).key}].connectable.startConnected`],
    act: (lab) =>
      lab.reconfigure(lab.idle, {
        deviceChange: [
          data('VirtualDeviceConfigSpec', {
            operation: 'edit',
            device: {
              ...nic(lab),
              connectable: { ...(nic(lab).connectable as object), startConnected: false },
            } as never,
          }),
        ],
      }),
  },
  {
    what: 'the power of a VM',
    watch: (lab) => [lab.idle, 'summary.runtime.powerState'],
    act: (lab) => lab.done('VirtualMachine', lab.idle, 'PowerOnVM_Task'),
  },
  {
    what: 'the snapshots of a VM',
    watch: (lab) => [lab.idle, 'snapshot.currentSnapshot'],
    act: (lab) =>
      lab.done('VirtualMachine', lab.idle, 'CreateSnapshot_Task', {
        name: 's',
        memory: false,
        quiesce: false,
      }),
  },
  {
    what: 'a protected VM whose secondary fails',
    watch(lab) {
      lab.turnOn()
      return [lab.vm, 'summary.runtime.faultToleranceState']
    },
    act: (lab) => lab.done('VirtualMachine', lab.vm, 'TurnOffFaultToleranceForVM_Task'),
  },
  {
    what: 'the state of a task',
    watch: (lab) => [clientTask(lab), 'info.state'],
    act: (lab) => lab.done('Task', runningTask(lab), 'SetTaskState', { state: 'running' }),
  },
  {
    what: 'the progress of a task',
    watch(lab) {
      lab.done('Task', clientTask(lab), 'SetTaskState', { state: 'running' })
      return [runningTask(lab), 'info.progress']
    },
    act: (lab) => lab.done('Task', runningTask(lab), 'UpdateProgress', { percentDone: 50 }),
  },
  {
    what: 'the end of a task',
    watch(lab) {
      lab.done('Task', clientTask(lab), 'SetTaskState', { state: 'running' })
      return [runningTask(lab), 'info.completeTime']
    },
    act: (lab) => lab.done('Task', runningTask(lab), 'SetTaskState', { state: 'success' }),
  },
  {
    what: 'the recent tasks',
    watch: () => ['TaskManager', 'recentTask'],
    act: rename,
  },
  {
    what: 'the recent tasks of a VM',
    watch: (lab) => [lab.idle, 'recentTask'],
    act: rename,
  },
  {
    what: 'the latest event',
    watch: () => ['EventManager', 'latestEvent.key'],
    act: rename,
  },
  {
    what: 'the page of the latest events',
    watch: (lab) => [eventCollector(lab), 'latestPage'],
    act: rename,
  },
  {
    what: 'the page of the latest tasks',
    watch: (lab) => [taskCollector(lab), 'latestPage'],
    act: rename,
  },
  {
    what: 'the message to all sessions',
    watch: () => ['SessionManager', 'message'],
    act: (lab) => lab.done('SessionManager', 'SessionManager', 'UpdateServiceMessage', { message: 'hello' }),
  },
  {
    what: 'the own session',
    watch: () => ['SessionManager', 'currentSession.locale'],
    act: (lab) => lab.done('SessionManager', 'SessionManager', 'SetLocale', { locale: 'de' }),
  },
]

const poolSpec = (reservation: number) => {
  const allocation = (amount: number) =>
    data('ResourceAllocationInfo', { reservation: amount, expandableReservation: true, limit: -1 })
  return data('ResourceConfigSpec', {
    cpuAllocation: allocation(0),
    memoryAllocation: allocation(reservation),
  })
}
const createPool = (lab: FaultLab, reservation = 0) =>
  lab.done<ManagedObjectReference>('ResourcePool', lab.pool.value, 'CreateResourcePool', {
    name: 'pool',
    spec: poolSpec(reservation),
  })
const poolsBelow = (lab: FaultLab) =>
  lab
    .get<readonly ManagedObjectReference[]>('ResourcePool', lab.pool.value, 'resourcePool')
    .map(({ value }) => value)
