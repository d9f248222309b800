import type { ReadContext } from '../core/context.js'
import type { DatastoreFile, DiskFacts } from '../datastore/files.js'
import { nameOf, type Place } from '../datastore/paths.js'
import { extentOf } from '../file-manager/extent.js'
import { uuidOf } from './disk-file.js'
import { geometryOf, LARGEST_BYTES, plainUuid, spacedUuid } from './rules.js'

const SECTOR = 512

/** The text of a disk's descriptor, as `x.vmdk` on a VMFS has it; undefined for a file that is no disk. */
export function descriptorOf(
  ctx: Pick<ReadContext, 'read' | 'services'>,
  place: Place,
  file: DatastoreFile,
): string | undefined {
  const { disk } = file
  if (!disk) return undefined
  const { cylinder, head, sector } = geometryOf(disk.capacity)
  const uuid = spacedUuid(uuidOf(ctx, place, { ...file, disk }))
  return [
    '# Disk DescriptorFile',
    'version=1',
    'encoding="UTF-8"',
    `CID=${ctx.services.random.hex('disk.cid', uuid).slice(0, 8)}`,
    'parentCID=ffffffff',
    'createType="vmfs"',
    '',
    '# Extent description',
    `RW ${Math.ceil(disk.capacity / SECTOR)} VMFS "${nameOf(extentOf(place).path)}"`,
    '',
    '# The Disk Data Base',
    '#DDB',
    '',
    `ddb.adapterType = "${(disk.adapter ?? 'lsiLogic').toLowerCase()}"`,
    `ddb.geometry.cylinders = "${cylinder}"`,
    `ddb.geometry.heads = "${head}"`,
    `ddb.geometry.sectors = "${sector}"`,
    ...(disk.thin ? ['ddb.thinProvisioned = "1"'] : []),
    `ddb.uuid = "${uuid}"`,
    'ddb.virtualHWVersion = "21"',
    '',
  ].join('\n')
}

/** How many of a file's first bytes tell what disk it is. */
export const TELLING_BYTES = 64 * 1024

/**
 * Pure: what disk a `.vmdk` that somebody sent is, by its first bytes: a descriptor, or the header of a sparse disk
 * (Virtual Disk Format 5.0: `KDMV`, capacity in sectors at byte 12). Undefined for anything else, such as raw bytes.
 */
export function diskIn(first: Buffer): DiskFacts | undefined {
  if (first.length >= 20 && first.toString('latin1', 0, 4) === 'KDMV')
    return sized(Number(first.readBigUInt64LE(12)), { thin: true })
  const text = first.toString('utf8')
  if (!text.startsWith('# Disk DescriptorFile')) return undefined
  let sectors = 0
  for (const [, count] of text.matchAll(/^(?:RW|RDONLY|NOACCESS)[ \t]+(\d{1,15})[ \t]+[A-Z]/gm))
    sectors += Number(count)
  const value = (key: string) => new RegExp(`^${key}[ \\t]*=[ \\t]*"([^"\\n]*)"`, 'm').exec(text)?.[1]
  return sized(sectors, {
    thin: value('ddb\\.thinProvisioned') === '1',
    adapter: ADAPTERS[value('ddb\\.adapterType') ?? ''],
    uuid: plainUuid(value('ddb\\.uuid') ?? ''),
  })
}

const sized = (sectors: number, facts: Omit<DiskFacts, 'capacity'>): DiskFacts | undefined => {
  const capacity = sectors * SECTOR
  return capacity > 0 && capacity <= LARGEST_BYTES ? { capacity, ...facts } : undefined
}

const ADAPTERS: Readonly<Record<string, string>> = { lsilogic: 'lsiLogic', buslogic: 'busLogic', ide: 'ide' }
