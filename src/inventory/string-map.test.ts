import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StringMap } from './string-map.js'

const empty = new StringMap<number>(0, undefined)

/** Pairs of texts with the same hash (FNV-1a), and texts that share the first steps of theirs. */
const key = fc.oneof(
  fc.constantFrom('costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke'),
  fc.integer({ min: 0, max: 500 }).map((n) => `vm-${n}`),
  fc.string(),
)
const changes = fc.array(fc.tuple(key, fc.option(fc.nat(), { nil: undefined })), { maxLength: 300 })

const changed = (
  model: ReadonlyMap<string, number>,
  list: readonly (readonly [string, number | undefined])[],
) => {
  const after = new Map(model)
  for (const [name, value] of list) value === undefined ? after.delete(name) : after.set(name, value)
  return after
}

const sorted = (entries: Iterable<[string, number]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))

describe('a StringMap', () => {
  it('holds what a Map would, and stays what it is when another is made of it', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const one = empty.with(first)
        const before = changed(new Map(), first)
        const two = one.with(second)
        const after = changed(before, second)
        for (const [map, model] of [
          [one, before],
          [two, after],
        ] as const) {
          expect(sorted(map)).toEqual(sorted(model))
          expect(map.size).toBe(model.size)
          for (const [name] of [...first, ...second]) {
            expect(map.get(name)).toBe(model.get(name))
            expect(map.has(name)).toBe(model.has(name))
          }
        }
        expect([...two.keys()].length).toBe([...two.values()].length)
      }),
    )
  })

  it('is the same map when nothing changes', () => {
    const map = empty.with([['a', 1]])
    expect(map.with([])).toBe(map)
    expect(map.with([['b', undefined]])).toBe(map)
  })

  it('shows an edit what it has done so far', () => {
    const edit = empty.edit()
    edit.set('costarring', 1)
    edit.set('liquid', 2)
    expect([edit.get('costarring'), edit.get('liquid'), edit.get('zinke')]).toEqual([1, 2, undefined])
    edit.set('costarring', undefined)
    expect(sorted(edit.done())).toEqual([['liquid', 2]])
  })

  it('keeps two texts of one hash apart', () => {
    const map = empty.with([
      ['costarring', 1],
      ['liquid', 2],
    ])
    expect(map.root).toMatchObject({ next: { value: 1 }, value: 2 })
  })
})
