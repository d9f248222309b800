import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data, patch } from '#vim25/data.js'
import type {
  Event,
  EventFilterSpec,
  ManagedObjectReference,
  TaskFilterSpec,
  TaskInfo,
} from '#vim25/generated/types.js'
import { createHistoryWorld, type HistoryWorld } from './testing.js'

type Collector = ManagedObjectReference

const texts = (events: unknown) =>
  (events as readonly Event[]).map((event) => 'message' in event && event.message)
const keys = (infos: unknown) => (infos as readonly TaskInfo[]).map(({ key }) => key)

const collectEvents = (world: HistoryWorld, filter: Partial<EventFilterSpec> = {}) =>
  world.call('EventManager', 'EventManager', 'CreateCollectorForEvents', {
    filter: data('EventFilterSpec', { type: ['GeneralUserEvent'], ...filter }),
  }) as Collector

const collectTasks = (world: HistoryWorld, filter: Partial<TaskFilterSpec> = {}) =>
  world.call('TaskManager', 'TaskManager', 'CreateCollectorForTasks', {
    filter: data('TaskFilterSpec', filter),
  }) as Collector

const tell = (world: HistoryWorld, { type, value }: Collector, method: string, args: object = {}) =>
  world.call(type, value, method, args)

const refusal = (world: HistoryWorld, { type, value }: Collector, method: string, args: object = {}) =>
  world.fault(type, value, method, args)

const page = (world: HistoryWorld, { type, value }: Collector) =>
  world.get<readonly unknown[]>(type, value, 'latestPage')

/** A world with events of these texts. */
function told(...messages: readonly string[]) {
  const world = createHistoryWorld()
  for (const message of messages) world.log(message)
  return world
}

const numbers = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => String(from <= to ? from + i : from - i))

