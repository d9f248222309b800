import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  FileBackedVirtualDiskSpec,
  HostDiskDimensionsChs,
  VirtualDiskSpec,
} from '#vim25/generated/types.js'
import { enumType, isA } from '#vim25/schema.js'
import type { DiskFacts, FileFacts } from '../datastore/files.js'

const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })

/** 62 TB (Configuration Maximums, ESXi 5.5 and later). */
export const LARGEST_BYTES = 62 * 2 ** 40

/** How each type of disk lies on its datastore; the others are for other products or devices. */
const LAYOUTS: Readonly<Record<string, Pick<DiskFacts, 'thin' | 'eager'>>> = {
  thin: { thin: true },
  sparse2Gb: { thin: true },
  sparseMonolithic: { thin: true },
  seSparse: { thin: true },
  preallocated: { thin: false },
  thick: { thin: false },
  thick2Gb: { thin: false },
  flatMonolithic: { thin: false },
  eagerZeroedThick: { thin: false, eager: true },
}

/** How a disk of this type lies on its datastore; throws InvalidArgument for types that no file has. */
export function layoutOf(diskType: string): Pick<DiskFacts, 'thin' | 'eager'> {
  const layout = LAYOUTS[diskType]
  if (!layout) throw invalid('spec.diskType')
  return layout
}

/** What a client wants of a new disk; throws InvalidArgument with the member that is wrong, NotSupported for devices. */
export function wantedDisk(spec: VirtualDiskSpec): DiskFacts {
  if (!isA(spec._typeName, 'FileBackedVirtualDiskSpec')) throw fault('NotSupported', {})
  const { capacityKb, adapterType, diskType } = spec as FileBackedVirtualDiskSpec
  if (!enumType('VirtualDiskAdapterType')?.values.includes(adapterType)) throw invalid('spec.adapterType')
  return { ...layoutOf(diskType), capacity: wantedBytes(capacityKb, 'spec.capacityKb'), adapter: adapterType }
}

/** Throws InvalidArgument for less than a kilobyte and for more than a disk can have. */
export function wantedBytes(kilobytes: number | bigint, argument: string): number {
  const bytes = Number(kilobytes) * 1024
  if (!(bytes > 0 && bytes <= LARGEST_BYTES)) throw invalid(argument)
  return bytes
}

/** A thin disk takes little at first. */
const THIN_START = 2 ** 20

/** Pure: the file of a disk with so many bytes written. */
export function fileOf(disk: DiskFacts, written = Math.min(disk.capacity, THIN_START)): FileFacts {
  const size = disk.thin ? Math.min(disk.capacity, written) : disk.capacity
  return { type: 'vmdk', size, provisioned: disk.capacity, disk }
}

const HEADS = 255
const SECTORS = 63
const SECTOR_BYTES = 512

/** The geometry that a SCSI controller's BIOS translates a disk of this size to. */
export function geometryOf(capacity: number): HostDiskDimensionsChs {
  const cylinder = Math.max(1, Math.floor(capacity / (HEADS * SECTORS * SECTOR_BYTES)))
  return data('HostDiskDimensionsChs', { cylinder, head: HEADS, sector: SECTORS })
}

/** `60 00 C2 9a ..-..`: a disk's identity as its descriptor has it (ddb.uuid). */
export function spacedUuid(uuid: string): string {
  const pairs = uuid.replaceAll('-', '').toLowerCase().match(/../g) ?? []
  return `${pairs.slice(0, 8).join(' ')}-${pairs.slice(8).join(' ')}`.replace(/^60 00 c2/, '60 00 C2')
}

/** The same as backings have it, of 32 hex digits with any blanks and dashes; undefined for anything else. */
export function plainUuid(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^[0-9a-f]{32}$/i.test(digits)) return undefined
  const upper = digits.toUpperCase()
  return [
    upper.slice(0, 8),
    upper.slice(8, 12),
    upper.slice(12, 16),
    upper.slice(16, 20),
    upper.slice(20),
  ].join('-')
}
