import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '#app/fauxsphere.js'
import { labOf } from '#doors/docs/descriptions/lab.js'
import { descriptions } from '#doors/docs/descriptions.js'
import { worldOf } from '#doors/docs/world.js'
import { type Answer, type Contract, contractOf, type OpenApi, type Operation } from './contract.js'
import { type ContractServer, documentOf, startServer } from './server.js'

let server: ContractServer
let fresh: Snapshot
const contracts = new Map<OpenApi, Contract>()

beforeAll(async () => {
  server = await startServer()
  fresh = server.vc.snapshot()
})
afterAll(() => server[Symbol.asyncDispose]())

function operationOf(type: string, path: string): Operation | undefined {
  return documentOf(server, type).paths[path]?.post
}

function contractFor(type: string): Contract {
  const document = documentOf(server, type)
  const contract = contracts.get(document) ?? contractOf(document)
  contracts.set(document, contract)
  return contract
}

interface Ran {
  readonly path: string
  readonly type: string
  readonly answer: Answer
}

/** Runs the examples that come before, each once, then the example itself. */
async function run(key: string, done = new Set<string>()): Promise<Ran> {
  const example = descriptions[key]?.example
  if (!example) throw new Error(`${key} has no example.`)
  for (const earlier of example.first ?? [])
    if (!done.has(earlier)) await succeeds(await run(earlier, done), earlier)
  done.add(key)
  const lab = labOf(worldOf(server.vc.sandbox.inventory))
  const { type, value } = example.on(lab)
  const method = key.split('.')[1]
  const url = `/sdk/vim25/8.0.3.0/${type}/${encodeURIComponent(value)}/${method}`
  const path = `/${type}/{moId}/${method}`
  const open = operationOf(type, path)?.security?.length === 0
  return {
    path,
    type,
    answer: await (open ? server.askAnonymously : server.ask)('post', url, example.body?.(lab)),
  }
}

/** 200 or 204, and a task ends well. */
async function succeeds({ answer }: Ran, key: string): Promise<void> {
  expect([200, 204], `${key}: ${answer.text}`).toContain(answer.status)
  const result =
    answer.text === '' ? undefined : (JSON.parse(answer.text) as { type?: string; value?: string })
  if (result?.type !== 'Task') return
  const { text } = await server.ask('get', `/sdk/vim25/8.0.3.0/Task/${result.value}/info`)
  const info = JSON.parse(text) as { state: string; error?: object }
  expect(info.state, `${key}: ${JSON.stringify(info.error)}`).toBe('success')
}

describe('the example of', () => {
  for (const [key, { example }] of Object.entries(descriptions))
    if (example.stale === undefined)
      it(`${key} runs on the default seed and answers as documented`, async () => {
        await server.vc.restore(fresh)
        const ran = await run(key)
        await succeeds(ran, key)
        expect(contractFor(ran.type).problems(ran.path, 'post', ran.answer)).toEqual([])
      })
})
