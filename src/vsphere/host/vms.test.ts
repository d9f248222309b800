import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data, patch } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualMachineRuntimeInfo } from '#vim25/generated/types.js'
import { powerLost, powerOn } from '#world/nested.js'
import { mountNfs } from '../datastore/build.js'
import { createPool } from '../resource-pool/build.js'
import { createVm } from '../vm/create.js'
import { setPoweredOff, setPoweredOn } from '../vm/power.js'
import { connectSpec, createLab, type Lab } from './testing.js'

interface Scene {
  readonly lab: Lab
  readonly cluster: string
  readonly hosts: readonly string[]
  readonly vm: string
}

/** Two hosts of a cluster with one NFS datastore, and a running VM on the first. */
function scene(drs: 'fullyAutomated' | 'manual' | 'off'): Scene {
  const lab = createLab()
  const spec = data('ClusterConfigSpecEx', {
    drsConfig: data('ClusterDrsConfigInfo', {
      enabled: drs !== 'off',
      defaultVmBehavior: drs === 'off' ? 'fullyAutomated' : drs,
    }),
  })
  const cluster = lab.call('Folder', lab.hostFolder, 'CreateClusterEx', {
    name: 'C',
    spec,
  }) as ManagedObjectReference
  const hosts = ['esx1', 'esx2'].map((name) => {
    const info = lab.task('ClusterComputeResource', cluster.value, 'AddHost_Task', {
      spec: connectSpec(name),
      asConnected: true,
    })
    return (info.result as ManagedObjectReference).value
  })
  const vm = lab.sandbox.transact({}, (ctx) => {
    for (const host of hosts)
      mountNfs(ctx, host, { remoteHost: 'nas.lab.local', remotePath: '/vms', name: 'nfs' })
    const [host = ''] = hosts
    const { resourcePool } = ctx.tx.get('ClusterComputeResource', cluster.value)
    const made = createVm(ctx, {
      folder: ctx.tx.ref(lab.vmFolder),
      pool: resourcePool as ManagedObjectReference,
      host: ctx.tx.ref(host),
      spec: data('VirtualMachineConfigSpec', {
        name: 'demo',
        guestId: 'otherGuest64',
        numCPUs: 1,
        memoryMB: 512,
        files: data('VirtualMachineFileInfo', { vmPathName: '[nfs]' }),
      }),
    })
    setPoweredOn(ctx, made, ctx.tx.ref(host))
    return made.value
  })
  lab.sandbox.settle()
  lab.newEvents()
  return { lab, cluster: cluster.value, hosts, vm }
}

const runtime = ({ lab, vm }: Scene) => lab.get<VirtualMachineRuntimeInfo>('VirtualMachine', vm, 'runtime')

function protect({ lab, vm }: Scene): void {
  lab.sandbox.transact({}, (ctx) =>
    ctx.tx.update('VirtualMachine', vm, (value) => ({
      runtime: patch(value.runtime, { faultToleranceState: 'running' }),
    })),
  )
}

