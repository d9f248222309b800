import type { FastifyReply, FastifyRequest } from 'fastify'
import { SESSION_HEADER, textHeader } from '../automation/request.js'

const SESSION = 'com.vmware.cis.session'

/** The token of a request: its header, or the cookie that logging in left (rest-wire 1.2). */
export function tokenOf(request: FastifyRequest): string | undefined {
  const header = textHeader(request, SESSION_HEADER)
  if (header !== undefined) return header
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === SESSION_HEADER) return value
  }
  return undefined
}

/** Logging in leaves a cookie, unless the client says that it uses the header; logging out takes it away. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: { readonly service: string; readonly id: string },
  value: unknown,
): void {
  if (operation.service !== SESSION || request.headers['vmware-use-header-authn'] !== undefined) return
  const secure = request.protocol === 'https' ? ';Secure' : ''
  if (operation.id === 'create')
    reply.header('set-cookie', `${SESSION_HEADER}=${String(value)};Path=/rest${secure};HttpOnly`)
  if (operation.id === 'delete')
    reply.header('set-cookie', `${SESSION_HEADER}=;Path=/rest${secure};HttpOnly;Max-Age=0`)
}
