import { once } from 'node:events'
import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClock } from '#ports/clock.js'
import { silentLog } from '#ports/log.js'
import { createRandom } from '#ports/random.js'
import { scratchBlobs } from '#store/blobs.js'
import { projection } from '#vsphere/core/behaviour.js'
import { sessions } from '#vsphere/core/context.js'
import { createIdentity } from '#vsphere/core/identity.js'
import { createRegistry } from '#vsphere/core/registry.js'
import { createSandbox, type Sandbox } from '#vsphere/core/sandbox.js'
import { families } from '#vsphere/families.js'
import { createRootFolder } from '#vsphere/folder/build.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { activityOf } from '#vsphere/session/activity.js'
import { SESSION_HEADER, viJsonDoor } from './vi-json.js'

const SDK = '/sdk/vim25/8.0.3.0'
const CONTENT = `${SDK}/ServiceInstance/ServiceInstance/content`
const CREATE = `${SDK}/Folder/group-d1/CreateFolder`
const LIMIT = 4096

let app: FastifyInstance
let sandbox: Sandbox
let headers: Record<string, string>

beforeAll(async () => {
  const random = createRandom('test', true)
  sandbox = createSandbox({
    registry: createRegistry([
      ...families,
      {
        name: 'a mistake of ours',
        projections: [
          projection('LicenseManager', 'diagnostics', () => {
            throw new TypeError('a secret')
          }),
        ],
      },
    ]),
    services: {
      identity: createIdentity('8.0.3', random.uuid('', 'instance')),
      random,
      log: silentLog,
      pace: 0,
      accounts: undefined,
      blobs: scratchBlobs(),
      volatile: new Map(),
    },
    clock: createClock({ at: 0, rate: 0 }),
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
    },
  })
  app = Fastify({ bodyLimit: LIMIT, forceCloseConnections: true })
  viJsonDoor(app, sandbox)
  await app.listen({ port: 0, host: '127.0.0.1' })
  headers = { [SESSION_HEADER]: await login() }
})
afterAll(async () => {
  await app.close()
  sandbox.close()
})

const post = (url: string, payload?: string | Buffer | object, more: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers: { ...headers, ...more }, ...(payload && { payload }) })
const get = (url: string, more: Record<string, string> = headers) => app.inject({ url, headers: more })

async function login(): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url: `${SDK}/SessionManager/SessionManager/Login`,
    payload: { userName: 'a', password: 'b' },
  })
  return String(answer.headers[SESSION_HEADER])
}

describe('what is not there', () => {
  it.each([
    ['a release', '/sdk/vim25/9.9.9.9/ServiceInstance/ServiceInstance/content'],
    ['a newer release', '/sdk/vim25/9.0.0.0/ServiceInstance/ServiceInstance/content'],
    ['a type', `${SDK}/Cloud/ServiceInstance/content`],
    ['a type of that name only', `${SDK}/__proto__/ServiceInstance/content`],
    ['a data type', `${SDK}/ServiceContent/ServiceInstance/content`],
    ['a property', `${SDK}/ServiceInstance/ServiceInstance/nope`],
    ['a property of that name only', `${SDK}/ServiceInstance/ServiceInstance/constructor`],
    ['a property of a newer release', '/sdk/vim25/6.0/HostSystem/host-1/answerableModificationTime'],
    ['a dotted path', `${SDK}/Folder/group-d1/parent.name`],
    ['a method to GET', `${SDK}/ServiceInstance/ServiceInstance/CurrentTime`],
  ])('%s is 404 with a body', async (_what, url) => {
    const { statusCode, body } = await get(url)
    expect(statusCode).toBe(404)
    expect(JSON.parse(body)).toMatchObject({ error_type: 'NOT_FOUND', messages: [{ args: [url] }] })
  })

  it('a property to POST is 404', async () => {
    expect((await post(CONTENT)).statusCode).toBe(404)
  })

  it.each(['group-d99', 'group-d1%2Fx', 'session%5Bx%5Dy', '__proto__'])(
    'the object %s is ManagedObjectNotFound with its id',
    async (id) => {
      const { statusCode, body } = await get(`${SDK}/Folder/${id}/name`)
      expect(statusCode).toBe(500)
      expect(JSON.parse(body)).toMatchObject({
        _typeName: 'ManagedObjectNotFound',
        obj: { type: 'Folder', value: decodeURIComponent(id) },
      })
    },
  )
})

