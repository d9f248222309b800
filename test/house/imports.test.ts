import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTest, type Source, sources } from './sources.js'

/** The rooms of the house, each above those that it may import from. */
const FLOORS = [
  ['cli'],
  ['app'],
  ['doors'],
  ['services'],
  ['vsphere'],
  ['world'],
  ['inventory'],
  ['store', 'vim25', 'vapi'],
  ['ports', 'text', 'xml'],
]

const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room))

/** Paths below src of everything that a source imports, types too. */
export function importsOf({ path, text }: Source): readonly string[] {
  const imports = text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*['"]([#.][^'"]*)['"]/g)
  return [...imports].map(([, name = '']) =>
    name.startsWith('#') ? name.slice(1) : posix.relative('src', posix.join(posix.dirname(path), name)),
  )
}

/** `src/index.ts` and whatever lies beside it stand above the rooms. */
const roomOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : undefined)

describe('imports', () => {
  const written = sources('src').filter((source) => !isTest(source))

  it('are found', () => {
    const text =
      "import a from './b.js'\nexport { c } from '#x/c.js'\nimport './d.js'\nawait import('../y/e.js')"
    expect(importsOf({ path: 'src/z/a.ts', text })).toEqual(['z/b.js', 'x/c.js', 'z/d.js', 'y/e.js'])
    expect(written.flatMap(importsOf).length).toBeGreaterThan(100)
  })

  it('go downward only', () => {
    const upward = written.flatMap((source) =>
      importsOf(source)
        .filter((target) => {
          const from = roomOf(posix.relative('src', source.path))
          const to = roomOf(target)
          if (from === undefined || from === to) return false
          return to === undefined || floorOf(to) <= floorOf(from)
        })
        .map((target) => `${source.path} imports ${target}`),
    )
    expect(upward).toEqual([])
  })

  it('come from rooms that the design names', () => {
    const rooms = new Set(written.map((source) => roomOf(posix.relative('src', source.path))))
    rooms.delete(undefined)
    expect([...rooms].filter((room) => room !== undefined && floorOf(room) < 0)).toEqual([])
  })

  it('reach other folders of the house through #, and never climb far', () => {
    const climbing = written.filter(({ text }) => /from '(\.\.\/){3}/.test(text)).map(({ path }) => path)
    expect(climbing).toEqual([])
  })
})
