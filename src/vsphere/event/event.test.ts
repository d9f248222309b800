import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type {
  Event,
  EventArgDesc,
  EventDescription,
  EventFilterSpec,
  EventFilterSpecRecursionOption,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { authorizationFamily } from '../authorization/family.js'
import { createTestWorld } from '../core/testing.js'
import { createDatacenter } from '../datacenter/build.js'
import { createFolder, createRootFolder } from '../folder/build.js'
import { createServiceObjects } from '../service-instance/build.js'
import { serviceInstanceFamily } from '../service-instance/family.js'
import { sessionFamily } from '../session/family.js'
import { taskFamily } from '../task/family.js'
import { categoryOf } from './category.js'
import { emit } from './emit.js'
import { eventFamily } from './family.js'

const MANAGER = ['EventManager', 'EventManager'] as const

/** root > (Lab > vm folder > outer > inner, Other) with an event on each, ten seconds apart. */
function world() {
  let tree = {} as Record<'root' | 'lab' | 'other' | 'outer' | 'inner', ManagedObjectReference>
  const test = createTestWorld({
    families: [sessionFamily, authorizationFamily, serviceInstanceFamily, taskFamily, eventFamily],
    seed(ctx) {
      const root = createRootFolder(ctx)
      createServiceObjects(ctx)
      const lab = createDatacenter(ctx, root, 'Lab')
      const outer = createFolder(ctx, ctx.tx.get('Datacenter', lab.value).vmFolder, 'outer')
      const inner = createFolder(ctx, outer, 'inner')
      tree = { root, lab, outer, inner, other: createDatacenter(ctx, root, 'Other') }
    },
  })
  const log = (entity: ManagedObjectReference, msg: string) => {
    test.call(...MANAGER, 'LogUserEvent', { entity, msg })
    test.sandbox.clock.advance(10_000)
  }
  for (const [name, ref] of Object.entries(tree)) log(ref, name)
  const query = (filter: Partial<EventFilterSpec> = {}) =>
    test.call(...MANAGER, 'QueryEvents', { filter: data('EventFilterSpec', filter) }) as Event[]
  const texts = (filter: Partial<EventFilterSpec>) =>
    query(filter).map((event) => ('message' in event ? event.message : event._typeName))
  const post = (event: Event, taskInfo?: object) =>
    test.call(...MANAGER, 'PostEvent', { eventToPost: event, taskInfo })
  return { ...test, tree, log, query, texts, post }
}

/** What a client fills in of an event that it posts. */
const blank = { key: 0, chainId: 0, createdTime: '1970-01-01T00:00:00Z', userName: '' }

describe('querying events', () => {
  it('gives all, in the order in which they happened', () => {
    const { query, texts, get } = world()
    expect(texts({})).toEqual(['root', 'lab', 'outer', 'inner', 'other'])
    const keys = query().map(({ key }) => key)
    expect(keys).toEqual([...keys].sort((a, b) => a - b))
    expect(get<Event>(...MANAGER, 'latestEvent')).toMatchObject({
      _typeName: 'GeneralUserEvent',
      message: 'other',
    })
  })

  it.each<[EventFilterSpecRecursionOption, 'root' | 'lab' | 'outer' | 'inner' | 'other', readonly string[]]>([
    ['self', 'root', ['root']],
    ['children', 'root', ['lab', 'outer', 'inner', 'other']],
    ['all', 'root', ['root', 'lab', 'outer', 'inner', 'other']],
    ['self', 'lab', ['lab']],
    ['children', 'lab', ['outer', 'inner']],
    ['all', 'lab', ['lab', 'outer', 'inner']],
    ['self', 'outer', ['outer']],
    ['children', 'outer', ['inner']],
    ['all', 'inner', ['inner']],
    ['all', 'other', ['other']],
  ])('about %s of %s', (recursion, name, expected) => {
    const { texts, tree } = world()
    expect(texts({ entity: data('EventFilterSpecByEntity', { entity: tree[name], recursion }) })).toEqual(
      expected,
    )
  })

  it('of a time, both ends included', () => {
    const { texts } = world()
    const between = (beginTime?: string, endTime?: string) =>
      texts({ time: data('EventFilterSpecByTime', { beginTime, endTime }) })
    expect(between('2026-01-01T00:00:10Z', '2026-01-01T00:00:30Z')).toEqual(['lab', 'outer', 'inner'])
    expect(between('2026-01-01T00:00:30.5Z')).toEqual(['other'])
    expect(between(undefined, '2026-01-01T02:00:05+02:00')).toEqual(['root'])
  })

  it('of users, or of the server', () => {
    const { texts, sandbox, tree } = world()
    sandbox.transact({}, (ctx) => emit(ctx, 'GeneralUserEvent', { entity: tree.root, message: 'by itself' }))
    const by = (systemUser: boolean, ...userList: string[]) =>
      texts({ userName: data('EventFilterSpecByUsername', { systemUser, userList }) })
    expect(by(true)).toEqual(['by itself'])
    expect(by(false, 'VSPHERE.LOCAL\\Administrator')).toHaveLength(5)
    expect(by(true, 'VSPHERE.LOCAL\\Administrator')).toHaveLength(6)
    expect(by(false, 'LAB.LOCAL\\bob')).toEqual([])
  })

  it('of a chain', () => {
    const { query } = world()
    const [first] = query()
    expect(query({ eventChainId: first?.chainId ?? 0 })).toEqual([first])
  })

  it('of types, of type ids and of categories', () => {
    const { texts, call, post } = world()
    call('SessionManager', 'SessionManager', 'UpdateServiceMessage', { message: 'hello' })
    post(
      data('EventEx', {
        ...blank,
        eventTypeId: 'com.example.full',
        severity: 'warning',
        message: 'disk full',
      }),
    )
    expect(texts({ type: ['SessionEvent'] })).toEqual(['hello'])
    expect(texts({ type: ['GeneralUserEvent'] })).toHaveLength(5)
    expect(texts({ eventTypeId: ['vim.event.GlobalMessageChangedEvent', 'com.example.full'] })).toEqual([
      'hello',
      'disk full',
    ])
    expect(texts({ eventTypeId: ['GlobalMessageChangedEvent'] })).toEqual(['hello'])
    expect(texts({ category: ['warning'] })).toEqual(['disk full'])
    expect(texts({ category: ['user'] })).toHaveLength(5)
    expect(texts({ category: ['nonsense'] })).toEqual([])
    expect(texts({ eventTypeId: ['NoSuchEvent'] })).toEqual([])
    expect(texts({ category: ['user'], type: ['SessionEvent'] })).toEqual([])
  })

  it('with a tag', () => {
    const { texts, post } = world()
    post(data('GeneralEvent', { ...blank, message: 'tagged', changeTag: 'blue' }))
    expect(texts({ tag: ['blue'] })).toEqual(['tagged'])
    expect(texts({ tag: ['red'] })).toEqual([])
  })

  it('stops at the newest that were asked for, and leaves the text out on request', () => {
    const { texts, query } = world()
    expect(texts({ maxCount: 2 })).toEqual(['inner', 'other'])
    expect(query({ maxCount: 1 })[0]).toHaveProperty('fullFormattedMessage')
    expect(query({ maxCount: 1, disableFullMessage: true })[0]).not.toHaveProperty('fullFormattedMessage')
  })

  it.each([
    [
      'an unknown entity',
      { entity: { entity: moRef('Folder', 'group-d4711'), recursion: 'all' } },
      'entity.entity',
    ],
    ['an unknown alarm', { alarm: moRef('Alarm', 'alarm-4711') }, 'alarm'],
    ['an unknown task', { scheduledTask: moRef('ScheduledTask', 'schedule-4711') }, 'scheduledTask'],
    ['an unknown type', { type: ['VirtualMachine'] }, 'type'],
    ['no number of events', { maxCount: 0 }, 'maxCount'],
  ])('refuses %s', (_what, filter, wrong) => {
    const { fault } = world()
    expect(fault(...MANAGER, 'QueryEvents', { filter })).toEqual({
      _typeName: 'InvalidArgument',
      invalidProperty: `filter.${wrong}`,
    })
  })

  it('shows nobody what he may not see', () => {
    const { query, call, tree, sandbox, texts } = world()
    const none = data('Permission', {
      principal: 'VSPHERE.LOCAL\\Administrator',
      group: false,
      roleId: -5,
      propagate: true,
    })
    call('AuthorizationManager', 'AuthorizationManager', 'SetEntityPermissions', {
      entity: tree.outer,
      permission: [none],
    })
    expect(texts({ type: ['GeneralUserEvent'] })).toEqual(['root', 'lab', 'other'])
    expect(query().length).toBeLessThan(sandbox.inventory.root.events.size)
  })
})

describe('posting events', () => {
  it('fills in key, time, user and text', () => {
    const { post, query, sandbox } = world()
    const before = sandbox.inventory.root.events.last()?.key ?? 0
    post(
      data('EventEx', { ...blank, eventTypeId: 'com.example.full', severity: 'error', message: 'disk full' }),
    )
    expect(query().at(-1)).toEqual({
      _typeName: 'EventEx',
      key: before + 1,
      chainId: before + 1,
      createdTime: '2026-01-01T00:00:50Z',
      userName: 'VSPHERE.LOCAL\\Administrator',
      fullFormattedMessage: 'disk full',
      eventTypeId: 'com.example.full',
      severity: 'error',
      message: 'disk full',
    })
  })

  it('joins the chain of a task', () => {
    const { post, query } = world()
    const [first] = query()
    post(data('GeneralEvent', { ...blank, message: 'more' }), { key: 'task-1', eventChainId: first?.chainId })
    expect(query().at(-1)?.chainId).toBe(first?.chainId)
  })

  it.each([
    ['nothing in particular', data('Event', blank)],
    [
      'what does not exist',
      data('VmPoweredOnEvent', {
        ...blank,
        template: false,
        vm: data('VmEventArgument', { name: 'gone', vm: moRef('VirtualMachine', 'vm-4711') }),
      }),
    ],
  ])('refuses an event about %s', (_what, event) => {
    const { fault, query } = world()
    const before = query()
    expect(fault(...MANAGER, 'PostEvent', { eventToPost: event })._typeName).toBe('InvalidEvent')
    expect(query()).toEqual(before)
  })
})

describe('describing events', () => {
  it('lists every type with its category', () => {
    const { get } = world()
    const { category, eventInfo } = get<EventDescription>(...MANAGER, 'description')
    expect(category.map(({ key }) => key)).toEqual(['info', 'warning', 'error', 'user'])
    expect(eventInfo.length).toBeGreaterThan(400)
    expect(eventInfo.find(({ key }) => key === 'VmPoweredOnEvent')).toMatchObject({ category: 'info' })
  })

  it('tells the arguments of a type', () => {
    const { call, fault } = world()
    const ask = (eventTypeId: string) =>
      call(...MANAGER, 'RetrieveArgumentDescription', { eventTypeId }) as EventArgDesc[]
    expect(ask('vim.event.VmPoweredOnEvent').map(({ name, type }) => [name, type])).toEqual([
      ['template', 'boolean'],
    ])
    expect(fault(...MANAGER, 'RetrieveArgumentDescription', { eventTypeId: 'vim.event.None' })).toMatchObject(
      {
        invalidProperty: 'eventTypeId',
      },
    )
  })

  it.each([
    ['VmPoweredOnEvent', 'info'],
    ['HostConnectionLostEvent', 'error'],
    ['DasHostFailedEvent', 'error'],
    ['VmFailedToPowerOnEvent', 'error'],
    ['GeneralHostWarningEvent', 'warning'],
    ['GeneralUserEvent', 'user'],
    ['TaskEvent', 'info'],
  ])('%s is %s', (type, category) => {
    expect(categoryOf(type)).toBe(category)
  })
})
