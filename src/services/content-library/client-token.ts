import type { RecordKind } from '#inventory/entity.js'
import type { ServiceCall } from '../core/call.js'
import { madeByToken } from './records.js'

/** The token of a call that makes something, as its record keeps it: every user has tokens of his own. */
export function tokenOf(call: ServiceCall, token: string | undefined): string | undefined {
  return token && `${call.session?.userName ?? ''}\n${token}`
}

/** What an earlier call with this token made, so that a call that is repeated makes nothing. */
export function madeBefore<T extends { readonly id: string }>(
  call: ServiceCall,
  kind: RecordKind<T>,
  token: string | undefined,
): string | undefined {
  const mine = tokenOf(call, token)
  const index = madeByToken.find(({ type }) => type === kind.kind)
  if (mine === undefined || !index) return undefined
  const [id] = call.read.lookup(index, mine)
  return id === undefined ? undefined : (call.read.get(kind, id) as T).id
}
