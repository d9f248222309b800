import type { FastifyRequest } from 'fastify'
import { VimFault } from '#vim25/fault.js'
import type { Reply, Session } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { datastoreAsked, readFolderUrl } from '#vsphere/file-manager/folder-url.js'
import { useSession } from '#vsphere/session/activity.js'
import { closeSession, openSession } from '#vsphere/session/open.js'
import { redeemTicket } from '#vsphere/session/ticket.js'
import { basicCredentials } from '../automation/basic.js'
import { clientOf, SESSION_HEADER, textHeader } from '../client.js'
import { tokenInCookie } from '../soap/cookie.js'

/**
 * Who asks for a file: the session of the SOAP cookie or of the Automation API's header, the one that a ticket speaks for, or
 * a user with a name and a password for this request alone. Undefined for nobody.
 */
export function callerOf(sandbox: Sandbox, request: FastifyRequest): Session | undefined {
  const token = tokenInCookie(request.headers.cookie) ?? textHeader(request, SESSION_HEADER)
  return useSession(sandbox, token) ?? ofTicket(sandbox, request) ?? ofPassword(sandbox, request)
}

const TICKET = /(?:^|[\s;])vmware_cgi_ticket\s*=\s*"?([\w.-]{1,200})/

function ofTicket(sandbox: Sandbox, request: FastifyRequest): Session | undefined {
  const id = TICKET.exec(request.headers.cookie ?? '')?.[1]
  if (id === undefined) return undefined
  return sandbox.transact({ client: clientOf(request) }, (ctx) =>
    redeemTicket(ctx, id, request.method, (url) => isSameFile(sandbox, url, request.raw.url ?? '')),
  )
}

/** Tickets are made for an address of a host, and may be used at this one. */
function isSameFile({ inventory: { read } }: Sandbox, made: string, asked: string): boolean {
  const [a, b] = [made.replace(/^https?:\/\/[^/]*/i, ''), asked].map((url) => readFolderUrl(url))
  if (!a || !b || a.path !== b.path || a.dsName !== b.dsName) return false
  return (
    a.dcPath === undefined || b.dcPath === undefined || datastoreAsked(read, a) === datastoreAsked(read, b)
  )
}

function ofPassword(sandbox: Sandbox, request: FastifyRequest): Session | undefined {
  const credentials = basicCredentials(request.headers.authorization)
  if (!credentials) return undefined
  const reply: Reply = {}
  const client = clientOf(request)
  try {
    sandbox.transact({ client, reply }, (ctx) =>
      openSession(ctx, credentials.userName, credentials.password, undefined),
    )
  } catch (error) {
    if (error instanceof VimFault) return undefined
    throw error
  }
  const token = reply.token ?? undefined
  const session = useSession(sandbox, token)
  if (token !== undefined) sandbox.transact({ session, client }, (ctx) => closeSession(ctx, token))
  sandbox.settle()
  return session
}
