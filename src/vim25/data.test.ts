import { describe, expect, it } from 'vitest'
import { data, patch } from './data.js'

describe('a patched value', () => {
  const option = data('HostDiskDimensionsLba', { blockSize: 512, block: 8 })
  const server = data('HostDnsConfig', { dhcp: false, hostName: 'a', domainName: 'b' })

  it('has the changed members, in the order of the type', () => {
    const changed = patch(server, { address: ['10.0.0.1'], hostName: 'c' })
    expect(JSON.stringify(changed)).toBe(
      '{"_typeName":"HostDnsConfig","dhcp":false,"hostName":"c","domainName":"b","address":["10.0.0.1"]}',
    )
    expect(Object.isFrozen(changed) && Object.isFrozen(changed.address)).toBe(true)
    expect(server.hostName).toBe('a')
  })

  it('loses what is set to nothing', () => {
    const changed = patch(server, { address: ['10.0.0.1'] })
    expect(patch(changed, { address: undefined })).toEqual(server)
    expect('address' in patch(changed, { address: [], hostName: 'c' })).toBe(false)
  })

  it('is the very value where nothing changes', () => {
    expect(patch(option, { block: 8 })).toBe(option)
    expect(patch(server, { address: undefined, searchDomain: [] })).toBe(server)
  })

  it('keeps its other members where an unset one stays unset', () => {
    expect(patch(server, { hostName: 'c', address: undefined })).toEqual({ ...server, hostName: 'c' })
  })
})
