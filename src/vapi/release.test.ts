import { describe, expect, it } from 'vitest'
import { availableIn, releaseIndex } from './release.js'
import { RELEASES } from './schema.js'

describe('releases', () => {
  it('are in order, number by number', () => {
    expect(RELEASES.slice(0, 9).join(' ')).toBe('6.0 6.5 6.7 6.7.1 6.7.2 6.7.3 6.8 6.8.7 6.9.1')
    expect(RELEASES.slice(-6).join(' ')).toBe('8.0.2.0 8.0.2.00300 8.0.3.0 9.0.0.0 9.1.0.0 9.1.1.0')
    expect(RELEASES.indexOf('7.0.2.1')).toBeLessThan(RELEASES.indexOf('7.0.2.00100'))
  })

  it.each([
    ['6.0', '6.0'],
    ['6.7', '6.7'],
    ['7.0.3', '7.0.3.0'],
    ['7.0.3.0', '7.0.3.0'],
    ['8.0.2.00200', '8.0.2.0'],
    ['8.0.3.0', '8.0.3.0'],
    ['8.0.3.1', '8.0.3.0'],
    ['10.0', '9.1.1.0'],
  ])('know of a server of %s what came up to %s', (server, newest) => {
    expect(RELEASES[releaseIndex(server)]).toBe(newest)
  })

  it('decide what a server has', () => {
    const item = { since: RELEASES.indexOf('8.0.2.00300') }
    expect(availableIn(item, '8.0.3.0')).toBe(true)
    expect(availableIn(item, '8.0.2.0')).toBe(false)
    expect(availableIn(item, '7.0.3')).toBe(false)
  })
})
