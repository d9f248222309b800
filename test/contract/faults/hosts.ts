import { data } from '#vim25/data.js'
import { joinHost } from '#vsphere/host/join.js'
import { addMachine } from '#vsphere/host/testing.js'
import { thumbprintOf } from '#world/installation.js'
import type { FaultCase, Given } from './case.js'
import { connect, type FaultLab } from './lab.js'

type Caller = (lab: FaultLab, machine: string, changes: object) => Given

/** The ways to a new host: each can fail to reach it, to trust it, to log in. */
const WAYS: readonly (readonly [method: string, call: Caller])[] = [
  [
    'ClusterComputeResource.AddHost_Task',
    (lab, machine, changes) => ({
      on: lab.cluster,
      args: { spec: connect(machine, changes), asConnected: true },
      events: ['HostAddFailedEvent'],
    }),
  ],
  [
    'Folder.AddStandaloneHost_Task',
    (lab, machine, changes) => ({
      on: lab.hostFolder,
      args: { spec: connect(machine, changes), addConnected: true },
      events: ['HostAddFailedEvent'],
    }),
  ],
  [
    'Datacenter.QueryConnectionInfo',
    (lab, machine, changes) => {
      const { hostName, port, userName, password, sslThumbprint } = connect(machine, changes)
      return {
        on: lab.datacenter,
        args: { hostname: hostName, port, username: userName, password, sslThumbprint },
      }
    },
  ],
]

const joining: readonly FaultCase[] = WAYS.flatMap(([method, call]) => [
  {
    method,
    fault: 'InvalidLogin',
    when: 'the password is wrong',
    given: (lab) => call(lab, 'esx1', { password: 'secret' }),
  },
  {
    method,
    fault: 'SSLVerifyFault',
    when: 'the thumbprint is missing, with the right one',
    given: (lab) => ({
      ...call(lab, 'esx1', { sslThumbprint: undefined }),
      members: { selfSigned: true, thumbprint: thumbprintOf('esx1') },
    }),
  },
  {
    method,
    fault: 'NoHost',
    when: 'nothing answers at the address',
    given: (lab) => ({
      ...call(lab, 'esx1', { hostName: 'esx9.lab.local' }),
      members: { name: 'esx9.lab.local' },
    }),
  },
  {
    method,
    fault: 'NotSupportedHost',
    when: 'the host is newer than the vCenter Server',
    given(lab) {
      lab.act((ctx) => addMachine(ctx, 'young', '192.168.10.99', { version: '9.0.0' }))
      return {
        ...call(lab, 'young', {}),
        members: { productName: 'VMware ESXi', productVersion: '9.0.0' },
      }
    },
  },
])

/** A cluster of 96 hosts, the most that 8.0 takes. */
function fullCluster(lab: FaultLab): string {
  const cluster = otherCluster(lab)
  lab.act((ctx) => {
    for (let number = 1; number <= 96; number++) {
      const machine = addMachine(ctx, `node${number}`, `192.168.11.${number}`)
      joinHost(ctx, { machine, parent: ctx.tx.ref(cluster) })
    }
  })
  return cluster
}

/** A standalone host with the name of one of the cluster's: a server that was replaced under its name. */
function namesake(lab: FaultLab): { readonly host: string; readonly members: object } {
  const [first = ''] = lab.hosts
  const name = lab.nameOf(first)
  lab.reinstall(first, { hostName: 'retired.lab.local' })
  lab.act((ctx) => addMachine(ctx, 'replaced', '192.168.10.97', { hostName: name }))
  const host = lab.hostIn(lab.standalone('replaced', { hostName: name }))
  return { host, members: { name, object: lab.ref(first) } }
}

/** The two ways of a managed host into a cluster. */
const MOVES: readonly (readonly [method: string, args: (lab: FaultLab, host: string) => object])[] = [
  ['ClusterComputeResource.MoveInto_Task', (lab, host) => ({ host: [lab.ref(host)] })],
  ['ClusterComputeResource.MoveHostInto_Task', (lab, host) => ({ host: lab.ref(host) })],
]

const otherCluster = (lab: FaultLab) =>
  lab.done<{ value: string }>('Folder', lab.hostFolder, 'CreateClusterEx', {
    name: 'D',
    spec: data('ClusterConfigSpecEx', {}),
  }).value