describe('a collector of events', () => {
  it('shows the ten newest, the newest first, or as many as its filter or its user says', () => {
    const world = told(...numbers(1, 15))
    const collector = collectEvents(world)
    expect(texts(page(world, collector))).toEqual(numbers(15, 6))
    tell(world, collector, 'SetCollectorPageSize', { maxCount: 3 })
    expect(texts(page(world, collector))).toEqual(['15', '14', '13'])
    world.log('16')
    expect(texts(page(world, collector))).toEqual(['16', '15', '14'])
    expect(texts(page(world, collectEvents(world, { maxCount: 2 })))).toEqual(['16', '15'])
  })

  it('shows the filter that it was made with, and is ready at once', () => {
    const world = told()
    const collector = collectEvents(world, { delayedInit: true })
    expect(world.get(collector.type, collector.value, 'filter')).toEqual(
      data('EventFilterSpec', { type: ['GeneralUserEvent'], delayedInit: true }),
    )
    expect(world.get(collector.type, collector.value, 'initialized')).toBe(true)
    expect(page(world, collector)).toEqual([])
  })

  it('is read from the oldest on, to its end, and further when there is more', () => {
    const world = told(...numbers(1, 5))
    const collector = collectEvents(world)
    const next = (maxCount: number) => texts(tell(world, collector, 'ReadNextEvents', { maxCount }))
    expect(next(2)).toEqual(['1', '2'])
    expect(next(1000)).toEqual(['3', '4', '5'])
    expect(next(10)).toEqual([])
    world.log('6')
    expect(next(10)).toEqual(['6'])
    tell(world, collector, 'RewindCollector')
    expect(next(1)).toEqual(['1'])
  })

  it('is read backwards from where it is, and after a reset from before the latest page', () => {
    const world = told(...numbers(1, 15))
    const collector = collectEvents(world)
    const previous = (maxCount: number) => texts(tell(world, collector, 'ReadPreviousEvents', { maxCount }))
    expect(previous(5)).toEqual([])
    tell(world, collector, 'ResetCollector')
    expect(previous(3)).toEqual(['5', '4', '3'])
    expect(previous(10)).toEqual(['2', '1'])
    expect(previous(10)).toEqual([])
    tell(world, collector, 'ResetCollector')
    expect(texts(tell(world, collector, 'ReadNextEvents', { maxCount: 2 }))).toEqual(['6', '7'])
    expect(previous(3)).toEqual(['7', '6', '5'])
  })

  it('keeps its place when nothing is read and when others read', () => {
    const world = told('1', '2')
    const [mine, other] = [collectEvents(world), collectEvents(world)]
    expect(texts(tell(world, mine, 'ReadNextEvents', { maxCount: 1 }))).toEqual(['1'])
    expect(texts(tell(world, other, 'ReadNextEvents', { maxCount: 2 }))).toEqual(['1', '2'])
    expect(texts(tell(world, mine, 'ReadNextEvents', { maxCount: 1 }))).toEqual(['2'])
  })

  it.each([
    ['SetCollectorPageSize', 0],
    ['SetCollectorPageSize', 1001],
    ['ReadNextEvents', 0],
    ['ReadNextEvents', 1001],
    ['ReadPreviousEvents', -1],
    ['ReadPreviousEvents', 1001],
  ])('refuses %s of %d', (method, maxCount) => {
    const world = told()
    expect(refusal(world, collectEvents(world), method, { maxCount })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'maxCount',
    })
  })

  it.each<[string, Partial<EventFilterSpec>]>([
    ['filter.maxCount', { maxCount: 1001 }],
    ['filter.maxCount', { maxCount: 0 }],
    ['filter.type', { type: ['Folder'] }],
    [
      'filter.entity.entity',
      { entity: data('EventFilterSpecByEntity', { entity: moRef('Folder', 'group-d99'), recursion: 'all' }) },
    ],
    ['filter.alarm', { alarm: moRef('Alarm', 'alarm-99') }],
    ['filter.alarm', { alarm: moRef('Alarm', 'EventManager') }],
    ['filter.scheduledTask', { scheduledTask: moRef('ScheduledTask', 'schedule-99') }],
  ])('is not made with a wrong %s', (invalidProperty, filter) => {
    const world = told()
    expect(
      world.fault('EventManager', 'EventManager', 'CreateCollectorForEvents', {
        filter: data('EventFilterSpec', filter),
      }),
    ).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty })
  })

  it('outlives the entity of its filter, and follows what moves below it', () => {
    const world = createHistoryWorld()
    const { folder, other } = world
    const collector = collectEvents(world, {
      entity: data('EventFilterSpecByEntity', { entity: folder, recursion: 'all' }),
    })
    world.log('in it', folder)
    world.log('elsewhere', other)
    expect(texts(page(world, collector))).toEqual(['in it'])
    world.sandbox.transact({}, ({ tx }) => tx.set('Folder', other.value, { parent: folder }))
    world.log('moved', other)
    expect(texts(page(world, collector))).toEqual(['moved', 'elsewhere', 'in it'])
    world.sandbox.transact({}, ({ tx }) => {
      tx.remove(other.value)
      tx.remove(folder.value)
    })
    expect(texts(page(world, collector))).toEqual(['in it'])
  })

  it('leaves the text out on request, and shows the same objects each time', () => {
    const world = told('1')
    const collector = collectEvents(world, { disableFullMessage: true })
    const [event] = page(world, collector) as readonly Event[]
    expect(event).not.toHaveProperty('fullFormattedMessage')
    world.log('2')
    expect(page(world, collector)[1]).toBe(event)
    expect((page(world, collectEvents(world)) as readonly Event[])[0]).toHaveProperty('fullFormattedMessage')
  })

  it('is one page with all that say the same, as long as nothing that matches happens', () => {
    const world = told('1')
    const [one, two] = [collectEvents(world), collectEvents(world)]
    const before = page(world, one)
    expect(page(world, two)).toBe(before)
    world.call('SessionManager', 'SessionManager', 'UpdateServiceMessage', { message: 'no news' })
    expect(page(world, one)).toBe(before)
    world.log('2')
    expect(texts(page(world, two))).toEqual(['2', '1'])
  })

  it('shows nobody what he may not see', () => {
    const world = createHistoryWorld()
    world.log('public')
    world.log('secret', world.folder)
    const collector = collectEvents(world)
    world.hide(world.folder)
    expect(texts(page(world, collector))).toEqual(['public'])
    expect(texts(tell(world, collector, 'ReadNextEvents', { maxCount: 9 }))).toEqual(['public'])
  })
})

