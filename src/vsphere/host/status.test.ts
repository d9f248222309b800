import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { thumbprintOf } from '#world/installation.js'
import { machines } from '#world/machine.js'
import { powerLost, powerOn } from '#world/nested.js'
import { hostStatus } from './derive.js'
import { runtimeWhen } from './status.js'
import { connectSpec, createLab, type Lab } from './testing.js'

/** A lab with esx1 as a host of a cluster; the host's id. */
function labWithHost(): { lab: Lab; host: string; cluster: string; machine: string } {
  const lab = createLab()
  const cluster = (
    lab.call('Folder', lab.hostFolder, 'CreateClusterEx', {
      name: 'Cluster',
      spec: { _typeName: 'ClusterConfigSpecEx' },
    }) as ManagedObjectReference
  ).value
  const info = lab.task('ClusterComputeResource', cluster, 'AddHost_Task', {
    spec: connectSpec('esx1'),
    asConnected: true,
  })
  lab.newEvents()
  return { lab, cluster, host: (info.result as ManagedObjectReference).value, machine: 'machine:1' }
}

const state = (lab: Lab, host: string) =>
  lab.get<{ connectionState: string; powerState: string; inMaintenanceMode: boolean }>(
    'HostSystem',
    host,
    'runtime',
  )

describe('connection states', () => {
  it.each([
    ['connected', 'poweredOn', 'green'],
    ['disconnected', 'unknown', 'gray'],
    ['notResponding', 'unknown', 'red'],
  ] as const)('%s: power %s, status %s', (connectionState, powerState, status) => {
    expect(runtimeWhen(connectionState)).toEqual({ connectionState, powerState })
    expect(hostStatus(connectionState)).toBe(status)
  })
})

describe('DisconnectHost_Task and ReconnectHost_Task', () => {
  it('let go of a host and take it back', () => {
    const { lab, host } = labWithHost()
    expect(lab.task('HostSystem', host, 'DisconnectHost_Task').descriptionId).toBe('HostSystem.disconnect')
    expect(state(lab, host).connectionState).toBe('disconnected')
    expect(lab.newEvents()).toEqual(['TaskEvent', 'HostDisconnectedEvent'])
    expect(lab.task('HostSystem', host, 'ReconnectHost_Task').state).toBe('success')
    expect(state(lab, host)).toMatchObject({ connectionState: 'connected', powerState: 'poweredOn' })
    expect(lab.newEvents()).toEqual(['TaskEvent', 'HostConnectedEvent'])
  })

  it('refuse to reconnect a connected host', () => {
    const { lab, host } = labWithHost()
    expect(lab.fault('HostSystem', host, 'ReconnectHost_Task')._typeName).toBe('InvalidState')
  })

  it.each([
    [{ password: 'guess' }, 'InvalidLogin', 'HostCnxFailedBadUsernameEvent'],
    [{ sslThumbprint: thumbprintOf('esx3') }, 'SSLVerifyFault', 'HostReconnectionFailedEvent'],
    [{ hostName: 'nowhere' }, 'NoHost', 'HostCnxFailedNoConnectionEvent'],
    [{ port: 444 }, 'NoHost', 'HostCnxFailedNoConnectionEvent'],
    [
      { hostName: 'esx2.lab.local', sslThumbprint: thumbprintOf('esx2') },
      'NoHost',
      'HostCnxFailedNoConnectionEvent',
    ],
  ])('refuse %o with %s', (changes, type, event) => {
    const { lab, host } = labWithHost()
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    lab.newEvents()
    const cnxSpec = connectSpec('esx1', changes)
    expect(lab.fault('HostSystem', host, 'ReconnectHost_Task', { cnxSpec })._typeName).toBe(type)
    expect(state(lab, host).connectionState).toBe('disconnected')
    expect(lab.newEvents()).toEqual(['TaskEvent', event])
  })
})

describe('maintenance mode', () => {
  it('is entered and left', () => {
    const { lab, host } = labWithHost()
    const task = lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0 })
    expect(task.descriptionId).toBe('HostSystem.enterMaintenanceMode')
    expect(state(lab, host).inMaintenanceMode).toBe(true)
    expect(lab.newEvents()).toEqual([
      'TaskEvent',
      'EnteringMaintenanceModeEvent',
      'EnteredMaintenanceModeEvent',
    ])
    expect(lab.fault('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0 })._typeName).toBe(
      'InvalidState',
    )
    lab.newEvents()
    expect(lab.task('HostSystem', host, 'ExitMaintenanceMode_Task', { timeout: 0 }).state).toBe('success')
    expect(state(lab, host).inMaintenanceMode).toBe(false)
    expect(lab.newEvents()).toEqual(['TaskEvent', 'ExitMaintenanceModeEvent'])
    expect(lab.fault('HostSystem', host, 'ExitMaintenanceMode_Task', { timeout: 0 })._typeName).toBe(
      'InvalidState',
    )
  })

  it('cannot be told to a host that is not connected', () => {
    const { lab, host } = labWithHost()
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    expect(lab.fault('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0 })._typeName).toBe(
      'HostNotConnected',
    )
  })
})

