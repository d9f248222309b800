import type { Entity } from './entity.js'
import { touches } from './indexes.js'
import { type Path, path } from './path.js'
import type { Root } from './root.js'
import { StringMap } from './string-map.js'

/** Whole numbers by name: they add up exactly, so that what is taken off again leaves nothing behind. */
export type Amounts = Readonly<Record<string, number>>

/**
 * Totals over objects, kept by every transaction like an index: key -> the sum of what each object under it amounts to. To
 * add up hundreds of VMs at each power-on costs more than the rest of it.
 */
export interface Sum<A extends Amounts = Amounts> {
  readonly name: string
  /** Managed type (subtypes included) or record kind. */
  readonly type: string
  readonly inputs: readonly Path[]
  /** The key under which an object counts; undefined for one that does not. */
  key(value: object): string | undefined
  /** What it counts for. */
  amounts(value: object): A
  /** The total of no object. */
  readonly none: A
}

export function sum<T extends object, A extends Amounts>(definition: {
  name: string
  type: string
  /** Every path that `key` and `amounts` look at. */
  inputs: readonly string[]
  key: (value: T) => string | undefined
  amounts: (value: T) => A
  none: A
}): Sum<A> {
  const { name, type, inputs, key, amounts, none } = definition
  return Object.freeze({
    name,
    type,
    inputs: inputs.map(path),
    key: (value: object) => key(value as T),
    amounts: (value: object) => amounts(value as T),
    none: Object.freeze(none),
  })
}

/** The totals of a world with the changes of a transaction on top. */
export interface SumDraft {
  total<A extends Amounts>(sum: Sum<A>, key: string): A
  /** Brings a sum up to date with an object that came, went (undefined after) or changed. */
  update(sum: Sum, before: Entity | undefined, after: Entity | undefined): void
  finish(): Root['sums']
}

export function sumDraft(start: Root['sums']): SumDraft {
  const changes = new Map<Sum, Map<string, Amounts>>()

  const total = (sum: Sum, key: string): Amounts => changes.get(sum)?.get(key) ?? totalIn(start, sum, key)

  const add = (sum: Sum, value: object | undefined, sign: 1 | -1) => {
    const key = value && sum.key(value)
    if (key === undefined) return
    let totals = changes.get(sum)
    if (!totals) {
      totals = new Map()
      changes.set(sum, totals)
    }
    totals.set(key, plus(total(sum, key), sum.amounts(value as object), sign))
  }

  return {
    total: total as SumDraft['total'],
    update(sum, before, after) {
      if (!touches(sum.inputs, before?.value, after?.value)) return
      add(sum, before?.value, -1)
      add(sum, after?.value, 1)
    },
    finish: () =>
      start.withMutations((sums) => {
        for (const [sum, totals] of changes)
          sums.update(sum.name, noTotals, (old) => {
            const edit = old.edit()
            for (const [key, amounts] of totals) edit.set(key, isNothing(amounts) ? undefined : amounts)
            return edit.done()
          })
      }),
  }
}

const noTotals = new StringMap<Amounts>(0, undefined)

export const totalIn = <A extends Amounts>(sums: Root['sums'], sum: Sum<A>, key: string): A =>
  (sums.get(sum.name)?.get(key) as A | undefined) ?? sum.none

export function plus<A extends Amounts>(one: A, other: A, sign: 1 | -1): A {
  const total: Record<string, number> = {}
  for (const name in one) total[name] = (one[name] ?? 0) + sign * (other[name] ?? 0)
  return total as A
}

const isNothing = (amounts: Amounts) => Object.values(amounts).every((amount) => amount === 0)
