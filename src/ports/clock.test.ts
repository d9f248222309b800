import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from './clock.js'

describe('after', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it("passes with the machine's time, even on a frozen clock", () => {
    const clock = createClock({ at: 0, rate: 0 })
    let rang = 0
    clock.after(1000, () => rang++)
    vi.advanceTimersByTime(999)
    expect(rang).toBe(0)
    vi.advanceTimersByTime(1)
    expect(rang).toBe(1)
    expect(clock.now()).toBe(0)
  })

  it('is not moved by advance', () => {
    const clock = createClock({ at: 0, rate: 0 })
    let rang = 0
    clock.after(1000, () => rang++)
    clock.advance(5000)
    expect(rang).toBe(0)
  })

  it('can be called off, one by one and all by stop', () => {
    const clock = createClock({ at: 0, rate: 1 })
    let rang = 0
    const cancel = clock.after(10, () => rang++)
    clock.after(10, () => rang++)
    cancel()
    clock.stop()
    vi.advanceTimersByTime(100)
    expect(rang).toBe(0)
  })
})
