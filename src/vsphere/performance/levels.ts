import { derivation } from '#inventory/derivation.js'
import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { PerfCounterInfo, PerformanceManagerCounterLevelMapping } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { theOnly } from '../core/well-known.js'
import { countersByKey, INSTALLED } from './counters.js'

/** Collection levels that differ from the installed ones; record `counterLevels:<counter>`. */
export interface CounterLevels {
  readonly counter: number
  readonly level: number
  readonly perDeviceLevel: number
}

export const counterLevels = recordKind<CounterLevels>('counterLevels')
const idOf = (counter: number) => `counterLevels:${counter}`

/** PerformanceManager.perfCounter: what is installed, with the levels that were changed. */
export const perfCounter = derivation({
  name: 'PerformanceManager.perfCounter',
  type: 'PerformanceManager',
  outputs: ['perfCounter'],
  via: [
    {
      type: 'counterLevels',
      paths: ['level', 'perDeviceLevel'],
      targets: (_levels, read) => [theOnly(read, 'PerformanceManager')],
    },
  ],
  compute(_manager, read) {
    const changed = [...read.ids(counterLevels)].map((id) => read.get(counterLevels, id))
    if (changed.length === 0) return { perfCounter: INSTALLED }
    const byKey = new Map(changed.map((levels) => [levels.counter, levels]))
    return { perfCounter: INSTALLED.map((info) => withLevels(info, byKey.get(info.key))) }
  },
})

const withLevels = (info: PerfCounterInfo, levels: CounterLevels | undefined): PerfCounterInfo =>
  levels ? patch(info, { level: levels.level, perDeviceLevel: levels.perDeviceLevel }) : info

/** A counter with the levels that are in force; undefined for an unknown number. */
export function counterInfo(read: Reader, key: number): PerfCounterInfo | undefined {
  const counter = countersByKey.get(key)
  return counter && withLevels(counter.info, read.find(counterLevels, idOf(key)))
}

const isLevel = (level: number | undefined) => level === undefined || (level >= 1 && level <= 4)

/** Throws InvalidArgument for an unknown counter or a level that is not 1 to 4; then nothing changes. */
export function changeLevels(
  { tx }: Context,
  changes: readonly PerformanceManagerCounterLevelMapping[],
): void {
  for (const { counterId, aggregateLevel, perDeviceLevel } of changes) {
    const info = counterInfo(tx, counterId)
    if (!info) throw invalid('counterLevelMap.counterId')
    if (!isLevel(aggregateLevel)) throw invalid('counterLevelMap.aggregateLevel')
    if (!isLevel(perDeviceLevel)) throw invalid('counterLevelMap.perDeviceLevel')
    const levels = {
      counter: counterId,
      level: aggregateLevel ?? info.level ?? 4,
      perDeviceLevel: perDeviceLevel ?? info.perDeviceLevel ?? 4,
    }
    const id = idOf(counterId)
    if (tx.find(counterLevels, id)) tx.set(counterLevels, id, levels)
    else tx.create(counterLevels, id, levels)
  }
}

/** Back to the installed levels. Throws InvalidArgument for an unknown counter. */
export function resetLevels({ tx }: Context, counters: readonly number[]): void {
  for (const counter of counters) {
    if (!countersByKey.has(counter)) throw invalid('counters')
    if (tx.find(counterLevels, idOf(counter))) tx.remove(idOf(counter))
  }
}

const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })
