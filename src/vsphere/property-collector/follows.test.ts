import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference, UpdateSet } from '#vim25/generated/types.js'
import { ROLE } from '../authorization/roles.js'
import { sessionId, sessions } from '../core/context.js'
import { removeSession } from '../session/open.js'
import { collectorsOf } from './collectors.js'
import {
  addFolder,
  addVm,
  createFilter,
  createSmallWorld,
  filterSpec,
  lines,
  now,
  PC,
  permit,
  ROOT,
  type SmallWorld,
  setVm,
  start,
  VM_FOLDER,
  viewStart,
  vmRef,
} from './test-world.js'

const VM = 'VirtualMachine'
const MANAGER = ['ViewManager', 'ViewManager'] as const

interface Follow {
  /** Makes what is followed and gives the filter for it. */
  spec(world: SmallWorld): object
  /** What its waiters have to hear of. */
  act(world: SmallWorld): void
  /** The report, ids of views and filters left out. */
  told: readonly string[]
}

let followed: ManagedObjectReference
const viewOfNames = (world: SmallWorld, method: string, args: object) => {
  followed = world.call(...MANAGER, method, args) as ManagedObjectReference
  return filterSpec('ManagedEntity', ['name'], viewStart(followed))
}
const many = Array.from({ length: 100 }, (_, i) => vmRef(i + 1))
const whole = (type: string, id: string, property: string) => () =>
  filterSpec(type, [property], start({ _typeName: 'ManagedObjectReference', type, value: id }))

const follows: readonly (readonly [string, Follow])[] = [
  [
    'a list whose member ends',
    {
      spec: (world) => viewOfNames(world, 'CreateListView', { obj: [vmRef(1), vmRef(2)] }),
      act: (world) => world.change((tx) => tx.remove('vm-2')),
      told: ['leave vm-2'],
    },
  ],
  [
    'a long list whose member ends',
    {
      spec: (world) => viewOfNames(world, 'CreateListView', { obj: many }),
      act: (world) => world.change((tx) => tx.remove('vm-77')),
      told: ['leave vm-77'],
    },
  ],
  [
    'a list that is changed',
    {
      spec: (world) => viewOfNames(world, 'CreateListView', { obj: [vmRef(1)] }),
      act: (world) =>
        world.call('ListView', followed.value, 'ModifyListView', { add: [vmRef(2)], remove: [vmRef(1)] }),
      told: ['leave vm-1', 'enter vm-2 name=vm2'],
    },
  ],
  [
    'a long list that is replaced',
    {
      spec: (world) => viewOfNames(world, 'CreateListView', { obj: many.slice(0, 99) }),
      act: (world) => world.call('ListView', followed.value, 'ResetListView', { obj: many }),
      told: ['enter vm-100 name=vm100'],
    },
  ],
  [
    'a folder of the tree that is opened',
    {
      spec: (world) => viewOfNames(world, 'CreateInventoryView', {}),
      act: (world) =>
        world.call('InventoryView', followed.value, 'OpenInventoryViewFolder', { entity: [ROOT] }),
      told: ['enter datacenter-2 name=Lab'],
    },
  ],
  [
    'an open folder of the tree',
    {
      spec(world) {
        const spec = viewOfNames(world, 'CreateInventoryView', {})
        world.call('InventoryView', followed.value, 'OpenInventoryViewFolder', { entity: [VM_FOLDER] })
        world.change((tx) => tx.remove('vm-100'))
        return spec
      },
      act: (world) => world.change((tx) => void addVm(tx, 100)),
      told: ['enter vm-100 name=vm100'],
    },
  ],
  [
    'the views of the session',
    {
      spec: whole('ViewManager', 'ViewManager', 'viewList'),
      act: (world) => world.call(...MANAGER, 'CreateInventoryView'),
      told: ['modify ViewManager viewList=[..]'],
    },
  ],
  [
    'the filters of the collector',
    {
      spec: whole('PropertyCollector', 'propertyCollector', 'filter'),
      act: (world) => createFilter(world, filterSpec('VirtualMachine', [], start(vmRef(1)))),
      told: ['modify propertyCollector filter=[..]', 'enter vm-1'],
    },
  ],
  [
    'who is logged in',
    {
      spec: whole('SessionManager', 'SessionManager', 'sessionList'),
      act: (world) => world.login('another'),
      told: ['modify SessionManager sessionList=[..]'],
    },
  ],
  [
    'the own session',
    {
      spec: whole('SessionManager', 'SessionManager', 'currentSession.locale'),
      act: (world) => world.call('SessionManager', 'SessionManager', 'SetLocale', { locale: 'de' }),
      told: ['modify SessionManager currentSession.locale=de'],
    },
  ],
]

