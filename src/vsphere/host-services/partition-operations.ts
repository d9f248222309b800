import { recordKind } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  HostDiskPartitionAttributes,
  HostDiskPartitionInfo,
  HostDiskPartitionLayout,
  HostDiskPartitionSpec,
  HostScsiDisk,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { connectedHost, invalid } from './config.js'
import { devicesOf, partitionsInUse } from './storage-device.js'

/** Partitions that somebody made on a disk of a host; record `diskPartitions:<host>/<disk>`. */
interface DiskPartitions {
  readonly host: string
  readonly disk: string
  readonly spec: HostDiskPartitionSpec
}

export const diskPartitions = recordKind<DiskPartitions>('diskPartitions')

/** Sectors before the first partition and behind the last one that GPT keeps for itself. */
const FIRST_SECTOR = 2048
const LAST_SECTORS = 34

export const partitionOperations = operations('HostStorageSystem', {
  RetrieveDiskPartitionInfo: (ctx, self, { devicePath }) =>
    devicePath.map((path) => {
      const disk = diskAt(ctx, self, path)
      if (!disk) throw invalid('devicePath')
      return infoOf(disk, specOf(ctx, self, disk))
    }),

  /** What partitioning the disk like this would give; nothing is written. */
  ComputeDiskPartitionInfo(ctx, self, { devicePath, layout, partitionFormat }) {
    const disk = requireDisk(ctx, self, devicePath)
    return infoOf(disk, specFrom(disk, layout, partitionFormat ?? 'gpt'))
  },

  /** Partitions with mounted volumes cannot go. */
  UpdateDiskPartitions(ctx, self, { devicePath, spec }) {
    const disk = requireDisk(ctx, self, devicePath)
    const partitions = spec.partition ?? []
    checkRanges(disk, partitions)
    for (const used of partitionsInUse(ctx, self, disk.canonicalName ?? ''))
      if (!partitions.some(({ partition }) => partition === used)) throw fault('HostConfigFault', {})
    const host = connectedHost(ctx, self)
    const id = `diskPartitions:${host}/${disk.canonicalName}`
    const kept = data('HostDiskPartitionSpec', {
      partitionFormat: spec.partitionFormat ?? 'gpt',
      totalSectors: sectorsOf(disk),
      partition: partitions,
      sectorSize: disk.capacity.blockSize,
    })
    if (ctx.tx.find(diskPartitions, id)) ctx.tx.set(diskPartitions, id, { spec: kept })
    else ctx.tx.create(diskPartitions, id, { host, disk: disk.canonicalName ?? '', spec: kept })
  },
})

const sectorsOf = (disk: HostScsiDisk) => Number(disk.capacity.block)

function diskAt(ctx: Context, self: ManagedObjectReference, path: string): HostScsiDisk | undefined {
  const found = devicesOf(ctx, self).scsiLun?.find((lun) => lun.deviceName === path)
  return found?._typeName === 'HostScsiDisk' ? (found as HostScsiDisk) : undefined
}

function requireDisk(ctx: Context, self: ManagedObjectReference, path: string): HostScsiDisk {
  const disk = diskAt(ctx, self, path)
  if (!disk) throw fault('NotFound', {})
  return disk
}

/** What was made, or as the host found the disk: with its volumes, if any. */
function specOf(ctx: Context, self: ManagedObjectReference, disk: HostScsiDisk): HostDiskPartitionSpec {
  const name = disk.canonicalName ?? ''
  const made = ctx.tx.find(diskPartitions, `diskPartitions:${connectedHost(ctx, self)}/${name}`)
  if (made) return made.spec
  const volumes = partitionsInUse(ctx, self, name)
  return data('HostDiskPartitionSpec', {
    partitionFormat: volumes.length > 0 ? 'gpt' : 'unknown',
    totalSectors: sectorsOf(disk),
    partition: volumes.map((partition) =>
      attributes(partition, 'vmfs', FIRST_SECTOR, sectorsOf(disk) - LAST_SECTORS),
    ),
    sectorSize: disk.capacity.blockSize,
  })
}

const attributes = (partition: number, type: string, startSector: number, endSector: number) =>
  data('HostDiskPartitionAttributes', {
    partition,
    startSector,
    endSector,
    type,
    logical: false,
    attributes: 0,
  })

function specFrom(
  disk: HostScsiDisk,
  layout: HostDiskPartitionLayout,
  partitionFormat: string,
): HostDiskPartitionSpec {
  const partitions = layout.partition.map(({ partition, type, start, end }, at) =>
    attributes(partition ?? at + 1, type, Number(start.block), Number(end.block)),
  )
  checkRanges(disk, partitions)
  return data('HostDiskPartitionSpec', {
    partitionFormat,
    totalSectors: sectorsOf(disk),
    partition: partitions,
    sectorSize: disk.capacity.blockSize,
  })
}

/** Throws HostConfigFault where partitions overlap, or leave the disk. */
function checkRanges(disk: HostScsiDisk, partitions: readonly HostDiskPartitionAttributes[]): void {
  let free = 0
  const byStart = partitions.toSorted((a, b) => Number(a.startSector) - Number(b.startSector))
  for (const { startSector, endSector } of byStart) {
    const [start, end] = [Number(startSector), Number(endSector)]
    if (start < free || end < start || end >= sectorsOf(disk)) throw fault('HostConfigFault', {})
    free = end + 1
  }
}

function infoOf(disk: HostScsiDisk, spec: HostDiskPartitionSpec): HostDiskPartitionInfo {
  const { blockSize } = disk.capacity
  const at = (block: number | bigint) => data('HostDiskDimensionsLba', { blockSize, block })
  return data('HostDiskPartitionInfo', {
    deviceName: disk.deviceName,
    spec,
    layout: data('HostDiskPartitionLayout', {
      total: disk.capacity,
      partition: (spec.partition ?? []).map(({ partition, type, startSector, endSector }) =>
        data('HostDiskPartitionBlockRange', {
          partition,
          type,
          start: at(startSector),
          end: at(endSector),
        }),
      ),
    }),
  })
}
