import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { imageOf, setImage } from '#world/disk-image.js'
import { declareExport } from '#world/exports.js'
import { machineOfHost } from '#world/hardware.js'
import { joinHost, removeHost } from '../host/join.js'
import { createNetLab, type NetLab, objectProblems } from '../vmkernel/testing.js'
import { fileAt, putFile } from './files.js'

const SYSTEM = 'HostDatastoreSystem'
const nas = (localPath: string, members: object = {}) => ({
  _typeName: 'HostNasVolumeSpec',
  remoteHost: 'nas.lab.local',
  remotePath: '/export/shared',
  localPath,
  accessMode: 'readWrite',
  ...members,
})
const other = (lab: NetLab) => `datastoreSystem-${lab.hosts[1].slice('host-'.length)}`

function labWithShared(seed?: Parameters<typeof createNetLab>[0]) {
  const lab = createNetLab(seed)
  const shared = lab.on(SYSTEM, 'CreateNasDatastore', { spec: nas('shared') }) as ManagedObjectReference
  lab.call(SYSTEM, other(lab), 'CreateNasDatastore', { spec: nas('shared') })
  lab.newEvents()
  return { lab, shared }
}

const datastores = (lab: NetLab, host: string) =>
  lab
    .get<ManagedObjectReference[]>('HostSystem', host, 'datastore')
    .map((ref) => lab.get('Datastore', ref.value, 'name'))

describe('a fresh host', () => {
  it('has a VMFS datastore of its own; the second in a datacenter is renamed', () => {
    const lab = createNetLab()
    expect(datastores(lab, lab.hosts[0])).toEqual(['datastore1'])
    expect(datastores(lab, lab.hosts[1])).toEqual(['datastore1 (1)'])
    const [ref] = lab.get<ManagedObjectReference[]>('HostSystem', lab.hosts[0], 'datastore')
    expect(lab.get('Datastore', ref?.value ?? '', 'info')).toMatchObject({
      _typeName: 'VmfsDatastoreInfo',
      vmfs: { majorVersion: 6, extent: [{ diskName: 'naa.5000c500a1b2c3d4' }] },
    })
    expect(objectProblems(lab, 'Datastore', ref?.value ?? '')).toEqual([])
  })
})

describe('CreateNasDatastore', () => {
  it('makes one Datastore of one export, whatever the number of hosts', () => {
    const lab = createNetLab()
    lab.newEvents()
    const shared = lab.on(SYSTEM, 'CreateNasDatastore', { spec: nas('shared') }) as ManagedObjectReference
    expect(lab.newEvents()).toEqual(['NASDatastoreCreatedEvent'])
    expect(lab.call(SYSTEM, other(lab), 'CreateNasDatastore', { spec: nas('shared') })).toEqual(shared)
    expect(lab.newEvents()).toEqual(['DatastoreDiscoveredEvent'])
    const mounts = lab.get<{ key: ManagedObjectReference }[]>('Datastore', shared.value, 'host')
    expect(mounts.map((mount) => mount.key.value)).toEqual([...lab.hosts])
    expect(lab.get('Datastore', shared.value, 'summary')).toMatchObject({
      name: 'shared',
      type: 'NFS',
      capacity: 2 ** 40,
      freeSpace: 2 ** 40,
      accessible: true,
      multipleHostAccess: true,
    })
    expect(lab.get('Datastore', shared.value, 'info')).toMatchObject({
      nas: { remoteHost: 'nas.lab.local', remotePath: '/export/shared' },
    })
    expect(objectProblems(lab, 'Datastore', shared.value)).toEqual([])
  })

  it("shows in the host's, its manager's and its browser's lists", () => {
    const { lab, shared } = labWithShared()
    const list = lab.get<ManagedObjectReference[]>('HostSystem', lab.hosts[0], 'datastore')
    expect(list).toContainEqual(shared)
    expect(lab.get(SYSTEM, `datastoreSystem-${lab.number}`, 'datastore')).toEqual(list)
    expect(lab.get('HostDatastoreBrowser', `datastoreBrowser-${lab.hosts[0]}`, 'datastore')).toEqual(list)
    const { value } = lab.get<ManagedObjectReference>('Datastore', shared.value, 'browser')
    expect(lab.get('HostDatastoreBrowser', value, 'datastore')).toEqual([shared])
    const volumes = lab.sandbox.inventory.read.get('HostSystem', lab.hosts[0]).config?.fileSystemVolume
    expect(volumes?.mountInfo?.map((mount) => mount.volume.name)).toEqual(['datastore1', 'shared'])
  })

  it('is accessible while a connected host has it', () => {
    const { lab, shared } = labWithShared()
    lab.setConnection('notResponding')
    expect(lab.get('Datastore', shared.value, 'summary')).toMatchObject({ accessible: false })
  })

  it('refuses an export that the host has, and one whose name or export is taken', () => {
    const { lab, shared } = labWithShared()
    const fault = (spec: object) => lab.refused(SYSTEM, 'CreateNasDatastore', { spec })
    expect(fault(nas('shared'))).toMatchObject({ _typeName: 'AlreadyExists', name: 'shared' })
    expect(fault(nas('shared', { remotePath: '/export/b' }))).toMatchObject({
      _typeName: 'DuplicateName',
      name: 'shared',
      object: shared,
    })
    lab.on(SYSTEM, 'RemoveDatastore', { datastore: shared })
    expect(fault(nas('renamed'))).toMatchObject({ _typeName: 'DuplicateName', object: shared })
  })

  it('mounts only what the declared servers export', () => {
    const lab = createNetLab({
      seed: (ctx) =>
        declareExport(ctx.tx, { server: 'nas.lab.local', path: '/export/shared', capacityBytes: 5e9 }),
    })
    const fault = lab.refused(SYSTEM, 'CreateNasDatastore', { spec: nas('b', { remotePath: '/export/b' }) })
    expect(fault._typeName).toBe('PlatformConfigFault')
    const { value } = lab.on(SYSTEM, 'CreateNasDatastore', { spec: nas('shared') }) as ManagedObjectReference
    expect(lab.get('Datastore', value, 'summary')).toMatchObject({ capacity: 5e9 })
  })

  it.each([
    ['spec.remoteHost', { remoteHost: '' }],
    ['spec.remotePath', { remotePath: 'export' }],
    ['spec.localPath', { localPath: 'a/b' }],
    ['spec.accessMode', { accessMode: 'writeOnly' }],
    ['spec.type', { type: 'CIFS' }],
  ])('refuses a wrong %s', (invalidProperty, members) => {
    const spec = nas('shared', members)
    expect(createNetLab().refused(SYSTEM, 'CreateNasDatastore', { spec })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty,
    })
  })
})

