import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { mountNfs } from '#vsphere/datastore/build.js'
import { declareExport } from '#world/exports.js'
import type { FaultCase, Given } from './case.js'
import type { FaultLab } from './lab.js'

/** An export that is mounted nowhere yet, unless it is changed. */
const nas = (changes: object = {}) =>
  data('HostNasVolumeSpec', {
    remoteHost: 'nas.lab.local',
    remotePath: '/new',
    localPath: 'new',
    accessMode: 'readWrite',
    ...changes,
  })

const call = (lab: FaultLab, args: object, members: object = {}): Given => ({
  on: lab.manager('datastoreSystem'),
  args,
  members,
})

const mount = (lab: FaultLab, changes: object, host?: string) =>
  lab.done<ManagedObjectReference>(
    'HostDatastoreSystem',
    lab.manager('datastoreSystem', host),
    'CreateNasDatastore',
    { spec: nas(changes) },
  )

const local = (lab: FaultLab, name: string, path: string) =>
  lab.done<ManagedObjectReference>(
    'HostDatastoreSystem',
    lab.manager('datastoreSystem'),
    'CreateLocalDatastore',
    { name, path },
  )

/** A host mounts 256 exports at most; the lab's have one. */
function mountAll(lab: FaultLab): void {
  lab.act((ctx) => {
    for (let number = 2; number <= 256; number++)
      mountNfs(ctx, lab.hosts[0] ?? '', {
        remoteHost: 'nas.lab.local',
        remotePath: `/volume/${number}`,
        name: `volume ${number}`,
      })
  })
}

export const storageCases: readonly FaultCase[] = [
  {
    method: 'HostDatastoreSystem.CreateNasDatastore',
    fault: 'DuplicateName',
    when: 'another datastore of the datacenter has the name',
    given: (lab) =>
      call(lab, { spec: nas({ localPath: 'nfs' }) }, { name: 'nfs', object: lab.ref(lab.datastore) }),
  },
  {
    method: 'HostDatastoreSystem.CreateNasDatastore',
    fault: 'DuplicateName',
    when: 'the datacenter knows the export by another name',
    given(lab) {
      const object = mount(lab, {}, lab.hosts[1])
      return call(lab, { spec: nas({ localPath: 'newer' }) }, { name: 'new', object })
    },
  },
  {
    method: 'HostDatastoreSystem.CreateNasDatastore',
    fault: 'AlreadyExists',
    when: 'the host has the export mounted',
    given(lab) {
      mount(lab, {})
      return call(lab, { spec: nas() }, { name: 'new' })
    },
  },
  {
    method: 'HostDatastoreSystem.CreateNasDatastore',
    fault: 'PlatformConfigFault',
    when: 'the server does not export the path',
    given(lab) {
      lab.act(({ tx }) => declareExport(tx, { server: 'nas.lab.local', path: '/vms', capacityBytes: 1e12 }))
      return call(lab, { spec: nas() }, { text: 'The NFS server nas.lab.local denied the mount of /new.' })
    },
  },
  {
    method: 'HostDatastoreSystem.CreateNasDatastore',
    fault: 'NasConnectionLimitReached',
    when: 'the host has 256 exports mounted',
    given(lab) {
      mountAll(lab)
      return call(lab, { spec: nas() }, { name: 'new', remoteHost: 'nas.lab.local', remotePath: '/new' })
    },
  },
  {
    method: 'HostDatastoreSystem.CreateLocalDatastore',
    fault: 'DuplicateName',
    when: 'another datastore of the datacenter has the name',
    given: (lab) => call(lab, { name: 'nfs', path: '/tmp' }, { name: 'nfs', object: lab.ref(lab.datastore) }),
  },
  {
    method: 'HostDatastoreSystem.CreateLocalDatastore',
    fault: 'InvalidName',
    when: 'the name is empty',
    given: (lab) => call(lab, { name: '', path: '/tmp' }, { name: '' }),
  },
  {
    method: 'HostDatastoreSystem.CreateLocalDatastore',
    fault: 'FileNotFound',
    when: 'the host has no such directory',
    given: (lab) => call(lab, { name: 'new', path: '/nowhere' }, { file: '/nowhere' }),
  },
  {
    method: 'HostDatastoreSystem.CreateLocalDatastore',
    fault: 'PlatformConfigFault',
    when: 'the directory is a datastore already',
    given(lab) {
      local(lab, 'one', '/tmp')
      return call(
        lab,
        { name: 'two', path: '/tmp' },
        { text: 'The directory /tmp is already the datastore one.' },
      )
    },
  },
  {
    method: 'HostDatastoreSystem.RemoveDatastore',
    fault: 'NotFound',
    when: 'the host does not have the datastore',
    given: (lab) => call(lab, { datastore: mount(lab, {}, lab.hosts[1]) }),
  },
  {
    method: 'HostDatastoreSystem.RemoveDatastore',
    fault: 'ResourceInUse',
    when: 'a VM of the host has files on it',
    given: (lab) => call(lab, { datastore: lab.ref(lab.datastore) }, { type: 'Datastore', name: 'nfs' }),
  },
]
