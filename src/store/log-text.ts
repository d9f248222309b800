import { crc32 } from 'node:zlib'

/** A log is lines of `checksum space JSON newline`; the checksum is CRC-32 of the JSON's bytes, 8 hex digits. */
export function logLine(json: string): string {
  return `${checksum(json)} ${json}\n`
}

export function checksum(data: string | Buffer): string {
  return crc32(data).toString(16).padStart(8, '0')
}

export interface LogContent {
  /** The JSON of each whole line. */
  readonly lines: readonly string[]
  /** Bytes up to which the log is good; what follows is the end of a write that was cut off. */
  readonly size: number
}

/** The log has a line that was whole once and is not now. */
export class DamagedLine extends Error {
  constructor(readonly line: number) {
    super(`line ${line} is damaged`)
  }
}

const NEWLINE = 0x0a

/**
 * Reads a log. What a killed process or a power cut leaves at the end (a line without its newline, or zeros) is left
 * out; any other line that does not match its checksum is damage and throws DamagedLine.
 */
export function readLog(bytes: Buffer): LogContent {
  const lines: string[] = []
  let size = 0
  for (;;) {
    const end = bytes.indexOf(NEWLINE, size)
    if (end < 0 || isZeros(bytes.subarray(size))) return { lines, size }
    const json = bytes.subarray(size + 9, end)
    if (bytes.toString('latin1', size, size + 9) !== `${checksum(json)} `)
      throw new DamagedLine(lines.length + 1)
    lines.push(json.toString('utf8'))
    size = end + 1
  }
}

function isZeros(bytes: Buffer): boolean {
  return bytes[0] === 0 && bytes.every((byte) => byte === 0)
}