describe('VMs on a host', () => {
  it('are moved away for maintenance by DRS', () => {
    const here = scene('fullyAutomated')
    const [first = '', second = ''] = here.hosts
    expect(here.lab.task('HostSystem', first, 'EnterMaintenanceMode_Task', { timeout: 0 }).state).toBe(
      'success',
    )
    expect(runtime(here).host?.value).toBe(second)
    expect(here.lab.get('HostSystem', second, 'vm')).toMatchObject([{ value: here.vm }])
    const cluster = here.lab.get<ManagedObjectReference>('HostSystem', first, 'parent').value
    expect(here.lab.get('ClusterComputeResource', cluster, 'summary')).toMatchObject({ numVmotions: 1 })
    expect(here.lab.newEvents()).toEqual([
      'TaskEvent',
      'EnteringMaintenanceModeEvent',
      'DrsVmMigratedEvent',
      'EnteredMaintenanceModeEvent',
    ])
  })

  it.each(['manual', 'off'] as const)('keep a host out of maintenance mode where DRS is %s', (drs) => {
    const here = scene(drs)
    const [first = ''] = here.hosts
    expect(here.lab.fault('HostSystem', first, 'EnterMaintenanceMode_Task', { timeout: 60 })._typeName).toBe(
      'Timedout',
    )
    expect(here.lab.get('HostSystem', first, 'runtime')).toMatchObject({ inMaintenanceMode: false })
    expect(runtime(here).host?.value).toBe(first)
    expect(here.lab.newEvents()).toContain('CanceledHostOperationEvent')
  })

  it('stay connected or not with their host', () => {
    const here = scene('off')
    const [first = ''] = here.hosts
    here.lab.task('HostSystem', first, 'DisconnectHost_Task')
    expect(runtime(here)).toMatchObject({ connectionState: 'disconnected', powerState: 'poweredOn' })
    here.lab.task('HostSystem', first, 'ReconnectHost_Task')
    expect(runtime(here)).toMatchObject({ connectionState: 'connected', powerState: 'poweredOn' })
  })

  it('are off when their host comes back from a failure', () => {
    const here = scene('off')
    here.lab.sandbox.transact({}, (ctx) => powerLost(ctx, 'machine:1'))
    here.lab.sandbox.settle()
    expect(runtime(here)).toMatchObject({ connectionState: 'disconnected', powerState: 'poweredOn' })
    here.lab.sandbox.transact({}, (ctx) => powerOn(ctx, 'machine:1'))
    here.lab.sandbox.settle()
    expect(runtime(here)).toMatchObject({ connectionState: 'connected', powerState: 'poweredOff' })
    expect(here.lab.newEvents()).toContain('VmPoweredOffEvent')
  })

  it('leave the inventory with their host', () => {
    const here = scene('off')
    const [first = ''] = here.hosts
    here.lab.task('HostSystem', first, 'DisconnectHost_Task')
    expect(here.lab.task('HostSystem', first, 'Destroy_Task').state).toBe('success')
    expect(here.lab.sandbox.inventory.read.entity(here.vm)).toBeUndefined()
    expect(here.lab.newEvents()).toEqual(expect.arrayContaining(['VmRemovedEvent', 'HostRemovedEvent']))
  })

  it('keep their folder from being destroyed while they run, and go with it when they do not', () => {
    const { lab, vm } = scene('off')
    const folder = lab.call('Folder', lab.vmFolder, 'CreateFolder', {
      name: 'apps',
    }) as ManagedObjectReference
    const list = [moRef('VirtualMachine', vm)]
    expect(lab.task('Folder', folder.value, 'MoveIntoFolder_Task', { list }).state).toBe('success')
    expect(lab.fault('Folder', folder.value, 'Destroy_Task')).toMatchObject({
      _typeName: 'InvalidPowerState',
    })
    expect(lab.get('VirtualMachine', vm, 'parent')).toMatchObject({ value: folder.value })
    lab.sandbox.transact({}, (ctx) => setPoweredOff(ctx, vm))
    expect(lab.task('Folder', folder.value, 'Destroy_Task').state).toBe('success')
    expect(lab.sandbox.inventory.read.entity(vm)).toBeUndefined()
  })

  it('run on when they are fault tolerant: their host is not disconnected and not moved', () => {
    const here = scene('off')
    protect(here)
    const [first = ''] = here.hosts
    expect(here.lab.fault('HostSystem', first, 'DisconnectHost_Task')).toMatchObject({
      _typeName: 'CannotDisconnectHostWithFaultToleranceVm',
      hostName: 'esx1.lab.local',
    })
    const other = here.lab.call('Folder', here.lab.hostFolder, 'CreateClusterEx', {
      name: 'Other',
      spec: data('ClusterConfigSpecEx', {}),
    }) as ManagedObjectReference
    const host = [moRef('HostSystem', first)]
    const move = (type: string, id: string, method: string, args: object) =>
      here.lab.fault(type, id, method, args)._typeName
    expect(move('ClusterComputeResource', other.value, 'MoveInto_Task', { host })).toBe(
      'CannotMoveHostWithFaultToleranceVm',
    )
    expect(move('Folder', here.lab.hostFolder, 'MoveIntoFolder_Task', { list: host })).toBe(
      'CannotMoveHostWithFaultToleranceVm',
    )
    expect(here.lab.get('HostSystem', first, 'parent')).toMatchObject({ value: here.cluster })
  })

  it('come into the pool that is named for those of a standalone host, and else into the root pool', () => {
    const here = scene('off')
    const { lab, vm, cluster, hosts } = here
    const [first = ''] = hosts
    const host = moRef('HostSystem', first)
    const poolOf = () => lab.get<ManagedObjectReference>('VirtualMachine', vm, 'resourcePool').value
    const spec = data('ClusterConfigSpecEx', { drsConfig: data('ClusterDrsConfigInfo', { enabled: true }) })
    const { value: other } = lab.call('Folder', lab.hostFolder, 'CreateClusterEx', {
      name: 'Other',
      spec,
    }) as ManagedObjectReference
    const root = lab.get<ManagedObjectReference>('ClusterComputeResource', other, 'resourcePool')
    const pool = lab.sandbox.transact({}, (ctx) => createPool(ctx, root, 'gold'))
    lab.sandbox.transact({}, (ctx) => setPoweredOff(ctx, vm))
    const move = () => {
      lab.task('HostSystem', first, 'EnterMaintenanceMode_Task', { timeout: 0 })
      const { state } = lab.task('ClusterComputeResource', other, 'MoveHostInto_Task', {
        host,
        resourcePool: pool,
      })
      lab.task('HostSystem', first, 'ExitMaintenanceMode_Task', { timeout: 0 })
      return state
    }
    expect(move()).toBe('success')
    expect(poolOf()).toBe(root.value)
    lab.task('HostSystem', first, 'EnterMaintenanceMode_Task', { timeout: 0 })
    lab.task('Folder', lab.hostFolder, 'MoveIntoFolder_Task', { list: [host] })
    expect(poolOf()).not.toBe(root.value)
    expect(move()).toBe('success')
    expect(poolOf()).toBe(pool.value)
    expect(lab.get('ClusterComputeResource', cluster, 'host')).toHaveLength(1)
  })

  it('keep a silent host with fault-tolerant VMs from being added elsewhere', () => {
    const here = scene('off')
    protect(here)
    here.lab.sandbox.transact({}, (ctx) =>
      ctx.tx.update('HostSystem', here.hosts[0] ?? '', (value) => ({
        runtime: patch(value.runtime, { connectionState: 'notResponding' }),
      })),
    )
    const cluster = (name: string, enabled: boolean) =>
      (
        here.lab.call('Folder', here.lab.hostFolder, 'CreateClusterEx', {
          name,
          spec: data('ClusterConfigSpecEx', { dasConfig: data('ClusterDasConfigInfo', { enabled }) }),
        }) as ManagedObjectReference
      ).value
    const add = (id: string) =>
      here.lab.fault('ClusterComputeResource', id, 'AddHost_Task', {
        spec: connectSpec('esx1'),
        asConnected: true,
      })._typeName
    expect(add(cluster('plain', false))).toBe('CannotAddHostWithFTVmToNonHACluster')
    expect(add(cluster('ha', true))).toBe('CannotAddHostWithFTVmToDifferentCluster')
    expect(
      here.lab.fault('Folder', here.lab.hostFolder, 'AddStandaloneHost_Task', {
        spec: connectSpec('esx1'),
        addConnected: true,
      })._typeName,
    ).toBe('CannotAddHostWithFTVmAsStandalone')
  })
})

