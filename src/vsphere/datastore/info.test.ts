import { describe, expect, it } from 'vitest'
import { localVmfsBytes } from './info.js'

const GB = 2 ** 30

describe('the VMFS of an installation', () => {
  it.each([
    [8, '6.0.0', undefined],
    [40, '6.7.0', 32.5],
    [100, '8.0.3', undefined],
    [200, '8.0.3', 62],
  ])('on a disk of %i GB with ESXi %s', (disk, version, expected) => {
    expect(localVmfsBytes(disk * GB, version)).toBe(expected === undefined ? undefined : expected * GB)
  })
})
