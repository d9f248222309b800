import { promisify } from 'node:util'
import { gunzip, inflate, inflateRaw } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import type { Clock } from '#ports/clock.js'

export interface BodyOptions {
  /** Bytes, compressed or not. */
  readonly limit: number
  readonly clock: Pick<Clock, 'after'>
}

/** How long a client may take to send a body (deviation 80). */
export const BODY_SECONDS = 60

/** A body that was not read to its end. */
export class BodyError extends Error {
  constructor(
    readonly statusCode: 400 | 408 | 413 | 415,
    message: string,
  ) {
    super(message)
  }
}

type Done = (error: Error | null, body?: Buffer) => void

interface Source {
  on(event: 'data', listener: (chunk: Buffer) => void): unknown
  on(event: 'end' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  removeAllListeners(event: 'data'): unknown
  resume(): unknown
}

/** Reads a whole body, within a size and a time, and unpacks it. */
export function readBody(
  request: Pick<FastifyRequest, 'headers'>,
  stream: Source,
  { limit, clock }: BodyOptions,
  done: Done,
): void {
  const chunks: Buffer[] = []
  let size = 0
  let finished = false
  const finish: Done = (error, body) => {
    if (finished) return
    finished = true
    callOff()
    if (error) {
      // What still comes is thrown away; the connection ends with the answer.
      stream.removeAllListeners('data')
      stream.resume()
    }
    done(error, body)
  }
  const callOff = clock.after(BODY_SECONDS * 1000, () =>
    finish(new BodyError(408, `The request body did not come within ${BODY_SECONDS} seconds.`)),
  )
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit) {
    finish(tooLong(declared, limit))
    return
  }
  stream.on('data', (chunk) => {
    size += chunk.length
    if (size > limit) finish(tooLong(size, limit))
    else chunks.push(chunk)
  })
  stream.on('error', (error) => finish(new BodyError(400, error.message)))
  let ended = false
  stream.on('close', () => {
    if (!ended) finish(new BodyError(400, 'The connection closed before the request was complete.'))
  })
  stream.on('end', () => {
    ended = true
    const [only] = chunks
    const body = chunks.length === 1 && only ? only : Buffer.concat(chunks)
    const encoding = String(request.headers['content-encoding'] ?? 'identity')
      .trim()
      .toLowerCase()
    if (encoding === 'identity' || body.length === 0) return finish(null, body)
    unpack(encoding, body, limit).then(
      (unpacked) => finish(null, unpacked),
      (error: Error) => finish(error),
    )
  })
}

const gunzipped = promisify(gunzip)
const inflated = promisify(inflate)
const inflatedRaw = promisify(inflateRaw)

async function unpack(encoding: string, body: Buffer, limit: number): Promise<Buffer> {
  try {
    const options = { maxOutputLength: limit }
    if (encoding === 'gzip' || encoding === 'x-gzip') return (await gunzipped(body, options)) as Buffer
    // "deflate" is with zlib's header; some leave it out.
    if (encoding === 'deflate')
      return (await (isZlib(body) ? inflated(body, options) : inflatedRaw(body, options))) as Buffer
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLong(limit + 1, limit)
    throw new BodyError(400, `The request body is no valid ${encoding}.`)
  }
  throw new BodyError(415, `The request body has the unknown content-encoding '${encoding.slice(0, 50)}'.`)
}

const isZlib = (body: Buffer) =>
  body.length >= 2 && body.readUInt16BE(0) % 31 === 0 && ((body[0] ?? 0) & 15) === 8

/** In the words of the real thing (soap-wire 8.4). */
const tooLong = (size: number, limit: number) =>
  new BodyError(413, `Length of HTTP request body exceeds configured maximum; ${size} > ${limit}`)
