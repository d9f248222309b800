import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedIds, emptyIds, idsIn } from './id-list.js'

const member = (order: number) => ({ id: `vm-${order}`, order })
const ids = (orders: readonly number[]) => orders.map((order) => `vm-${order}`)

describe('a list of ids', () => {
  it('is in order of creation, whatever came and went', () => {
    const step = fc.record({
      gone: fc.array(fc.nat({ max: 2_000 })),
      come: fc.nat({ max: 700 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let list = emptyIds
        let model: number[] = []
        let next = 1
        for (const { gone, come } of steps) {
          const leaving = [...new Set(gone)].filter((order) => model.includes(order))
          const coming = Array.from({ length: come }, () => next++)
          list = changedIds(list, leaving.map(member), coming.map(member))
          model = [...model.filter((order) => !leaving.includes(order)), ...coming]
          expect([...idsIn(list)]).toEqual(ids(model))
          expect(list.size).toBe(model.length)
        }
      }),
    )
  })

  it('takes what is older than its last in the right place', () => {
    const list = changedIds(emptyIds, [], [1, 5, 9].map(member))
    expect([...idsIn(changedIds(list, [member(9)], [3, 7].map(member)))]).toEqual(ids([1, 3, 5, 7]))
  })
})
