import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ManagedObjectReference, UpdateSet } from '#vim25/generated/types.js'
import { sessionId } from '../core/context.js'
import { activityOf } from '../session/activity.js'
import {
  addVm,
  createSmallWorld,
  filterSpec,
  lines,
  PC,
  ROOT,
  type SmallWorld,
  start,
  viewStart,
  vmRef,
} from './test-world.js'

function watching(vms = 2, paths: readonly string[] = ['name']) {
  const world = createSmallWorld(vms)
  const spec = filterSpec('VirtualMachine', paths, start(vmRef(1)))
  const filter = world.call(...PC, 'CreateFilter', { spec, partialUpdates: false }) as ManagedObjectReference
  const { version } = world.call(...PC, 'CheckForUpdates', {}) as UpdateSet
  return { world, version, filter }
}

/** A wait, and what has become of it so far. */
function wait(world: SmallWorld, version: string | undefined, options?: object, call: object = {}) {
  const { token = world.token, id = PC[1], ...rest } = call as { token?: string; id?: string }
  const answer = world.as(token, PC[0], id, 'WaitForUpdatesEx', { version, options }, rest) as Promise<
    UpdateSet | undefined
  >
  const state = { answer, settled: false }
  answer.then(
    () => {
      state.settled = true
    },
    () => {
      state.settled = true
    },
  )
  return state
}

const rename = (world: SmallWorld, n: number, name: string) =>
  world.change((tx) => tx.set('VirtualMachine', `vm-${n}`, { name }))

/** Lets everything run that has been put off to the end of the running call. */
const turn = () => new Promise<void>((resolve) => process.nextTick(() => queueMicrotask(resolve)))

const canceled = expect.objectContaining({ name: 'RequestCanceled' })

