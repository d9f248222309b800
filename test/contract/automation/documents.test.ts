import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { theServices } from '#services/services.js'
import { ANONYMOUS } from '#vapi/anonymous.js'
import { areas } from '#vapi/openapi/areas.js'
import { errorProblems, exampleProblems } from '#vapi/openapi/examples.js'
import { errorsByStatus } from '#vapi/openapi/responses.js'
import { successStatus } from '#vapi/rest-status.js'
import { enumeration, operation as operationOf, RELEASES, structure } from '#vapi/schema.js'
import { overlays } from '../../../scripts/contract.js'
import { contractOf, type Media, type OpenApi, type Operation } from '../contract.js'
import { keyOf, restOperations, routeOf } from './server.js'

const NEWEST = RELEASES.length - 1

/** The committed documents by area. */
const documents = new Map<string, OpenApi>()
const described = new Map<string, Operation>()

beforeAll(() => {
  for (const { name } of areas) {
    const text = readFileSync(new URL(`../../../openapi/${name}.yaml`, import.meta.url), 'utf8')
    documents.set(name, parse(text) as OpenApi)
  }
  for (const { paths } of documents.values())
    for (const [path, item] of Object.entries(paths))
      for (const [verb, operation] of Object.entries(item)) described.set(`${verb} ${path}`, operation)
})

describe('the committed contract', () => {
  it('is valid OpenAPI 3.1, each document', async () => {
    const validator = new Validator()
    for (const [name, document] of documents) {
      const { valid, errors } = await validator.validate(
        JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
      )
      expect(valid, `${name}: ${JSON.stringify(errors ?? '').slice(0, 500)}`).toBe(true)
      expect(document.openapi).toBe('3.1.0')
    }
    expect(documents.size).toBe(areas.length)
  })

  it('refers to nothing that is not there, and has nothing that nothing refers to', () => {
    for (const [name, document] of documents) {
      const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)]
      for (const [, section = '', key = ''] of refs)
        expect(document.components, name).toHaveProperty([section, key])
      const used = new Set(refs.map(([, section, key]) => `${section}/${key}`))
      const unused = Object.keys(document.components.schemas).filter((key) => !used.has(`schemas/${key}`))
      expect(unused, name).toEqual([])
    }
  })

  it('has every operation of the definitions once, each with a name of its own', () => {
    const wanted = restOperations.map(routeOf)
    expect(new Set(wanted).size).toBe(wanted.length)
    expect([...described.keys()].filter((route) => route.includes(' /api/')).sort()).toEqual(wanted.sort())
    const names = [...described.values()].map(({ operationId }) => operationId)
    expect(new Set(names).size).toBe(names.length)
  })

  it('says of each operation what it is, whose it is, and every answer that it may give', () => {
    const wrong: string[] = []
    for (const operation of restOperations) {
      const found = described.get(routeOf(operation))
      const key = keyOf(operation)
      if (!found) continue
      if (!found.summary || found.summary.endsWith('.') || found.summary.includes('\n'))
        wrong.push(`${key}: summary '${found.summary}'`)
      if (found.tags?.length !== 1) wrong.push(`${key}: tags ${found.tags}`)
      if (found['x-vapi'] !== key) wrong.push(`${key}: x-vapi ${found['x-vapi']}`)
      const statuses = [successStatus(operation, operation.rest), ...errorsByStatus(operation, true).keys()]
      if (Object.keys(found.responses).join() !== [...statuses].sort((a, b) => a - b).join())
        wrong.push(`${key}: answers ${Object.keys(found.responses)}`)
      if (!ANONYMOUS.has(key) && (!('401' in found.responses) || found.security))
        wrong.push(`${key}: no session asked for`)
      for (const error of operation.errors)
        if (error.endsWith('.not_found') && !('404' in found.responses)) wrong.push(`${key}: no 404`)
    }
    expect(wrong).toEqual([])
  })
})

describe('overlays', () => {
  const all = overlays()

  it('are of areas, and speak of what the area has', () => {
    const names = new Set(areas.map(({ name }) => name))
    const wrong: string[] = []
    for (const [name, overlay] of all) {
      if (!names.has(name)) wrong.push(`openapi/overlays/${name}.yaml is of no area`)
      const here = new Set(
        Object.values(documents.get(name)?.paths ?? {}).flatMap((item) =>
          Object.values(item).map((operation) => operation['x-vapi']),
        ),
      )
      for (const key of Object.keys(overlay.operations ?? {}))
        if (!here.has(key)) wrong.push(`${name}: the area has no operation ${key}`)
      for (const [type, { members = {} }] of Object.entries(overlay.types ?? {})) {
        const known = structure(type)?.byName ?? enumeration(type)?.byName
        if (!known) wrong.push(`${name}: there is no type ${type}`)
        else
          for (const member of Object.keys(members))
            if (!known.has(member)) wrong.push(`${name}: ${type} has no ${member}`)
      }
    }
    expect(wrong).toEqual([])
    expect(all.size).toBeGreaterThan(0)
  })

  it('describe every operation that does something, with a call where there is anything to send or to see', () => {
    const entries = new Map([...all.values()].flatMap(({ operations = {} }) => Object.entries(operations)))
    const wrong = theServices().implemented.flatMap((key) => {
      const [service = '', id = ''] = key.split('/')
      const operation = operationOf(service, id)
      const { summary, description, example } = entries.get(key) ?? {}
      const silent = operation?.input.fields.length === 0 && operation.output.kind === 'void'
      return [
        ...(summary ? [] : [`${key}: no summary`]),
        ...(description ? [] : [`${key}: no description`]),
        ...(example || silent ? [] : [`${key}: no example`]),
      ]
    })
    expect(wrong).toEqual([])
  })

  it('have examples that the operations understand, and answers that they may give', () => {
    const wrong: string[] = []
    for (const overlay of all.values())
      for (const [key, entry] of Object.entries(overlay.operations ?? {})) {
        const [service = '', id = ''] = key.split('/')
        const operation = operationOf(service, id)
        if (!operation) continue
        const problems = [
          ...(entry.example ? exampleProblems(operation, entry.example, NEWEST) : []),
          ...errorProblems(operation, entry, NEWEST),
        ]
        wrong.push(...problems.map((problem) => `${key}: ${problem}`))
      }
    expect(wrong).toEqual([])
  })

  it('have examples that fit the schemas beside which they stand', () => {
    const wrong: string[] = []
    let checked = 0
    for (const document of documents.values()) {
      const contract = contractOf(document)
      for (const [path, item] of Object.entries(document.paths))
        for (const [verb, operation] of Object.entries(item)) {
          for (const [status, { content }] of Object.entries(operation.responses))
            for (const value of examplesIn(content?.['application/json'])) {
              checked++
              const answer = { status: Number(status), type: 'application/json', text: JSON.stringify(value) }
              wrong.push(
                ...contract.problems(path, verb, answer).map((problem) => `${verb} ${path}: ${problem}`),
              )
            }
        }
    }
    expect(wrong).toEqual([])
    expect(checked).toBeGreaterThan(10)
  })
})

function examplesIn(media: Media | undefined): readonly unknown[] {
  const { example, examples } = media ?? {}
  return [
    ...(example === undefined ? [] : [example]),
    ...Object.values(examples ?? {}).map(({ value }) => value),
  ]
}
