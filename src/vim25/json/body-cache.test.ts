import { describe, expect, it } from 'vitest'
import { createBodyCache } from './body-cache.js'

const text = (length: number) => 'x'.repeat(length)

describe('the cache of bodies', () => {
  it('keeps what is used and lets go of what is not, within its bound', () => {
    const cache = createBodyCache(4000)
    const [used, unused] = [{}, {}]
    cache.set(used, text(500))
    cache.set(unused, text(500))
    for (let round = 0; round < 20; round++) {
      cache.set({}, text(500))
      expect(cache.get(used)).toBe(text(500))
      expect(cache.size).toBeLessThanOrEqual(4000)
    }
    expect(cache.get(unused)).toBeUndefined()
  })

  it('does not keep what is too short to be worth it, or would fill it on its own', () => {
    const cache = createBodyCache(4000)
    const [short, long] = [{}, {}]
    cache.set(short, text(10))
    cache.set(long, text(2001))
    expect([cache.get(short), cache.get(long), cache.size]).toEqual([undefined, undefined, 0])
  })
})
