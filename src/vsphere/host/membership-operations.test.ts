import { describe, expect, it } from 'vitest'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { HostConfigInfo, HostRuntimeInfo, ManagedObjectReference } from '#vim25/generated/types.js'
import { thumbprintOf } from '#world/installation.js'
import { changedOptions, changedOptionsId } from './options.js'
import { addMachine, connectSpec, createLab, type Lab } from './testing.js'

function addCluster(lab: Lab, name = 'Cluster', spec: object = {}): string {
  const ref = lab.call('Folder', lab.hostFolder, 'CreateClusterEx', {
    name,
    spec: { _typeName: 'ClusterConfigSpecEx', ...spec },
  }) as ManagedObjectReference
  return ref.value
}

function addHost(lab: Lab, cluster: string, name: string, changes: object = {}): string {
  const info = lab.task('ClusterComputeResource', cluster, 'AddHost_Task', {
    spec: connectSpec(name, changes),
    asConnected: true,
  })
  if (info.error) throw new Error(info.error.localizedMessage)
  return (info.result as ManagedObjectReference).value
}

describe('ClusterComputeResource.AddHost_Task', () => {
  it('makes a whole host of a machine that answers', () => {
    const lab = createLab()
    const cluster = addCluster(lab)
    lab.newEvents()
    const host = addHost(lab, cluster, 'esx1')
    expect(lab.newEvents()).toEqual(
      expect.arrayContaining(['TaskEvent', 'HostAddedEvent', 'HostConnectedEvent']),
    )
    expect(lab.get('ClusterComputeResource', cluster, 'host')).toMatchObject([{ value: host }])
    expect(lab.get('HostSystem', host, 'name')).toBe('esx1.lab.local')
    expect(lab.get('HostSystem', host, 'overallStatus')).toBe('green')
    expect(lab.get('HostSystem', host, 'summary')).toMatchObject({
      hardware: { vendor: 'Dell Inc.', cpuMhz: 2000, numCpuCores: 16, numNics: 2, numHBAs: 2 },
      config: { name: 'esx1.lab.local', vmotionEnabled: false, sslThumbprint: thumbprintOf('esx1') },
      quickStats: { uptime: 3600 },
      maxEVCModeKey: 'intel-icelake',
    })
    expect(lab.get('HostNetworkSystem', `networkSystem-${host.slice(5)}`, 'networkInfo')).toMatchObject({
      vnic: [{ device: 'vmk0' }],
    })
  })

  const refusals: readonly (readonly [string, object, string, object])[] = [
    [
      'an address where nothing answers',
      { hostName: 'nowhere.lab.local' },
      'NoHost',
      { name: 'nowhere.lab.local' },
    ],
    ['a port where nothing answers', { port: 444 }, 'NoHost', { name: 'esx1.lab.local' }],
    [
      'no thumbprint',
      { sslThumbprint: undefined },
      'SSLVerifyFault',
      { selfSigned: true, thumbprint: thumbprintOf('esx1') },
    ],
    [
      'a wrong thumbprint',
      { sslThumbprint: thumbprintOf('esx2') },
      'SSLVerifyFault',
      { thumbprint: thumbprintOf('esx1') },
    ],
    ['a wrong password', { password: 'guess' }, 'InvalidLogin', {}],
    ['a wrong user', { userName: 'admin' }, 'InvalidLogin', {}],
  ]
  it.each(refusals)('refuses %s', (_what, changes, type, members) => {
    const lab = createLab()
    const cluster = addCluster(lab)
    lab.newEvents()
    const fault = lab.fault('ClusterComputeResource', cluster, 'AddHost_Task', {
      spec: connectSpec('esx1', changes),
      asConnected: true,
    })
    expect(fault).toMatchObject({ _typeName: type, ...members })
    expect(lab.get('ClusterComputeResource', cluster, 'host')).toEqual([])
    expect(lab.newEvents()).toContain('HostAddFailedEvent')
  })

  it('refuses a name that the cluster has, and a machine that is managed already', () => {
    const lab = createLab()
    const cluster = addCluster(lab)
    const other = addCluster(lab, 'Other')
    addHost(lab, cluster, 'esx1')
    const again = (into: string, changes: object = {}) =>
      lab.fault('ClusterComputeResource', into, 'AddHost_Task', {
        spec: connectSpec('esx1', changes),
        asConnected: true,
      })
    expect(again(cluster)).toMatchObject({ _typeName: 'DuplicateName', name: 'esx1.lab.local' })
    expect(again(cluster, { hostName: '192.168.10.11' })).toMatchObject({
      _typeName: 'AlreadyConnected',
      name: 'esx1.lab.local',
    })
    expect(again(other)).toMatchObject({ _typeName: 'AlreadyConnected' })
    expect(lab.get('ClusterComputeResource', other, 'host')).toEqual([])
  })

  it('refuses a machine that is in the inventory though not connected', () => {
    const lab = createLab()
    const host = addHost(lab, addCluster(lab), 'esx1')
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    expect(
      lab.fault('ClusterComputeResource', addCluster(lab, 'Other'), 'AddHost_Task', {
        spec: connectSpec('esx1'),
        asConnected: true,
      })._typeName,
    ).toBe('AlreadyBeingManaged')
  })

  it('refuses a machine of another vCenter Server unless forced', () => {
    const lab = createLab({
      seed: (ctx) => {
        addMachine(ctx, 'esx9', '192.168.10.19', { managedBy: '192.168.10.2' })
      },
    })
    const cluster = addCluster(lab)
    const add = { spec: connectSpec('esx9'), asConnected: true }
    expect(lab.fault('ClusterComputeResource', cluster, 'AddHost_Task', add)).toMatchObject({
      _typeName: 'AlreadyBeingManaged',
      ipAddress: '192.168.10.2',
    })
    expect(addHost(lab, cluster, 'esx9', { force: true })).toMatch(/^host-\d+$/)
  })

  it.each([
    ['8.0.3', '6.0.0'],
    ['6.7', '8.0.3'],
  ] as const)('a vCenter %s refuses ESXi %s', (version, esxi) => {
    const lab = createLab({
      version,
      seed: (ctx) => {
        addMachine(ctx, 'esx9', '192.168.10.19', { version: esxi })
      },
    })
    const cluster = addCluster(lab)
    expect(
      lab.fault('ClusterComputeResource', cluster, 'AddHost_Task', {
        spec: connectSpec('esx9'),
        asConnected: true,
      }),
    ).toMatchObject({ _typeName: 'NotSupportedHost', productName: 'VMware ESXi', productVersion: esxi })
  })

  it('leaves a host that is added unconnected disconnected', () => {
    const lab = createLab()
    const cluster = addCluster(lab)
    const info = lab.task('ClusterComputeResource', cluster, 'AddHost_Task', {
      spec: connectSpec('esx1'),
      asConnected: false,
    })
    const host = (info.result as ManagedObjectReference).value
    expect(lab.get('HostSystem', host, 'runtime')).toMatchObject({
      connectionState: 'disconnected',
      powerState: 'unknown',
    })
    expect(lab.get('HostSystem', host, 'overallStatus')).toBe('gray')
  })
})

