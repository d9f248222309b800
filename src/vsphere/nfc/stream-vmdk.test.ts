import { describe, expect, it } from 'vitest'
import { emptyVmdk, emptyVmdkSize } from './stream-vmdk.js'

const SECTOR = 512

describe('an empty stream-optimized disk', () => {
  const sizes = [1, 2 ** 20, 8 * 2 ** 30, 62 * 2 ** 40]

  it.each(sizes)('of %i bytes has the length that is told', (capacity) => {
    let length = 0
    for (const part of emptyVmdk(capacity, 'disk-0.vmdk')) length += part.length
    expect(length).toBe(emptyVmdkSize(capacity))
    expect(length % SECTOR).toBe(0)
  })

  it('has header, descriptor, grain directory, footer and end where the format wants them', () => {
    const capacity = 8 * 2 ** 30
    const all = Buffer.concat([...emptyVmdk(capacity, 'disk-0.vmdk')])
    expect(all.toString('latin1', 0, 4)).toBe('KDMV')
    expect(all.readUInt32LE(4)).toBe(3)
    expect(all.readBigUInt64LE(12)).toBe(BigInt(capacity / SECTOR))
    expect(all.readBigUInt64LE(56)).toBe(0xffffffffffffffffn)
    expect(all.toString('latin1', SECTOR, 2 * SECTOR)).toContain('createType="streamOptimized"')
    const footer = all.subarray(-2 * SECTOR, -SECTOR)
    expect(footer.toString('latin1', 0, 4)).toBe('KDMV')
    const directory = Number(footer.readBigUInt64LE(56)) * SECTOR
    const marker = all.subarray(directory - SECTOR, directory)
    expect([marker.readBigUInt64LE(0), marker.readUInt32LE(12)]).toEqual([2n, 2])
    // 8 GB have 256 grain tables, none of them there.
    expect(all.subarray(directory, directory + 256 * 4).every((byte) => byte === 0)).toBe(true)
    expect(all.subarray(-3 * SECTOR, -2 * SECTOR).readUInt32LE(12)).toBe(3)
    expect(all.subarray(-SECTOR).every((byte) => byte === 0)).toBe(true)
  })
})