const moving: readonly FaultCase[] = MOVES.flatMap(([method, args]) => [
  {
    method,
    fault: 'TooManyHosts',
    when: 'the cluster has 96 hosts',
    given(lab) {
      const host = lab.hostIn(lab.standalone('esx1'))
      return { on: fullCluster(lab), args: args(lab, host) }
    },
  },
  {
    method,
    fault: 'InvalidState',
    when: 'the host is in another cluster and not in maintenance mode',
    given: (lab) => ({ on: otherCluster(lab), args: args(lab, lab.hosts[2] ?? '') }),
  },
  {
    method,
    fault: 'CannotMoveHostWithFaultToleranceVm',
    when: 'the host has half of a pair',
    given(lab) {
      lab.turnOn()
      return { on: otherCluster(lab), args: args(lab, lab.hostOf(lab.vm)) }
    },
  },
])

/** ReconnectHost_Task of the third host, disconnected before. */
function reconnect(lab: FaultLab, changes: object, more: Partial<Given> = {}): Given {
  const on = lab.hosts[2] ?? ''
  lab.done('HostSystem', on, 'DisconnectHost_Task')
  return { on, args: { cnxSpec: connect('vm3', changes) }, ...more }
}

/** The methods that a host obeys in (or out of) maintenance mode only. */
const SWITCHES: readonly (readonly [method: string, args: object, when: string])[] = [
  ['ExitMaintenanceMode_Task', { timeout: 0 }, 'the host is not in maintenance mode'],
  ['RebootHost_Task', { force: false }, 'the host is not in maintenance mode, and it is not forced'],
  ['ShutdownHost_Task', { force: false }, 'the host is not in maintenance mode, and it is not forced'],
]

const unconfigurable = (reason: string, output: string) => ({ reason, output })

