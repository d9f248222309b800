import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** A server in a process of its own, as a user starts it: the built command, over plain HTTP on loopback. */
export interface BenchServer {
  readonly url: string
  /** From spawn to the first answered request, in milliseconds. */
  readonly startMs: number
  readonly token: string
  /** Resident memory in megabytes, now. */
  memoryMB(): number
  stop(): Promise<void>
}

/** Milliseconds with fractions. */
export const now = () => Number(process.hrtime.bigint()) / 1e6

export async function startServer(
  seed: string,
  set: Readonly<Record<string, number>> = {},
): Promise<BenchServer> {
  const directory = mkdtempSync(join(tmpdir(), 'fauxsphere-bench-'))
  const file = join(directory, 'env')
  const parameters = Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  const began = now()
  const child = spawn(
    process.execPath,
    [CLI, 'serve', '--seed', seed, ...parameters, '--port', '0', '--no-tls', '--write-env', file],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const remove = () => rmSync(directory, { recursive: true, force: true })
  const url = await written(child, file).catch((error) => {
    child.kill('SIGKILL')
    remove()
    throw error
  })
  await call(`${url}/sdk/vim25/8.0.3.0/ServiceInstance/ServiceInstance/content`, 'GET', undefined, undefined)
  const startMs = now() - began
  const login = await call(
    `${url}/sdk/vim25/8.0.3.0/SessionManager/SessionManager/Login`,
    'POST',
    { userName: 'administrator@vsphere.local', password: 'VMware1!' },
    undefined,
  )
  return {
    url,
    startMs,
    token: login.token,
    memoryMB: () => residentMB(child),
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      remove()
    },
  }
}

async function written(child: ChildProcess, file: string): Promise<string> {
  const deadline = now() + 120_000
  while (now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server ended with exit code ${child.exitCode}.`)
    const url = read(file)?.match(/^FAUXSPHERE_URL="?([^"\n]+)"?$/m)?.[1]
    if (url) return url
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error('The server was not ready within two minutes.')
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** What a process holds of the machine's memory, in megabytes. */
export function residentMB({ pid }: ChildProcess): number {
  const size = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)?.[1]
  return Math.round(Number(size) / 1024)
}

/** One request; rejects unless it is answered with 2xx. */
export function call(url: string, method: string, body: unknown, token: string | undefined) {
  return new Promise<{ body: string; token: string }>((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        headers: { 'content-type': 'application/json', ...(token ? { 'vmware-api-session-id': token } : {}) },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString()
          if ((answer.statusCode ?? 500) >= 300)
            reject(new Error(`${method} ${url}: ${answer.statusCode} ${text.slice(0, 300)}`))
          else resolve({ body: text, token: String(answer.headers['vmware-api-session-id'] ?? '') })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