describe('power of the machine below', () => {
  it('when it fails, the host stops responding; when it is back, so is the host', () => {
    const { lab, host, machine, cluster } = labWithHost()
    lab.sandbox.transact({}, (ctx) => powerLost(ctx, machine))
    lab.sandbox.settle()
    expect(state(lab, host)).toMatchObject({ connectionState: 'notResponding', powerState: 'unknown' })
    expect(lab.get('HostSystem', host, 'overallStatus')).toBe('red')
    expect(lab.newEvents()).toEqual(['HostConnectionLostEvent'])
    expect(lab.fault('HostSystem', host, 'RebootHost_Task', { force: true })._typeName).toBe(
      'HostNotReachable',
    )
    expect(lab.fault('HostSystem', host, 'ReconnectHost_Task')._typeName).toBe('NoHost')
    lab.newEvents()
    lab.sandbox.transact({}, (ctx) => powerOn(ctx, machine))
    lab.sandbox.settle()
    expect(state(lab, host).connectionState).toBe('connected')
    expect(lab.newEvents()).toEqual(['HostConnectedEvent'])
    expect(lab.get('ClusterComputeResource', cluster, 'host')).toMatchObject([{ value: host }])
  })

  it('RebootHost_Task restarts it, but only in maintenance mode or by force', () => {
    const { lab, host, machine } = labWithHost()
    expect(lab.fault('HostSystem', host, 'RebootHost_Task', { force: false })._typeName).toBe('InvalidState')
    expect(lab.sandbox.inventory.read.get(machines, machine).boots).toBe(1)
    lab.newEvents()
    expect(lab.task('HostSystem', host, 'RebootHost_Task', { force: true }).state).toBe('success')
    expect(lab.sandbox.inventory.read.get(machines, machine)).toMatchObject({ boots: 2, state: 'up' })
    expect(lab.newEvents()).toEqual([
      'TaskEvent',
      'HostShutdownEvent',
      'HostConnectionLostEvent',
      'HostConnectedEvent',
    ])
  })

  it('ShutdownHost_Task ends it', () => {
    const { lab, host, machine } = labWithHost()
    expect(lab.fault('HostSystem', host, 'ShutdownHost_Task', { force: false })._typeName).toBe(
      'InvalidState',
    )
    lab.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0 })
    expect(lab.task('HostSystem', host, 'ShutdownHost_Task', { force: false }).state).toBe('success')
    expect(lab.sandbox.inventory.read.get(machines, machine).state).toBe('off')
    expect(state(lab, host).connectionState).toBe('notResponding')
  })
})

describe('HostSystem.Destroy_Task', () => {
  it('removes a host from a cluster in maintenance mode or disconnected, not before', () => {
    const { lab, host, cluster } = labWithHost()
    expect(lab.fault('HostSystem', host, 'Destroy_Task')._typeName).toBe('InvalidState')
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    lab.newEvents()
    expect(lab.task('HostSystem', host, 'Destroy_Task').state).toBe('success')
    expect(lab.newEvents()).toContain('HostRemovedEvent')
    expect(lab.get('ClusterComputeResource', cluster, 'host')).toEqual([])
    const left = [...lab.sandbox.inventory.root.entities.keys()].filter((id) =>
      id.endsWith(`-${host.slice(5)}`),
    )
    expect(left).toEqual([])
  })
})

describe('QueryHostConnectionInfo', () => {
  it('tells what vCenter knows of its host', () => {
    const { lab, host } = labWithHost()
    expect(lab.call('HostSystem', host, 'QueryHostConnectionInfo')).toMatchObject({
      _typeName: 'HostConnectInfo',
      inDasCluster: false,
      host: { config: { name: 'esx1.lab.local' } },
      network: [{ summary: { name: 'VM Network' } }],
    })
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    expect(lab.fault('HostSystem', host, 'QueryHostConnectionInfo')._typeName).toBe('HostNotConnected')
  })
})
