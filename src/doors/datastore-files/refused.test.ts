import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { SessionManagerGenericServiceTicket } from '#vim25/generated/types.js'
import { sessions } from '#vsphere/core/context.js'
import { directoriesIn } from '#vsphere/datastore/files.js'
import { closeAll, createDoorLab } from './testing.js'

afterAll(closeAll)

describe('who may', () => {
  it('is asked for a session, a ticket, or a name and a password', async () => {
    const { lab, app, at } = createDoorLab()
    const url = at('iso/tools.iso')
    const nobody = await app.inject({ url })
    expect([nobody.statusCode, nobody.headers['www-authenticate']]).toEqual([
      401,
      'Basic realm="VMware HTTP server"',
    ])
    const status = async (headers: Record<string, string>, method: 'GET' | 'PUT' = 'GET', where = url) =>
      (await app.inject({ url: where, headers, method })).statusCode
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    expect(await status({ authorization: basic('administrator@vsphere.local:pw') })).toBe(200)
    expect(await status({ authorization: basic('nobody:') })).toBe(401)
    expect(await status({ cookie: 'vmware_soap_session="none"' })).toBe(401)
    // Who came with a password has left again.
    expect([...lab.sandbox.inventory.read.ids(sessions)].length).toBe(1)

    const acquire = (method: string, address: string) =>
      lab.call('SessionManager', 'SessionManager', 'AcquireGenericServiceTicket', {
        spec: data('SessionManagerHttpServiceRequestSpec', { method, url: address }),
      }) as SessionManagerGenericServiceTicket
    const ticket = (method: string, address = 'https://192.168.10.31/folder/iso/tools.iso?dsName=nfs') => ({
      cookie: `vmware_cgi_ticket=${acquire(method, address).id}`,
    })
    const once = ticket('httpGet')
    expect(await status(once, 'PUT')).toBe(401)
    expect(await status(once, 'GET', at('iso/other.iso'))).toBe(401)
    expect(await status(once, 'GET', '/folder/iso/tools.iso?dsName=nfs')).toBe(200)
    expect(await status(once)).toBe(401)
    const late = ticket('httpGet')
    lab.sandbox.clock.advance(3 * 60_000)
    expect(await status(late)).toBe(401)
  })

  it('is nobody without the privileges', async () => {
    const { lab, app, at } = createDoorLab()
    const authorization = `Basic ${Buffer.from('reader@vsphere.local:pw').toString('base64')}`
    const ask = async (method: 'GET' | 'PUT' | 'DELETE', url = at('iso/tools.iso')) =>
      (
        await app.inject({
          url,
          method,
          headers: { authorization },
          ...(method === 'PUT' && { payload: 'x' }),
        })
      ).statusCode
    const role = lab.call('AuthorizationManager', 'AuthorizationManager', 'AddAuthorizationRole', {
      name: 'Browsers',
      privIds: ['Datastore.Browse'],
    }) as number
    const permit = (id: number, principal: string) =>
      lab.call('AuthorizationManager', 'AuthorizationManager', 'SetEntityPermissions', {
        entity: lab.sandbox.inventory.read.ref('group-d1'),
        permission: [data('Permission', { principal, group: false, roleId: id, propagate: true })],
      })
    permit(-1, 'VSPHERE.LOCAL\\Administrator')
    permit(role, 'VSPHERE.LOCAL\\reader')
    expect(await ask('GET')).toBe(200)
    expect(await ask('PUT')).toBe(403)
    expect(await ask('DELETE')).toBe(403)
    expect(lab.file('iso/tools.iso')?.blob).toBeUndefined()
    permit(-2, 'VSPHERE.LOCAL\\reader')
    expect(await ask('GET')).toBe(403)
  })
})

