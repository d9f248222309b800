import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from '#vim25/json/stringify.js'
import { type Method, managedType, subtypesOf, typeNames, VERSIONS } from '#vim25/schema.js'
import { isDeclared } from '#vsphere/core/registry.js'
import { derivedOtherwise } from '../support/derived.js'
import { createDoorWorld, type DoorWorld } from '../support/door-world.js'
import { type Random, randomFrom, sampleArguments, spoiled } from '../support/vim25-values.js'

const BODIES = Number(process.env.DOOR_BODIES ?? 2000)
const SEED = Number(process.env.DOOR_SEED ?? 1)
const RELEASE = VERSIONS.indexOf('8.0.3.0')

/** What a client that waits would wait for: with the clock standing still, for ever. */
const WAITS = new Set(['WaitForUpdates', 'WaitForUpdatesEx'])

let world: DoorWorld
beforeAll(async () => {
  world = await createDoorWorld()
})
afterAll(() => world.close())

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

/** Ids of existing objects by type; now and then one that does not exist. */
function ids(): (random: Random, type: string) => string {
  const byType = new Map<string, string[]>()
  for (const { id, type, ref } of world.sandbox.inventory.root.entities.values())
    if (ref) byType.set(type, [...(byType.get(type) ?? []), id])
  return (random, type) => {
    const known = subtypesOf(type).flatMap((name) => byType.get(name) ?? [])
    return known.length === 0 || random() < 0.05 ? `${type.toLowerCase()}-4711` : pick(random, known)
  }
}

interface Call {
  readonly path: string
  readonly method: Method
  readonly args: Record<string, unknown>
}

/** Half of the calls are of implemented methods, half of any; the object exists. */
function someCall(random: Random, moId: ReturnType<typeof ids>): Call {
  const types = [
    ...new Set(
      [...world.sandbox.inventory.root.entities.values()].flatMap(({ type, ref }) => (ref ? type : [])),
    ),
  ]
  const known = typeNames('managed').filter((name) => (managedType(name)?.since ?? 0) <= RELEASE)
  for (;;) {
    const type = pick(random, random() < 0.9 ? types : known)
    const methods = [...(managedType(type)?.methods.values() ?? [])].filter(
      ({ name, since }) => since <= RELEASE && !WAITS.has(name),
    )
    const done = methods.filter(({ name }) => world.sandbox.registry.behaviour(type, name))
    const from = done.length > 0 && random() < 0.8 ? done : methods
    if (from.length === 0) continue
    const method = pick(random, from)
    const args = sampleArguments(random, method, { release: RELEASE, depth: 3, fullness: random(), moId })
    return { path: `${type}/${encodeURIComponent(moId(random, type))}/${method.name}`, method, args }
  }
}

