import { derivation, inverse } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  ComputeResourceProperties,
  DatastoreProperties,
  HostDatastoreBrowserProperties,
  HostSystemProperties,
} from '#vim25/generated/types.js'
import { datastoreBrowserId } from './browser.js'
import { fileSystemVolume, infoOf, summaryOf } from './info.js'
import {
  type DatastoreVolume,
  datastoresOf,
  datastoresOfHost,
  datastoreVolumeId,
  datastoreVolumes,
  type Mount,
  mountId,
  mounts,
  mountsByDatastore,
  volumeOf,
  volumes,
} from './volumes.js'

const ofMount = ({ datastore }: Mount) => [datastore]
const ofVolume = (_value: object, read: Reader, id: string) => datastoresOf(read, id)

const hostMounts = derivation<DatastoreProperties>({
  name: 'Datastore.host',
  type: 'Datastore',
  outputs: ['host'],
  via: [{ type: 'datastoreMount', paths: ['info'], targets: ofMount }],
  compute: (_value, read, id) => ({
    host: read
      .lookup(mountsByDatastore, id)
      .map((mount) => read.get(mounts, mount))
      .map(({ host, info }) => data('DatastoreHostMount', { key: read.ref(host), mountInfo: info })),
  }),
})

const info = derivation<DatastoreProperties>({
  name: 'Datastore.info',
  type: 'Datastore',
  outputs: ['info'],
  own: ['name'],
  via: [
    {
      type: 'datastoreVolume',
      paths: ['volume', 'timestamp'],
      targets: ({ datastore }: DatastoreVolume) => [datastore],
    },
    { type: 'volume', paths: ['capacity', 'used'], targets: ofVolume },
  ],
  compute: ({ name }, read, id) => ({
    info: infoOf(
      name,
      read.get(volumes, volumeOf(read, id)),
      read.get(datastoreVolumes, datastoreVolumeId(id)).timestamp,
    ),
  }),
})

/** A datastore is accessible while a connected host has it mounted. */
const summary = derivation<DatastoreProperties>({
  name: 'Datastore.summary',
  type: 'Datastore',
  outputs: ['summary'],
  own: ['name', 'host'],
  via: [
    { type: 'volume', paths: ['capacity', 'used', 'uncommitted'], targets: ofVolume },
    {
      type: 'datastoreVolume',
      paths: ['maintenance'],
      targets: ({ datastore }: DatastoreVolume) => [datastore],
    },
    {
      type: 'HostSystem',
      paths: ['runtime.connectionState'],
      targets: (_value: HostSystemProperties, read, id) => datastoresOfHost(read, id),
    },
  ],
  compute: ({ name, host = [] }, read, id) => {
    const accessible = host.some(
      ({ key, mountInfo }) =>
        mountInfo.mounted !== false &&
        mountInfo.accessible !== false &&
        read.find('HostSystem', key.value)?.runtime.connectionState === 'connected',
    )
    const volume = read.get(volumes, volumeOf(read, id))
    const { maintenance } = read.get(datastoreVolumes, datastoreVolumeId(id))
    return { summary: summaryOf(read.ref(id), name, volume, host.length, accessible, maintenance) }
  },
})

const hostDatastores = derivation<HostSystemProperties>({
  name: 'HostSystem.datastore',
  type: 'HostSystem',
  outputs: ['datastore'],
  via: [{ type: 'datastoreMount', paths: ['host'], targets: ({ host }: Mount) => [host] }],
  compute: (_value, read, id) => ({ datastore: datastoresOfHost(read, id).map((each) => read.ref(each)) }),
})

/** HostSystem.config.fileSystemVolume: the host's list of what it has mounted. */
const fileSystemVolumes = derivation<HostSystemProperties>({
  name: 'HostSystem.config.fileSystemVolume',
  type: 'HostSystem',
  outputs: ['config.fileSystemVolume'],
  own: ['datastore'],
  via: [
    {
      type: 'Datastore',
      paths: ['info', 'host'],
      targets: ({ host }: DatastoreProperties) => (host ?? []).map((mount) => mount.key.value),
    },
  ],
  compute: (_value, read, id) => ({
    'config.fileSystemVolume': data('HostFileSystemVolumeInfo', {
      volumeTypeList: VOLUME_TYPES,
      mountInfo: datastoresOfHost(read, id).map((datastore) =>
        data('HostFileSystemMountInfo', {
          mountInfo: read.get(mounts, mountId(datastore, id)).info,
          volume: fileSystemVolume(
            read.get('Datastore', datastore).name,
            read.get(volumes, volumeOf(read, datastore)),
          ),
          vStorageSupport: 'vStorageUnsupported',
        }),
      ),
    }),
  }),
})

const VOLUME_TYPES = ['VMFS', 'NFS', 'NFS41', 'vsan', 'VVOL', 'VFFS', 'OTHER', 'PMEM']

/** A host's manager and browser show its datastores. */
const managerDatastores = derivation({
  name: 'HostDatastoreSystem.datastore',
  type: 'HostDatastoreSystem',
  outputs: ['datastore'],
  via: [
    {
      type: 'HostSystem',
      paths: ['datastore'],
      targets: (_value: HostSystemProperties, _read, id) => [id.replace(/^host-/, 'datastoreSystem-')],
    },
  ],
  compute: (_value, read, id) => ({
    datastore: read.find('HostSystem', id.replace(/^datastoreSystem-/, 'host-'))?.datastore,
  }),
})

const browserDatastores = derivation<HostDatastoreBrowserProperties>({
  name: 'HostDatastoreBrowser.datastore',
  type: 'HostDatastoreBrowser',
  outputs: ['datastore'],
  via: [
    {
      type: 'HostSystem',
      paths: ['datastore'],
      targets: (_value: HostSystemProperties, _read, id) => [datastoreBrowserId(id)],
    },
    {
      type: 'ComputeResource',
      paths: ['datastore'],
      targets: (_value: ComputeResourceProperties, _read, id) => [datastoreBrowserId(id)],
    },
  ],
  compute: (_value, read, id) => {
    const owner = id.replace(/^datastoreBrowser-/, '')
    if (read.find('Datastore', owner)) return { datastore: [read.ref(owner)] }
    const { datastore } = read.find('HostSystem', owner) ?? read.find('ComputeResource', owner) ?? {}
    return { datastore }
  },
})

const vms = inverse({
  name: 'Datastore.vm',
  from: 'VirtualMachine',
  path: 'datastore',
  to: ['Datastore'],
  property: 'vm',
})

export const datastoreDerivations = [
  hostMounts,
  info,
  summary,
  hostDatastores,
  fileSystemVolumes,
  managerDatastores,
  browserDatastores,
  vms,
]
