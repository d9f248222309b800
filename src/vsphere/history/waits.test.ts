import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { rootOf, stateOf } from '#inventory/persist.js'
import type { State } from '#store/store.js'
import { decode, encode } from '#store/value-text.js'
import { data } from '#vim25/data.js'
import type { Event, ManagedObjectReference, TaskInfo, UpdateSet } from '#vim25/generated/types.js'
import { ownedBySession } from '../session/objects.js'
import { createHistoryWorld, type HistoryWorld } from './testing.js'

const PC = ['PropertyCollector', 'propertyCollector'] as const
const EVENTS = moRef('EventManager', 'EventManager')
const TASKS = moRef('TaskManager', 'TaskManager')

const ofUsers = { filter: data('EventFilterSpec', { type: ['GeneralUserEvent'], maxCount: 2 }) }
const ofTasks = { filter: data('TaskFilterSpec', {}) }

const collectEvents = (world: HistoryWorld, args: object = ofUsers) =>
  world.call('EventManager', 'EventManager', 'CreateCollectorForEvents', args) as ManagedObjectReference
const collectTasks = (world: HistoryWorld) =>
  world.call('TaskManager', 'TaskManager', 'CreateCollectorForTasks', ofTasks) as ManagedObjectReference

/** Watches the latest page of a collector; the answer has been read once. */
function watch(world: HistoryWorld, collector: ManagedObjectReference, partialUpdates = false): string {
  world.call(...PC, 'CreateFilter', {
    spec: data('PropertyFilterSpec', {
      propSet: [data('PropertySpec', { type: collector.type, pathSet: ['latestPage'] })],
      objectSet: [data('ObjectSpec', { obj: collector })],
    }),
    partialUpdates,
  })
  return (check(world, '') as UpdateSet).version
}

const check = (world: HistoryWorld, version: string) =>
  world.call(...PC, 'CheckForUpdates', { version }) as UpdateSet | undefined
const wait = (world: HistoryWorld, version: string) =>
  world.call(...PC, 'WaitForUpdatesEx', { version }) as Promise<UpdateSet>

const changes = (update: UpdateSet | undefined) =>
  update?.filterSet?.[0]?.objectSet?.[0]?.changeSet?.map(({ name, op, val }) => [name, op, val])

const pageIn = <T>(update: UpdateSet | undefined) =>
  (update?.filterSet?.[0]?.objectSet?.[0]?.changeSet?.[0]?.val as { _value: readonly T[] } | undefined)
    ?._value

const texts = (events: readonly Event[] | undefined) =>
  events?.map((event) => 'message' in event && event.message)

describe('the latest page of events', () => {
  it('wakes who waits for it with the first event that matches', async () => {
    const world = createHistoryWorld()
    world.log('1')
    const version = watch(world, collectEvents(world))
    const waiting = wait(world, version)
    world.call('SessionManager', 'SessionManager', 'UpdateServiceMessage', { message: 'no match' })
    world.log('2')
    const update = await waiting
    expect(changes(update)).toMatchObject([['latestPage', 'assign', { _typeName: 'ArrayOfEvent' }]])
    expect(texts(pageIn<Event>(update))).toEqual(['2', '1'])
    expect(check(world, update.version)).toBeUndefined()
  })

  it('is told by elements to who wants the smallest changes', async () => {
    const world = createHistoryWorld()
    for (const text of ['1', '2']) world.log(text)
    const collector = collectEvents(world)
    const [second, first] = world.get<readonly Event[]>(collector.type, collector.value, 'latestPage')
    const waiting = wait(world, watch(world, collector, true))
    world.log('3')
    const [third] = world.get<readonly Event[]>(collector.type, collector.value, 'latestPage')
    expect(second?.key).toBe((first?.key ?? 0) + 1)
    expect(changes(await waiting)).toEqual([
      [`latestPage[${first?.key}]`, 'remove', undefined],
      [`latestPage[${third?.key}]`, 'add', third],
    ])
  })

  it('is another page when its size changes', async () => {
    const world = createHistoryWorld()
    for (const text of ['1', '2', '3']) world.log(text)
    const collector = collectEvents(world)
    const waiting = wait(world, watch(world, collector))
    world.call(collector.type, collector.value, 'ReadNextEvents', { maxCount: 1 })
    world.call(collector.type, collector.value, 'SetCollectorPageSize', { maxCount: 1 })
    const update = await waiting
    expect(texts(pageIn<Event>(update))).toEqual(['3'])
    // And it is the new size that is followed.
    const next = wait(world, update.version)
    world.log('4')
    expect(texts(pageIn<Event>(await next))).toEqual(['4'])
  })
})

describe('the latest page of tasks', () => {
  it('tells of new tasks and of new states, not of progress', async () => {
    const world = createHistoryWorld({ pace: 1 })
    const version = watch(world, collectTasks(world))
    const first = wait(world, version)
    const task = world.rename('fresh')
    const begun = await first
    expect(pageIn<TaskInfo>(begun)?.map(({ key, state }) => [key, state])).toEqual([[task, 'running']])

    const second = wait(world, begun.version)
    let told = false
    second.then(() => {
      told = true
    })
    world.wait(6)
    await Promise.resolve()
    const { progress } = world.get<TaskInfo>('Task', task, 'info')
    expect([progress, told]).toEqual([50, false])
    world.wait(5)
    expect(pageIn<TaskInfo>(await second)?.map(({ state }) => state)).toEqual(['success'])
  })

  it('is not told again when a finished task becomes history', () => {
    const world = createHistoryWorld()
    const task = world.rename('fresh')
    const version = watch(world, collectTasks(world))
    world.wait(700)
    expect(world.sandbox.inventory.read.entity(task)).toBeUndefined()
    expect(check(world, version)).toBeUndefined()
  })
})