describe('CreateLocalDatastore', () => {
  it("makes a datastore of a host's directory", () => {
    const lab = createNetLab()
    lab.newEvents()
    const args = { name: 'scratch', path: '/scratch/vms' }
    const { value } = lab.on(SYSTEM, 'CreateLocalDatastore', args) as ManagedObjectReference
    expect(lab.get('Datastore', value, 'info')).toMatchObject({
      _typeName: 'LocalDatastoreInfo',
      path: '/scratch/vms',
    })
    expect(lab.newEvents()).toEqual(['LocalDatastoreCreatedEvent'])
    expect(objectProblems(lab, 'Datastore', value)).toEqual([])
  })

  it('refuses taken and invalid names, missing directories, directories in use', () => {
    const lab = createNetLab()
    const fault = (name: string, path: string) => lab.refused(SYSTEM, 'CreateLocalDatastore', { name, path })
    expect(fault('datastore1', '/tmp')._typeName).toBe('DuplicateName')
    expect(fault('', '/tmp')._typeName).toBe('InvalidName')
    expect(fault('new', '/nowhere')).toMatchObject({ _typeName: 'FileNotFound', file: '/nowhere' })
    lab.on(SYSTEM, 'CreateLocalDatastore', { name: 'one', path: '/tmp' })
    expect(fault('two', '/tmp')._typeName).toBe('PlatformConfigFault')
  })
})

describe('RemoveDatastore', () => {
  it('unmounts; the Datastore goes with its last host, what is on the export stays', () => {
    const { lab, shared } = labWithShared()
    lab.transact((ctx) => {
      putFile(ctx.tx, shared.value, 'iso/ESXi.iso', { type: 'iso', size: 1000 })
      setImage(ctx.tx, shared.value, 'iso/ESXi.iso', { kind: 'esxi-installer', version: '8.0.3' })
    })
    lab.on(SYSTEM, 'RemoveDatastore', { datastore: shared })
    expect(lab.get('Datastore', shared.value, 'host')).toHaveLength(1)
    lab.call(SYSTEM, other(lab), 'RemoveDatastore', { datastore: shared })
    expect(lab.newEvents()).toEqual(['DatastoreRemovedOnHostEvent', 'DatastoreRemovedOnHostEvent'])
    expect(lab.sandbox.inventory.read.entity(shared.value)).toBeUndefined()
    const again = lab.on(SYSTEM, 'CreateNasDatastore', { spec: nas('again') }) as ManagedObjectReference
    const { read } = lab.sandbox.inventory
    expect(fileAt(read, again.value, 'iso/ESXi.iso')?.size).toBe(1000)
    expect(imageOf(read, again.value, 'iso/ESXi.iso')?.version).toBe('8.0.3')
    expect(lab.get('Datastore', again.value, 'summary')).toMatchObject({ freeSpace: 2 ** 40 - 1000 })
  })

  it('refuses a datastore that the host does not have, and one with VMs', () => {
    const { lab, shared } = labWithShared()
    const [, second] = lab.hosts
    const [own] = lab.get<ManagedObjectReference[]>('HostSystem', second, 'datastore')
    expect(lab.refused(SYSTEM, 'RemoveDatastore', { datastore: own })._typeName).toBe('NotFound')
    lab.addVm('vm1', { datastore: [shared] })
    expect(lab.refused(SYSTEM, 'RemoveDatastore', { datastore: shared })).toMatchObject({
      _typeName: 'ResourceInUse',
      name: 'shared',
    })
  })
})

