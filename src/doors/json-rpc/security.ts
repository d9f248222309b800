import type { Credentials } from '#services/core/call.js'

const SCHEME = 'com.vmware.vapi.std.security.'

/** What a security context says of the caller: a session's token, or a name and a password to log in with. */
export function callerOf(
  security: Readonly<Record<string, unknown>>,
  header: string | undefined,
): { token: string | undefined; credentials: Credentials | undefined } {
  const { schemeId, sessionId, userName, password } = security
  if (schemeId === `${SCHEME}session_id` && typeof sessionId === 'string')
    return { token: sessionId, credentials: undefined }
  if (schemeId === `${SCHEME}user_pass` && typeof userName === 'string' && typeof password === 'string')
    return { token: undefined, credentials: { userName, password } }
  return { token: header, credentials: undefined }
}
