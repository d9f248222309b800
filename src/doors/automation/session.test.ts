import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { createTestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'
import { createRootFolder } from '#vsphere/folder/build.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { automationDoor } from './automation.js'
import { basicCredentials } from './basic.js'

const UNAUTHENTICATED = {
  error_type: 'UNAUTHENTICATED',
  messages: [
    {
      args: [],
      default_message: 'Authentication required.',
      id: 'com.vmware.vapi.endpoint.method.authentication.required',
    },
  ],
}

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })

function server() {
  const { sandbox } = createTestWorld({
    families,
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
    },
  })
  const app = Fastify()
  app.register(async (scope) => automationDoor(scope, sandbox))
  const ask = (
    method: 'GET' | 'POST' | 'DELETE' | 'PUT',
    url: string,
    headers: Record<string, string> = {},
  ) => app.inject({ method, url, headers })
  return { sandbox, ask }
}

describe('/api/session', () => {
  it('logs in with a bare token, tells about it, and logs out', async () => {
    const { sandbox, ask } = server()
    const login = await ask('POST', '/api/session', basic('administrator@vsphere.local:pass:word'))
    expect(login.statusCode).toBe(201)
    expect(login.headers['content-type']).toContain('application/json')
    expect(login.body).toMatch(/^"[0-9a-f]{32}"$/)
    const session = { 'vmware-api-session-id': login.json<string>() }

    sandbox.clock.advance(61_500)
    const info = await ask('GET', '/api/session', session)
    expect(info.statusCode).toBe(200)
    expect(info.json()).toEqual({
      user: 'Administrator@vsphere.local',
      created_time: '2026-01-01T00:00:00.000Z',
      last_accessed_time: '2026-01-01T00:01:01.500Z',
    })

    const logout = await ask('DELETE', '/api/session', session)
    expect([logout.statusCode, logout.body]).toEqual([204, ''])
    const after = await ask('GET', '/api/session', session)
    expect([after.statusCode, after.json()]).toEqual([401, UNAUTHENTICATED])
  })

  it('takes any content type', async () => {
    const { ask } = server()
    const headers = { ...basic('a:b'), 'content-type': 'application/x-www-form-urlencoded' }
    expect((await ask('POST', '/api/session', headers)).statusCode).toBe(201)
  })

  it.each([
    ['nothing', {}],
    ['no password', basic('administrator@vsphere.local:')],
    ['no colon', basic('administrator@vsphere.local')],
    ['another scheme', { authorization: 'SIGN token="x"' }],
  ])('refuses %s', async (_what, headers) => {
    const { sandbox, ask } = server()
    const { revision } = sandbox.inventory.root
    const answer = await ask('POST', '/api/session', headers)
    expect([answer.statusCode, answer.json()]).toEqual([401, UNAUTHENTICATED])
    expect(sandbox.inventory.root.revision).toBe(revision)
  })

  it('refuses to tell about, or to end, a session that is not there', async () => {
    const { ask } = server()
    const unknown = { 'vmware-api-session-id': 'f'.repeat(32) }
    for (const method of ['GET', 'DELETE'] as const)
      for (const headers of [{}, unknown])
        expect((await ask(method, '/api/session', headers)).json()).toEqual(UNAUTHENTICATED)
  })

  it('names a query parameter that is not there as the client wrote it', async () => {
    const { ask } = server()
    const login = await ask('POST', '/api/session', basic('anybody:secret'))
    const session = { 'vmware-api-session-id': login.json<string>() }
    const answer = await ask('GET', '/api/vcenter/vm?filter.names=demo', session)
    expect([answer.statusCode, answer.json().messages[0].args]).toEqual([
      400,
      ['[filter.names]', 'operation-input'],
    ])
  })

  it('finds nothing at unknown paths before it asks who is there', async () => {
    const { ask } = server()
    const answer = await ask('GET', '/api/nothing/here')
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      {
        error_type: 'NOT_FOUND',
        messages: [{ args: [], default_message: 'Not found.', id: 'com.vmware.vapi.rest.httpNotFound' }],
      },
    ])
  })
})

describe('basic credentials', () => {
  it('split at the first colon', () => {
    expect(basicCredentials(`basic ${Buffer.from('ä:b:c').toString('base64')}`)).toEqual({
      userName: 'ä',
      password: 'b:c',
    })
    expect(basicCredentials(undefined)).toBeUndefined()
  })
})
