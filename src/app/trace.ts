import { closeSync, openSync, writeSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { Refusal } from './refusal.js'

/**
 * Writes every SOAP request and answer to a file, from its beginning, or to standard error (`-`). Answers are not compressed
 * meanwhile. To be called before there are routes; returns the way to close the file. Throws Refusal when it cannot be made.
 */
export function traceSoap(app: FastifyInstance, path: string): () => void {
  const file = path === '-' ? 2 : open(path)
  let number = 0
  const numbers = new WeakMap<object, number>()
  const isSoap = (url: string) => /^\/sdk(\/vim25|\/vimService)?\/?($|\?)/.test(url)
  app.addHook('onRequest', async ({ raw, url }) => {
    if (isSoap(url)) delete raw.headers['accept-encoding']
  })
  app.addHook('preHandler', async (request) => {
    if (!isSoap(request.url)) return
    number++
    numbers.set(request, number)
    writeSync(file, `--> ${number} ${request.method} ${request.url}\n${textOf(request.body)}\n`)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const own = numbers.get(request)
    if (own !== undefined) writeSync(file, `<-- ${own} ${reply.statusCode}\n${textOf(payload)}\n`)
    return payload
  })
  return () => {
    if (file !== 2) closeSync(file)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'w', 0o600)
  } catch (error) {
    throw new Refusal(`Cannot write the trace to ${path}: ${(error as Error).message}`)
  }
}

const textOf = (body: unknown) =>
  Buffer.isBuffer(body) ? body.toString() : typeof body === 'string' ? body : ''
