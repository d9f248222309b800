import { describe, expect, it } from 'vitest'
import { isTest, sources } from './sources.js'

const MOST_LINES = 400

const all = sources('src', 'test', 'scripts')
const shipped = all.filter((source) => source.path.startsWith('src/') && !isTest(source))

/** Where a pattern occurs, as `path:line`. */
function places(found: typeof all, pattern: RegExp): readonly string[] {
  return found.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}`] : [])),
  )
}

describe('the house', () => {
  it(`has no file of more than ${MOST_LINES} lines`, () => {
    const long = all.filter(({ text }) => text.split('\n').length - 1 > MOST_LINES)
    expect(long.map(({ path }) => path)).toEqual([])
    expect(all.length).toBeGreaterThan(100)
  })

  it.each([
    ['looks at the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bhrtime\b/],
    ['sets timers', /\bsetTimeout\b|\bsetInterval\b/],
    ['throws dice', /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bgetRandomValues\b/],
  ])('never %s outside the ports', (_what, pattern) => {
    const outside = shipped.filter(({ path }) => !path.startsWith('src/ports/'))
    expect(places(outside, pattern)).toEqual([])
    expect(places([{ path: 'x', text: 'Date.now(); setTimeout(f); Math.random()' }], pattern)).toEqual([
      'x:1',
    ])
  })

  it.each([
    ['an unchecked any', /\bas any\b/],
    ['a silenced compiler', /@ts-(ignore|nocheck|expect-error)/],
    ['work put off', /\b(TODO|FIXME|XXX)\b/],
  ])('has not %s', (_what, pattern) => {
    const judged = all.filter(({ path }) => path !== 'test/house/rules.test.ts')
    expect(places(judged, pattern)).toEqual([])
  })
})
