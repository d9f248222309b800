import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'

const directory = mkdtempSync(join(tmpdir(), 'library-bytes-'))
afterAll(() => rmSync(directory, { recursive: true }))

const start = (name: string) =>
  createFauxsphere({ data: join(directory, name), tls: false, seed: 'physical-lab', logLevel: 'silent' })

async function client({ app }: Fauxsphere) {
  const authorization = `Basic ${Buffer.from('a:b').toString('base64')}`
  const login = await app.inject({ method: 'POST', url: '/api/session', headers: { authorization } })
  const headers = { 'vmware-api-session-id': login.json<string>() }
  return async (method: 'GET' | 'POST', path: string, payload?: object) => {
    const answer = await app.inject({ method, url: `/api${path}`, headers, ...(payload && { payload }) })
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.body}`)
    return answer.body === '' ? undefined : answer.json()
  }
}

/** Sends `text` as a.txt of a new item, in a session that is left open; the way to give the item what has come. */
async function upload(server: Fauxsphere, text: string) {
  const api = await client(server)
  const [{ datastore }] = await api('GET', '/vcenter/datastore')
  const storage_backings = [{ type: 'DATASTORE', datastore_id: datastore }]
  const library_id = await api('POST', '/content/local-library', { name: 'l', storage_backings })
  const item = await api('POST', '/content/library/item', { name: 'i', library_id })
  const session = await api('POST', '/content/library/item/update-session', { library_item_id: item })
  const at = `/content/library/item/update-session/${session}`
  const file = await api('POST', `${at}/file`, { name: 'a.txt', source_type: 'PUSH' })
  const url = new URL(file.upload_endpoint.uri).pathname
  expect((await server.app.inject({ method: 'PUT', url, payload: text })).statusCode).toBe(200)
  return { item, at }
}

async function download(server: Fauxsphere, item: string): Promise<string> {
  const api = await client(server)
  const session = await api('POST', '/content/library/item/download-session', { library_item_id: item })
  const at = `/content/library/item/download-session/${session}/file?action=prepare`
  const { download_endpoint } = await api('POST', at, { file_name: 'a.txt' })
  return (await server.app.inject({ url: new URL(download_endpoint.uri).pathname })).body
}

it('keeps the bytes of library items over a kill in the middle of a session', async () => {
  const server = await start('first')
  const { item, at } = await upload(server, 'the bytes')
  // What a kill leaves: the files as they are now.
  cpSync(join(directory, 'first'), join(directory, 'second'), { recursive: true })
  rmSync(join(directory, 'second', 'lock'))
  await server.close()
  const next = await start('second')
  const api = await client(next)
  await api('POST', `${at}?action=complete`)
  expect(await download(next, item)).toBe('the bytes')
  await next.close()
  expect(existsSync(join(directory, 'second', 'blobs'))).toBe(true)
  const last = await start('second')
  expect(await download(last, item)).toBe('the bytes')
  await last.close()
})

it('gives the bytes back with a snapshot', async () => {
  await using server = await createFauxsphere({ tls: false, seed: 'physical-lab', logLevel: 'silent' })
  const { item, at } = await upload(server, 'the bytes')
  await (await client(server))('POST', `${at}?action=complete`)
  const snapshot = server.snapshot()
  await server.reset()
  await expect(download(server, item)).rejects.toThrow('library_item_not_found')
  await server.restore(snapshot)
  expect(await download(server, item)).toBe('the bytes')
})
