const COOKIE = /(?:^|[\s;,])vmware_soap_session\s*=\s*"?([^";,\s]+)/

/**
 * The token in a Cookie header. Some clients send back the whole Set-Cookie text, attributes included (soap-wire 3.2).
 */
export const tokenInCookie = (header: string | undefined): string | undefined =>
  COOKIE.exec(header ?? '')?.[1]

/** What logging in sets: the value is quoted, clients take it apart at the quotes (soap-wire 3.1, 3.2). */
export function sessionCookie(token: string, secure: boolean): string {
  return `vmware_soap_session="${token}"; Path=/; HttpOnly;${secure ? ' Secure;' : ''}`
}