describe('a view of tasks', () => {
  it('is told of their states, and when they become history', async () => {
    const world = createHistoryWorld({ pace: 1 })
    const task = world.rename('fresh')
    const view = world.call('ViewManager', 'ViewManager', 'CreateListView', {
      obj: [moRef('Task', task), moRef('Task', 'task-99')],
    }) as ManagedObjectReference
    world.call(...PC, 'CreateFilter', {
      spec: data('PropertyFilterSpec', {
        propSet: [data('PropertySpec', { type: 'Task', pathSet: ['info.state'] })],
        objectSet: [
          data('ObjectSpec', {
            obj: view,
            skip: true,
            selectSet: [data('TraversalSpec', { type: 'ListView', path: 'view' })],
          }),
        ],
      }),
      partialUpdates: false,
    })
    const first = check(world, '')
    expect(changes(first)).toMatchObject([['info.state', 'assign', { _value: 'running' }]])
    const finished = wait(world, first?.version ?? '')
    world.wait(15)
    expect(changes(await finished)).toMatchObject([['info.state', 'assign', { _value: 'success' }]])
    const gone = wait(world, (await finished).version)
    world.wait(700)
    expect((await gone).filterSet?.[0]?.objectSet).toMatchObject([{ kind: 'leave', obj: { value: task } }])
  })
})

describe('collectors and sessions', () => {
  it.each([
    ['CreateCollectorForEvents', EVENTS, ofUsers],
    ['CreateCollectorForTasks', TASKS, ofTasks],
  ])('%s: at most 32 for each, until one is destroyed', (method, manager, args) => {
    const world = createHistoryWorld()
    const make = () => world.call(manager.type, manager.value, method, args) as ManagedObjectReference
    const all = Array.from({ length: 32 }, make)
    expect(world.fault(manager.type, manager.value, method, args)).toMatchObject({
      _typeName: 'InvalidState',
    })
    const other = world.login('other')
    expect(other.call(manager, method, args)).toMatchObject({ type: all[0]?.type })
    world.call(all[0]?.type ?? '', all[0]?.value ?? '', 'DestroyCollector')
    expect(make().value).toMatch(/^session\[52[0-9a-f-]{34}\]52[0-9a-f-]{34}$/)
    expect(world.fault('HistoryCollector', all[0]?.value ?? '', 'RewindCollector')).toMatchObject({
      _typeName: 'ManagedObjectNotFound',
    })
  })

  it('belong to the session that made them, and end with it', () => {
    const world = createHistoryWorld()
    const other = world.login('other')
    const theirs = other.call(EVENTS, 'CreateCollectorForEvents', ofUsers) as ManagedObjectReference
    expect(world.fault(theirs.type, theirs.value, 'ReadNextEvents', { maxCount: 1 })).toMatchObject({
      _typeName: 'ManagedObjectNotFound',
      obj: theirs,
    })
    expect(ownedBySession(world.sandbox.inventory.read, other.token)).toEqual([theirs.value])
    other.end()
    expect(world.sandbox.inventory.read.entity(theirs.value)).toBeUndefined()
  })
})

describe('collectors in other states of the world', () => {
  it('go back with it, with their place', () => {
    const world = createHistoryWorld()
    for (const text of ['1', '2', '3']) world.log(text)
    const { type, value } = collectEvents(world)
    const next = () => texts(world.call(type, value, 'ReadNextEvents', { maxCount: 1 }) as Event[])
    expect(next()).toEqual(['1'])
    const root = world.sandbox.snapshot()
    world.log('4')
    expect([next(), next(), next()]).toEqual([['2'], ['3'], ['4']])
    expect(texts(world.get(type, value, 'latestPage'))).toEqual(['4', '3'])
    world.sandbox.restore(root)
    expect(texts(world.get(type, value, 'latestPage'))).toEqual(['3', '2'])
    expect(next()).toEqual(['2'])
    // Another fourth event, with the key of the one that never was.
    world.log('another 4')
    expect(texts(world.get(type, value, 'latestPage'))).toEqual(['another 4', '3'])
  })

  it('tell who waits what another state has in its place', async () => {
    const world = createHistoryWorld()
    world.log('1')
    const collector = collectEvents(world)
    const version = watch(world, collector)
    const root = world.sandbox.snapshot()
    world.log('2')
    const { version: later } = check(world, version) as UpdateSet
    const waiting = wait(world, later)
    world.sandbox.restore(root)
    expect(texts(pageIn<Event>(await waiting))).toEqual(['1'])
  })

  it('outlive the process with what is kept of the state', () => {
    const world = createHistoryWorld()
    for (const text of ['1', '2', '3']) world.log(text)
    const { type, value } = collectEvents(world)
    world.call(type, value, 'ReadNextEvents', { maxCount: 1 })
    const { inventory } = world.sandbox
    const kept = decode(JSON.parse(encode(whole(stateOf(inventory.root, inventory.model, 0)))))
    world.sandbox.services.volatile.delete('history.pages')
    inventory.replace(rootOf(kept as State, [], inventory.model).root)
    expect(texts(world.get(type, value, 'latestPage'))).toEqual(['3', '2'])
    expect(texts(world.call(type, value, 'ReadNextEvents', { maxCount: 9 }) as Event[])).toEqual(['2', '3'])
  })
})

const whole = ({ sections, ...rest }: State) => ({
  ...rest,
  sections: Object.fromEntries(Object.entries(sections).map(([name, rows]) => [name, [...rows]])),
})
