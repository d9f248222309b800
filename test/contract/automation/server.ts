import request from 'supertest'
import { afterAll, beforeAll } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { pathKey } from '#vapi/openapi/operation.js'
import { releaseIndex } from '#vapi/release.js'
import { operations } from '#vapi/schema.js'
import type { Operation, RestBinding } from '#vapi/types.js'
import type { IdentityVersion } from '#vsphere/core/identity.js'
import type { Answer, OpenApi } from '../contract.js'

/** An operation that `/api` has. */
export interface RestOperation extends Operation {
  readonly rest: RestBinding
}

/** Every operation of the definitions that has a form on `/api`, whatever the release. */
export const restOperations: readonly RestOperation[] = [...operations()].filter(
  (operation): operation is RestOperation => operation.rest !== undefined,
)

export const keyOf = ({ service, id }: Operation): string => `${service}/${id}`

/** `get /api/vcenter/vm`, as documents have it. */
export const routeOf = ({ rest }: RestOperation): string => `${rest.method.toLowerCase()} ${pathKey(rest)}`

/** A URL that reaches the operation, with made up identifiers. */
export const urlOf = ({ rest }: RestOperation): string => pathKey(rest).replace(/\{(\w+)\}/g, '$1-1')

export interface AutomationServer extends AsyncDisposable {
  readonly vc: Fauxsphere
  /** Index into RELEASES. */
  readonly release: number
  /** A new session's token. */
  login(): Promise<string>
  ask(method: string, url: string, token?: string, body?: unknown): Promise<Answer>
  /** A call over JSON-RPC: its result. */
  call(service: string, operation: string, token?: string): Promise<unknown>
  /** The documents of the Automation API by area. */
  documents(): Promise<ReadonlyMap<string, OpenApi>>
}

export async function startAutomation(vsphere: IdentityVersion = '8.0.3'): Promise<AutomationServer> {
  const vc = await createFauxsphere({ tls: false, port: 0, clock: { rate: 0 }, vsphere })
  const ask: AutomationServer['ask'] = async (method, url, token, body) => {
    const { statusCode, headers, payload } = await vc.app.inject({
      method: method.toUpperCase() as 'GET',
      url,
      headers: {
        ...(token === undefined ? {} : { 'vmware-api-session-id': token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    const [type = ''] = String(headers['content-type'] ?? '').split(';')
    return { status: statusCode, type, text: payload }
  }
  return {
    vc,
    release: releaseIndex(vc.sandbox.services.identity.apiVersion),
    ask,
    async login() {
      const { body } = await request(vc.app.server).post('/api/session').auth('jo@vsphere.local', 'secret')
      return body as string
    },
    async call(service, operation, token) {
      const params = {
        serviceId: service,
        operationId: operation,
        ctx: {
          appCtx: {},
          ...(token === undefined
            ? {}
            : { securityCtx: { schemeId: 'com.vmware.vapi.std.security.session_id', sessionId: token } }),
        },
        input: { STRUCTURE: { 'operation-input': {} } },
      }
      const { text } = await ask('post', '/api', undefined, {
        jsonrpc: '2.0',
        id: '1',
        method: 'invoke',
        params,
      })
      return (JSON.parse(text) as { result: unknown }).result
    },
    async documents() {
      const index = JSON.parse((await ask('get', '/docs/openapi.json')).text) as {
        documents: { url: string }[]
      }
      const found = new Map<string, OpenApi>()
      for (const { url } of index.documents) {
        const area = /\/rest\/(.+)\.json$/.exec(url)?.[1]
        if (area) found.set(area, JSON.parse((await ask('get', url)).text) as OpenApi)
      }
      return found
    },
    [Symbol.asyncDispose]: () => vc.close(),
  }
}

/** How the tests of a file ask a server of their own. */
export interface Asking {
  readonly server: AutomationServer
  readonly token: string
  /** Status and body, as they are on the wire. */
  ask(method: string, url: string, body?: unknown): Promise<[status: number, text: string]>
}

/** A server for the tests of a file, started before them and closed after them; URLs are below `base`. */
export function askingServer(base = ''): Asking {
  let server: AutomationServer
  let token: string
  beforeAll(async () => {
    server = await startAutomation()
    token = await server.login()
  })
  afterAll(() => server[Symbol.asyncDispose]())
  return {
    get server() {
      return server
    },
    get token() {
      return token
    },
    async ask(method, url, body) {
      const { status, text } = await server.ask(method, `${base}${url}`, token, body)
      return [status, text]
    },
  }
}
