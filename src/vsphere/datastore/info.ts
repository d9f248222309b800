import { data } from '#vim25/data.js'
import type {
  DatastoreCapability,
  DatastoreInfo,
  DatastoreSummary,
  HostFileSystemVolume,
  ManagedObjectReference,
  StorageIORMInfo,
} from '#vim25/generated/types.js'
import type { Volume } from './volumes.js'

const GB = 2 ** 30
const TB = 2 ** 40

/** Largest virtual disk since 5.5: 62 TB. */
const LARGEST_DISK = 62 * TB

const capability = (block: boolean): DatastoreCapability =>
  data('DatastoreCapability', {
    directoryHierarchySupported: true,
    rawDiskMappingsSupported: block,
    perFileThinProvisioningSupported: true,
    storageIORMSupported: true,
    nativeSnapshotSupported: false,
    topLevelDirectoryCreateSupported: true,
    seSparseSupported: true,
    vmfsSparseSupported: true,
    vsanSparseSupported: false,
    upitSupported: false,
    vmdkExpandSupported: true,
    clusteredVmdkSupported: false,
  })

const blockCapability = capability(true)
const fileCapability = capability(false)

/** Raw device mappings need VMFS; everything else is the same for all. */
export function capabilityOf(type: Volume['type']): DatastoreCapability {
  return type === 'VMFS' ? blockCapability : fileCapability
}

/** Storage I/O control as a fresh datastore has it. */
export const iormDefaults: StorageIORMInfo = data('StorageIORMInfo', {
  enabled: false,
  congestionThresholdMode: 'automatic',
  congestionThreshold: 30,
  percentOfPeakThroughput: 90,
  statsCollectionEnabled: false,
  reservationEnabled: false,
  statsAggregationDisabled: false,
})

/** DatastoreSummary.url and DatastoreInfo.url, as vCenter gives them. */
export const urlOf = (volume: Volume) => `ds:///vmfs/volumes/${volume.uuid}/`

/** Where a host has it in its file system. */
export const mountPath = (volume: Volume) => `/vmfs/volumes/${volume.uuid}`

/** Datastore.info in full: NasDatastoreInfo, VmfsDatastoreInfo or LocalDatastoreInfo. */
export function infoOf(name: string, volume: Volume, timestamp: string): DatastoreInfo {
  const common = {
    name,
    url: urlOf(volume),
    freeSpace: freeSpaceOf(volume),
    maxFileSize: 64 * TB,
    maxVirtualDiskCapacity: LARGEST_DISK,
    maxMemoryFileSize: 64 * TB,
    timestamp,
    logicalSectorSize: 512,
    physicalSectorSize: 512,
  }
  const fileSystem = fileSystemVolume(name, volume)
  switch (volume.type) {
    case 'VMFS':
      return data('VmfsDatastoreInfo', {
        ...common,
        maxPhysicalRDMFileSize: 64 * TB,
        maxVirtualRDMFileSize: LARGEST_DISK,
        vmfs: fileSystem as never,
      })
    case 'OTHER':
      return data('LocalDatastoreInfo', { ...common, path: volume.path })
    default:
      return data('NasDatastoreInfo', { ...common, nas: fileSystem as never })
  }
}

/** The volume as a host's file system list and Datastore.info show it. */
export function fileSystemVolume(name: string, volume: Volume): HostFileSystemVolume {
  const { type, capacity } = volume
  switch (type) {
    case 'VMFS': {
      const six = volume.majorVersion !== 5
      return data('HostVmfsVolume', {
        type,
        name,
        capacity,
        blockSizeMb: 1,
        blockSize: 1024,
        unmapGranularity: six ? 1024 : undefined,
        unmapPriority: six ? 'low' : undefined,
        maxBlocks: 63 * 2 ** 20,
        majorVersion: six ? 6 : 5,
        version: six ? '6.82' : '5.61',
        uuid: volume.uuid,
        extent: [data('HostScsiDiskPartition', { diskName: volume.disk ?? '', partition: six ? 8 : 3 })],
        vmfsUpgradable: false,
        ssd: volume.ssd ?? false,
        local: true,
      })
    }
    case 'OTHER':
      return data('HostLocalFileSystemVolume', { type, name, capacity, device: volume.path ?? '' })
    default:
      return data('HostNasVolume', {
        type,
        name,
        capacity,
        remoteHost: volume.remoteHost ?? '',
        remotePath: volume.remotePath ?? '',
        userName: '',
        remoteHostNames: [volume.remoteHost ?? ''],
        securityType: type === 'NFS41' ? 'AUTH_SYS' : undefined,
        protocolEndpoint: false,
      })
  }
}

export function freeSpaceOf({ capacity, used }: Volume): number {
  return Math.max(0, capacity - used)
}

export function summaryOf(
  datastore: ManagedObjectReference,
  name: string,
  volume: Volume,
  hosts: number,
  accessible: boolean,
  maintenanceMode = 'normal',
): DatastoreSummary {
  return data('DatastoreSummary', {
    datastore,
    name,
    url: urlOf(volume),
    capacity: volume.capacity,
    freeSpace: freeSpaceOf(volume),
    uncommitted: volume.uncommitted,
    accessible,
    multipleHostAccess: hosts > 1,
    type: volume.type,
    maintenanceMode,
  })
}

/**
 * Bytes of the VMFS that the installer makes on the boot disk; undefined when the disk has no room for one. Up to 6.x the
 * system takes about 7.5 GB and VMFS needs 1.3 GB; from 7.0 ESX-OSData grows up to 138 GB and a VMFS comes with disks above
 * 142 GB (installation guides).
 */
export function localVmfsBytes(diskBytes: number, version: string): number | undefined {
  const six = Number(version.split('.')[0]) < 7
  const [system, least] = six ? [7.5 * GB, 9 * GB] : [138 * GB, 142 * GB]
  return diskBytes >= least ? Math.floor((diskBytes - system) / 2 ** 20) * 2 ** 20 : undefined
}
