import { recordKind } from '#inventory/entity.js'
import type { Work } from '#vsphere/core/behaviour.js'
import { tokenOf } from '../content-library/client-token.js'
import type { ServiceCall } from '../core/call.js'

/** What a call with a client token answered; record `ovfAnswer:<operation>:<owner and token>`. */
const answers = recordKind<{ readonly result: object }>('ovfAnswer')

export const ANSWER_FORGOTTEN = 'ovf.answerForgotten'

/** How long a repeated call is recognized. */
const REMEMBERED_MS = 60 * 60 * 1000

/** The answer of an operation; a call that is repeated with its token gets the first one's and changes nothing. */
export async function once<R extends { readonly succeeded: boolean }>(
  call: ServiceCall,
  operation: string,
  token: string | undefined,
  run: () => Promise<R>,
): Promise<R> {
  const mine = tokenOf(call, token)
  const id = `ovfAnswer:${operation}:${mine}`
  const before = mine === undefined ? undefined : call.read.find(answers, id)
  if (before) return before.result as R
  const result = await run()
  if (mine !== undefined && result.succeeded)
    call.transact((ctx) => {
      if (ctx.tx.entity(id)) return
      ctx.tx.create(answers, id, { result })
      ctx.tx.schedule(ctx.now + REMEMBERED_MS, ANSWER_FORGOTTEN, { answer: id })
    })
  return result
}

export const forgetAnswer: Work = (ctx, { answer }) => {
  if (ctx.tx.entity(String(answer))) ctx.tx.remove(String(answer))
}
