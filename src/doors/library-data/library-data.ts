import type { FastifyInstance, FastifyRequest } from 'fastify'
import { downloadedFile } from '#services/content-library/download-sessions.js'
import { receive } from '#services/content-library/receive.js'
import { codeOf } from '#store/files.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { publishedRoutes } from './published-routes.js'
import { refuse, sendFile } from './send-file.js'

/**
 * `/cls/data/<transfer>/<file>`: the bytes of update and download sessions, as the transfer service takes and gives them. The
 * address says who may: it is unguessable, and known to the session alone. `/cls/vcsp/lib`: what libraries publish.
 */
export function libraryDataDoor(app: FastifyInstance, sandbox: Sandbox): void {
  app.removeAllContentTypeParsers()
  // The stream itself: files are as large as they are.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.route<{ Params: { transfer: string; file: string } }>({
    method: ['PUT', 'POST'],
    url: '/cls/data/:transfer/:file',
    bodyLimit: Number.MAX_SAFE_INTEGER,
    handler: async (request, reply) => {
      const { transfer, file } = request.params
      const outcome = await taken(sandbox, transfer, file, request)
      if (outcome === 'received') return reply.code(200).send()
      return refuse(reply, REFUSALS[outcome])
    },
  })

  app.route<{ Params: { transfer: string; file: string } }>({
    method: ['GET', 'HEAD'],
    url: '/cls/data/:transfer/:file',
    handler: (request, reply) => {
      const { transfer, file } = request.params
      const found = downloadedFile(sandbox.inventory.read, transfer, file)
      return found ? sendFile(sandbox, request, reply, found) : refuse(reply, REFUSALS.absent)
    },
  })

  publishedRoutes(app, sandbox)
}

const REFUSALS = {
  absent: [404, 'No active session has this file: the session has ended, or was never told of the file.'],
  busy: [409, 'This file is being sent already.'],
  full: [507, 'The disk of this server is full.'],
  broken: [400, 'The file did not come as a whole; it waits to be sent again.'],
} as const

function bodyOf({ body, raw }: FastifyRequest): AsyncIterable<Uint8Array> {
  return (body ?? raw) as AsyncIterable<Uint8Array>
}

async function taken(
  sandbox: Sandbox,
  transfer: string,
  file: string,
  request: FastifyRequest,
): Promise<keyof typeof REFUSALS | 'received'> {
  try {
    return await receive(sandbox, transfer, file, bodyOf(request))
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') return 'full'
    if (request.raw.readableAborted) return 'broken'
    throw error
  }
}
