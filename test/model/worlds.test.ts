import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { derivedOtherwise } from '../support/derived.js'
import { createDoorWorld, type DoorWorld } from '../support/door-world.js'
import { DEEDS, type Step, take } from '../support/world-steps.js'

const RUNS = Number(process.env.WORLD_RUNS ?? 12)

/** What makes the most happen: in this lab, a nested host's power is a host's life. */
const OFTEN = [
  'powerOn',
  'powerOn',
  'powerOn',
  'powerOff',
  'powerOff',
  'turnOnFt',
  'turnOnFt',
  'turnOnFt',
  'wait',
]

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...Object.keys(DEEDS), ...OFTEN),
  a: fc.nat(40),
  b: fc.nat(5000),
})
const history = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' })
/** Time does not come back with a snapshot: what the clock alone says would differ. */
const instant = history.map((steps) => steps.filter(({ name }) => name !== 'wait'))

let world: DoorWorld
beforeAll(async () => {
  world = await createDoorWorld()
})
afterAll(() => world.close())

/** What holds in every world, whatever happened; empty: all of it. */
function broken({ sandbox }: DoorWorld): readonly string[] {
  const { read } = sandbox.inventory
  const wrong: string[] = []
  for (const id of read.ids('VirtualMachine')) {
    const { runtime, config, resourcePool, parent } = read.get('VirtualMachine', id)
    const host = runtime.host && read.find('HostSystem', runtime.host.value)
    const say = (what: string) => wrong.push(`${id} (${config?.name}) ${what}`)
    if (!host) say('is on no host')
    if (!parent || !read.entity(parent.value)) say('is in no folder')
    if (config?.template !== (resourcePool === undefined))
      say('has a pool although it is a template, or none')
    const owner = resourcePool && read.find('ResourcePool', resourcePool.value)?.owner.value
    if (owner !== undefined && owner !== host?.parent?.value)
      say('has a pool of another cluster than its host')
    const info = config?.ftInfo
    if ((info === undefined) !== (runtime.faultToleranceState === 'notConfigured'))
      say(`is ${runtime.faultToleranceState} ${info ? 'with' : 'without'} ftInfo`)
    const [other] = (info as { secondaries?: readonly { value: string }[] } | undefined)?.secondaries ?? []
    if (!other) continue
    const peer = read.get('VirtualMachine', other.value).runtime
    if (runtime.faultToleranceState === 'running' && peer.faultToleranceState !== 'running')
      say('is protected by nobody')
    if (peer.powerState === 'poweredOn' && runtime.powerState !== 'poweredOn')
      say('is off, its secondary is not')
    if (peer.powerState === 'poweredOn' && peer.host?.value === runtime.host?.value)
      say('shares a host with its secondary')
  }
  for (const id of read.ids('HostSystem')) {
    const { runtime, vm = [] } = read.get('HostSystem', id)
    const running = vm.filter(
      (ref) => read.get('VirtualMachine', ref.value).runtime.powerState === 'poweredOn',
    )
    if (runtime.inMaintenanceMode && running.length > 0)
      wrong.push(`${id} is in maintenance mode and runs VMs`)
  }
  return wrong
}

describe('a world in which anything happens', () => {
  it('is derived as it would be from scratch, and holds together', { timeout: 120_000 }, () => {
    const start = world.sandbox.snapshot()
    const outcomes = new Map<string, number>()
    fc.assert(
      fc.property(history, (steps) => {
        world.sandbox.restore(start)
        for (const each of steps) {
          const outcome = take(world, each)
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
          expect(broken(world)).toEqual([])
        }
        expect(derivedOtherwise(world.sandbox.inventory)).toEqual([])
      }),
      { numRuns: RUNS * 4, seed: Number(process.env.WORLD_SEED ?? 20260101) },
    )
    expect(outcomes.get('done')).toBeGreaterThan(RUNS)
    expect(outcomes.size).toBeGreaterThan(8)
    if (process.env.WORLD_RUNS) console.log(Object.fromEntries([...outcomes].sort(([, x], [, y]) => y - x)))
    world.sandbox.restore(start)
  })

  it('comes back byte for byte when a snapshot is put back', { timeout: 120_000 }, async () => {
    const start = world.sandbox.snapshot()
    const before = await world.everything()
    await fc.assert(
      fc.asyncProperty(instant, async (steps) => {
        for (const each of steps) take(world, each)
        world.sandbox.restore(start)
        expect((await world.everything()) === before).toBe(true)
      }),
      { numRuns: 3, seed: 20260102 },
    )
  })

  it.each(['smp-ft-nested', 'physical-lab', 'vcsim', 'empty'])(
    'of seed %s begins the same every time',
    async (seed) => {
      const [one, two] = [await createDoorWorld(seed), await createDoorWorld(seed)]
      const [first, second] = [await one.everything(), await two.everything()]
      expect(first === second).toBe(true)
      expect(first.split('\n').length).toBeGreaterThan(50)
      await Promise.all([one.close(), two.close()])
    },
  )

  it('goes the same way when the same things happen', async () => {
    const [steps] = fc.sample(history, { numRuns: 1, seed: 7 })
    const worlds = [await createDoorWorld(), await createDoorWorld()]
    const ends = await Promise.all(
      worlds.map(async (each) => {
        const outcomes = (steps ?? []).map((one) => take(each, one))
        return `${outcomes.join(' ')}\n${await each.everything()}`
      }),
    )
    expect(ends[0] === ends[1]).toBe(true)
    await Promise.all(worlds.map((each) => each.close()))
  })
})