describe('Datastore', () => {
  it('is refreshed: the time of the last look changes', () => {
    const { lab, shared } = labWithShared()
    lab.sandbox.clock.advance(60_000)
    lab.call('Datastore', shared.value, 'RefreshDatastore')
    expect(lab.get('Datastore', shared.value, 'info')).toMatchObject({ timestamp: '2026-01-01T00:01:00Z' })
    lab.setConnection('disconnected')
    expect(lab.fault('Datastore', shared.value, 'RefreshDatastore')._typeName).toBe('PlatformConfigFault')
  })

  it('is renamed, with an event, by either method', () => {
    const { lab, shared } = labWithShared()
    lab.call('Datastore', shared.value, 'RenameDatastore', { newName: 'second' })
    expect(lab.newEvents()).toEqual(['DatastoreRenamedEvent'])
    const info = lab.task('Datastore', shared.value, 'Rename_Task', { newName: 'third' })
    expect(info).toMatchObject({ state: 'success', entityName: 'second' })
    expect(lab.get('Datastore', shared.value, 'info')).toMatchObject({
      name: 'third',
      nas: { name: 'third' },
    })
    expect(lab.get('Datastore', shared.value, 'summary')).toMatchObject({ name: 'third' })
  })

  it('refuses taken and invalid names', () => {
    const { lab, shared } = labWithShared()
    const fault = (newName: string) => lab.fault('Datastore', shared.value, 'RenameDatastore', { newName })
    expect(fault('datastore1')).toMatchObject({ _typeName: 'DuplicateName', name: 'datastore1' })
    expect(fault(' ')._typeName).toBe('InvalidName')
    expect(lab.get('Datastore', shared.value, 'name')).toBe('shared')
    expect(lab.fault('Datastore', shared.value, 'Rename_Task', { newName: 'datastore1' })._typeName).toBe(
      'DuplicateName',
    )
  })

  it('is destroyed on all hosts unless VMs are on it', () => {
    const { lab, shared } = labWithShared()
    const vm = lab.addVm('vm1', { datastore: [shared] })
    expect(lab.fault('Datastore', shared.value, 'DestroyDatastore')).toMatchObject({
      _typeName: 'ResourceInUse',
    })
    expect(lab.get('Datastore', shared.value, 'vm')).toEqual([vm])
    lab.transact((ctx) => ctx.tx.remove(vm.value))
    lab.call('Datastore', shared.value, 'DestroyDatastore')
    expect(lab.newEvents()).toEqual(['DatastoreDestroyedEvent'])
    expect(datastores(lab, lab.hosts[0])).toEqual(['datastore1'])
    expect(datastores(lab, lab.hosts[1])).toEqual(['datastore1 (1)'])
  })
})

describe('a host that leaves and comes back', () => {
  it('takes its own datastores along and finds its networking as it was', () => {
    const { lab, shared } = labWithShared()
    const [first] = lab.hosts
    lab.on('HostNetworkSystem', 'AddVirtualSwitch', { vswitchName: 'vSwitch1' })
    lab.on('HostVirtualNicManager', 'SelectVnicForNicType', { nicType: 'vmotion', device: 'vmk0' })
    const machine = machineOfHost(lab.sandbox.inventory.read, first) ?? ''
    const parent = lab.get<ManagedObjectReference>('HostSystem', first, 'parent')
    lab.transact((ctx) => removeHost(ctx, first))
    expect(lab.get('Datastore', shared.value, 'host')).toHaveLength(1)
    const again = lab.transact((ctx) => joinHost(ctx, { machine, parent })).value
    expect(datastores(lab, again)).toEqual(['datastore1', 'shared'])
    expect(lab.network(again).vswitch?.map((item) => item.name)).toEqual(['vSwitch0', 'vSwitch1'])
    expect(lab.get('HostSystem', again, 'summary')).toMatchObject({ config: { vmotionEnabled: true } })
  })
})
