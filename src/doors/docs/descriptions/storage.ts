import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const heartbeat = (lab: Lab) => lab.ref('Datastore', 'nfs-heartbeat')
const storage = (lab: Lab) => lab.ref('HostSystem', 'vesxi-01.lab.local', 'configManager.datastoreSystem')

const REMOVE = 'HostDatastoreSystem.RemoveDatastore'

export const storageDescriptions: Descriptions = {
  'HostDatastoreSystem.CreateNasDatastore': {
    summary: 'Mounts an NFS export on a host',
    text: 'The export must be one of the world (see the seed). Mounted under the same name on several hosts of a datacenter it is one datastore.',
    example: {
      on: storage,
      first: [REMOVE],
      body: () => ({
        spec: data('HostNasVolumeSpec', {
          remoteHost: 'nas-01.lab.local',
          remotePath: '/exports/nfs-heartbeat',
          localPath: 'nfs-heartbeat',
          accessMode: 'readWrite',
        }),
      }),
    },
  },
  'HostDatastoreSystem.CreateLocalDatastore': {
    summary: 'Makes a datastore of a directory of the host',
    example: { on: storage, body: () => ({ name: 'scratch', path: '/scratch' }) },
  },
  'HostDatastoreSystem.RemoveDatastore': {
    summary: 'Takes a datastore off a host',
    text: 'An NFS export is unmounted here and stays on the other hosts. `ResourceInUse` while a VM of the host has files on it.',
    example: { on: storage, body: (lab) => ({ datastore: heartbeat(lab) }) },
  },
  'Datastore.RefreshDatastore': {
    summary: 'Reads capacity and free space anew',
    text: 'They are always up to date here.',
    example: { on: heartbeat },
  },
  'Datastore.RenameDatastore': {
    summary: 'Renames a datastore on all hosts',
    example: { on: heartbeat, body: () => ({ newName: 'nfs-second' }) },
  },
  'Datastore.DestroyDatastore': {
    summary: 'Removes a datastore from all hosts',
    text: '`ResourceInUse` while a VM has files on it.',
    example: { on: heartbeat },
  },
}