describe('a collector of tasks', () => {
  it('shows the running and the finished, in order of creation, also those whose objects are gone', () => {
    const world = createHistoryWorld({ pace: 1 })
    const collector = collectTasks(world)
    const slow = world.rename('slow')
    const client = world.begin()
    world.wait(15)
    world.wait(700)
    expect(world.sandbox.inventory.read.entity(slow)).toBeUndefined()
    const last = world.rename('last')
    expect(keys(page(world, collector))).toEqual([last, client, slow])
    expect(keys(tell(world, collector, 'ReadNextTasks', { maxCount: 2 }))).toEqual([slow, client])
    expect(keys(tell(world, collector, 'ReadNextTasks', { maxCount: 2 }))).toEqual([last])
    expect(keys(tell(world, collector, 'ReadPreviousTasks', { maxCount: 9 }))).toEqual([last, client, slow])
    tell(world, collector, 'SetCollectorPageSize', { maxCount: 1 })
    expect(keys(page(world, collector))).toEqual([last])
    tell(world, collector, 'ResetCollector')
    expect(keys(tell(world, collector, 'ReadPreviousTasks', { maxCount: 1 }))).toEqual([client])
    tell(world, collector, 'RewindCollector')
    expect(keys(tell(world, collector, 'ReadNextTasks', { maxCount: 1 }))).toEqual([slow])
  })

  it('may leave out the results of tasks', () => {
    const world = createHistoryWorld()
    const [backup, restore] = [world.begin(), world.begin('com.example.restore')]
    for (const task of [backup, restore]) {
      world.call('Task', task, 'SetTaskState', { state: 'running' })
      world.call('Task', task, 'SetTaskState', { state: 'success', result: world.folder })
    }
    const withResults = (filterTaskResults: object | undefined) => {
      const collector = world.call('TaskManager', 'TaskManager', 'CreateCollectorWithInfoFilterForTasks', {
        filter: data('TaskFilterSpec', {}),
        infoFilter: filterTaskResults && {
          _typeName: 'TaskInfoFilterSpec',
          filterTaskResults: { _typeName: 'TaskInfoFilterSpecFilterTaskResults', ...filterTaskResults },
        },
      }) as Collector
      const shown = page(world, collector) as readonly TaskInfo[]
      expect(shown).toHaveLength(2)
      return keys(shown.filter(({ result }) => result !== undefined))
    }
    const descriptionIds = ['com.example.backup']
    expect(withResults(undefined)).toEqual([restore, backup])
    expect(withResults({})).toEqual([restore, backup])
    expect(withResults({ descriptionIds })).toEqual([restore])
    expect(withResults({ descriptionIds, filterIn: true })).toEqual([backup])
    expect(withResults({ removeAll: true, descriptionIds, filterIn: true })).toEqual([])
  })

  it.each<[string, Partial<TaskFilterSpec>]>([
    [
      'filter.entity.entity',
      { entity: data('TaskFilterSpecByEntity', { entity: moRef('Folder', 'group-d99'), recursion: 'all' }) },
    ],
    ['filter.alarm', { alarm: moRef('Alarm', 'alarm-99') }],
    ['filter.scheduledTask', { scheduledTask: moRef('ScheduledTask', 'schedule-99') }],
  ])('is not made with a wrong %s', (invalidProperty, filter) => {
    const world = createHistoryWorld()
    expect(
      world.fault('TaskManager', 'TaskManager', 'CreateCollectorForTasks', {
        filter: data('TaskFilterSpec', filter),
      }),
    ).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty })
  })

  it.each(['SetCollectorPageSize', 'ReadNextTasks', 'ReadPreviousTasks'])('refuses %s of 1001', (method) => {
    const world = createHistoryWorld()
    expect(refusal(world, collectTasks(world), method, { maxCount: 1001 })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'maxCount',
    })
  })

  it('shows nobody what he may not see', () => {
    const world = createHistoryWorld()
    const task = world.rename('hidden')
    const collector = collectTasks(world)
    expect(keys(page(world, collector))).toEqual([task])
    world.hide(world.folder)
    expect(page(world, collector)).toEqual([])
  })
})

