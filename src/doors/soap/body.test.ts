import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createTestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'
import { createRootFolder } from '#vsphere/folder/build.js'
import { BODY_SECONDS, BodyError, readBody } from './body.js'
import { createSoapClient } from './testing.js'

/** A clock whose one timer is rung by hand. */
function handClock() {
  const timers = new Map<() => void, number>()
  return {
    timers,
    ring() {
      for (const callback of [...timers.keys()]) callback()
    },
    after(ms: number, callback: () => void) {
      timers.set(callback, ms)
      return () => {
        timers.delete(callback)
      }
    },
  }
}

function reading(headers: Record<string, string> = {}, limit = 1000) {
  const stream = new PassThrough()
  const clock = handClock()
  const read = new Promise<Buffer>((resolve, reject) =>
    readBody({ headers }, stream, { limit, clock }, (error, body) =>
      error ? reject(error) : resolve(body as Buffer),
    ),
  )
  read.catch(() => {})
  return { stream, clock, read }
}

const refusal = (status: number, message: RegExp) => ({
  statusCode: status,
  message: expect.stringMatching(message),
})

describe('a body', () => {
  it('is read whole, and no timer stays', async () => {
    const { stream, clock, read } = reading()
    expect([...clock.timers.values()]).toEqual([BODY_SECONDS * 1000])
    stream.write('ab')
    stream.end('c')
    expect((await read).toString()).toBe('abc')
    expect(clock.timers.size).toBe(0)
  })

  it('that does not come in time is given up', async () => {
    const { stream, clock, read } = reading()
    stream.write('a')
    clock.ring()
    await expect(read).rejects.toBeInstanceOf(BodyError)
    await expect(read).rejects.toMatchObject(refusal(408, /within 60 seconds/))
  })

  it('is not read further than the limit, whatever it says of its length', async () => {
    const said = reading({ 'content-length': '1001' })
    await expect(said.read).rejects.toMatchObject(refusal(413, /; 1001 > 1000$/))
    const unsaid = reading()
    unsaid.stream.write(Buffer.alloc(600))
    unsaid.stream.write(Buffer.alloc(600))
    await expect(unsaid.read).rejects.toMatchObject(refusal(413, /; 1200 > 1000$/))
    const bomb = reading({ 'content-encoding': 'gzip' })
    bomb.stream.end(gzipSync(Buffer.alloc(5000)))
    await expect(bomb.read).rejects.toMatchObject(refusal(413, /; 1001 > 1000$/))
  })

  it('that breaks off is none', async () => {
    const { stream, read } = reading()
    stream.write('a')
    stream.destroy()
    await expect(read).rejects.toMatchObject(refusal(400, /closed/))
  })
})

describe('a connection', () => {
  it('that sends its body slowly is answered 408 and closed', async () => {
    const world = createTestWorld({ families, seed: (ctx) => void createRootFolder(ctx) })
    const clock = handClock()
    const sandbox = { ...world.sandbox, clock: { ...world.sandbox.clock, after: clock.after } }
    const { app } = createSoapClient(sandbox)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    const client = request({
      port,
      path: '/sdk',
      method: 'POST',
      headers: { 'transfer-encoding': 'chunked' },
    })
    const answered = once(client, 'response') as Promise<
      [NodeJS.ReadableStream & { statusCode: number; headers: Record<string, string> }]
    >
    const arrived = once(app.server, 'request')
    client.write('<')
    await arrived
    await new Promise(setImmediate)
    clock.ring()
    const [response] = await answered
    expect(response.statusCode).toBe(408)
    expect(response.headers.connection).toBe('close')
    response.resume()
    client.destroy()
    await app.close()
  })
})
