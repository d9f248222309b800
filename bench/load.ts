import { connect } from 'node:net'
import type { Request } from './requests.js'
import { type BenchServer, now } from './server.js'

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
  server: BenchServer,
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

function bytesOf({ url, token }: BenchServer, { method, path, body = '' }: Request): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${new URL(url).host}`,
    `vmware-api-session-id: ${token}`,
    ...(body === '' ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** How many answers one connection got until then. */
function overOne({ url }: BenchServer, request: Buffer, until: number): Promise<number> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answers = 0
    let head = ''
    /** Bytes of the body that are still to come; undefined while the head is. */
    let left: number | undefined

    const begin = () => {
      head = ''
      left = undefined
      socket.write(request)
    }
    const take = (count: number, buffer: Uint8Array): boolean => {
      if (left !== undefined) left -= count
      else {
        head += Buffer.from(buffer.buffer, buffer.byteOffset, count).toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return true
        const length = /^HTTP\/1\.1 2.*?\r\ncontent-length: (\d+)/is.exec(head.slice(0, end))?.[1]
        if (length === undefined) {
          socket.destroy(new Error(`An answer is not as expected: ${head.slice(0, 500)}`))
          return false
        }
        left = Number(length) - (head.length - end - 4)
      }
      if (left > 0) return true
      answers++
      if (now() < until) begin()
      else socket.end()
      return true
    }

    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: { buffer: Buffer.alloc(READ_BYTES), callback: take },
    })
    socket.on('connect', begin)
    socket.on('error', reject)
    socket.on('close', () => (now() < until ? reject(new Error('The server hung up.')) : resolve(answers)))
  })
}
