import type { Family } from '../core/behaviour.js'
import { endIdleSessions } from './idle.js'
import { objectsBySession } from './objects.js'
import { sessionOperations } from './operations.js'
import { sessionProjections } from './project.js'
import { FORGET_TICKET, forgetTicket } from './ticket.js'
import { sessionsByKey } from './user-session.js'

export const sessionFamily: Family = {
  name: 'session',
  operations: [sessionOperations],
  indexes: [sessionsByKey, objectsBySession],
  projections: sessionProjections,
  work: { 'session.idle': endIdleSessions, [FORGET_TICKET]: forgetTicket },
}
