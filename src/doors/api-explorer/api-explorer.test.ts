import { Validator } from '@seriousme/openapi-schema-validator'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { createServiceLab } from '#services/core/testing.js'
import { pathKey } from '#vapi/openapi/operation.js'
import { releaseIndex } from '#vapi/release.js'
import { operations } from '#vapi/schema.js'
import { apiExplorer } from './api-explorer.js'

interface Swagger {
  readonly swagger: string
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { parameters?: readonly { name: string; in: string }[] }>>>
  >
  readonly responses: object
  readonly definitions: object
}

const app = Fastify()
app.register(async (scope) => apiExplorer(scope, createServiceLab().sandbox))
const ask = (file: string) => app.inject({ url: `/apiexplorer/json/${file}` })
const files = async () => (await ask('api.json')).json<{ files: string[] }>().files
const read = async (name: string) => (await ask(`${name}.json`)).json<Swagger>()

describe('/apiexplorer/json', () => {
  it('lists its files, without a session', async () => {
    const answer = await ask('api.json')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('application/json')
    expect(await files()).toEqual(['appliance', 'cis', 'content', 'esx', 'session', 'vapi', 'vcenter'])
  })

  it('has valid Swagger 2.0 in each, which refers to nothing that is not there', async () => {
    const validator = new Validator()
    for (const name of await files()) {
      const document = await read(name)
      const { valid, errors } = await validator.validate({ ...document })
      expect(valid, `${name}: ${JSON.stringify(errors ?? '').slice(0, 500)}`).toBe(true)
      for (const [, group = '', key = ''] of JSON.stringify(document).matchAll(
        /"\$ref":"#\/(\w+)\/([^"]+)"/g,
      ))
        expect(document, name).toHaveProperty([group, key])
    }
  })

  it('carries actions in the paths', async () => {
    const { paths } = await read('vcenter')
    const clone = paths['/api/vcenter/vm?action=clone&vmw-task=true']?.post
    expect(clone?.parameters).toEqual([expect.objectContaining({ in: 'body', required: true })])
    expect(paths['/api/vcenter/vm']?.get?.parameters).toContainEqual({
      name: 'names',
      in: 'query',
      type: 'array',
      items: { type: 'string' },
      collectionFormat: 'multi',
    })
    expect(paths['/api/vcenter/vm']?.get?.parameters).toContainEqual(
      expect.objectContaining({
        name: 'power_states',
        items: { type: 'string', enum: ['POWERED_OFF', 'POWERED_ON', 'SUSPENDED'] },
      }),
    )
  })

  it('describes every operation of the release once, and no newer one', async () => {
    const described: string[] = []
    for (const name of await files())
      for (const [path, item] of Object.entries((await read(name)).paths))
        described.push(...Object.keys(item).map((verb) => `${verb} ${path}`))
    const newest = releaseIndex('8.0.3.0')
    const wanted = [...operations()]
      .filter(({ since }) => since <= newest)
      .flatMap(({ rest }) => (rest ? [`${rest.method.toLowerCase()} ${pathKey(rest)}`] : []))
    expect(described.sort()).toEqual(wanted.sort())
    expect(described).not.toContain('get /api/vcenter/authorization/roles')
  })

  it('has no other files', async () => {
    for (const file of ['stats.json', 'vcenter', 'vcenter.yaml', '..%2Fapi.json'])
      expect((await ask(file)).statusCode).toBe(404)
  })
})
