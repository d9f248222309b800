import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { createServiceLab } from '#services/core/testing.js'
import type { IdentityVersion } from '#vsphere/core/identity.js'
import { jsonRpcDoor } from './json-rpc.js'

const NO_SESSION = { schemeId: 'com.vmware.vapi.std.security.user_pass', userName: 'anybody', password: 'x' }

function server(version: IdentityVersion = '8.0.3') {
  const lab = createServiceLab({ version })
  const app = Fastify({ bodyLimit: 20_000 })
  app.register(async (scope) => jsonRpcDoor(scope, lab.sandbox))
  const post = async (payload: string) => (await app.inject({ method: 'POST', url: '/api', payload })).json()
  const call = (service: string, operation: string, input: object, securityCtx: object = NO_SESSION) =>
    post(
      JSON.stringify({
        jsonrpc: '2.0',
        id: '7',
        method: 'invoke',
        params: {
          serviceId: service,
          operationId: operation,
          ctx: { appCtx: {}, securityCtx },
          input: { STRUCTURE: { 'operation-input': input } },
        },
      }),
    )
  const logIn = async () => {
    const { result } = await call('com.vmware.cis.session', 'create', {})
    return { schemeId: 'com.vmware.vapi.std.security.session_id', sessionId: result.output.SECRET as string }
  }
  return { lab, post, call, logIn }
}

describe('POST /api', () => {
  it('refuses a body that is too large as JSON-RPC does', async () => {
    expect(await server().post(`"${'x'.repeat(20_000)}"`)).toEqual({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32600, message: expect.stringContaining('larger than this server takes') },
    })
  })

  it('says errors of 6.x without their type', async () => {
    const { error } = (await server('6.7').call('com.vmware.cis.session', 'get', {})).result
    expect(error.ERROR['com.vmware.vapi.std.errors.unauthenticated']).toMatchObject({
      error_type: { OPTIONAL: null },
      messages: [
        {
          STRUCTURE: {
            'com.vmware.vapi.std.localizable_message': { id: 'vapi.method.authentication.required' },
          },
        },
      ],
    })
  })

  it('logs in with a name and a password and hands out a secret', async () => {
    const { call } = server()
    expect(await call('com.vmware.cis.session', 'create', {})).toEqual({
      jsonrpc: '2.0',
      id: '7',
      result: { output: { SECRET: expect.stringMatching(/^[0-9a-f]{32}$/) } },
    })
  })

  it('tags structures, lists and what may be unset', async () => {
    const { lab, call, logIn } = server()
    const vm = lab.create()
    const session = await logIn()
    const { result } = await call('com.vmware.vcenter.VM', 'list', { filter: { OPTIONAL: null } }, session)
    expect(result.output).toEqual([
      {
        STRUCTURE: {
          'com.vmware.vcenter.VM.summary': {
            memory_size_MiB: { OPTIONAL: 1024 },
            vm,
            name: 'demo',
            power_state: 'POWERED_OFF',
            cpu_count: { OPTIONAL: 2 },
          },
        },
      },
    ])
    const filter = (fields: object) => ({
      filter: { OPTIONAL: { STRUCTURE: { 'com.vmware.vcenter.VM.filter_spec': fields } } },
    })
    const none = filter({ names: { OPTIONAL: ['nobody'] }, not_in_this_release: { OPTIONAL: null } })
    expect((await call('com.vmware.vcenter.VM', 'list', none, session)).result.output).toEqual([])
    const newer = filter({ not_in_this_release: { OPTIONAL: 'set' } })
    expect(
      Object.keys((await call('com.vmware.vcenter.VM', 'list', newer, session)).result.error.ERROR),
    ).toEqual(['com.vmware.vapi.std.errors.unexpected_input'])
  })

  it('answers with errors of operations as structures', async () => {
    const { call, logIn } = server()
    const { result } = await call('com.vmware.vcenter.vm.power', 'start', { vm: 'vm-404' }, await logIn())
    expect(result.error.ERROR['com.vmware.vapi.std.errors.not_found']).toMatchObject({
      error_type: { OPTIONAL: 'NOT_FOUND' },
      data: { OPTIONAL: null },
      messages: [
        {
          STRUCTURE: {
            'com.vmware.vapi.std.localizable_message': { id: 'com.vmware.api.vcenter.vm.not_found' },
          },
        },
      ],
    })
    expect(Object.keys((await call('com.vmware.vcenter.VM', 'list', {})).result.error.ERROR)).toEqual([
      'com.vmware.vapi.std.errors.unauthenticated',
    ])
  })

  it('knows services and operations, and which it lacks', async () => {
    const { call } = server()
    const messageOf = async (service: string, operation: string) => {
      const { result } = await call(service, operation, {})
      const [message] = result.error.ERROR['com.vmware.vapi.std.errors.operation_not_found'].messages
      return message.STRUCTURE['com.vmware.vapi.std.localizable_message'].default_message
    }
    expect(await messageOf('com.vmware.nothing', 'get')).toBe("Cannot find service 'com.vmware.nothing'.")
    expect(await messageOf('com.vmware.vcenter.VM', 'fly')).toBe(
      "Cannot find method 'fly' in service 'com.vmware.vcenter.VM'.",
    )
  })

  it.each([
    ['{', -32700],
    ['[]', -32600],
    ['{"id":1}', -32600],
    ['{"jsonrpc":"2.0","method":"run"}', -32601],
    ['{"jsonrpc":"2.0","method":"invoke"}', -32602],
    ['{"jsonrpc":"2.0","method":"invoke","params":{"serviceId":"x"}}', -32602],
  ])('refuses the envelope %s with %i', async (text, code) => {
    expect((await server().post(text)).error.code).toBe(code)
  })

  it('refuses input without tags, and says where', async () => {
    const { call, logIn } = server()
    const answer = await call('com.vmware.vcenter.vm.power', 'start', { vm: { WHAT: 'x' } }, await logIn())
    expect(answer.error).toEqual({
      code: -32602,
      message: "Invalid params: 'input.vm' has the unknown tag 'WHAT'.",
    })
  })
})
