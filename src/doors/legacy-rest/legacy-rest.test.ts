import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { createServiceLab } from '#services/core/testing.js'
import type { IdentityVersion } from '#vsphere/core/identity.js'
import { legacyRestDoor } from './legacy-rest.js'

const TOKEN = 'vmware-api-session-id'
const basic = { authorization: `Basic ${Buffer.from('anybody:secret').toString('base64')}` }

async function server(version: IdentityVersion = '8.0.3') {
  const lab = createServiceLab({ version })
  const app = Fastify()
  app.register(async (scope) => legacyRestDoor(scope, lab.sandbox))
  const ask = (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    headers: Record<string, string> = {},
    payload?: object,
  ) => app.inject({ method, url, headers, ...(payload && { payload }) })
  const login = await ask('POST', '/rest/com/vmware/cis/session', {
    ...basic,
    'vmware-use-header-authn': 'true',
  })
  return { lab, ask, login, session: { [TOKEN]: login.json().value as string } }
}

describe('sessions on /rest', () => {
  it('logs in with 200 and a wrapped token, and leaves a cookie to those who want one', async () => {
    const { ask, login } = await server()
    expect([login.statusCode, login.headers['set-cookie']]).toEqual([200, undefined])
    expect(login.json()).toEqual({ value: expect.stringMatching(/^[0-9a-f]{32}$/) })
    const other = await ask('POST', '/rest/com/vmware/cis/session', basic)
    const { value } = other.json()
    expect(other.headers['set-cookie']).toBe(`${TOKEN}=${value};Path=/rest;HttpOnly`)
    const cookie = { cookie: `a=b; ${TOKEN}=${value}` }
    expect((await ask('GET', '/rest/vcenter/vm', cookie)).statusCode).toBe(200)
    const logout = await ask('DELETE', '/rest/com/vmware/cis/session', cookie)
    expect([logout.statusCode, logout.body]).toEqual([200, ''])
    expect((await ask('GET', '/rest/vcenter/vm', cookie)).statusCode).toBe(401)
  })

  it('tells about a session, by the way that govmomi checks it', async () => {
    const { ask, session } = await server()
    const answer = await ask('POST', '/rest/com/vmware/cis/session?~action=get', session)
    expect([answer.statusCode, Object.keys(answer.json().value).sort()]).toEqual([
      200,
      ['created_time', 'last_accessed_time', 'user'],
    ])
    const refused = await ask('POST', '/rest/com/vmware/cis/session?~action=get')
    expect([refused.statusCode, refused.json()]).toEqual([
      401,
      {
        type: 'com.vmware.vapi.std.errors.unauthenticated',
        value: {
          error_type: 'UNAUTHENTICATED',
          messages: [
            {
              args: [],
              default_message: 'Authentication required.',
              id: 'com.vmware.vapi.endpoint.method.authentication.required',
            },
          ],
        },
      },
    ])
  })
})

describe('errors of 6.x on /rest', () => {
  it('have no error_type, and call a missing session what it was called then', async () => {
    const { ask, session } = await server('6.7')
    const refused = await ask('GET', '/rest/vcenter/vm')
    expect([refused.statusCode, refused.body]).toEqual([
      401,
      '{"type":"com.vmware.vapi.std.errors.unauthenticated","value":{"messages":[{"args":[],"default_message":"This method requires authentication.","id":"vapi.method.authentication.required"}]}}',
    ])
    const missing = await ask('GET', '/rest/vcenter/vm/vm-999', session)
    expect([missing.statusCode, Object.keys(missing.json().value)]).toEqual([404, ['messages']])
    const nothing = await ask('GET', '/rest/com/vmware/cis/session?~action=nope', session)
    expect([nothing.statusCode, Object.keys(nothing.json().value)]).toEqual([404, ['messages']])
  })
})

describe('operations on /rest', () => {
  it('filters by names with a prefix, with or without numbers', async () => {
    const { lab, ask, session } = await server()
    const vm = lab.create()
    const found = { value: [expect.objectContaining({ vm, name: 'demo' })] }
    expect((await ask('GET', '/rest/vcenter/vm?filter.names=demo&filter.names=x', session)).json()).toEqual(
      found,
    )
    expect((await ask('GET', '/rest/vcenter/vm?filter.names.1=demo', session)).json()).toEqual(found)
    const refused = await ask('GET', '/rest/vcenter/vm?hosts=host-1', session)
    expect([refused.statusCode, refused.json()]).toEqual([
      400,
      {
        type: 'com.vmware.vapi.std.errors.unexpected_input',
        value: {
          error_type: 'UNEXPECTED_INPUT',
          messages: [
            {
              args: ['[hosts]', 'operation-input'],
              default_message: "Found unexpected fields [hosts] in structure 'operation-input'.",
              id: 'vapi.data.structure.field.unexpected',
            },
          ],
        },
      },
    ])
  })

  it('has actions in the path and answers 200 without a body', async () => {
    const { lab, ask, session } = await server()
    const vm = lab.create()
    const start = await ask('POST', `/rest/vcenter/vm/${vm}/power/start`, session)
    expect([start.statusCode, start.body]).toEqual([200, ''])
    expect((await ask('GET', `/rest/vcenter/vm/${vm}/power`, session)).json()).toEqual({
      value: { state: 'POWERED_ON' },
    })
    const again = await ask('POST', `/rest/vcenter/vm/${vm}/power/start`, session)
    expect([again.statusCode, again.json().type]).toEqual([
      400,
      'com.vmware.vapi.std.errors.already_in_desired_state',
    ])
  })

  it('tells unknown paths from unknown operations (both recorded)', async () => {
    const { ask } = await server()
    const path = await ask('GET', '/rest/vcenter/nothing')
    expect([path.statusCode, path.json()]).toEqual([
      404,
      {
        name: 'com.vmware.vapi.rest.httpNotFound',
        localizableMessages: [{ defaultMessage: 'Not found.', id: 'com.vmware.vapi.rest.httpNotFound' }],
        majorErrorCode: 404,
      },
    ])
    const operation = await ask('POST', '/rest/com/vmware/cis/session?~action=fly')
    expect([operation.statusCode, operation.json().value.messages[0].id]).toEqual([
      404,
      'com.vmware.vapi.rest.operationsForUrlNotFound',
    ])
  })
})
