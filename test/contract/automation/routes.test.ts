import { Validator } from '@seriousme/openapi-schema-validator'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { theServices } from '#services/services.js'
import { ANONYMOUS } from '#vapi/anonymous.js'
import type { OpenApi } from '../contract.js'
import {
  type AutomationServer,
  keyOf,
  type RestOperation,
  restOperations,
  routeOf,
  startAutomation,
  urlOf,
} from './server.js'

const implemented = new Set(theServices().implemented)

interface ErrorBody {
  readonly error_type: string
  readonly messages: readonly { readonly id: string; readonly args: readonly string[] }[]
}

/** Whether an older operation answers the same request: what the newer one is called by is a parameter or a name to it. */
const isShadowed = (newer: RestOperation, older: readonly RestOperation[]): boolean =>
  older.some(
    ({ rest }) =>
      rest.method === newer.rest.method &&
      new RegExp(`^${rest.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(newer.rest.path) &&
      rest.dispatch.every((one) =>
        newer.rest.dispatch.some(({ name, value }) => name === one.name && value === one.value),
      ),
  )

/** Thousands of requests, on a machine that has other things to do. */
const PATIENCE = { timeout: 120_000 }

describe.each(['7.0.3', '8.0.3'] as const)('a server of release %s', PATIENCE, (version) => {
  let server: AutomationServer
  let documents: ReadonlyMap<string, OpenApi>
  let token: string
  let own: readonly RestOperation[]
  let newer: readonly RestOperation[]
  beforeAll(async () => {
    server = await startAutomation(version)
    documents = await server.documents()
    token = await server.login()
    own = restOperations.filter(({ since }) => since <= server.release)
    newer = restOperations.filter(({ since }) => since > server.release)
  }, PATIENCE.timeout)
  afterAll(() => server[Symbol.asyncDispose]())

  it('routes every operation that it has: no one gets in without a session', async () => {
    const open: string[] = []
    for (const operation of own) {
      const { status } = await request(server.vc.app.server)[operation.rest.method.toLowerCase() as 'get'](
        urlOf(operation),
      )
      if (status !== 401) open.push(`${keyOf(operation)} ${status}`)
    }
    // The one that logs in is refused as all others are; the other reads its input.
    expect(open).toEqual(version === '7.0.3' ? [] : ['com.vmware.vcenter.system/hello 400'])
    expect([...ANONYMOUS]).toContain('com.vmware.vcenter.system/hello')
    expect(own.length).toBeGreaterThan(700)
  })

  it('does not know what is newer, on any door', async () => {
    const known: string[] = []
    for (const operation of newer) {
      const { status } = await server.ask(operation.rest.method, urlOf(operation), token)
      if (status !== 404 && !isShadowed(operation, own)) known.push(`${keyOf(operation)} ${status}`)
      const { service, id } = operation
      const result = (await server.call(service, id, token)) as { error?: { ERROR?: object } }
      if (!result.error?.ERROR || !('com.vmware.vapi.std.errors.operation_not_found' in result.error.ERROR))
        known.push(`${keyOf(operation)} over JSON-RPC: ${JSON.stringify(result).slice(0, 200)}`)
    }
    expect(known).toEqual([])
    expect(newer.length).toBeGreaterThan(200)
  })

  it('names every operation that does nothing yet', async () => {
    const wrong: string[] = []
    for (const operation of own) {
      if (implemented.has(keyOf(operation))) continue
      const { service, id } = operation
      const { status, text } = await server.ask(operation.rest.method, urlOf(operation), token)
      const body = JSON.parse(text) as ErrorBody
      const [message] = body.messages
      if (status !== 400 || body.error_type !== 'UNSUPPORTED' || String(message?.args) !== `${service},${id}`)
        wrong.push(`${keyOf(operation)} ${status} ${text.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  })

  it('says the same over JSON-RPC', async () => {
    const wrong: string[] = []
    for (const operation of own) {
      if (implemented.has(keyOf(operation))) continue
      const text = JSON.stringify(await server.call(operation.service, operation.id, token))
      const named = [operation.service, operation.id].every((name) => text.includes(`"${name}"`))
      if (!named || !text.includes('com.vmware.vapi.std.errors.unsupported'))
        wrong.push(`${keyOf(operation)} ${text.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  })

  it('serves documents that are valid, too', async () => {
    const validator = new Validator()
    for (const [area, document] of documents) {
      const { valid, errors } = await validator.validate({ ...document })
      expect(valid, `${area}: ${JSON.stringify(errors ?? '').slice(0, 500)}`).toBe(true)
      // Small enough to open at once.
      expect(JSON.stringify(document).length, area).toBeLessThan(500_000)
    }
  })

  it('has each route in exactly one document, and marks there what does something', () => {
    const described = [...documents.values()].flatMap(({ paths }) =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(item).map(([verb, operation]) => ({ route: `${verb} ${path}`, operation })),
      ),
    )
    const routes = described.filter(({ route }) => route.includes(' /api/'))
    expect(routes.map(({ route }) => route).sort()).toEqual(own.map(routeOf).sort())
    const marked = routes.filter(({ operation }) => operation['x-fauxsphere'] === 'implemented')
    expect(marked.map(({ operation }) => operation['x-vapi']).sort()).toEqual(
      own
        .map(keyOf)
        .filter((key) => implemented.has(key))
        .sort(),
    )
    expect(described.length - routes.length).toBe(4)
  })
})
