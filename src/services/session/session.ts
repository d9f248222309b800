import { timestamp } from '#ports/clock.js'
import type { Reply } from '#vsphere/core/context.js'
import { activityOf } from '#vsphere/session/activity.js'
import { closeSession, openSession } from '#vsphere/session/open.js'
import { principalName } from '#vsphere/session/rules.js'
import { requireCaller } from '../core/call.js'
import { service } from '../core/service.js'
import { authenticationRequired } from '../core/vim-errors.js'

/** Sessions of the Automation API; one is good on every other door too (DESIGN 10). */
export const session = service('com.vmware.cis.session', {
  /** Logs in with the request's credentials: the token. UNAUTHENTICATED says no more than that (rest-wire 1.3). */
  create(call) {
    const { credentials, sandbox, client } = call
    if (!credentials) throw authenticationRequired(call.release)
    const reply: Reply = {}
    sandbox.transact({ client, reply }, (ctx) =>
      openSession(ctx, credentials.userName, credentials.password, undefined),
    )
    sandbox.settle()
    return reply.token as string
  },
  get(call) {
    const mine = requireCaller(call)
    return {
      user: principalName(mine.userName),
      created_time: timestamp(mine.loginTime),
      last_accessed_time: timestamp(activityOf(call.sandbox.services, mine).lastActive),
    }
  },
  delete(call) {
    const { token } = requireCaller(call)
    call.transact((ctx) => closeSession(ctx, token))
  },
})
