import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { codeOf } from '#store/files.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { exportedFile, receiveFile } from '#vsphere/nfc/transfer.js'

/**
 * `/nfc/<token>/<file>`: the bytes of disks and images that HttpNfcLeases bring and fetch. The token is unguessable and
 * known to the lease alone; there is no other check (fact sheet soap-wire 7).
 */
export function nfcDoor(app: FastifyInstance, sandbox: Sandbox): void {
  app.removeAllContentTypeParsers()
  // The stream itself: disks are as large as they are.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  type Params = { token: string; file: string }

  app.route<{ Params: Params }>({
    method: ['PUT', 'POST'],
    url: '/nfc/:token/:file',
    bodyLimit: Number.MAX_SAFE_INTEGER,
    handler: async (request, reply) => {
      const { token, file } = request.params
      const outcome = await taken(sandbox, token, file, request)
      if (outcome === 'received') return reply.code(request.method === 'PUT' ? 201 : 200).send()
      return refuse(reply, REFUSALS[outcome])
    },
  })

  app.route<{ Params: Params }>({
    method: ['GET', 'HEAD'],
    url: '/nfc/:token/:file',
    handler: async (request, reply) => {
      const { token, file } = request.params
      const found = await exportedFile(sandbox, token, file)
      if (!found) return refuse(reply, REFUSALS.absent)
      reply.header('content-length', found.size).type('application/x-vnd.vmware-streamVmdk')
      return request.method === 'HEAD' ? reply.send() : reply.send(Readable.from(found.bytes))
    },
  })
}

const REFUSALS = {
  absent: [404, 'No lease that is ready has this file.'],
  wrong: [405, 'This lease is for fetching.'],
  full: [507, 'The disk of this server is full.'],
  broken: [400, 'The file did not come as a whole; send it again.'],
} as const

async function taken(
  sandbox: Sandbox,
  token: string,
  file: string,
  request: FastifyRequest,
): Promise<keyof typeof REFUSALS | 'received'> {
  try {
    const bytes = (request.body ?? request.raw) as AsyncIterable<Uint8Array>
    return await receiveFile(sandbox, token, file, bytes)
  } catch (error) {
    if (codeOf(error) === 'ENOSPC') return 'full'
    if (request.raw.readableAborted) return 'broken'
    throw error
  }
}

function refuse(reply: FastifyReply, [status, message]: readonly [number, string]): FastifyReply {
  return reply.code(status).send({ status, message })
}