describe('Folder.AddStandaloneHost_Task', () => {
  it('wraps the host into a compute resource of its name, which vanishes with it', () => {
    const lab = createLab()
    const info = lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    })
    const parent = (info.result as ManagedObjectReference).value
    expect(parent).toMatch(/^domain-s\d+$/)
    expect(lab.get('ComputeResource', parent, 'name')).toBe('esx1.lab.local')
    const [host] = lab.get<ManagedObjectReference[]>('ComputeResource', parent, 'host')
    const before = lab.sandbox.inventory.root.entities.size
    expect(lab.task('HostSystem', host?.value ?? '', 'Destroy_Task').state).toBe('success')
    expect(lab.sandbox.inventory.read.entity(parent)).toBeUndefined()
    expect(lab.sandbox.inventory.root.entities.size).toBeLessThan(before)
    expect(lab.get('Folder', lab.hostFolder, 'childEntity')).toEqual([])
    expect(lab.get('Datacenter', lab.datacenter, 'network')).toEqual([])
  })

  it('refuses a name that the folder has, and folders for other things', () => {
    const lab = createLab()
    const add = { spec: connectSpec('esx1'), addConnected: true }
    lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', add)
    expect(lab.fault('Folder', lab.hostFolder, 'AddStandaloneHost_Task', add)._typeName).toBe('DuplicateName')
    expect(lab.fault('Folder', lab.vmFolder, 'AddStandaloneHost_Task', add)._typeName).toBe('NotSupported')
  })
})