describe('a wait', () => {
  it('ends with the first commit that concerns it, and coalesces those of one call', async () => {
    const { world, version } = watching()
    const waiting = wait(world, version)
    rename(world, 2, 'not mine')
    world.change((tx) => tx.set('VirtualMachine', 'vm-1', { overallStatus: 'red' }))
    await turn()
    expect(waiting.settled).toBe(false)
    rename(world, 1, 'a')
    rename(world, 1, 'b')
    const update = await waiting.answer
    expect([update?.version, lines(update)]).toEqual(['2', ['modify vm-1 name=b']])
  })

  it('is not woken by what it does not look at', async () => {
    const { world, version } = watching()
    const waiting = wait(world, version)
    const read = vi.spyOn(world.sandbox, 'readContext')
    rename(world, 2, 'x')
    world.change((tx) => tx.set('VirtualMachine', 'vm-1', { overallStatus: 'red' }))
    await turn()
    expect(read).not.toHaveBeenCalled()
    rename(world, 1, 'y')
    await waiting.answer
    expect(read).toHaveBeenCalled()
  })

  it('without filters ends when one is made', async () => {
    const world = createSmallWorld(1)
    const waiting = wait(world, undefined)
    rename(world, 1, 'x')
    await turn()
    expect(waiting.settled).toBe(false)
    const spec = filterSpec('VirtualMachine', ['name'], start(vmRef(1)))
    world.call(...PC, 'CreateFilter', { spec, partialUpdates: false })
    expect(lines(await waiting.answer)).toEqual(['enter vm-1 name=x'])
  })

  it('follows a large view by type and property', async () => {
    const world = createSmallWorld(200)
    const view = world.call('ViewManager', 'ViewManager', 'CreateContainerView', {
      container: ROOT,
      type: ['VirtualMachine'],
      recursive: true,
    }) as ManagedObjectReference
    const spec = filterSpec('VirtualMachine', ['name'], viewStart(view))
    world.call(...PC, 'CreateFilter', { spec, partialUpdates: false })
    let version = (world.call(...PC, 'CheckForUpdates', {}) as UpdateSet).version
    const expectNext = async (act: () => void, expected: readonly string[]) => {
      const waiting = wait(world, version)
      world.change((tx) =>
        tx.set('VirtualMachine', 'vm-3', { overallStatus: version === '1' ? 'red' : 'green' }),
      )
      world.change((tx) => tx.set('HostSystem', 'host-9', { name: `esx ${version}` }))
      await turn()
      expect(waiting.settled).toBe(false)
      act()
      const update = await waiting.answer
      expect(lines(update)).toEqual(expected)
      version = update?.version ?? ''
    }
    await expectNext(() => rename(world, 150, 'x'), ['modify vm-150 name=x'])
    await expectNext(() => world.change((tx) => addVm(tx, 201)), ['enter vm-201 name=vm201'])
    await expectNext(() => world.change((tx) => tx.remove('vm-1')), ['leave vm-1'])
  })

  it('of one collector stands behind the other', async () => {
    const { world, version } = watching()
    const first = wait(world, version)
    const second = wait(world, version)
    rename(world, 1, 'x')
    expect(lines(await first.answer)).toEqual(['modify vm-1 name=x'])
    expect(lines(await second.answer)).toEqual(['modify vm-1 name=x'])
  })

  it('of another collector does not', async () => {
    const { world, version } = watching()
    const other = world.call(...PC, 'CreatePropertyCollector') as ManagedObjectReference
    const spec = filterSpec('VirtualMachine', ['name'], start(vmRef(2)))
    world.call('PropertyCollector', other.value, 'CreateFilter', { spec, partialUpdates: false })
    const mine = wait(world, version)
    const theirs = world.call('PropertyCollector', other.value, 'CheckForUpdates', {}) as UpdateSet
    expect([theirs.version, lines(theirs)]).toEqual(['1', ['enter vm-2 name=vm2']])
    rename(world, 2, 'x')
    await turn()
    expect(mine.settled).toBe(false)
    expect(world.get('PropertyCollector', other.value, 'filter')).toHaveLength(1)
  })

  it('is bounded in number', () => {
    const { world, version } = watching()
    for (let i = 0; i < 64; i++) wait(world, version)
    expect(() => wait(world, version)).toThrow(expect.objectContaining({ name: 'SystemError' }))
  })

  it('leaves nothing behind in the state', async () => {
    const { world, version } = watching()
    const { root } = world.sandbox.inventory
    wait(world, version)
    world.call(...PC, 'CancelWaitForUpdates')
    expect(world.sandbox.inventory.root).toBe(root)
  })
})