describe('hostile paths', () => {
  it.each([
    ['..%2F..%2Fetc%2Fpasswd', 400],
    ['%2e%2e/%2e%2e/etc/passwd', 400],
    ['../x', 400],
    ['iso/..', 400],
    ['iso/%5c..%5cx', 400],
    ['iso/a%00b', 400],
    ['iso/%0d%0aX:y', 400],
    ['%zz', 400],
    ['x'.repeat(300), 400],
    ['iso/none', 404],
    ['iso/tools.iso/x', 404],
    ['.', 200],
    ['iso//./tools.iso', 200],
  ])('%s: %d', async (path, status) => {
    const { raw } = createDoorLab()
    expect(await raw('GET', path)).toBe(status)
  })

  it.each([
    ['/folder/iso/tools.iso?dcPath=Lab&dsName=other', 404],
    ['/folder/iso/tools.iso?dcPath=Other&dsName=nfs', 404],
    ['/folder/iso/tools.iso?dcPath=Lab/vm&dsName=nfs', 404],
    ['/folder/iso/tools.iso?dcPath=..%2FLab&dsName=nfs', 400],
    ['/folder/iso/tools.iso?dcPath=Lab&dsName=nfs&dsName=nfs', 400],
    ['/folder/iso/tools.iso?dcPath=Lab&dsName=a%00', 400],
    ['/folder/iso/tools.iso?dcPath=Lab', 404],
    ['/folder/iso/tools.iso?dsName=nfs', 200],
    ['/folder/iso/tools.iso?dcPath=%2FLab%2F&dsName=nfs', 200],
    [`/folder/iso/tools.iso?dcPath=${'x/'.repeat(3000)}&dsName=nfs`, 404],
    [`/folder/iso/tools.iso?dcPath=Lab&dsName=${'x'.repeat(5000)}`, 404],
  ])('%.60s: %d', async (url, status) => {
    const { ask } = createDoorLab()
    expect((await ask(url)).statusCode).toBe(status)
  })

  it('are no way to write either', async () => {
    const { lab, ask, at, raw } = createDoorLab()
    const before = lab.free()
    for (const [path, status] of [
      ['..%2fx', 400],
      ['%2e%2e/x', 400],
      ['a%00', 400],
      ['y'.repeat(256), 400],
      ['iso', 405],
      ['iso/', 405],
      ['new/', 405],
      ['', 405],
      ['iso/tools.iso/x', 405],
    ] as const)
      expect([path.slice(0, 9), await raw('PUT', path)]).toEqual([path.slice(0, 9), status])
    expect((await ask(at('iso'), { method: 'DELETE' })).statusCode).toBe(405)
    expect((await ask(at('iso/tools.iso'), { method: 'POST', payload: 'x' })).statusCode).toBe(405)
    expect(lab.free()).toBe(before)
    expect(directoriesIn(lab.sandbox.inventory.read, lab.datastore, '')).toEqual(['iso'])
  })

  it('of more than a path may have are refused', async () => {
    const { get } = createDoorLab()
    expect((await get(`${'d/'.repeat(4000)}x`)).statusCode).toBeGreaterThanOrEqual(400)
  })
})

describe('what does not fit', () => {
  it('is refused before it comes, and while it comes', async () => {
    const { lab, app, cookie, at } = createDoorLab()
    lab.put('filler', { size: lab.free() - 1000 })
    const whole = await app.inject({
      url: at('big'),
      method: 'PUT',
      headers: { cookie, 'content-length': '5000' },
      payload: Buffer.alloc(5000),
    })
    expect([whole.statusCode, whole.headers.connection]).toEqual([507, 'close'])

    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const upload = httpRequest({
      port,
      host: '127.0.0.1',
      method: 'PUT',
      path: at('big'),
      headers: { cookie },
    })
    upload.on('error', () => {})
    upload.write(Buffer.alloc(5000))
    const [answer] = await once(upload, 'response')
    expect(answer.statusCode).toBe(507)
    upload.destroy()
    expect([lab.file('big'), lab.free()]).toEqual([undefined, 1000])
    expect(await lab.sandbox.services.blobs.sweep(() => false)).toBe(0)
  })

  it('and what breaks off changes nothing', async () => {
    const { lab, app, cookie, at } = createDoorLab()
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const arrived = once(app.server, 'request')
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `PUT ${at('half')} HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nContent-Length: 100\r\n\r\nhalf`,
    )
    await arrived
    const answered = once(app.server, 'answered')
    socket.destroy()
    await answered
    expect(lab.file('half')).toBeUndefined()
    expect(await lab.sandbox.services.blobs.sweep(() => false)).toBe(0)
  })

  it('and what nobody can reach', async () => {
    const { lab, get, put } = createDoorLab()
    lab.act((ctx) => {
      for (const host of lab.hosts)
        ctx.tx.update('HostSystem', host, ({ runtime }) => ({
          runtime: data('HostRuntimeInfo', { ...runtime, connectionState: 'disconnected' }),
        }))
    })
    expect((await get('iso/tools.iso')).statusCode).toBe(503)
    expect((await put('x', 'y')).statusCode).toBe(503)
  })
})