describe('the filter of tasks', () => {
  const ADMINISTRATOR = 'VSPHERE.LOCAL\\Administrator'

  /** What is collected of a task of the folder, one of a client with a parent, one of the server itself. */
  function collected(filter: (world: HistoryWorld) => Partial<TaskFilterSpec>) {
    const world = createHistoryWorld({ pace: 1 })
    const renamed = world.rename('renamed')
    world.wait(60)
    const parent = world.begin()
    const child = world.begin('com.example.restore', { parentTaskKey: parent, activationId: 'a-1' })
    world.call('Task', parent, 'SetTaskState', { state: 'running' })
    const names = new Map([
      [renamed, 'renamed'],
      [parent, 'parent'],
      [child, 'child'],
    ])
    world.sandbox.transact({}, ({ tx }) => {
      tx.set('Task', child, {
        info: patch(tx.get('Task', child).info, {
          changeTag: 'tagged',
          reason: data('TaskReasonSchedule', {
            name: 'nightly',
            scheduledTask: tx.create('ScheduledTask', 'schedule-1', {} as never),
          }),
        }),
      })
      const alarm = tx.create('Alarm', 'alarm-1', {} as never)
      const { info } = tx.get('Task', parent)
      const reason = { _typeName: 'TaskReasonAlarm', alarm, userName: ADMINISTRATOR }
      tx.set('Task', parent, { info: patch(info, { reason }) })
    })
    const found = page(world, collectTasks(world, filter(world))) as readonly TaskInfo[]
    return found.map(({ key }) => names.get(key)).reverse()
  }

  const inFolder = (recursion: 'self' | 'children' | 'all') => (world: HistoryWorld) => ({
    entity: data('TaskFilterSpecByEntity', { entity: world.folder, recursion }),
  })
  const below = (recursion: 'self' | 'children' | 'all') => () => ({
    entity: data('TaskFilterSpecByEntity', { entity: moRef('Folder', 'group-d1'), recursion }),
  })
  const by = (systemUser: boolean, ...userList: readonly string[]) => ({
    userName: data('TaskFilterSpecByUsername', { systemUser, userList }),
  })
  const time = (timeType: 'queuedTime' | 'startedTime' | 'completedTime', begin?: string, end?: string) => ({
    time: data('TaskFilterSpecByTime', { timeType, beginTime: begin, endTime: end }),
  })
  const MINUTE = '2026-01-01T00:01:00Z'

  it.each<[string, (world: HistoryWorld) => Partial<TaskFilterSpec>, readonly string[]]>([
    ['nothing', () => ({}), ['renamed', 'parent', 'child']],
    ['an entity', inFolder('self'), ['renamed', 'parent', 'child']],
    ['what is in an entity', inFolder('children'), []],
    ['the root folder alone', below('self'), []],
    ['all below the root folder', below('children'), ['renamed', 'parent', 'child']],
    ['a state', () => ({ state: ['success'] }), ['renamed']],
    ['states', () => ({ state: ['queued', 'running'] }), ['parent', 'child']],
    ['a parent', (world) => ({ parentTaskKey: [world.begun(0)] }), ['child']],
    ['a root', (world) => ({ rootTaskKey: [world.begun(0)] }), ['child']],
    ['an activation', () => ({ activationId: ['a-1'] }), ['child']],
    ['a tag', () => ({ tag: ['tagged'] }), ['child']],
    ['no tag', () => ({ tag: [''] }), ['renamed', 'parent']],
    ['a user', () => by(false, ADMINISTRATOR), ['renamed', 'parent']],
    ['another user', () => by(false, 'VSPHERE.LOCAL\\nobody'), []],
    ['all users', () => by(false), ['renamed', 'parent']],
    ['the system', () => by(true), ['child']],
    ['the system and a user', () => by(true, ADMINISTRATOR), ['renamed', 'parent', 'child']],
    ['the time of a request', () => time('queuedTime', MINUTE), ['parent', 'child']],
    ['the time of a start', () => time('startedTime', undefined, '2026-01-01T00:00:30Z'), ['renamed']],
    ['the time of an end', () => time('completedTime', '2026-01-01T00:00:00Z'), ['renamed']],
    ['a chain', (world) => ({ eventChainId: [world.chain(world.begun(0))] }), ['parent']],
    ['an alarm', () => ({ alarm: moRef('Alarm', 'alarm-1') }), ['parent']],
    ['a schedule', () => ({ scheduledTask: moRef('ScheduledTask', 'schedule-1') }), ['child']],
  ])('knows %s', (_what, filter, expected) => {
    expect(collected(filter)).toEqual(expected)
  })
})