describe('moving hosts', () => {
  it('takes a standalone host into a cluster at once and out of one in maintenance mode only', () => {
    const lab = createLab()
    const first = addCluster(lab, 'First')
    const second = addCluster(lab, 'Second')
    const info = lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    })
    const standalone = (info.result as ManagedObjectReference).value
    const [host] = lab.get<[ManagedObjectReference]>('ComputeResource', standalone, 'host')
    expect(lab.task('ClusterComputeResource', first, 'MoveInto_Task', { host: [host] }).state).toBe('success')
    expect(lab.sandbox.inventory.read.entity(standalone)).toBeUndefined()
    expect(lab.get('HostSystem', host.value, 'parent')).toMatchObject({ value: first })

    const move = { host, resourcePool: undefined }
    expect(lab.fault('ClusterComputeResource', second, 'MoveHostInto_Task', move)._typeName).toBe(
      'InvalidState',
    )
    expect(lab.get('HostSystem', host.value, 'parent')).toMatchObject({ value: first })
    lab.task('HostSystem', host.value, 'EnterMaintenanceMode_Task', { timeout: 0 })
    expect(lab.task('ClusterComputeResource', second, 'MoveHostInto_Task', move).state).toBe('success')
    expect(lab.get('ClusterComputeResource', second, 'host')).toMatchObject([{ value: host.value }])
    expect(lab.get('ClusterComputeResource', first, 'host')).toEqual([])

    const twice = { host: [host] }
    expect(lab.fault('ClusterComputeResource', second, 'MoveInto_Task', twice)).toMatchObject({
      _typeName: 'DuplicateName',
      object: { value: host.value },
    })
    expect(lab.fault('ClusterComputeResource', second, 'MoveHostInto_Task', move)).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'host',
    })

    const out = { list: [host] }
    expect(lab.task('Folder', lab.hostFolder, 'MoveIntoFolder_Task', out).state).toBe('success')
    expect(lab.get<ManagedObjectReference>('HostSystem', host.value, 'parent').type).toBe('ComputeResource')
  })

  it('keeps maintenance mode and advanced options with the installation', () => {
    const lab = createLab()
    const cluster = addCluster(lab)
    const before = addHost(lab, cluster, 'esx1')
    lab.task('HostSystem', before, 'EnterMaintenanceMode_Task', { timeout: 0 })
    const option = data('OptionValue', { key: 'Annotations.WelcomeMessage', value: boxedString('hello') })
    lab.sandbox.transact({}, (ctx) =>
      ctx.tx.create(changedOptions, changedOptionsId(before), { host: before, changed: [option] }),
    )
    expect(lab.task('HostSystem', before, 'Destroy_Task').state).toBe('success')
    expect(lab.sandbox.inventory.read.entity(changedOptionsId(before))).toBeUndefined()

    const after = addHost(lab, cluster, 'esx1')
    expect(after).not.toBe(before)
    expect(lab.get<HostRuntimeInfo>('HostSystem', after, 'runtime').inMaintenanceMode).toBe(true)
    expect(lab.get<HostConfigInfo>('HostSystem', after, 'config').option).toContainEqual(option)
    expect(lab.task('HostSystem', after, 'ExitMaintenanceMode_Task', { timeout: 0 }).state).toBe('success')
  })

  it('refuses more hosts than a cluster holds, and a second one of a name', () => {
    const lab = createLab({
      version: '6.7',
      seed: (ctx) => {
        for (let at = 0; at < 65; at++)
          addMachine(ctx, `node${at}`, `192.168.11.${at + 1}`, { version: '6.7.0' })
      },
    })
    const cluster = addCluster(lab)
    for (let at = 0; at < 64; at++) addHost(lab, cluster, `node${at}`)
    const add = { spec: connectSpec('node64'), asConnected: true }
    expect(lab.fault('ClusterComputeResource', cluster, 'AddHost_Task', add)._typeName).toBe('TooManyHosts')
  })
})