describe('answers', () => {
  it('an unset property and a void method are empty', async () => {
    const unset = await get(`${SDK}/Folder/group-d1/parent`)
    const nothing = await post(`${SDK}/SessionManager/SessionManager/SetLocale`, { locale: 'en' })
    expect([unset.statusCode, unset.body, nothing.statusCode, nothing.body]).toEqual([204, '', 204, ''])
  })

  it('HEAD is GET without the body', async () => {
    const [whole, head] = await Promise.all([get(CONTENT, {}), app.inject({ method: 'HEAD', url: CONTENT })])
    expect([head.statusCode, head.body]).toEqual([200, ''])
    expect(head.headers['content-length']).toBe(whole.headers['content-length'])
  })

  it('an object whose id has brackets is found, encoded or not', async () => {
    const { value } = (await post(`${SDK}/ViewManager/ViewManager/CreateListView`)).json()
    expect(value).toMatch(/^session\[/)
    for (const id of [value, encodeURIComponent(value)])
      expect((await get(`${SDK}/ListView/${id}/view`)).json()).toEqual([])
  })

  it('to a call without a session say so, whatever the object', async () => {
    for (const id of ['group-d1', 'group-d99']) {
      const { statusCode, body } = await get(`${SDK}/Folder/${id}/name`, {})
      expect([statusCode, JSON.parse(body)]).toMatchObject([500, { _typeName: 'NotAuthenticated' }])
    }
  })

  it('to a mistake of ours is SystemError, without a trace', async () => {
    const { statusCode, body } = await get(`${SDK}/LicenseManager/LicenseManager/diagnostics`)
    expect([statusCode, JSON.parse(body)]).toMatchObject([500, { _typeName: 'SystemError' }])
    expect(body).not.toMatch(/secret|\.ts:|\.js:/)
  })
})

describe('bodies', () => {
  it.each([
    ['without a type', undefined],
    ['as text', 'text/plain'],
    ['with a character set', 'application/json; charset=utf-8'],
  ])('are read %s', async (_what, type) => {
    const answer = await post(CREATE, `{"name":"of ${type}"}`, type ? { 'content-type': type } : {})
    expect(answer.json()).toMatchObject({ type: 'Folder' })
  })

  it('may begin with a byte order mark', async () => {
    expect((await post(CREATE, '\ufeff{"name":"marked"}')).json()).toMatchObject({ type: 'Folder' })
  })

  it.each([
    ['half a body', '{"name":', /not valid JSON/],
    ['a form', 'name=x', /not valid JSON/],
    ['an array', '[]', /must be one JSON object/],
    ['null', 'null', /must be one JSON object/],
    ['__proto__', '{"name":"x","__proto__":{"a":1}}', /__proto__/],
    ['__proto__ instead of arguments', '{"__proto__":{"name":"x"}}', /__proto__/],
    ['a number beyond all', '{"name":1e400}', /name/],
    ['depth', `{"name":${'['.repeat(1000)}${']'.repeat(1000)}}`, /name/],
  ])('with %s get a fault that says what is wrong', async (_what, text, reason) => {
    const before = sandbox.inventory.root
    const { statusCode, body } = await post(CREATE, text)
    expect(statusCode).toBe(500)
    expect(JSON.parse(body)).toMatchObject({ faultstring: expect.stringMatching(reason) })
    expect(sandbox.inventory.root).toBe(before)
  })

  it('that are compressed are refused by that name', async () => {
    const { body } = await post(CREATE, gzipSync('{"name":"x"}'), { 'content-encoding': 'gzip' })
    expect(JSON.parse(body)).toMatchObject({
      _typeName: 'InvalidRequest',
      faultstring: expect.stringContaining("'gzip'"),
    })
  })

  it('that are too large are 413, and the next one works', async () => {
    expect((await post(CREATE, { name: 'x'.repeat(LIMIT) })).statusCode).toBe(413)
    expect((await post(CREATE, { name: 'small' })).statusCode).toBe(200)
  })
})

describe('a client that waits', () => {
  const wait = `${SDK}/PropertyCollector/propertyCollector/WaitForUpdatesEx`
  const address = () => app.server.address() as { port: number }

  it('hears of a change before the one who makes it', async () => {
    const waits = { ...headers, [SESSION_HEADER]: await login() }
    const call = (url: string, payload: object) =>
      app.inject({ method: 'POST', url, headers: waits, payload })
    const folder = (await call(CREATE, { name: 'before' })).json()
    const spec = {
      _typeName: 'PropertyFilterSpec',
      propSet: [{ _typeName: 'PropertySpec', type: 'Folder', pathSet: ['name'] }],
      objectSet: [{ _typeName: 'ObjectSpec', obj: folder }],
    }
    const collector = `${SDK}/PropertyCollector/propertyCollector`
    expect((await call(`${collector}/CreateFilter`, { spec, partialUpdates: false })).statusCode).toBe(200)
    const { version } = (await call(wait, { version: '' })).json()
    const answered: string[] = []
    const waiting = call(wait, { version }).then((answer) => {
      answered.push('who waits')
      return answer
    })
    await new Promise(setImmediate)
    const renaming = call(`${SDK}/Folder/${folder.value}/Rename_Task`, { newName: 'after' }).then(() =>
      answered.push('who changes'),
    )
    const [answer] = await Promise.all([waiting, renaming])
    expect(answered).toEqual(['who waits', 'who changes'])
    expect(JSON.stringify(answer.json().filterSet)).toContain('"after"')
  })

  it('leaves the cookie that files of datastores are asked for with', async () => {
    const url = `${SDK}/SessionManager/SessionManager/Login`
    const payload = { userName: 'somebody', password: 'pw' }
    const answer = await app.inject({ method: 'POST', url, payload })
    expect(answer.headers['set-cookie']).toBe(
      `vmware_soap_session="${answer.headers[SESSION_HEADER]}"; Path=/; HttpOnly;`,
    )
    expect((await get(CONTENT)).headers['set-cookie']).toBeUndefined()
  })

  it('and hangs up is forgotten', async () => {
    const token = await login()
    const [session] = [...sandbox.inventory.read.ids(sessions)]
      .map((id) => sandbox.inventory.read.get(sessions, id))
      .filter((each) => each.token === token)
    if (!session) throw new Error('There is no session.')
    const waiting = () => activityOf(sandbox.services, session).waiting
    const arrived = once(app.server, 'request') as Promise<[unknown, NodeJS.EventEmitter]>
    const client = request({
      port: address().port,
      method: 'POST',
      path: wait,
      headers: { [SESSION_HEADER]: token },
    })
    client.on('error', () => {})
    client.end()
    const [, response] = await arrived
    const closed = once(response, 'close')
    await new Promise(setImmediate)
    expect(waiting()).toBe(1)
    client.destroy()
    await closed
    await new Promise(setImmediate)
    expect(waiting()).toBe(0)
  })
})
