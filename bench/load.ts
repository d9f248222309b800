import { connect } from 'node:net'
import { answerFollower } from './answer.js'
import type { Request } from './requests.js'
import { now } from './server.js'

/** Where requests go; the token stands for those that say nothing of a session themselves. */
export interface Target {
  readonly url: string
  readonly token?: string
}

export interface Load {
  readonly answers: number
  readonly seconds: number
}

/** What one read takes from a connection at most. */
const READ_BYTES = 2 ** 20

/**
 * Sends one request again and again over some connections, each as soon as the last answer is there. Rejects unless all
 * answers are 2xx.
 *
 * It reads into one buffer per connection and looks at nothing but status and length: a client that takes answers apart
 * costs more than the server that is to be measured (autocannon: 50 ms of CPU for the 24 MB of 1,000 whole VMs, this: 6).
 */
export async function load(
  server: Target,
  request: Request,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const bytes = bytesOf(server, request)
  const began = now()
  const until = began + seconds * 1000
  const each = Array.from({ length: connections }, () => overOne(server, bytes, until))
  const answers = (await Promise.all(each)).reduce((sum, count) => sum + count, 0)
  return { answers, seconds: (now() - began) / 1000 }
}

function bytesOf({ url, token }: Target, { method, path, body = '', headers }: Request): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${new URL(url).host}`,
    ...(token === undefined ? [] : [`vmware-api-session-id: ${token}`]),
    ...Object.entries(headers ?? { 'content-type': 'application/json' }).map((each) => each.join(': ')),
    ...(body === '' ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** How many answers one connection got until then. */
function overOne({ url }: Target, request: Buffer, until: number): Promise<number> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answers = 0
    const follow = answerFollower()
    const take = (count: number, bytes: Uint8Array): boolean => {
      try {
        if (!follow(bytes, count)) return true
      } catch (error) {
        socket.destroy(error as Error)
        return false
      }
      answers++
      if (now() < until) socket.write(request)
      else socket.end()
      return true
    }

    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: { buffer: Buffer.alloc(READ_BYTES), callback: take },
    })
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject)
    socket.on('close', () => (now() < until ? reject(new Error('The server hung up.')) : resolve(answers)))
  })
}