describe('the end of a wait', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('comes after maxWaitSeconds with nothing, and the version stays good', async () => {
    vi.useFakeTimers()
    const { world, version } = watching()
    const waiting = wait(world, version, { maxWaitSeconds: 10 })
    const behind = wait(world, version, { maxWaitSeconds: 5 })
    vi.advanceTimersByTime(5000)
    expect(await behind.answer).toBeUndefined()
    vi.advanceTimersByTime(4999)
    await Promise.resolve()
    expect(waiting.settled).toBe(false)
    vi.advanceTimersByTime(1)
    expect(await waiting.answer).toBeUndefined()
    rename(world, 1, 'x')
    expect(lines(world.call(...PC, 'CheckForUpdates', { version }))).toEqual(['modify vm-1 name=x'])
  })

  it('comes with CancelWaitForUpdates, which is no error without waits', async () => {
    const { world, version } = watching()
    const waits = [wait(world, version), wait(world, version)]
    world.call(...PC, 'CancelWaitForUpdates')
    for (const { answer } of waits) await expect(answer).rejects.toEqual(canceled)
    expect(world.call(...PC, 'CancelWaitForUpdates')).toBeUndefined()
  })

  it('comes with the connection', async () => {
    const { world, version } = watching()
    const controller = new AbortController()
    const gone = wait(world, version, undefined, { signal: controller.signal })
    const next = wait(world, version)
    controller.abort()
    expect(await gone.answer).toBeUndefined()
    rename(world, 1, 'x')
    expect(lines(await next.answer)).toEqual(['modify vm-1 name=x'])
  })

  it('comes with the session, whose filters go with it', async () => {
    const { world, version, filter } = watching()
    const waiting = wait(world, version)
    world.call('SessionManager', 'SessionManager', 'Logout')
    await expect(waiting.answer).rejects.toEqual(canceled)
    expect(world.sandbox.inventory.read.entity(filter.value)).toBeUndefined()
  })

  it('comes with its collector, whose filters go with it', async () => {
    const { world } = watching()
    const other = world.call(...PC, 'CreatePropertyCollector') as ManagedObjectReference
    const spec = filterSpec('VirtualMachine', ['name'], start(vmRef(2)))
    const filter = world.call('PropertyCollector', other.value, 'CreateFilter', {
      spec,
      partialUpdates: false,
    }) as ManagedObjectReference
    const { version } = world.call('PropertyCollector', other.value, 'CheckForUpdates', {}) as UpdateSet
    const waiting = wait(world, version, undefined, { id: other.value })
    world.call('PropertyCollector', other.value, 'DestroyPropertyCollector')
    await expect(waiting.answer).rejects.toEqual(canceled)
    expect(world.sandbox.inventory.read.entity(filter.value)).toBeUndefined()
    expect(world.fault(...PC, 'DestroyPropertyCollector')._typeName).toBe('NotSupported')
  })

  it('comes with another state in which its filter is not', async () => {
    const world = createSmallWorld(1)
    const before = world.sandbox.snapshot()
    const spec = filterSpec('VirtualMachine', ['name'], start(vmRef(1)))
    world.call(...PC, 'CreateFilter', { spec, partialUpdates: false })
    const { version } = world.call(...PC, 'CheckForUpdates', {}) as UpdateSet
    const waiting = wait(world, version)
    world.sandbox.restore(before)
    await expect(waiting.answer).rejects.toEqual(canceled)
    expect(world.fault(...PC, 'CheckForUpdates', { version })._typeName).toBe('InvalidCollectorVersion')
  })

  it('is an ordinary report when the filter is in the other state too', async () => {
    const { world, version } = watching()
    const before = world.sandbox.snapshot()
    rename(world, 1, 'x')
    const second = world.call(...PC, 'CheckForUpdates', { version }) as UpdateSet
    const waiting = wait(world, second.version)
    world.sandbox.restore(before)
    expect(lines(await waiting.answer)).toEqual(['modify vm-1 name=vm1'])
  })

  it('comes with the reset and the close of the world', async () => {
    const { world, version } = watching()
    const waiting = wait(world, version)
    world.sandbox.reset()
    await expect(waiting.answer).rejects.toEqual(canceled)
    const again = wait(world, '')
    world.sandbox.close()
    await expect(again.answer).rejects.toEqual(canceled)
  })

  it('lets the session become idle again', async () => {
    const { world, version } = watching()
    const session = world.sandbox.readContext(undefined).read.entity(sessionId(world.token))?.value
    const activity = activityOf(world.sandbox.services, session as never)
    const waiting = wait(world, version)
    expect(activity.waiting).toBe(1)
    rename(world, 1, 'x')
    await waiting.answer
    expect(activity.waiting).toBe(0)
  })
})

it('filters of others cannot be seen or destroyed', () => {
  const { world, filter } = watching()
  const stranger = world.login('stranger')
  expect(() => world.as(stranger, 'PropertyFilter', filter.value, 'DestroyPropertyFilter')).toThrow(
    expect.objectContaining({ name: 'ManagedObjectNotFound' }),
  )
  expect(world.get('PropertyCollector', PC[1], 'filter')).toEqual([filter])
  world.call('PropertyFilter', filter.value, 'DestroyPropertyFilter')
  expect(world.fault('PropertyFilter', filter.value, 'DestroyPropertyFilter')._typeName).toBe(
    'ManagedObjectNotFound',
  )
})
