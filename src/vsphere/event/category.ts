import { EVENT_FORMATS } from './formats.js'

export type EventCategory = 'info' | 'warning' | 'error' | 'user'

/** Labels of the categories, in the order in which EventManager.description lists them. */
export const CATEGORIES: readonly (readonly [EventCategory, string])[] = [
  ['info', 'Information'],
  ['warning', 'Warning'],
  ['error', 'Error'],
  ['user', 'User'],
]

const ERROR =
  /Failed|Failure|Error|Cannot|NotResponding|ConnectionLost|Unlicensed|Expired(?!Soon)|InsufficientCapacity|Isolated|Duplicate|Conflict|Lost|NoCompatibleHost|Invalid|BadUsername|NoAccessUser|Orphaned|InvalidEdition|OutOfSync|NotFound/
const WARNING =
  /Warning|Warn|Redundancy|Degraded|Timedout|Timeout|TimedOut|Overridden|Disappeared|NotHomogeneous|Incompatible|NonComplian|Exceeded|MaxRestart|Unreachable|UncoordinatedReset|ServerOutOfDate|Limit/

/** What kind of news an event is (EventDescriptionEventDetail.category): the table's, else by the words of its name. */
export function categoryOf(type: string): EventCategory {
  const listed = EVENT_FORMATS.get(type)
  if (listed) return listed.category
  if (ERROR.test(type)) return 'error'
  if (WARNING.test(type)) return 'warning'
  return 'info'
}
