import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionId, sessions } from '#vsphere/core/context.js'
import { createTestWorld, type TestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'
import { createRootFolder } from '#vsphere/folder/build.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { activityOf } from '#vsphere/session/activity.js'
import { SESSION_HEADER, viJsonDoor } from '../vi-json/vi-json.js'
import { createSoapClient, envelope, type SoapClient } from './testing.js'

const CONTENT = ['RetrieveServiceContent', 'ServiceInstance:ServiceInstance'] as const
const LOGIN = '<userName>root</userName><password>vmware</password>'

let world: TestWorld
let soap: SoapClient

beforeAll(async () => {
  world = createTestWorld({
    families,
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
    },
  })
  soap = createSoapClient(world.sandbox, { bodyLimit: 8192 })
  await soap.login()
})
afterAll(() => soap.app.close())

describe('answers (soap-wire 2.2)', () => {
  it("are vCenter's byte for byte around what they say", async () => {
    const { status, text, headers } = await soap.call('CurrentTime', 'ServiceInstance:ServiceInstance')
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/xml; charset=utf-8')
    expect(headers['cache-control']).toBe('no-cache')
    expect(text.replace(/\d{4}-[^<]+Z/, 'TIME')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body>
<CurrentTimeResponse xmlns="urn:vim25"><returnval>TIME</returnval></CurrentTimeResponse>
</soapenv:Body>
</soapenv:Envelope>`)
  })

  it('of void methods and unset properties are empty elements that are not self-closed (2.6)', async () => {
    const fetched = await soap.call('Fetch', 'Folder:group-d1', '<prop>parent</prop>')
    expect([fetched.status, fetched.inside]).toEqual([
      200,
      '<FetchResponse xmlns="urn:vim25"></FetchResponse>',
    ])
  })

  it('of faults are typed, with status 500 (2.9)', async () => {
    const { status, inside } = await soap.call(
      'Login',
      'SessionManager:SessionManager',
      '<userName>x</userName><password></password>',
      { cookie: '' },
    )
    expect(status).toBe(500)
    expect(inside).toBe(
      '<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>Cannot complete login due to an incorrect user name or password.</faultstring><detail><InvalidLoginFault xmlns="urn:vim25" xsi:type="InvalidLogin"></InvalidLoginFault></detail></soapenv:Fault>',
    )
  })

  it('come to all addresses that toolkits post to (1.1)', async () => {
    for (const url of ['/sdk', '/sdk/', '/sdk/vim25', '/sdk/vimService'])
      expect((await soap.post(envelope(...CONTENT), { url })).status).toBe(200)
  })

  it('come to bodies of any content type and of none (1.8)', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'application/json', 'nonsense', ''])
      expect((await soap.post(envelope(...CONTENT), { headers: { 'content-type': type } })).status).toBe(200)
  })

  it('come to no GET of the door itself (1.10)', async () => {
    expect((await soap.app.inject({ url: '/sdk' })).statusCode).toBe(404)
  })
})

describe('sessions (soap-wire 3)', () => {
  it('are a quoted cookie, set by logging in and by nothing else', async () => {
    const client = createSoapClient(world.sandbox)
    expect((await client.call(...CONTENT)).headers['set-cookie']).toBeUndefined()
    const { headers } = await client.call('Login', 'SessionManager:SessionManager', LOGIN)
    expect(headers['set-cookie']).toMatch(/^vmware_soap_session="[\da-f-]+"; Path=\/; HttpOnly;$/)
  })

  it('are found however clients send the cookie back (3.2)', async () => {
    const set = await createSoapClient(world.sandbox).login()
    const token = /"(.*)"/.exec(set)?.[1]
    for (const cookie of [set, `a=b; vmware_soap_session="${token}"`, `vmware_soap_session=${token}; x="y"`])
      expect((await soap.call('Fetch', 'Folder:group-d1', '<prop>name</prop>', { cookie })).inside).toContain(
        '<returnval xsi:type="xsd:string">Datacenters</returnval>',
      )
    for (const cookie of ['', 'vmware_soap_session=""', `other="${token}"`, 'vmware_soap_session="nonsense"'])
      expect((await soap.call('Fetch', 'Folder:group-d1', '<prop>name</prop>', { cookie })).fault).toBe(
        'NotAuthenticated',
      )
  })

  it('may stand in the header of the envelope (7)', async () => {
    const token = /"(.*)"/.exec(await createSoapClient(world.sandbox).login())?.[1]
    const body = envelope('CurrentTime', 'ServiceInstance:ServiceInstance').replace(
      '<soapenv:Body>',
      `<soapenv:Header><operationID>x</operationID><vcSessionCookie xmlns="urn:vim25">${token}</vcSessionCookie></soapenv:Header><soapenv:Body>`,
    )
    expect((await soap.post(body, { headers: { cookie: '' } })).status).toBe(200)
  })

  it('are those of the other doors (DESIGN 10)', async () => {
    const app = Fastify()
    viJsonDoor(app, world.sandbox)
    const account = { userName: 'root', password: 'vmware' }
    const sdk = '/sdk/vim25/8.0.3.0'
    const url = `${sdk}/SessionManager/SessionManager/Login`
    const { headers } = await app.inject({ method: 'POST', url, payload: account })
    const cookie = `vmware_soap_session="${headers[SESSION_HEADER]}"`
    expect((await soap.call('CurrentTime', 'ServiceInstance:ServiceInstance', '', { cookie })).status).toBe(
      200,
    )
    const token = /"(.*)"/.exec(await createSoapClient(world.sandbox).login())?.[1]
    const name = { url: `${sdk}/Folder/group-d1/name`, headers: { [SESSION_HEADER]: token } }
    expect((await app.inject(name)).body).toBe('"Datacenters"')
    await app.close()
  })

  it('end with Logout', async () => {
    const client = createSoapClient(world.sandbox)
    await client.login()
    expect((await client.call('Logout', 'SessionManager:SessionManager')).inside).toBe(
      '<LogoutResponse xmlns="urn:vim25"></LogoutResponse>',
    )
    expect((await client.call('CurrentTime', 'ServiceInstance:ServiceInstance')).fault).toBe(
      'NotAuthenticated',
    )
  })
})

describe('versions (soap-wire 1.5)', () => {
  const about = async (soapaction: string) => (await soap.call(...CONTENT, '', { soapaction })).inside

  it.each([
    ['urn:vim25/8.0.3.0', true],
    ['"urn:vim25/8.0.3.0"', true],
    ['urn:vim25/9.1.0.0', true],
    ['urn:vim25/8.0.2.7', true],
    ['urn:vim25/5.5', false],
    ['"urn:vim25/6.0"', false],
    ['', false],
    ['""', false],
    ['nonsense', false],
    ['urn:vim25/mA046D008', false],
  ])('%j filters the answer', async (action, whole) => {
    const text = await about(action)
    expect(text.includes('storageQueryManager')).toBe(whole)
    expect(text).toContain('<apiVersion>8.0.3.0</apiVersion>')
  })

  it('none at all is the oldest view: about ends at apiVersion', async () => {
    expect(await about('')).toContain('<apiVersion>8.0.3.0</apiVersion></about>')
  })

  it('end with the method in messages', async () => {
    const early = await soap.call('UpgradeVsanObjects', 'HostVsanInternalSystem:x', '', {
      soapaction: 'urn:vim25/5.0',
    })
    expect(early.faultstring).toContain('in vim.version.version7')
    expect(early.fault).toBe('InvalidRequest')
  })

  it('are listed in a file, without a session (1.3)', async () => {
    const { statusCode, headers, body } = await soap.app.inject({ url: '/sdk/vimServiceVersions.xml' })
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8'])
    expect(body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8" \?><namespaces version="1.0"><namespace><name>urn:vim25<\/name><version>8.0.3.0<\/version><priorVersions><version>8.0.2.0<\/version>/,
    )
    expect(body).toMatch(
      /<version>4.1<\/version><version>4.0<\/version><\/priorVersions><\/namespace><\/namespaces>\n$/,
    )
  })
})

describe('methods and objects', () => {
  it('are told apart: no such method, not of this object, no such object, no such type', async () => {
    const unknown = await soap.call('NoSuchMethod', 'Folder:group-d1')
    expect([unknown.fault, unknown.status]).toEqual(['InvalidRequest', 500])
    expect(unknown.faultstring).toMatch(
      /^\nUnable to resolve WSDL method name NoSuchMethod for namespace name urn:vim25\n\nwhile parsing SOAP body\nat line 2, column \d+\n\nwhile parsing SOAP envelope\nat line 2, column 0\n\nwhile parsing HTTP request before method was determined\nat line 1, column 0$/,
    )
    expect((await soap.call('PowerOnVM_Task', 'Folder:group-d1')).fault).toBe('InvalidType')
    expect((await soap.call('PowerOnVM_Task', 'VirtualMachine:vm-42')).faultstring).toBe(
      "The object 'vim.VirtualMachine:vm-42' has already been deleted or has not been completely created",
    )
    const type = await soap.call('PowerOnVM_Task', 'Foo:vm-42')
    expect(type.faultstring).toMatch(
      /^\nError processing attribute "type" with value "Foo"\n\nwhile parsing MoRef for ManagedObject of type vmodl.ManagedObject\nat line 2, column \d+\n\nwhile parsing call information for method PowerOnVM_Task\n/,
    )
  })

  it('may be named by a base type (2.8)', async () => {
    expect((await soap.call('Fetch', 'ManagedEntity:group-d1', '<prop>name</prop>')).inside).toContain(
      'Datacenters',
    )
    expect(
      (await soap.call('CreateFolder', 'ManagedEntity:group-d1', '<name>by base</name>')).inside,
    ).toContain('type="Folder"')
    expect((await soap.call('PowerOnVM_Task', 'ManagedEntity:group-d1')).fault).toBe('InvalidType')
  })

  it('have properties that Fetch reads; others are InvalidProperty', async () => {
    expect((await soap.call('Fetch', 'Folder:group-d1', '<prop>nope</prop>')).inside).toContain(
      '<InvalidPropertyFault xmlns="urn:vim25" xsi:type="InvalidProperty"><name>nope</name></InvalidPropertyFault>',
    )
    expect((await soap.call('Fetch', 'Folder:group-d1')).faultstring).toMatch(
      /^\nRequired parameter prop is missing\n\nwhile parsing call information for method Fetch\nat line 2, column \d+\n\nwhile parsing SOAP body/,
    )
  })
})

describe('compression', () => {
  it('of requests is read, gzip and deflate, with and without header', async () => {
    const body = Buffer.from(envelope(...CONTENT))
    for (const [encoding, packed] of [
      ['gzip', gzipSync(body)],
      ['deflate', deflateSync(body)],
      ['deflate', deflateRawSync(body)],
      ['identity', body],
    ] as const)
      expect((await soap.post(packed, { headers: { 'content-encoding': encoding } })).status).toBe(200)
  })

  it('that is none, unknown or a bomb is refused', async () => {
    const post = async (encoding: string, body: Buffer) =>
      (await soap.post(body, { headers: { 'content-encoding': encoding } })).status
    expect(await post('gzip', Buffer.from('not gzip'))).toBe(400)
    expect(await post('br', Buffer.from(envelope(...CONTENT)))).toBe(415)
    expect(await post('gzip', gzipSync(Buffer.alloc(100_000)))).toBe(500)
  })

  it('of answers is done for those who ask, when it is worth it', async () => {
    const get = (accept: string, payload: string) =>
      soap.app.inject({
        method: 'POST',
        url: '/sdk',
        payload,
        headers: { 'accept-encoding': accept, soapaction: 'urn:vim25/8.0.3.0' },
      })
    const content = envelope(...CONTENT)
    const plain = (await get('identity', content)).body
    const gzipped = await get('gzip, deflate', content)
    expect(gzipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzipped.rawPayload).toString()).toBe(plain)
    const deflated = await get('gzip;q=0, deflate', content)
    expect(inflateSync(deflated.rawPayload).toString()).toBe(plain)
    const short = await get('gzip', envelope('Fetch', 'ServiceInstance:ServiceInstance', '<prop>nope</prop>'))
    expect(short.headers['content-encoding']).toBeUndefined()
  })
})

describe('bodies that are no call (soap-wire 8)', () => {
  it('without XML in them are ClientFaultCode without detail (8.1)', async () => {
    for (const body of ['', ' ', 'a=b', '<a', '<a></b>', '<a>&nope;</a>', '<x:a/>']) {
      const { status, text, fault } = await soap.post(body)
      expect([status, fault]).toEqual([500, undefined])
      expect(text).toContain('<faultcode>ClientFaultCode</faultcode>')
    }
    expect((await soap.post('')).faultstring).toBe(
      '\nError returned by expat parser: no element found\n\nwhile parsing HTTP request before method was determined\nat line 1, column 0',
    )
  })

  it('too long are refused with the sizes (8.4)', async () => {
    const { status, faultstring } = await soap.post(envelope(...CONTENT) + ' '.repeat(10_000))
    expect(status).toBe(500)
    expect(faultstring).toMatch(/^Length of HTTP request body exceeds configured maximum; \d+ > 8192$/)
  })

  it('with too many elements or levels are refused, and quickly (8.4)', async () => {
    const { app, post } = createSoapClient(world.sandbox)
    const wide = await post(envelope('CreateFolder', 'Folder:group-d1', '<name/>'.repeat(500_001)))
    expect(wide.faultstring).toMatch(
      /^\nXML document element count exceeds configured maximum 500000\n\nwhile parsing SOAP envelope\nat line 2, column \d+\n\nwhile parsing HTTP request/,
    )
    const deep = await post(envelope('CreateFolder', 'Folder:group-d1', '<name>'.repeat(1_000_000)))
    expect(deep.faultstring).toMatch(/^\nThe XML document has more than 256 levels of elements\n/)
    await app.close()
  })

  it('of another SOAP, another namespace, or nothing', async () => {
    const good = envelope(...CONTENT)
    const answer = async (body: string) => (await soap.post(body)).faultstring?.split('\n')[1]
    expect(await answer(good.replace('urn:vim25', 'urn:vim2'))).toBe(
      'Unsupported namespace "urn:vim2" in content of SOAP body',
    )
    expect(
      await answer(good.replace('schemas.xmlsoap.org/soap/envelope/', 'www.w3.org/2003/05/soap-envelope')),
    ).toBe('Unexpected element tag "Envelope" seen')
    expect(await answer(good.replace(/<RetrieveS.*RetrieveServiceContent>/, ''))).toBe(
      'The SOAP body is empty',
    )
    expect(await answer(good.replace(/<_this.*_this>/, ''))).toBe('Required parameter _this is missing')
    expect(await answer(good.replace(/<_this.*_this>/, '<x>1</x>'))).toBe(
      'Got <x> tag when expecting <_this> tag',
    )
  })

  it('in UTF-16 and Latin-1 are read, in others refused', async () => {
    const create = (name: string, encoding: string) =>
      envelope('CreateFolder', 'Folder:group-d1', `<name>${name}</name>`).replace('UTF-8', encoding)
    const little = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(create('sechzehn ü', 'UTF-16'), 'utf16le'),
    ])
    expect((await soap.post(little)).status).toBe(200)
    const big = Buffer.concat([
      Buffer.from([0xfe, 0xff]),
      Buffer.from(create('big ü', 'UTF-16'), 'utf16le').swap16(),
    ])
    expect((await soap.post(big)).status).toBe(200)
    expect((await soap.post(Buffer.from(create('latin ü', 'ISO-8859-1'), 'latin1'))).status).toBe(200)
    expect((await soap.post(create('x', 'EBCDIC'))).faultstring).toContain('unknown encoding EBCDIC')
    expect((await soap.post(Buffer.from(create('ü', 'UTF-8'), 'latin1'))).faultstring).toContain(
      'not valid UTF-8',
    )
    const names = (await soap.call('Fetch', 'Folder:group-d1', '<prop>childEntity</prop>')).inside
    expect(names.match(/type="Folder"/g)?.length).toBeGreaterThanOrEqual(3)
  })
})

describe('connections', () => {
  it('that hang up end their wait', async () => {
    const client = createSoapClient(world.sandbox)
    let handled = () => {}
    const arrived = new Promise<void>((resolve) => {
      handled = resolve
    })
    let closed: Promise<unknown> | undefined
    client.app.addHook('preHandler', async (request, reply) => {
      if (!String(request.body).includes('WaitForUpdatesEx')) return
      closed = once(reply.raw, 'close')
      handled()
    })
    const cookie = await client.login()
    const { read } = world.sandbox.inventory
    const session = read.get(sessions, sessionId(/"(.*)"/.exec(cookie)?.[1] ?? ''))
    const waiting = () => activityOf(world.sandbox.services, session).waiting
    await client.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = client.app.server.address() as AddressInfo
    const headers = { cookie, soapaction: 'urn:vim25/8.0.3.0' }
    const wait = request({ port, path: '/sdk', method: 'POST', headers })
    wait.on('error', () => {})
    wait.end(envelope('WaitForUpdatesEx', 'PropertyCollector:propertyCollector', '<version></version>'))
    await arrived
    await new Promise(setImmediate)
    expect(waiting()).toBe(1)
    wait.destroy()
    await closed
    await new Promise(setImmediate)
    expect(waiting()).toBe(0)
    await client.app.close()
  })
})
