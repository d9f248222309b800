import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type ServerProcess, startProcess } from '../support/server-process.js'

/** Two servers side by side, each with a directory of its own, killed this often. */
const LANES = 2
const KILLS = 25
const CLIENTS = 4

const directory = mkdtempSync(join(tmpdir(), 'fauxsphere-kill-'))
afterAll(() => rmSync(directory, { recursive: true }))

/** What a client knows of a folder: its name after its last answer, and what an unanswered request may have made of it. */
interface Folder {
  readonly id: string
  name: string | undefined
  maybe: string | undefined
}

class Client {
  readonly folders: Folder[] = []
  /** Names of folders that were asked for without an answer. */
  readonly maybeCreated: string[] = []
  #made = 0

  constructor(
    readonly label: string,
    readonly token: string,
  ) {}

  /** Creates, renames and destroys folders until the server is gone; `answered` hears of every answer. */
  async work(url: string, answered: () => void): Promise<void> {
    for (;;) {
      const name = `${this.label}-${++this.#made}`
      this.maybeCreated.push(name)
      const id = (await call(url, this.token, 'Folder/group-d1/CreateFolder', { name })).value
      this.maybeCreated.pop()
      const folder: Folder = { id, name, maybe: name }
      this.folders.push(folder)
      answered()
      folder.maybe = `${name}-renamed`
      await call(url, this.token, `Folder/${id}/Rename_Task`, { newName: folder.maybe })
      folder.name = folder.maybe
      answered()
      if (this.#made % 2) continue
      folder.maybe = undefined
      await call(url, this.token, `Folder/${id}/Destroy_Task`, {})
      folder.name = undefined
      answered()
    }
  }
}

async function request(url: string, token: string, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`${url}/sdk/vim25/8.0.3.0/${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', 'vmware-api-session-id': token },
  })
  const body = await response.text()
  if (!response.ok) throw new Unexpected(`${path}: ${response.status} ${body}`)
  return JSON.parse(body)
}

/** An answer that a healthy server does not give; a connection that breaks is another matter. */
class Unexpected extends Error {}

async function call(url: string, token: string, path: string, args: object): Promise<{ value: string }> {
  return (await request(url, token, path, { method: 'POST', body: JSON.stringify(args) })) as {
    value: string
  }
}

async function login(url: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('root:secret')}` },
  })
  return (await response.json()) as string
}

/** Name of every folder below the root folder, by id. */
async function foldersOf(url: string, token: string): Promise<Map<string, string>> {
  const children = (await request(url, token, 'Folder/group-d1/childEntity', {})) as {
    _value?: { value: string }[]
  }
  const names = new Map<string, string>()
  const list = (Array.isArray(children) ? children : (children._value ?? [])) as { value: string }[]
  for (const { value } of list)
    names.set(value, String(await request(url, token, `Folder/${value}/name`, {})))
  return names
}

/** Lets all clients work and kills the server after so many answers. */
async function workAndKill(
  server: ServerProcess,
  clients: readonly Client[],
  answers: number,
): Promise<void> {
  let left = answers
  const broken: unknown[] = []
  const working = clients.map((client) =>
    client
      .work(server.url, () => {
        if (--left === 0) server.child.kill('SIGKILL')
      })
      .catch((error) => {
        if (error instanceof Unexpected) broken.push(error)
      }),
  )
  const { signal } = await server.ended
  await Promise.all(working)
  expect(broken).toEqual([])
  expect(signal).toBe('SIGKILL')
}

function check(found: Map<string, string>, clients: readonly Client[]): void {
  const known = new Set<string>()
  for (const client of clients) {
    for (const folder of client.folders) {
      known.add(folder.id)
      const now = found.get(folder.id)
      expect([folder.name, folder.maybe], folder.id).toContain(now)
      folder.name = now
      folder.maybe = now
    }
    const unanswered = new Set(client.maybeCreated)
    for (const [id, name] of found) if (unanswered.has(name)) known.add(id)
  }
  expect([...found.keys()].filter((id) => !known.has(id))).toEqual([])
  expect(new Set(found.values()).size).toBe(found.size)
}

/** Starts, checks, loads and kills a server again and again; resolves to the number of folders that were made. */
async function lane(data: string): Promise<number> {
  const args = ['--no-tls', '--port', '0', '--seed', 'empty', '--data', data]
  const clients: Client[] = []
  for (let round = 0; round <= KILLS; round++) {
    const server = await startProcess(args)
    if (round === 0) {
      const token = await login(server.url)
      for (let i = 0; i < CLIENTS; i++) clients.push(new Client(`client-${i}`, token))
    }
    // Sessions survive as well: every request uses that of the first start.
    check(await foldersOf(server.url, clients[0]?.token ?? ''), clients)
    if (round === KILLS) await server.end('SIGTERM')
    else await workAndKill(server, clients, 1 + ((round * 7) % 40))
  }
  return clients.flatMap((client) => client.folders).length
}

describe('a server that keeps its state', () => {
  it(`has lost nothing that it answered after each of ${LANES * KILLS} kills under load`, async () => {
    const lanes = Array.from({ length: LANES }, (_, at) => lane(join(directory, String(at))))
    for (const folders of await Promise.all(lanes)) expect(folders).toBeGreaterThan(KILLS)
  }, 240_000)
})
