import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { descriptionOf, descriptions } from '#doors/docs/descriptions.js'
import { documentFamilies } from '#doors/docs/document-families.js'
import { theRegistry } from '#services/world-registry.js'
import { managedType, typeNames, versionIndex } from '#vim25/schema.js'
import { type ContractServer, documentOf, startServer } from './server.js'

const newest = versionIndex('8.0.3.0') ?? 0

let server: ContractServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('the served documents', () => {
  it('are valid OpenAPI 3', async () => {
    const broken: string[] = []
    const validator = new Validator()
    for (const [url, document] of server.documents) {
      const { valid, errors } = await validator.validate(
        JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
      )
      if (!valid) broken.push(`${url}: ${JSON.stringify(errors).slice(0, 500)}`)
    }
    expect(broken).toEqual([])
    expect(server.documents.size).toBe(documentFamilies.length + 1)
  })

  it('describe every member of every managed type once', () => {
    const listed = documentFamilies.flatMap(({ types }) => types)
    expect([...listed].sort()).toEqual([...typeNames('managed')].sort())
    for (const name of listed) {
      const type = managedType(name)
      if (!type || type.since > newest) continue
      const wanted = [...type.properties, ...type.methods.values()].filter(({ since }) => since <= newest)
      const { paths } = documentOf(server, name)
      const found = Object.keys(paths).filter((path) => path.startsWith(`/${name}/`))
      expect(found.map((path) => path.split('/')[3]).sort()).toEqual(wanted.map((each) => each.name).sort())
    }
  })

  it('name each operation differently, and refer to nothing that is not there', () => {
    for (const [url, document] of server.documents) {
      const ids = Object.values(document.paths).flatMap((item) =>
        Object.values(item).flatMap(({ operationId }) => operationId ?? []),
      )
      expect(new Set(ids).size, url).toBe(ids.length)
      const refs = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)
      for (const [, section = '', name = ''] of refs)
        expect(document.components, url).toHaveProperty([section, name])
    }
  })

  it('are small enough to open at once', () => {
    for (const [url, document] of server.documents)
      expect(JSON.stringify(document).length, url).toBeLessThan(500_000)
  })

  it('mark what is implemented, and only that', () => {
    const registry = theRegistry()
    for (const [url, document] of server.documents)
      for (const [path, { post }] of Object.entries(document.paths)) {
        if (!url.includes('/vi-json/') || !post) continue
        const [, type = '', , method = ''] = path.split('/')
        expect(post['x-implemented'], path).toBe(registry.behaviour(type, method) !== undefined)
        expect(post.summary === 'Answers NotImplemented', path).toBe(!post['x-implemented'])
      }
  })

  it('answer NotImplemented where they say so', async () => {
    // Of the managers of the service content, one method that needs no arguments and is not there yet.
    const { paths } = documentOf(server, 'LicenseManager')
    const path = '/LicenseManager/{moId}/QueryLicenseSourceAvailability'
    expect(paths[path]?.post?.['x-implemented']).toBe(false)
    const { status, text } = await server.ask(
      'post',
      `/sdk/vim25/8.0.3.0${path.replace('{moId}', 'LicenseManager')}`,
      {},
    )
    expect([status, JSON.parse(text)]).toEqual([
      500,
      expect.objectContaining({
        _typeName: 'NotImplemented',
        faultstring: expect.stringContaining('QueryLicenseSourceAvailability'),
      }),
    ])
  })

  it('describe every implemented method, and nothing else', () => {
    const { implemented } = theRegistry()
    const [missing, kept]: [string[], Set<string>] = [[], new Set()]
    for (const key of implemented) {
      const [type = '', method = ''] = key.split('.')
      const found = descriptionOf(type, method)
      if (found) kept.add(Object.keys(descriptions).find((name) => descriptions[name] === found) ?? '')
      else missing.push(key)
    }
    expect(missing).toEqual([])
    expect(Object.keys(descriptions).filter((key) => !kept.has(key))).toEqual([])
  })

  it('carry examples with ids of this world', () => {
    const post = documentOf(server, 'VirtualMachine').paths['/VirtualMachine/{moId}/CreateSecondaryVMEx_Task']
      ?.post
    const { read } = server.vc.sandbox.inventory
    const id = post?.parameters?.[0]?.example ?? ''
    expect(read.get('VirtualMachine', id).name).toBe('smp-ft-demo')
    const body = post?.requestBody?.content['application/json']?.example as
      | { host: { value: string } }
      | undefined
    expect(read.get('HostSystem', body?.host.value ?? '').name).toBe('vesxi-02.lab.local')
  })
})

describe('the pages', () => {
  it('need nothing from elsewhere', async () => {
    const page = await server.ask('get', '/docs')
    expect([page.status, page.type]).toEqual([200, 'text/html'])
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(5)
    for (const link of links) {
      expect(link).toMatch(/^\/docs\//)
      expect((await server.ask('get', link)).status, link).toBe(200)
    }
    expect((await server.ask('get', '/docs/static/swagger-initializer.js')).text).not.toMatch(
      /https?:\/\/(?!stackoverflow)/,
    )
  })

  it('show data types and enums of the newest release, and no others', async () => {
    const device = await server.ask('get', '/docs/types/VirtualDevice')
    expect([device.status, device.text]).toEqual([200, expect.stringContaining('/docs/types/VirtualVmxnet3')])
    expect((await server.ask('get', '/docs/types/VirtualMachinePowerState')).text).toContain('poweredOn')
    for (const name of ['NoSuchType', '%3Cscript%3E'])
      expect((await server.ask('get', `/docs/types/${name}`)).status).toBe(404)
  })
})
