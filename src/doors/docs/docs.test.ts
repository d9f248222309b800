import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { type Coverage, totals } from '#services/coverage.js'
import { createTestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'
import { createRootFolder } from '#vsphere/folder/build.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { docsDoor } from './docs.js'

function server(version: '6.0' | '8.0.3' = '8.0.3') {
  const { sandbox } = createTestWorld({
    families,
    version,
    seed(ctx) {
      createRootFolder(ctx)
      createServiceObjects(ctx)
    },
  })
  const app = Fastify()
  const site = {
    product: { name: 'Fauxsphere', version: '1.2.3' },
    seed: 'none',
    doors: [],
    ca: undefined,
    ready: () => true,
  }
  app.register(async (scope) => docsDoor(scope, sandbox, site))
  return { sandbox, ask: (url: string) => app.inject({ url }) }
}

describe('/docs', () => {
  it('loads nothing before somebody asks', () => {
    const source = readFileSync(new URL('./docs.ts', import.meta.url), 'utf8')
    const imports = source.match(/^import .*$/gm) ?? []
    expect(imports.length).toBeGreaterThan(0)
    expect(imports.filter((line) => !line.startsWith('import type'))).toEqual([])
  })

  it('takes many first requests at once', async () => {
    const { ask } = server()
    const answers = await Promise.all(['/docs', '/docs/', '/docs/openapi.json', '/docs/json'].map(ask))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    expect(answers[0]?.headers['content-security-policy']).toContain("default-src 'self'")
    expect((await ask('/docs/nothing/here')).statusCode).toBe(404)
  })

  it('describes the newest release of the identity, and what it is able to do', async () => {
    const { ask } = server('6.0')
    const index = (await ask('/docs/openapi.json')).json<{ release: string; documents: { url: string }[] }>()
    expect(index.release).toBe('6.0')
    const urls = index.documents.map(({ url }) => url)
    expect(urls).toContain('/docs/openapi/vi-json/virtual-machine.json')
    expect(urls).not.toContain('/docs/openapi/vi-json/first-class-disk.json')
    const { servers, paths } = (await ask('/docs/openapi/vi-json/virtual-machine.json')).json<{
      servers: { variables: { release: { default: string } } }[]
      paths: Record<string, object>
    }>()
    expect(servers[0]?.variables.release.default).toBe('6.0')
    expect(paths).toHaveProperty(['/VirtualMachine/{moId}/CreateSecondaryVMEx_Task'])
    expect(paths).not.toHaveProperty(['/VirtualMachine/{moId}/CreateSnapshotEx_Task'])
    expect((await ask('/docs/types/CryptoKeyId')).statusCode).toBe(404)
  })

  it('leaves examples out that speak of objects of another world', async () => {
    const { sandbox, ask } = server()
    const { paths } = (await ask('/docs/openapi/vi-json/folder.json')).json<{
      paths: Record<string, { post: { parameters?: { example: string }[]; requestBody: object } }>
    }>()
    const makesVms = paths['/Folder/{moId}/CreateVM_Task']?.post
    expect(makesVms?.parameters).toEqual([{ $ref: '#/components/parameters/moId.Folder' }])
    expect(makesVms?.requestBody).not.toHaveProperty(['content', 'application/json', 'example'])
    const created = paths['/Folder/{moId}/CreateDatacenter']?.post
    const [root] = sandbox.inventory.read.ids('Folder')
    expect(created?.parameters).toEqual([expect.objectContaining({ name: 'moId', example: root })])
    expect(created?.requestBody).toHaveProperty(['content', 'application/json', 'example'], {
      name: 'Second site',
    })
  })

  it('tells what is implemented, as a page and for programs', async () => {
    const { ask } = server()
    const coverage = (await ask('/docs/coverage.json')).json<Coverage>()
    expect(coverage.automation).toContainEqual({
      service: 'com.vmware.vcenter.vm.power',
      operation: 'start',
      doors: { '/api': 'implemented', '/rest': 'implemented', 'json-rpc': 'implemented' },
    })
    expect(coverage.viJson).toContainEqual({ type: 'Folder', method: 'CreateFolder', implemented: true })
    const page = await ask('/docs/coverage')
    expect(page.headers['content-type']).toContain('text/html')
    for (const line of totals(coverage)) expect(page.body).toContain(line)
    expect(page.body).toContain('#/vcenter.vm.power/vcenter.vm.power.start')
  })

  it('escapes what it writes into pages', async () => {
    const { ask } = server()
    const answer = await ask('/docs/types/%3Cb%3E')
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/json')
  })
})
