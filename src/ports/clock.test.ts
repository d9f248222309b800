import { describe, expect, it } from 'vitest'
import { createClock, dateTime } from './clock.js'

describe('a frozen clock', () => {
  it('stands still until it is advanced', () => {
    const clock = createClock({ at: 1_000, rate: 0 })
    expect(clock.now()).toBe(1_000)
    clock.advance(500)
    expect(clock.now()).toBe(1_500)
  })

  it('rings at each due time on the way, in order', () => {
    const clock = createClock({ at: 0, rate: 0 })
    const rang: number[] = []
    const next = (due: number) =>
      clock.setAlarm(due, () => {
        rang.push(clock.now())
        if (due < 300) next(due + 100)
      })
    next(100)
    clock.advance(250)
    expect(rang).toEqual([100, 200])
    clock.advance(50)
    expect(rang).toEqual([100, 200, 300])
    expect(clock.now()).toBe(300)
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 1e17])('does not go on by %s', (ms) => {
    const clock = createClock({ at: 0, rate: 0 })
    expect(() => clock.advance(ms)).toThrow(RangeError)
    expect(clock.now()).toBe(0)
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('does not run at the rate %s', (rate) => {
    const clock = createClock({ at: 0, rate: 0 })
    expect(() => clock.setRate(rate)).toThrow(RangeError)
    expect(clock.rate).toBe(0)
  })

  it('rings no more once it is stopped', () => {
    const clock = createClock({ at: 0, rate: 0 })
    clock.stop()
    clock.setAlarm(10, () => expect.unreachable())
    clock.advance(20)
    expect(clock.now()).toBe(20)
  })
})

describe('dateTime', () => {
  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [1_500, '1970-01-01T00:00:01.5Z'],
    [10_020, '1970-01-01T00:00:10.02Z'],
    [10_123, '1970-01-01T00:00:10.123Z'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(dateTime(ms)).toBe(text)
  })
})
