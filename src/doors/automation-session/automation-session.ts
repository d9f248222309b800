import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { timestamp } from '#ports/clock.js'
import { VimFault } from '#vim25/fault.js'
import type { Reply, Session } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { activityOf, useSession } from '#vsphere/session/activity.js'
import { closeSession, openSession } from '#vsphere/session/open.js'
import { principalName } from '#vsphere/session/rules.js'
import { basicCredentials } from './basic.js'
import { AUTHENTICATION_REQUIRED, NOT_FOUND } from './errors.js'

const SESSION_HEADER = 'vmware-api-session-id'

/**
 * Sessions of the Automation API: `POST|GET|DELETE /api/session` (rest-wire 1.2). Bodies and their types are not looked
 * at: clients send odd ones. What no area of `/api` knows is not found, with or without a session (rest-wire 1.3).
 */
export function automationSessionDoor(app: FastifyInstance, sandbox: Sandbox): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.post('/api/session', (request, reply) => {
    const token = logIn(sandbox, request)
    return token === undefined ? refuse(reply) : send(reply, 201, token)
  })

  app.get('/api/session', (request, reply) => {
    const session = sessionOf(sandbox, request)
    if (!session) return refuse(reply)
    return send(reply, 200, {
      user: principalName(session.userName),
      created_time: timestamp(session.loginTime),
      last_accessed_time: timestamp(activityOf(sandbox.services, session).lastActive),
    })
  })

  app.delete('/api/session', (request, reply) => {
    const session = sessionOf(sandbox, request)
    if (!session) return refuse(reply)
    sandbox.transact({ session }, (ctx) => closeSession(ctx, session.token))
    sandbox.settle()
    return reply.code(204).send()
  })

  app.all('/api/*', (_request, reply) => send(reply, 404, NOT_FOUND))
}

/** The new session's token; undefined when the credentials are missing or wrong. */
function logIn(sandbox: Sandbox, request: FastifyRequest): string | undefined {
  const credentials = basicCredentials(request.headers.authorization)
  if (!credentials) return undefined
  const reply: Reply = {}
  const client = { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' }
  try {
    sandbox.transact({ client, reply }, (ctx) =>
      openSession(ctx, credentials.userName, credentials.password, undefined),
    )
  } catch (error) {
    if (error instanceof VimFault) return undefined
    throw error
  }
  sandbox.settle()
  return reply.token ?? undefined
}

function sessionOf(sandbox: Sandbox, request: FastifyRequest): Session | undefined {
  const token = request.headers[SESSION_HEADER]
  return useSession(sandbox, typeof token === 'string' ? token : undefined)
}

const refuse = (reply: FastifyReply) => send(reply, 401, AUTHENTICATION_REQUIRED)

function send(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(JSON.stringify(body))
}
