import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from './fauxsphere.js'
import type { FauxsphereOptions } from './options.js'

const running: Fauxsphere[] = []
const start = async (options: FauxsphereOptions = {}) => {
  const server = await createFauxsphere({ seed: 'empty', tls: false, logLevel: 'silent', ...options })
  running.push(server)
  return server
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

const home = mkdtempSync(join(tmpdir(), 'fauxsphere-app-'))
let directories = 0
const directory = () => join(home, String(++directories))
afterAll(() => rmSync(home, { recursive: true }))

const SDK = '/sdk/vim25/8.0.3.0'

async function login({ app }: Fauxsphere): Promise<Record<string, string>> {
  const headers = { authorization: `Basic ${btoa('root:secret')}` }
  const { statusCode, body } = await app.inject({ method: 'POST', url: '/api/session', headers })
  expect(statusCode).toBe(201)
  return { 'vmware-api-session-id': JSON.parse(body) as string }
}

async function createFolder({ app }: Fauxsphere, headers: Record<string, string>, name: string) {
  return app.inject({
    method: 'POST',
    url: `${SDK}/Folder/group-d1/CreateFolder`,
    headers,
    payload: { name },
  })
}

/** Names of the folders below the root folder, from the state itself. */
function folders({ sandbox }: Fauxsphere): readonly string[] {
  const { read } = sandbox.inventory
  return [...read.ids('Folder')].filter((id) => id !== 'group-d1').map((id) => read.get('Folder', id).name)
}

describe('createFauxsphere', () => {
  it('answers over TLS with a certificate that its authority signed', async () => {
    const server = await start({ tls: true })
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      request(
        `${server.url}${SDK}/ServiceInstance/ServiceInstance/content`,
        { ca: server.ca },
        (response) => {
          let body = ''
          response.setEncoding('utf8').on('data', (text) => {
            body += text
          })
          response.on('end', () => resolve({ status: response.statusCode, body }))
        },
      )
        .on('error', reject)
        .end()
    })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({
      _typeName: 'ServiceContent',
      about: { apiVersion: '8.0.3.0' },
    })
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(server.env).toMatchObject({
      FAUXSPHERE_URL: server.url,
      FAUXSPHERE_THUMBPRINT: server.thumbprints?.sha1,
    })
    expect(readFileSync(server.env.FAUXSPHERE_CA_FILE, 'utf8')).toBe(server.ca)
    expect((await server.app.inject('/certs/ca.pem')).body).toBe(server.ca)
    await server.close()
    expect(existsSync(server.env.FAUXSPHERE_CA_FILE)).toBe(false)
  })

  it('tells what it is and whether it is well', async () => {
    const server = await start()
    const about = (await server.app.inject('/about')).json()
    expect(about).toMatchObject({ name: 'Fauxsphere', seed: 'empty', vsphere: { apiVersion: '8.0.3.0' } })
    expect(about.implementedMethods.Folder).toContain('CreateFolder')
    expect(about.doors.map((door: { name: string }) => door.name)).toContain('vi-json')
    expect((await server.app.inject('/healthz')).statusCode).toBe(200)
    expect((await server.app.inject('/readyz')).json()).toEqual({ status: 'ready' })
    expect((await server.app.inject('/certs/ca.pem')).statusCode).toBe(404)
  })

  it('runs several in one process that share nothing', async () => {
    const [one, two] = [await start(), await start()]
    await createFolder(one, await login(one), 'only here')
    expect(folders(one)).toEqual(['only here'])
    expect(folders(two)).toEqual([])
    expect(one.url).not.toBe(two.url)
    one.clock.setRate(0)
    expect([one.clock.rate, two.clock.rate]).toEqual([0, 1])
  })

  it('goes back to a snapshot and to the seed', async () => {
    const server = await start()
    const headers = await login(server)
    await createFolder(server, headers, 'a')
    const snapshot = server.snapshot()
    await createFolder(server, headers, 'b')
    expect(folders(server)).toEqual(['a', 'b'])
    await server.restore(snapshot)
    expect(folders(server)).toEqual(['a'])
    await server.reset()
    expect(folders(server)).toEqual([])
  })

  it('answers what no door can with a short message, and goes on', async () => {
    const server = await start({ maxBodyBytes: 1000 })
    const headers = await login(server)
    const tooLong = await createFolder(server, headers, 'x'.repeat(2000))
    expect(tooLong.statusCode).toBe(413)
    const nowhere = await server.app.inject('/nowhere?secret=1')
    expect(nowhere.statusCode).toBe(404)
    expect(nowhere.json().message).toBe(
      'There is nothing at GET /nowhere. GET /about lists the doors, /docs describes them.',
    )
    expect((await createFolder(server, headers, 'fine')).statusCode).toBe(200)
  })

  it('lets only the configured account in', async () => {
    const { app } = await start({ username: 'root', password: 'secret' })
    const session = (account: string) =>
      app.inject({
        method: 'POST',
        url: '/api/session',
        headers: { authorization: `Basic ${btoa(account)}` },
      })
    expect((await session('root:secret')).statusCode).toBe(201)
    expect((await session('root:other')).statusCode).toBe(401)
  })

  it('refuses a port in use, an unknown seed and a bad option, and leaves nothing behind', async () => {
    const { url } = await start()
    const port = Number(new URL(url).port)
    const data = directory()
    await expect(start({ port, data })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use; choose another one`,
    )
    await expect(start({ host: '300.1.1.1', tls: true })).rejects.toThrow(
      'This machine has no address 300.1.1.1 to listen on.',
    )
    await expect(start({ seed: 'nix', data: directory() })).rejects.toThrow(/^There is no seed 'nix'/)
    await expect(start({ pace: -1 })).rejects.toThrow('pace must be instant, real or a factor')
    // The lock of the starts that failed is gone.
    await expect(start({ data })).resolves.toBeDefined()
  })

  it('closes waiting clients, and may be closed again', async () => {
    const server = await start()
    const headers = { ...(await login(server)), 'content-type': 'application/json' }
    const wait = fetch(`${server.url}${SDK}/PropertyCollector/propertyCollector/WaitForUpdatesEx`, {
      method: 'POST',
      headers,
      body: '{"options":{"_typeName":"WaitOptions","maxWaitSeconds":600}}',
    })
    await Promise.all([expect(wait).rejects.toThrow(), once(server)])
    await server[Symbol.asyncDispose]()
    expect((await fetch(`${server.url}/healthz`).catch((error) => error)) instanceof Error).toBe(true)
  })
})

/** Closes the server as soon as it has taken a connection. */
async function once(server: Fauxsphere): Promise<void> {
  await new Promise((resolve) => server.app.server.once('request', resolve))
  await server.close()
}

describe('a data directory', () => {
  it('carries state, sessions, certificates and the seed over a restart', async () => {
    const data = directory()
    const first = await start({ data, tls: true })
    const headers = await login(first)
    await createFolder(first, headers, 'kept')
    const { ca, thumbprints } = first
    await first.close()
    const second = await start({ data, tls: true, seed: undefined })
    expect(folders(second)).toEqual(['kept'])
    expect((await createFolder(second, headers, 'more')).statusCode).toBe(200)
    expect([second.ca, second.thumbprints]).toEqual([ca, thumbprints])
    expect((await second.app.inject('/about')).json().seed).toBe('empty')
    expect(second.env.FAUXSPHERE_CA_FILE).toBe(join(data, 'tls', 'ca.pem'))
  })

  it('has every answered change on disk before the answer is sent, and running work in it', async () => {
    const data = directory()
    const frozen = { at: '2030-01-01T00:00:00Z', rate: 0 } as const
    const server = await start({ data, pace: 'real', clock: frozen })
    const headers = await login(server)
    await createFolder(server, headers, 'old')
    const folder = [...server.sandbox.inventory.read.ids('Folder')].at(-1)
    const url = `${SDK}/Folder/${folder}/Rename_Task`
    const started = await server.app.inject({ method: 'POST', url, headers, payload: { newName: 'new' } })
    expect(started.statusCode).toBe(200)
    server.clock.advance(10)
    await server.restore(server.snapshot())

    // What a killed process leaves: the directory as it is now, without any goodbye.
    const copy = directory()
    cpSync(data, copy, { recursive: true, filter: (path) => !path.endsWith('lock') })
    const again = await start({ data: copy, pace: 'real', clock: frozen })
    expect(again.clock.now()).toBe(server.clock.now())
    expect(folders(again)).toEqual(['old'])
    again.clock.advance(600_000)
    expect(folders(again)).toEqual(['new'])
    const task = started.json().value as string
    expect(again.sandbox.inventory.read.get('Task', task).info.state).toBe('success')
  })

  it('resets to the seed after a restart, too', async () => {
    const data = directory()
    const first = await start({ data })
    await createFolder(first, await login(first), 'kept')
    await first.close()
    const second = await start({ data })
    await second.reset()
    expect(folders(second)).toEqual([])
    await second.close()
    expect(folders(await start({ data }))).toEqual([])
  })

  it('is refused while another server uses it, for another seed, and when it is damaged', async () => {
    const data = directory()
    const server = await start({ data })
    await expect(start({ data })).rejects.toThrow(`${data} is in use by process ${process.pid}`)
    await server.close()
    await expect(start({ data, seed: 'vcsim' })).rejects.toThrow(
      `${data} holds a world that began with --vsphere 8.0.3 --seed empty; leave these options out to go on with it, or use another directory.`,
    )
    await expect(start({ data, vsphere: '6.7' })).rejects.toThrow('began with --vsphere 8.0.3')
    writeFileSync(join(data, 'fauxsphere.json'), '{"format":1,')
    await expect(start({ data })).rejects.toThrow(
      `${join(data, 'fauxsphere.json')} is damaged (its end is missing)`,
    )
    expect(readFileSync(join(data, 'fauxsphere.json'), 'utf8')).toBe('{"format":1,')
  })
})
