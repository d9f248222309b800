import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference, UpdateSet } from '#vim25/generated/types.js'
import { collectorsOf } from './collectors.js'
import {
  createSmallWorld,
  filterSpec,
  PC,
  ROOT,
  type SmallWorld,
  setVm,
  start,
  traversal,
  VM_FOLDER,
  viewStart,
  vmRef,
} from './test-world.js'

const MANY = 1000

/** A connection that waits for changes of what a filter of its own session selects. */
function connect(
  world: SmallWorld,
  name: string,
  select: (token: string) => object,
  type = 'VirtualMachine',
) {
  const token = world.login(name)
  const spec = filterSpec(type, type === 'Folder' ? ['name'] : ['name', 'runtime'], select(token))
  world.as(token, ...PC, 'CreateFilter', { spec, partialUpdates: true })
  const { version } = world.as(token, ...PC, 'WaitForUpdatesEx', {}) as UpdateSet
  return world.as(token, ...PC, 'WaitForUpdatesEx', { version }) as Promise<UpdateSet>
}

const listOf =
  (world: SmallWorld, ...obj: readonly ManagedObjectReference[]) =>
  (token: string) =>
    viewStart(
      world.as(token, 'ViewManager', 'ViewManager', 'CreateListView', { obj }) as ManagedObjectReference,
    )

const everyVm = (world: SmallWorld) => (token: string) =>
  viewStart(
    world.as(token, 'ViewManager', 'ViewManager', 'CreateContainerView', {
      container: ROOT,
      type: ['VirtualMachine'],
      recursive: true,
    }) as ManagedObjectReference,
  )

/** What the world has to do for something. */
async function cost(world: SmallWorld, act: () => void) {
  const { work } = collectorsOf(world.sandbox.services)
  const before = { ...work }
  act()
  await Promise.resolve()
  return {
    woken: work.woken - before.woken,
    calculations: work.calculations - before.calculations,
    comparisons: work.comparisons - before.comparisons,
  }
}

const NOTHING = { woken: 0, calculations: 0, comparisons: 0 }

describe(`${MANY} connections that wait`, () => {
  it.each<[string, (world: SmallWorld) => (token: string) => object]>([
    ['for a VM', () => () => start(vmRef(2))],
    ['for a list with a VM', (world) => listOf(world, vmRef(2))],
    [
      'for an inventory view',
      (world) => (token) => {
        const manager = ['ViewManager', 'ViewManager'] as const
        return viewStart(world.as(token, ...manager, 'CreateInventoryView') as ManagedObjectReference)
      },
    ],
  ])('%s are not asked when another VM changes; who waits for that one is', async (_what, select) => {
    const world = createSmallWorld(3)
    const others = Array.from({ length: MANY }, (_, i) => connect(world, `other ${i}`, select(world)))
    let told = 0
    for (const other of others)
      other.then(
        () => told++,
        () => {},
      )
    const mine = connect(world, 'mine', () => start(vmRef(1)))
    expect(await cost(world, () => setVm(world, 1, { name: 'renamed' }))).toEqual({
      woken: 1,
      calculations: 1,
      comparisons: 1,
    })
    expect((await mine).version).toBe('2')
    expect(told).toBe(0)
  })

  it('for all VMs through views of their own are not asked about what VMs do not show', async () => {
    const world = createSmallWorld(3)
    for (let i = 0; i < MANY; i++) connect(world, `other ${i}`, everyVm(world))
    expect(await cost(world, () => setVm(world, 1, { tag: [] }))).toEqual(NOTHING)
    expect(
      await cost(world, () => world.change((tx) => tx.set('Folder', ROOT.value, { name: 'x' }))),
    ).toEqual(NOTHING)
  })

  it('for the names of folders share one walk and are each told once', async () => {
    const world = createSmallWorld(3)
    const down = {
      ...traversal('Folder', 'childEntity'),
      selectSet: [{ _typeName: 'SelectionSpec', name: 'down' }],
    }
    const below = { ...start(VM_FOLDER), selectSet: [{ ...down, name: 'down' }] }
    const waits = Array.from({ length: MANY }, (_, i) => connect(world, `other ${i}`, () => below, 'Folder'))
    const rename = () => world.change((tx) => tx.set('Folder', VM_FOLDER.value, { name: 'fresh' }))
    expect(await cost(world, rename)).toEqual({ woken: MANY, calculations: MANY, comparisons: MANY })
    expect(new Set((await Promise.all(waits)).map(({ version }) => version))).toEqual(new Set(['2']))
  })

  it('for lists of their own are not asked when an object ends that is in none of them', async () => {
    const world = createSmallWorld(3)
    for (let i = 0; i < MANY; i++) connect(world, `other ${i}`, listOf(world, vmRef(2)))
    expect(await cost(world, () => world.change((tx) => tx.remove('vm-1')))).toEqual(NOTHING)
  })

  it('are answered once, and then cost nothing', async () => {
    const world = createSmallWorld(2)
    const waits = Array.from({ length: MANY }, (_, i) =>
      connect(world, `other ${i}`, listOf(world, vmRef(2))),
    )
    expect(await cost(world, () => setVm(world, 2, { name: 'renamed' }))).toMatchObject({ woken: MANY })
    await Promise.all(waits)
    expect(await cost(world, () => setVm(world, 2, { name: 'again' }))).toEqual(NOTHING)
  })
})
