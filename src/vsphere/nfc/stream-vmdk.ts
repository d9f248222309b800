/*
 * A stream-optimized VMDK of an empty disk, as "Virtual Disk Format 5.0" describes it: header, descriptor, an empty grain
 * directory, footer, end of stream. What every tool reads as a disk of zeros.
 */

const SECTOR = 512
/** Sectors of a grain; entries of a grain table. */
const GRAIN = 128
const ENTRIES = 512
/** Sectors before the first marker. */
const OVERHEAD = 128
const DESCRIPTOR_SECTORS = 20

const sectorsOf = (bytes: number) => Math.ceil(bytes / SECTOR)

/** Sectors of the grain directory of a disk. */
const directorySectors = (capacity: number) =>
  Math.max(1, Math.ceil((Math.ceil(sectorsOf(capacity) / (GRAIN * ENTRIES)) * 4) / SECTOR))

/** Bytes of the stream of an empty disk of so many bytes. */
export function emptyVmdkSize(capacity: number): number {
  // Overhead, marker and directory, marker and footer, end of stream.
  return (OVERHEAD + 1 + directorySectors(capacity) + 2 + 1) * SECTOR
}

/** The stream itself, in pieces. */
export function* emptyVmdk(capacity: number, name: string): Generator<Buffer> {
  const directory = directorySectors(capacity)
  const head = Buffer.alloc(OVERHEAD * SECTOR)
  header(capacity, GD_AT_END).copy(head)
  head.write(descriptor(capacity, name), SECTOR, 'latin1')
  yield head
  yield marker(directory, MARKERS.directory)
  const zeros = Buffer.alloc(64 * 1024)
  for (let left = directory * SECTOR; left > 0; left -= zeros.length)
    yield left < zeros.length ? zeros.subarray(0, left) : zeros
  yield marker(1, MARKERS.footer)
  yield header(capacity, BigInt(OVERHEAD + 1))
  yield marker(0, MARKERS.end)
}

const GD_AT_END = 0xffffffffffffffffn
const MARKERS = { end: 0, directory: 2, footer: 3 } as const

/** A sector that says what comes next. */
function marker(sectors: number, type: number): Buffer {
  const buffer = Buffer.alloc(SECTOR)
  buffer.writeBigUInt64LE(BigInt(sectors), 0)
  buffer.writeUInt32LE(type, 12)
  return buffer
}

function header(capacity: number, directoryAt: bigint): Buffer {
  const buffer = Buffer.alloc(SECTOR)
  buffer.write('KDMV', 0, 'latin1')
  buffer.writeUInt32LE(3, 4)
  // Newlines can be checked, grains are compressed, markers are there.
  buffer.writeUInt32LE(0x30001, 8)
  buffer.writeBigUInt64LE(BigInt(sectorsOf(capacity)), 12)
  buffer.writeBigUInt64LE(BigInt(GRAIN), 20)
  buffer.writeBigUInt64LE(1n, 28)
  buffer.writeBigUInt64LE(BigInt(DESCRIPTOR_SECTORS), 36)
  buffer.writeUInt32LE(ENTRIES, 44)
  buffer.writeBigUInt64LE(directoryAt, 56)
  buffer.writeBigUInt64LE(BigInt(OVERHEAD), 64)
  buffer.write('\n \r\n', 73, 'latin1')
  // Deflate.
  buffer.writeUInt16LE(1, 77)
  return buffer
}

function descriptor(capacity: number, name: string): string {
  const sectors = sectorsOf(capacity)
  return [
    '# Disk DescriptorFile',
    'version=1',
    'CID=fffffffe',
    'parentCID=ffffffff',
    'createType="streamOptimized"',
    '',
    '# Extent description',
    `RDONLY ${sectors} SPARSE "${name}"`,
    '',
    '# The Disk Data Base',
    '#DDB',
    '',
    'ddb.adapterType = "lsilogic"',
    'ddb.geometry.sectors = "63"',
    'ddb.geometry.heads = "255"',
    `ddb.geometry.cylinders = "${Math.ceil(sectors / (63 * 255))}"`,
    'ddb.virtualHWVersion = "4"',
    '',
  ].join('\n')
}