describe('HostAutoStartManager', () => {
  const start = (vm: string, startOrder: number) =>
    data('AutoStartPowerInfo', {
      key: moRef('VirtualMachine', vm),
      startOrder,
      startDelay: -1,
      waitForHeartbeat: 'systemDefault',
      startAction: 'powerOn',
      stopDelay: -1,
      stopAction: 'systemDefault',
    })

  it('keeps what it is told of the VMs of its host, and of no others', () => {
    const { lab, hosts, vm } = scene('off')
    const [own = '', other = ''] = hosts.map((host) => `autoStartManager-${host.slice('host-'.length)}`)
    const reconfigure = (manager: string, spec: object) =>
      lab.call('HostAutoStartManager', manager, 'ReconfigureAutostart', {
        spec: data('HostAutoStartManagerConfig', spec),
      })
    const defaults = data('AutoStartDefaults', { enabled: true })
    reconfigure(own, { defaults, powerInfo: [start(vm, 1)] })
    reconfigure(own, { powerInfo: [start(vm, 2)] })
    expect(lab.get('HostAutoStartManager', own, 'config')).toMatchObject({
      defaults: { enabled: true, startDelay: 120 },
      powerInfo: [{ key: { value: vm }, startOrder: 2 }],
    })
    expect(() => reconfigure(other, { powerInfo: [start(vm, 1)] })).toThrow(
      expect.objectContaining({ name: 'InvalidArgument' }),
    )
  })
})
