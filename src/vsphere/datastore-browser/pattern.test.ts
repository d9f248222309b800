import { expect, it } from 'vitest'
import { namesLike } from './pattern.js'

it.each([
  ['*', 'anything', true],
  ['*.vmdk', 'a.vmdk', true],
  ['*.vmdk', 'a.vmdk.bak', false],
  ['?.vmdk', 'a.vmdk', true],
  ['?.vmdk', 'ab.vmdk', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'aXc', false],
  ['[a].vmdk', '[a].vmdk', true],
  ['a.b', 'aXb', false],
  ['', '', true],
  ['', 'a', false],
  ['ä?', 'ä𝄞', true],
])('%j and %j: %s', (pattern, name, expected) => {
  expect(namesLike([pattern], false)(name)).toBe(expected)
})

it('needs one of several, and none where there are none', () => {
  expect(namesLike(['*.iso', '*.log'], false)('a.log')).toBe(true)
  expect(namesLike([], false)('a.log')).toBe(true)
  expect(namesLike(undefined, false)('a.log')).toBe(true)
})

it('tells cases apart unless told not to', () => {
  expect(namesLike(['*.ISO'], false)('a.iso')).toBe(false)
  expect(namesLike(['*.ISO'], true)('a.iso')).toBe(true)
})

it('takes no longer for hostile patterns', () => {
  expect(namesLike([`${'*a'.repeat(2000)}b`], false)('a'.repeat(5000))).toBe(false)
})
