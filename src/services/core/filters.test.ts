import { describe, expect, it } from 'vitest'
import { among, isSet } from './filters.js'

describe('a property of a filter', () => {
  it('lets everything pass while it is unset or empty, without looking', () => {
    const untouched = () => {
      throw new Error('looked')
    }
    expect(among(undefined, untouched)).toBe(true)
    expect(among([], untouched)).toBe(true)
    expect([isSet(undefined), isSet([]), isSet(['a'])]).toEqual([false, false, true])
  })

  it('wants one of its values, and never what an object does not have', () => {
    expect(among(['a', 'b'], () => 'b')).toBe(true)
    expect(among(['a', 'b'], () => 'c')).toBe(false)
    expect(among(['a'], () => undefined)).toBe(false)
  })
})
