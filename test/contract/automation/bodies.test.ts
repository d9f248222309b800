import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '#app/fauxsphere.js'
import { theServices } from '#services/services.js'
import { pathKey } from '#vapi/openapi/operation.js'
import { managedType } from '#vim25/schema.js'
import { type Request, type Sampling, sampleRequest, spoiled } from '../../support/vapi-values.js'
import { type Random, randomFrom } from '../../support/vim25-values.js'
import { type Contract, contractOf } from '../contract.js'
import {
  type AutomationServer,
  keyOf,
  type RestOperation,
  restOperations,
  startAutomation,
} from './server.js'

/** Requests per operation; half of them are valid. */
const RUNS = 16
/** Milliseconds for all operations together: one that takes more than its share is left with the runs that it had. */
const LONGEST = 45_000

const implemented = new Set(theServices().implemented)
const all = restOperations.filter((operation) => implemented.has(keyOf(operation)))

let begun: number
let server: AutomationServer
let fresh: Snapshot
let token: string
const contracts = new Map<string, Contract>()
/** What became of valid requests. */
const counts = { succeeded: 0, refused: 0 }

beforeAll(async () => {
  server = await startAutomation()
  token = await server.login()
  fresh = server.vc.snapshot()
  for (const document of (await server.documents()).values()) {
    const contract = contractOf(document)
    for (const item of Object.values(document.paths))
      for (const { 'x-vapi': key } of Object.values(item)) if (key) contracts.set(key, contract)
  }
  begun = performance.now()
}, 120_000)
afterAll(() => server[Symbol.asyncDispose]())

/** Mostly an object of the world that the type has, else one that never was. */
function idOf(random: Random): Sampling['id'] {
  return (resources) => {
    const { read } = server.vc.sandbox.inventory
    const known = resources.flatMap((type) => (managedType(type) ? [...read.ids(type as never)] : []))
    const found = random() < 0.85 ? known[Math.floor(random() * known.length)] : undefined
    return found ?? (random() < 0.5 ? 'vm-999999' : '8a0f7d1e-5a52-4bb0-9e7c-3d2b1f0a6c11')
  }
}

function requestFor(operation: RestOperation, seed: number, valid: boolean): Request {
  const random = randomFrom(seed)
  const request = sampleRequest(operation, operation.rest, {
    release: server.release,
    random,
    id: idOf(random),
    fullness: random(),
  })
  return valid ? request : spoiled(random, request)
}

async function check(operation: RestOperation, request: Request, valid: boolean): Promise<void> {
  const { inventory } = server.vc.sandbox
  const { revision } = inventory.root
  const answer = await server.ask(request.method, request.url, token, request.body)
  const { rest } = operation
  const shown = `${request.method} ${request.url} ${JSON.stringify(request.body)} -> ${answer.status} ${answer.text.slice(0, 600)}`
  // Nothing is what an unset result looks like; the document says so in words.
  const isUnset = operation.output.kind === 'optional' && answer.status === 200 && answer.text === ''
  const contract = contracts.get(keyOf(operation))
  const problems = isUnset ? [] : contract?.problems(pathKey(rest), rest.method.toLowerCase(), answer)
  expect(problems, shown).toEqual([])
  if (!valid) {
    expect(answer.status, shown).toBe(400)
    expect(inventory.root.revision, shown).toBe(revision)
    return
  }
  // Its values may be refused, its shape may not.
  expect(answer.text, shown).not.toMatch(/"vapi\.data\.(structure|validate)\./)
  counts[answer.status < 400 ? 'succeeded' : 'refused']++
}

describe('requests made at random, half of them valid, to', () => {
  for (const [index, operation] of all.entries())
    it(keyOf(operation), async ({ skip }) => {
      if (operation.since > server.release) return skip('newer than the release')
      const deadline = begun + (LONGEST * (index + 1)) / all.length
      let done = 0
      await fc.assert(
        fc.asyncProperty(fc.integer(), fc.boolean(), async (seed, valid) => {
          if (done > 1 && performance.now() > deadline) return
          await server.vc.restore(fresh)
          await check(operation, requestFor(operation, seed, valid), valid)
          done++
        }),
        { numRuns: RUNS, seed: 8 },
      )
      expect(done).toBeGreaterThan(1)
    })

  it('some of which succeed', () => {
    expect(counts.succeeded).toBeGreaterThan(10)
    expect(counts.refused).toBeGreaterThan(10)
  })
})
