import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { HostMountInfo } from '#vim25/generated/types.js'
import { byName, datacenterOf, validName } from '../managed-entity/entity.js'
import type { KeptImage } from './images.js'

/**
 * A file system that exists whether or not a vCenter knows it: an NFS export, the VMFS on a host's disk, a host's
 * directory. Its files outlive the Datastore objects through which vCenter sees it. Record `volume:<uuid>`.
 */
export interface Volume {
  /** DatastoreSummary.type. */
  readonly type: 'NFS' | 'NFS41' | 'VMFS' | 'OTHER'
  /** The name of its directory below /vmfs/volumes. */
  readonly uuid: string
  readonly capacity: number
  /** Bytes of its files; kept by files.ts alone. */
  readonly used: number
  /** Bytes that its thin files may still grow; kept by files.ts alone. */
  readonly uncommitted: number
  /** NFS: server and path. */
  readonly remoteHost?: string | undefined
  readonly remotePath?: string | undefined
  /** VMFS: the disk that it lies on. OTHER: the directory. */
  readonly disk?: string | undefined
  readonly ssd?: boolean | undefined
  readonly path?: string | undefined
  /** VMFS: major version, 5 or 6. */
  readonly majorVersion?: number | undefined
  /** What its files hold, kept while no Datastore shows it. */
  readonly images?: readonly KeptImage[] | undefined
}

export const volumes = recordKind<Volume>('volume')
export const volumeId = (uuid: string) => `volume:${uuid}`

/** Which volume a Datastore shows; record `datastoreVolume:<datastore moid>`. */
export interface DatastoreVolume {
  readonly datastore: string
  readonly volume: string
  /** When vCenter last looked at it (DatastoreInfo.timestamp). */
  readonly timestamp: string
  /** DatastoreSummary.maintenanceMode, where it is not normal. */
  readonly maintenance?: 'enteringMaintenance' | 'inMaintenance' | undefined
}

export const datastoreVolumes = recordKind<DatastoreVolume>('datastoreVolume')
export const datastoreVolumeId = (datastore: string) => `datastoreVolume:${datastore}`

/** A host's mount of a datastore; record `datastoreMount:<datastore moid>:<host moid>`. */
export interface Mount {
  readonly datastore: string
  readonly host: string
  readonly info: HostMountInfo
}

export const mounts = recordKind<Mount>('datastoreMount')
export const mountId = (datastore: string, host: string) => `datastoreMount:${datastore}:${host}`

export const mountsByDatastore = index<Mount>({
  name: 'mount.datastore',
  type: 'datastoreMount',
  inputs: ['datastore'],
  keys: ({ datastore }) => [datastore],
})

export const mountsByHost = index<Mount>({
  name: 'mount.host',
  type: 'datastoreMount',
  inputs: ['host'],
  keys: ({ host }) => [host],
})

export const datastoresByVolume = index<DatastoreVolume>({
  name: 'datastore.volume',
  type: 'datastoreVolume',
  inputs: ['volume'],
  keys: ({ volume }) => [volume],
})

/** Id of the volume behind a datastore. */
export function volumeOf(read: Reader, datastore: string): string {
  return read.get(datastoreVolumes, datastoreVolumeId(datastore)).volume
}

/** The datastores (one per datacenter) that show a volume. */
export function datastoresOf(read: Reader, volume: string): readonly string[] {
  return read.lookup(datastoresByVolume, volume).map((id) => read.get(datastoreVolumes, id).datastore)
}

/** The datastore that shows a volume in a datacenter. */
export function datastoreOfVolume(read: Reader, datacenter: string, volume: string): string | undefined {
  return datastoresOf(read, volume).find((id) => datacenterOf(read, id) === datacenter)
}

/** The datastore of a datacenter with this name, as people write it (not escaped). */
export function datastoreNamed(read: Reader, datacenter: string, name: string): string | undefined {
  if (name === '') return undefined
  return read
    .lookup(byName, validName(name))
    .find((id) => read.entity(id)?.type === 'Datastore' && datacenterOf(read, id) === datacenter)
}

/** Hosts that mount a datastore; up to date within a transaction. */
export function hostsOfDatastore(read: Reader, datastore: string): readonly string[] {
  return read.lookup(mountsByDatastore, datastore).map((id) => read.get(mounts, id).host)
}

/** Datastores that a host mounts; up to date within a transaction. */
export function datastoresOfHost(read: Reader, host: string): readonly string[] {
  return read.lookup(mountsByHost, host).map((id) => read.get(mounts, id).datastore)
}

export function mountOf(read: Reader, datastore: string, host: string): Mount | undefined {
  return read.find(mounts, mountId(datastore, host))
}

/** True when the host can read and write the datastore. */
export function isAccessibleOn(read: Reader, datastore: string, host: string): boolean {
  const mount = mountOf(read, datastore, host)
  return mount !== undefined && mount.info.mounted !== false && mount.info.accessible !== false
}
