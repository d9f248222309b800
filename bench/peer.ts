import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { now, residentMB } from './server.js'
import { soapLogin } from './soap.js'
import type { MeasuredServer } from './soap-rows.js'

const SOURCE = fileURLToPath(new URL('./peer/', import.meta.url))

export interface Peer {
  start(set: Readonly<Record<string, number>>): Promise<MeasuredServer>
  remove(): void
}

/** Builds govmomi's simulator from its module; a first build takes about a minute. */
export function buildPeer(): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'fauxsphere-peer-'))
  const program = join(folder, 'peer')
  const { error, status, stderr } = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: SOURCE,
    encoding: 'utf8',
  })
  if (error) throw error
  if (status !== 0) throw new Error(`govmomi's simulator cannot be built: ${stderr}`)
  return {
    start: (set) => start(program, set),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function start(program: string, set: Readonly<Record<string, number>>): Promise<MeasuredServer> {
  const flags = Object.entries(set).map(([name, value]) => `-${name}=${value}`)
  const began = now()
  const child = spawn(program, flags, { stdio: ['pipe', 'pipe', 'inherit'] })
  const { origin } = new URL(await firstLine(child))
  const { url, cookie } = await soapLogin(origin)
  return {
    url,
    cookie,
    startMs: now() - began,
    memoryMB: () => residentMB(child),
    async stop() {
      child.stdin?.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The simulator has no output.')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('The simulator ended before it listened.')
}