describe('who waits follows', () => {
  it.each(follows)('%s', async (_what, { spec, act, told }) => {
    const world = createSmallWorld(100)
    createFilter(world, spec(world))
    const { version } = now(world, '', { maxObjectUpdates: 1 }) as UpdateSet
    const first = version.includes('_')
      ? (world.call(...PC, 'CheckForUpdates', {}) as UpdateSet)
      : { version }
    const waiting = world.call(...PC, 'WaitForUpdatesEx', { version: first.version }) as Promise<UpdateSet>
    const { work } = collectorsOf(world.sandbox.services)
    const { woken } = work
    // What none of them looks at wakes nobody.
    setVm(world, 3, { tag: [{ _typeName: 'Tag', key: 'news to nobody' }] })
    await Promise.resolve()
    expect(work.woken).toBe(woken)
    act(world)
    expect(lines(await waiting).map((line) => line.replace(/\[\{.*\}\]/, '[..]'))).toEqual(told)
  })

  it('the rights of its user, and where things are as long as he has not all', async () => {
    const world = createSmallWorld(3)
    const { work } = collectorsOf(world.sandbox.services)
    createFilter(
      world,
      viewOfNames(world, 'CreateContainerView', { container: ROOT, type: [VM], recursive: true }),
    )
    const wait = (version: string) => world.call(...PC, 'WaitForUpdatesEx', { version }) as Promise<UpdateSet>
    const first = wait((now(world) as UpdateSet).version)
    world.change((tx) => {
      permit(tx, ROOT, ROLE.admin)
      permit(tx, vmRef(2), ROLE.noAccess)
    })
    const hidden = await first
    expect(lines(hidden)).toEqual(['leave vm-2'])

    const second = wait(hidden.version)
    const { woken } = work
    setVm(world, 3, { tag: [{ _typeName: 'Tag', key: 'news to nobody' }] })
    await Promise.resolve()
    expect(work.woken).toBe(woken)
    world.change((tx) => {
      const shelf = addFolder(tx, 'group-v30', 'shelf', VM_FOLDER)
      permit(tx, shelf, ROLE.noAccess)
      tx.set('VirtualMachine', 'vm-1', { parent: shelf, resourcePool: undefined } as never)
    })
    const moved = await second
    expect(lines(moved)).toEqual(['leave vm-1'])

    const third = wait(moved.version)
    world.change((tx) => permit(tx, vmRef(2), ROLE.readOnly))
    expect(lines(await third)).toEqual(['enter vm-2 name=vm2'])
  })

  it('the end of another session, of which nothing is kept', async () => {
    const world = createSmallWorld(1)
    const token = world.login('another')
    createFilter(world, whole('SessionManager', 'SessionManager', 'sessionList')())
    const { version } = now(world) as UpdateSet
    const waiting = world.call(...PC, 'WaitForUpdatesEx', { version }) as Promise<UpdateSet>
    world.sandbox.transact({}, (ctx) => removeSession(ctx, token))
    expect(lines(await waiting)).toHaveLength(1)
    const activity = world.sandbox.services.volatile.get('session.activity') as Map<string, unknown>
    expect([...activity.keys()]).toEqual([world.token])
    expect(world.sandbox.inventory.read.find(sessions, sessionId(token))).toBeUndefined()
  })
})
