import type { FastifyReply, FastifyRequest } from 'fastify'
import { bytesOf } from '#services/blobs/bytes.js'
import type { LibraryFile } from '#services/content-library/records.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { byteRange } from './byte-range.js'

/** A file, or the part of it that the client asks for. */
export async function sendFile(
  { services }: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
  { size, name, ...file }: LibraryFile,
): Promise<FastifyReply> {
  const range = byteRange(request.headers.range, size)
  reply.header('accept-ranges', 'bytes').type('application/octet-stream')
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send()
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
  reply.header('content-length', end - start + 1)
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  if (request.method === 'HEAD') return reply.send()
  return reply.send(await bytesOf(services.blobs, { size, blob: file.blob }, { start, end }))
}

export function refuse(reply: FastifyReply, [status, message]: readonly [number, string]): FastifyReply {
  return reply.code(status).send({ status, message })
}
