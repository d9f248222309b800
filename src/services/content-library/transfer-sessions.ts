import type { RecordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { timestamp } from '#ports/clock.js'
import type { LocalizableMessage } from '#vapi/error.js'
import { notFound, notNow } from './errors.js'

/** What sessions that bring bytes and sessions that fetch them have in common. */
export interface TransferSession {
  readonly id: string
  readonly item: string
  readonly contentVersion: number
  readonly error?: LocalizableMessage | undefined
  readonly progress: number
  /** Milliseconds since the epoch. */
  readonly expires: number
  readonly state: string
}

/** The session with an identifier, `required` in any state, `active` only while it is; `missing` names the refusal. */
export function sessionsOfKind<S extends TransferSession>(
  kind: RecordKind<S>,
  key: (id: string) => string,
  missing: Parameters<typeof notFound>[0],
) {
  /** Throws NOT_FOUND. */
  function required(read: Reader, id: string): S {
    const session = read.find(kind, key(id)) as S | undefined
    if (!session) throw notFound(missing, id)
    return session
  }
  return {
    required,
    /** Throws NOT_FOUND and NOT_ALLOWED_IN_CURRENT_STATE. */
    active(read: Reader, id: string): S {
      const session = required(read, id)
      if (session.state !== 'ACTIVE') throw notNow('session_not_active', id, session.state)
      return session
    },
  }
}

/** What the API shows of either. */
export function sessionModel<S extends TransferSession>(session: S) {
  return {
    id: session.id,
    library_item_id: session.item,
    library_item_content_version: String(session.contentVersion),
    error_message: session.error,
    client_progress: session.progress,
    state: session.state as S['state'],
    expiration_time: timestamp(session.expires),
  }
}
