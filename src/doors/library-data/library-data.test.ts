import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'
import { createServiceLab } from '#services/core/testing.js'
import { automationDoor } from '../automation/automation.js'
import { libraryDataDoor } from './library-data.js'

const FILE = 'com.vmware.content.library.item.updatesession.file'
const open: { close(): unknown }[] = []
afterAll(async () => {
  for (const each of open) await each.close()
})

async function server() {
  const lab = createServiceLab()
  const app = Fastify({ bodyLimit: 1000 })
  open.push(app, lab.sandbox)
  app.addHook('onSend', async () => void app.server.emit('answered'))
  app.register(async (scope) => automationDoor(scope, lab.sandbox))
  app.register(async (scope) => libraryDataDoor(scope, lab.sandbox))
  const authorization = `Basic ${Buffer.from('a:b').toString('base64')}`
  const login = await app.inject({ method: 'POST', url: '/api/session', headers: { authorization } })
  const headers = { 'vmware-api-session-id': login.json<string>(), host: 'vc.lab' }
  const api = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) => {
    const answer = await app.inject({
      method,
      url: `/api/content${path}`,
      headers,
      ...(payload && { payload }),
    })
    return { status: answer.statusCode, value: answer.body === '' ? undefined : answer.json() }
  }
  const library = await api('POST', '/local-library', {
    name: 'images',
    storage_backings: [{ type: 'DATASTORE', datastore_id: lab.datastore }],
    publish_info: { published: true, authentication_method: 'NONE' },
  })
  const item = await api('POST', '/library/item', { library_id: library.value, name: 'disc' })
  const opened = await api('POST', '/library/item/update-session', { library_item_id: item.value })
  const session = opened.value as string
  const add = async (spec: object) =>
    (await api('POST', `/library/item/update-session/${session}/file`, { source_type: 'PUSH', ...spec }))
      .value
  const pathOf = (endpoint: { uri: string }) => new URL(endpoint.uri).pathname
  return { lab, app, api, library: library.value, item: item.value, session, add, pathOf }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('the bytes of library items', () => {
  it('go up, become the item, and come down again', async () => {
    const { app, api, add, pathOf, item, session, library, lab } = await server()
    const bytes = Buffer.from('0123456789'.repeat(20_000))
    const added = await add({
      name: 'disc one.iso',
      size: bytes.length,
      checksum_info: { algorithm: 'SHA256', checksum: sha256(bytes) },
    })
    expect(added).toMatchObject({
      status: 'WAITING_FOR_TRANSFER',
      bytes_transferred: 0,
      name: 'disc one.iso',
    })
    expect(added.upload_endpoint.uri).toMatch(
      /^http:\/\/vc\.lab:80\/cls\/data\/[0-9a-f-]{36}\/disc%20one\.iso$/,
    )

    const url = pathOf(added.upload_endpoint)
    expect((await app.inject({ method: 'PUT', url, payload: bytes })).statusCode).toBe(200)
    const file = `/library/item/update-session/${session}/file/disc%20one.iso`
    expect((await api('GET', file)).value).toMatchObject({ status: 'READY', bytes_transferred: bytes.length })
    expect((await api('POST', `/library/item/update-session/${session}?action=complete`)).status).toBe(204)
    expect((await api('GET', `/library/item/update-session/${session}`)).value).toMatchObject({
      state: 'DONE',
    })

    expect((await api('GET', `/library/item/${item}`)).value).toMatchObject({
      type: 'iso',
      size: bytes.length,
      cached: true,
      content_version: '2',
      metadata_version: '1',
    })
    const [stored] = (await api('GET', `/library/item/${item}/storage`)).value
    expect(stored.storage_uris[0]).toMatch(
      new RegExp(
        `^ds:///vmfs/volumes/[^/]+/contentlib-${library}/${item}/disc%20one_[0-9a-f-]{36}\\.iso\\?serverId=`,
      ),
    )

    const opened = await api('POST', '/library/item/download-session', { library_item_id: item })
    const downloads = `/library/item/download-session/${opened.value}`
    const [unprepared] = (await api('GET', `${downloads}/file`)).value
    expect(unprepared).toMatchObject({ name: 'disc one.iso', status: 'UNPREPARED' })
    expect(unprepared.download_endpoint).toBeUndefined()
    const prepared = await api('POST', `${downloads}/file?action=prepare`, { file_name: 'disc one.iso' })
    expect(prepared.value).toMatchObject({
      status: 'PREPARED',
      checksum_info: { algorithm: 'SHA1', checksum: createHash('sha1').update(bytes).digest('hex') },
    })
    const from = pathOf(prepared.value.download_endpoint)
    const whole = await app.inject({ url: from })
    expect([whole.statusCode, whole.headers['content-length']]).toEqual([200, `${bytes.length}`])
    expect(sha256(whole.rawPayload)).toBe(sha256(bytes))
    const part = await app.inject({ url: from, headers: { range: 'bytes=3-12' } })
    expect([part.statusCode, part.headers['content-range'], part.body]).toEqual([
      206,
      `bytes 3-12/${bytes.length}`,
      '3456789012',
    ])
    const beyond = await app.inject({ url: from, headers: { range: `bytes=${bytes.length}-` } })
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`])
    const head = await app.inject({ method: 'HEAD', url: from })
    expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([200, `${bytes.length}`, ''])

    expect((await api('POST', `${downloads}?action=cancel`)).status).toBe(204)
    expect((await app.inject({ url: from })).statusCode).toBe(404)
    expect(lab.sandbox.inventory.read.get('Datastore', lab.datastore).summary.freeSpace).toBeLessThan(2 ** 40)
  })

  it('that do not fit what was announced leave the file in ERROR, until they come again', async () => {
    const { app, api, add, pathOf, session } = await server()
    const { upload_endpoint } = await add({
      name: 'a.txt',
      checksum_info: { algorithm: 'MD5', checksum: createHash('md5').update('right').digest('hex') },
    })
    const send = (payload: string) => app.inject({ method: 'PUT', url: pathOf(upload_endpoint), payload })
    const look = async () => (await api('GET', `/library/item/update-session/${session}/file/a.txt`)).value
    await send('wrong')
    expect(await look()).toMatchObject({
      status: 'ERROR',
      error_message: { id: 'com.vmware.vdcs.cls-main.file_checksum_mismatch' },
    })
    const complete = `/library/item/update-session/${session}?action=complete`
    expect((await api('POST', complete)).value).toEqual({
      error_type: 'NOT_ALLOWED_IN_CURRENT_STATE',
      messages: [
        {
          args: ['a.txt', 'ERROR'],
          default_message:
            'File a.txt has transfer errors or has not been fully received yet (status: ERROR).',
          id: 'com.vmware.vdcs.cls-main.update_session_file_not_received',
        },
      ],
    })
    await send('right')
    expect((await look()).error_message).toBeUndefined()
    expect((await api('POST', complete)).status).toBe(204)

    const other = await server()
    const sized = await other.add({ name: 'b.txt', size: 3 })
    await other.app.inject({ method: 'POST', url: other.pathOf(sized.upload_endpoint), payload: 'four' })
    const [file] = (await other.api('GET', `/library/item/update-session/${other.session}/file`)).value
    expect(file).toMatchObject({
      status: 'ERROR',
      error_message: { id: 'com.vmware.vdcs.cls-main.file_size_mismatch', args: ['b.txt', '4', '3'] },
    })
  })

  it('wait again after a client that hangs up', async () => {
    const { lab, app, add, pathOf, session } = await server()
    const { upload_endpoint } = await add({ name: 'big.bin' })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const arrived = once(app.server, 'request')
    const headers = { 'content-length': 1000 }
    const path = pathOf(upload_endpoint)
    const upload = request({ port, host: '127.0.0.1', method: 'PUT', path, headers })
    upload.on('error', () => {})
    upload.write('half')
    await arrived
    const answered = once(app.server, 'answered')
    upload.destroy()
    await answered
    const file = { update_session_id: session, file_name: 'big.bin' }
    expect(await lab.invoke(FILE, 'get', file)).toMatchObject({
      status: 'WAITING_FOR_TRANSFER',
      bytes_transferred: 0,
    })
    expect(await lab.sandbox.services.blobs.sweep(() => false)).toBe(0)
  })

  it('are taken and given by nobody else', async () => {
    const { app, api, add, pathOf, session } = await server()
    const { upload_endpoint } = await add({ name: 'a.txt' })
    const url = pathOf(upload_endpoint)
    const put = async (at: string) => (await app.inject({ method: 'PUT', url: at, payload: 'x' })).statusCode
    expect(await put(`/cls/data/${session}/a.txt`)).toBe(404)
    expect(await put(url.replace('a.txt', 'b.txt'))).toBe(404)
    expect((await app.inject({ url })).statusCode).toBe(404)
    await api('POST', `/library/item/update-session/${session}?action=cancel`)
    expect(await put(url)).toBe(404)
  })

  it('are shown to subscribers', async () => {
    const { app, api, add, pathOf, session, library, item } = await server()
    const { upload_endpoint } = await add({ name: 'a b.txt' })
    await app.inject({ method: 'PUT', url: pathOf(upload_endpoint), payload: 'text' })
    await api('POST', `/library/item/update-session/${session}?action=complete`)
    const { publish_info } = (await api('GET', `/local-library/${library}`)).value
    expect(publish_info.publish_url).toBe(`http://vc.lab:80/cls/vcsp/lib/${library}/lib.json`)
    const root = `/cls/vcsp/lib/${library}`
    const lib = (await app.inject(`${root}/lib.json`)).json()
    expect(lib).toMatchObject({ vcspVersion: '2', id: `urn:uuid:${library}`, itemsHref: 'items.json' })
    const { items } = (await app.inject(`${root}/${lib.itemsHref}`)).json()
    expect(items).toMatchObject([{ id: `urn:uuid:${item}`, name: 'disc', contentVersion: '2' }])
    expect((await app.inject(`${root}/${items[0].selfHref}`)).json()).toEqual(items[0])
    expect((await app.inject(`${root}/${items[0].files[0].hrefs[0]}`)).body).toBe('text')
    expect((await app.inject(`/cls/vcsp/lib/${item}/lib.json`)).statusCode).toBe(404)
  })

  it('ask for a password where the library does', async () => {
    const { app, lab, library } = await server()
    await lab.invoke('com.vmware.content.local_library', 'update', {
      library_id: library,
      update_spec: { publish_info: { authentication_method: 'BASIC', password: 'secret' } },
    })
    const url = `/cls/vcsp/lib/${library}/lib.json`
    const refused = await app.inject({ url })
    expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([401, 'Basic realm="vcsp"'])
    const authorization = `Basic ${Buffer.from('vcsp:secret').toString('base64')}`
    expect((await app.inject({ url, headers: { authorization } })).statusCode).toBe(200)
  })
})