export const hostCases: readonly FaultCase[] = [
  ...joining,
  {
    method: 'ClusterComputeResource.AddHost_Task',
    fault: 'DuplicateName',
    when: 'the cluster has a host of that name',
    given: (lab) => ({
      on: lab.cluster,
      args: { spec: connect('vm1'), asConnected: true },
      members: { name: 'vm1.lab.local', object: lab.ref(lab.hosts[0] ?? '') },
      events: ['HostAddFailedEvent'],
    }),
  },
  {
    method: 'ClusterComputeResource.AddHost_Task',
    fault: 'AlreadyConnected',
    when: 'the host is in the inventory already',
    given(lab) {
      lab.standalone('esx1')
      return {
        on: lab.cluster,
        args: { spec: connect('esx1'), asConnected: true },
        members: { name: 'esx1.lab.local' },
        events: ['HostAddFailedEvent'],
      }
    },
  },
  {
    method: 'Folder.AddStandaloneHost_Task',
    fault: 'DuplicateName',
    when: 'the folder has a host of that name',
    given(lab) {
      const object = lab.ref(lab.standalone('esx1'))
      return {
        on: lab.hostFolder,
        args: { spec: connect('esx1'), addConnected: true },
        members: { name: 'esx1.lab.local', object },
        events: ['HostAddFailedEvent'],
      }
    },
  },
  {
    method: 'Folder.AddStandaloneHost_Task',
    fault: 'AlreadyBeingManaged',
    when: 'another vCenter Server manages the host, and it is not forced',
    given(lab) {
      const managedBy = '192.168.99.1'
      lab.act((ctx) => addMachine(ctx, 'lent', '192.168.10.98', { managedBy }))
      return {
        on: lab.hostFolder,
        args: { spec: connect('lent'), addConnected: true },
        members: { ipAddress: managedBy },
        events: ['HostAddFailedEvent'],
      }
    },
  },
  ...moving,
  {
    method: 'ClusterComputeResource.MoveInto_Task',
    fault: 'DuplicateName',
    when: 'the cluster has a host of that name',
    given(lab) {
      const { host, members } = namesake(lab)
      return { on: lab.cluster, args: { host: [lab.ref(host)] }, members }
    },
  },
  {
    method: 'HostSystem.DisconnectHost_Task',
    fault: 'CannotDisconnectHostWithFaultToleranceVm',
    when: 'the host has half of a pair',
    given(lab) {
      lab.turnOn()
      const on = lab.hostOf(lab.vm)
      return { on, members: { hostName: lab.nameOf(on) } }
    },
  },
  {
    method: 'HostSystem.ReconnectHost_Task',
    fault: 'InvalidState',
    when: 'the host is connected',
    given: (lab) => ({ on: lab.hosts[2] ?? '', events: ['HostReconnectionFailedEvent'] }),
  },
  {
    method: 'HostSystem.ReconnectHost_Task',
    fault: 'InvalidLogin',
    when: 'the password is wrong',
    given: (lab) => reconnect(lab, { password: 'secret' }, { events: ['HostCnxFailedBadUsernameEvent'] }),
  },
  {
    method: 'HostSystem.ReconnectHost_Task',
    fault: 'InvalidName',
    when: 'the name is empty',
    given: (lab) =>
      reconnect(
        lab,
        { hostName: '' },
        {
          members: { name: '', entity: lab.ref(lab.hosts[2] ?? '') },
          events: ['HostReconnectionFailedEvent'],
        },
      ),
  },
  {
    method: 'HostSystem.ReconnectHost_Task',
    fault: 'NoHost',
    when: 'another machine answers at the address',
    given: (lab) =>
      reconnect(
        lab,
        { hostName: 'esx1.lab.local', sslThumbprint: thumbprintOf('esx1') },
        { members: { name: 'esx1.lab.local' }, events: ['HostCnxFailedNoConnectionEvent'] },
      ),
  },
  {
    method: 'HostSystem.EnterMaintenanceMode_Task',
    fault: 'InvalidState',
    when: 'the host is in maintenance mode',
    given(lab) {
      const on = lab.hosts[2] ?? ''
      lab.maintain(on)
      return { on, args: { timeout: 0 } }
    },
  },
  {
    method: 'HostSystem.EnterMaintenanceMode_Task',
    fault: 'Timedout',
    when: 'a running VM cannot go elsewhere',
    given(lab) {
      const on = lab.hostOf(lab.vm)
      for (const host of lab.hosts) if (host !== on) lab.maintain(host)
      return {
        on,
        args: { timeout: 60 },
        events: ['EnteringMaintenanceModeEvent', 'CanceledHostOperationEvent'],
      }
    },
  },
  ...SWITCHES.map(
    ([name, args, when]): FaultCase => ({
      method: `HostSystem.${name}`,
      fault: 'InvalidState',
      when,
      given: (lab) => ({ on: lab.hosts[2] ?? '', args }),
    }),
  ),
  {
    method: 'HostSystem.ReconfigureHostForDAS_Task',
    fault: 'DasConfigFault',
    when: 'the host is in no cluster',
    given: (lab) => ({
      on: lab.hostIn(lab.standalone('esx1')),
      members: unconfigurable('Other', 'The host is not in a cluster with vSphere HA turned on.'),
    }),
  },
  {
    method: 'HostSystem.ReconfigureHostForDAS_Task',
    fault: 'DasConfigFault',
    when: 'the host is in maintenance mode',
    given(lab) {
      const on = lab.hosts[2] ?? ''
      lab.maintain(on)
      return {
        on,
        members: unconfigurable(
          'HostMisconfiguration',
          'The host is not connected, or it is in maintenance mode.',
        ),
      }
    },
  },
  {
    method: 'ComputeResource.ReconfigureComputeResource_Task',
    fault: 'CannotChangeHaSettingsForFtSecondary',
    when: 'HA is to treat a secondary differently from its primary',
    given(lab) {
      const vm = lab.turnOn()
      const dasVmConfigSpec = data('ClusterDasVmConfigSpec', {
        operation: 'add',
        info: data('ClusterDasVmConfigInfo', {
          key: lab.ref(vm),
          dasSettings: data('ClusterDasVmSettings', { restartPriority: 'low' }),
        }),
      })
      return {
        on: lab.cluster,
        args: { spec: data('ClusterConfigSpecEx', { dasVmConfigSpec: [dasVmConfigSpec] }), modify: true },
        members: { vm: lab.ref(vm), vmName: lab.nameOf(vm) },
      }
    },
  },
]