/** A body that no method takes, and what is wrong with it. */
function wrongBody(random: Random, { method, args }: Call): string {
  const valid = stringify(args)
  const given = method.params.filter(({ name }) => args[name] !== undefined)
  const kind = Math.floor(random() * 8)
  switch (kind) {
    case 0:
      return valid.slice(0, Math.max(1, valid.length - 1 - Math.floor(random() * valid.length)))
    case 1:
      return stringify({ ...args, noSuchParameter: 1 })
    case 2:
      return pick(random, [
        '[]',
        'null',
        '17',
        '"text"',
        '{',
        '}',
        '\u0000',
        '{"a":1,}',
        'NaN',
        '{"__proto__":{"x":1}}',
      ])
    case 3:
      return `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    case 4:
      return `{"${method.params[0]?.name ?? 'x'}":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`
    default: {
      const parameter = given.length > 0 ? pick(random, given) : undefined
      if (!parameter) return stringify({ noSuchParameter: null })
      const { body } = spoiled(random, parameter, args[parameter.name])
      return stringify({ ...args, [parameter.name]: body })
    }
  }
}

interface FaultBody {
  readonly _typeName?: string
  readonly faultstring?: string
}

const faultIn = (text: string): FaultBody | undefined => {
  try {
    return JSON.parse(text) as FaultBody
  } catch {
    return undefined
  }
}

/** What is odd about an answer; undefined when it is a result, or a fault that the method may give. */
function oddity(method: Method, { status, text }: { status: number; text: string }): string | undefined {
  if (status === 200 || status === 204) return undefined
  const fault = faultIn(text)
  if (status !== 500 || !fault?._typeName || fault.faultstring === undefined)
    return `status ${status}: ${text.slice(0, 500)}`
  if (fault._typeName === 'SystemError') return `it broke: ${text}`
  if (!isDeclared(method, fault._typeName)) return `${fault._typeName} is not declared`
  return undefined
}

describe('VI JSON and bodies that anybody might send', () => {
  it(`answers ${BODIES} of them, half of them valid, and is none the worse for it`, {
    timeout: 120_000,
  }, async () => {
    const start = world.sandbox.snapshot()
    const counts = { results: 0, tasks: 0, failedTasks: 0, faults: 0, notImplemented: 0, refused: 0 }
    const odd: string[] = []
    for (let at = 0; at < BODIES; at++) {
      const random = randomFrom(SEED * 1_000_000 + at)
      if (at % 10 === 0) world.sandbox.restore(start)
      const call = someCall(random, ids())
      const before = world.sandbox.inventory.root
      const valid = at % 2 === 0
      const body = valid ? stringify(call.args) : wrongBody(random, call)
      const answer = await world.ask('POST', call.path, body)
      const note = (what: string) => odd.push(`#${at} ${call.path} ${body.slice(0, 700)}: ${what}`)
      const wrong = oddity(call.method, answer)
      if (wrong) note(wrong)
      const fault = answer.status === 500 ? faultIn(answer.text)?._typeName : undefined
      if (fault && world.sandbox.inventory.root.entities !== before.entities)
        note('refused, and yet something changed')
      if (/\bat \S+ \(.*:\d+:\d+\)/.test(answer.text)) note('a stack trace')
      if (!valid) {
        if (fault) counts.refused++
        else note(`accepted: ${answer.status} ${answer.text.slice(0, 200)}`)
      } else if (fault === 'NotImplemented') counts.notImplemented++
      else if (fault) counts.faults++
      else {
        const task = (faultIn(answer.text) as { type?: string; value?: string } | undefined) ?? {}
        const info =
          task.type === 'Task'
            ? world.sandbox.inventory.read.find('Task', String(task.value))?.info
            : undefined
        if (!info) counts.results++
        else if (info.state === 'error') counts.failedTasks++
        else counts.tasks++
      }
      if (fault === 'NotAuthenticated' || /Logout|TerminateSession|Login/.test(call.path)) {
        world.sandbox.restore(start)
        await world.ask('GET', 'ServiceInstance/ServiceInstance/content')
      }
    }
    expect(odd).toEqual([])
    const sum = Object.values(counts).reduce((total, count) => total + count, 0)
    expect(sum).toBe(BODIES)
    expect(counts.refused).toBe(BODIES / 2)
    for (const kind of ['results', 'tasks', 'failedTasks', 'faults'] as const)
      expect(counts[kind], kind).toBeGreaterThan(0)
    world.sandbox.restore(start)
    expect((await world.ask('GET', 'ServiceInstance/ServiceInstance/content')).status).toBe(200)
    if (process.env.DOOR_BODIES) console.log(counts)
  })

  it('refuses a body of more than 16 MB and answers the next request', async () => {
    const huge = `{"x":"${'y'.repeat(17 * 2 ** 20)}"}`
    expect((await world.ask('POST', 'ServiceInstance/ServiceInstance/CurrentTime', huge)).status).toBe(413)
    expect((await world.ask('POST', 'ServiceInstance/ServiceInstance/CurrentTime', '{}')).status).toBe(200)
  })

  it('what its calls left is what everything derived from scratch would be', async () => {
    const start = world.sandbox.snapshot()
    for (let at = 0; at < 300; at++) {
      const random = randomFrom(SEED * 77_000 + at)
      const call = someCall(random, ids())
      if (/Logout|TerminateSession/.test(call.path)) continue
      await world.ask('POST', call.path, stringify(call.args))
    }
    expect(derivedOtherwise(world.sandbox.inventory)).toEqual([])
    expect(world.sandbox.inventory.root.entities).not.toBe(start.entities)
    world.sandbox.restore(start)
  })
})
