import type { Entity } from '#inventory/entity.js'
import { events, type History, tasks, type Wanted } from './history.js'

/** A history collector as it is stored: `filter` is its property, the rest is nobody's to read. */
export interface CollectorValue extends Wanted<object> {
  /** How many items the latest page holds. */
  readonly pageSize: number
  /** The number of the item that the reader is behind; 0: before all. */
  readonly cursor: number
}

type AnyHistory = History<object, object>

/** The history that a collector reads. */
export function historyOf(type: string): AnyHistory {
  return (type === tasks.collector ? tasks : events) as unknown as AnyHistory
}

export const collectorValue = (entity: Entity): CollectorValue => entity.value as CollectorValue
