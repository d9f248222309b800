import type { Server } from 'node:https'
import { createRequire } from 'node:module'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { refuseUnroutable } from '#doors/unroutable.js'
import type { Settings } from './options.js'
import type { Tls } from './tls.js'

const VERBOSE: ReadonlySet<string> = new Set(['info', 'debug', 'trace'])

const fromFastify = createRequire(createRequire(import.meta.url).resolve('fastify'))

/** Fastify's own compilers of route schemas, loaded only if a route has one: no door needs them to start. */
const compilersFactory = {
  buildValidator: (...args: unknown[]) => fromFastify('@fastify/ajv-compiler')()(...args),
  buildSerializer: (...args: unknown[]) => fromFastify('@fastify/fast-json-stringify-compiler')()(...args),
}

/** An HTTP(S) server without any route; with TLS it needs `useTls` before it listens. What no door answers gets a short JSON message, never a stack trace. */
export function createHttp(settings: Settings): FastifyInstance {
  const options = {
    bodyLimit: settings.maxBodyBytes,
    // Waits that clients hold open must not keep the server from stopping.
    forceCloseConnections: true,
    schemaController: { compilersFactory },
    routerOptions: { maxParamLength: 2048 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      void refuseUnroutable(error, request, reply)
    },
    logger: { level: settings.logLevel, stream: process.stderr },
    // A line per request is for those who look for one: --log-level info.
    logController: new LogController({ disableRequestLogging: !VERBOSE.has(settings.logLevel) }),
  } as const
  const app = (settings.tls ? Fastify({ ...options, https: {} }) : Fastify(options)) as FastifyInstance
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerNotFound)
  return app
}

/** Gives the server its certificate. */
export function useTls(app: FastifyInstance, tls: Tls): void {
  ;(app.server as unknown as Server).setSecureContext({ key: tls.key, cert: tls.chain })
}

/** What never becomes a call, on every door: a body that is too long, for one (deviation 38). */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // Where nothing is, a body that cannot be read is no matter.
  if (request.is404) return answerNotFound(request, reply)
  const status = error.statusCode
  if (status !== undefined && status >= 400 && status < 500)
    return reply.code(status).send({ status, message: explained(error) })
  request.log.error({ err: error, method: request.method, url: request.url }, 'A request broke.')
  return reply.code(500).send({
    status: 500,
    message: 'Fauxsphere failed to handle this request; the state did not change. Its log says more.',
  })
}

/** What happened, and where Fastify says no more than that, why and what to do. */
function explained({ code, message }: FastifyError): string {
  if (code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return message
  return 'The request body is larger than this server takes. Send less, or start it with larger --max-body-bytes (maxBodyBytes).'
}

function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0]
  return reply.code(404).send({
    status: 404,
    message: `There is nothing at ${request.method} ${path}. GET /about lists the doors, /docs describes them.`,
  })
}

/**
 * Holds every answer until `saved` says that the state it shows will survive; when that fails, the client learns it
 * instead of getting the answer.
 */
export function holdAnswers(app: FastifyInstance, saved: () => Promise<void> | undefined): void {
  app.addHook('onSend', async (request, reply, payload) => {
    try {
      await saved()
      return payload
    } catch (error) {
      request.log.error({ err: error }, 'An answer was held back: the state could not be saved.')
      reply.code(503).removeHeader('content-length').type('application/json; charset=utf-8')
      return JSON.stringify({ status: 503, message: error instanceof Error ? error.message : String(error) })
    }
  })
}
