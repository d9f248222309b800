import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Transaction } from '#inventory/transaction.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import {
  addFolder,
  addVm,
  createSmallWorld,
  device,
  disk,
  filterSpec,
  HOSTS,
  option,
  PC,
  type SmallWorld,
  start,
  traversal,
  VM_FOLDER,
  viewStart,
  vmConfig,
} from './test-world.js'
import { type Copy, freshCopy, headIn, normal, updateCopy } from './testing.js'

/**
 * Whatever happens: a client that applies the reported updates to its own copy has what it would get by reading
 * everything anew.
 */

const PATHS = ['config', 'disabledMethod', 'guest.ipAddress', 'name', 'parent', 'runtime', 'tag']

type Step = (tx: Transaction) => void

const number = fc.integer({ min: 1, max: 5 })
const text = fc.constantFrom('a', 'b', 'c')
const present = (tx: Transaction, n: number) => tx.find('VirtualMachine', `vm-${n}`) !== undefined
const vm =
  (n: number, change: object): Step =>
  (tx) => {
    if (present(tx, n)) tx.set('VirtualMachine', `vm-${n}`, change as never)
  }

const devices = fc
  .array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 4000, max: 4003 }), text, fc.boolean()).map((args) => device(...args)),
      fc.tuple(fc.integer({ min: 2000, max: 2003 }), text).map((args) => disk(...args)),
    ),
    { maxLength: 5 },
  )
  .map((list) => [...new Map(list.map((item) => [(item as { key: number }).key, item])).values()])

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(number, text).map(([n, name]): Step => vm(n, { name })),
  fc.tuple(number, devices).map(([n, list]) => vm(n, { config: vmConfig(n, list) })),
  fc.tuple(number, text, text).map(([n, key, value]) =>
    vm(n, {
      config: { ...vmConfig(n, []), extraConfig: [option(key, value), option(`${key}${key}`, key)] },
    }),
  ),
  number.map((n) => vm(n, { config: undefined })),
  fc.tuple(number, fc.boolean()).map(([n, on]) =>
    vm(n, {
      runtime: {
        _typeName: 'VirtualMachineRuntimeInfo',
        host: HOSTS[n % 2],
        connectionState: 'connected',
        powerState: on ? 'poweredOn' : 'poweredOff',
        ...(on && { bootTime: '2026-01-01T00:00:00Z' }),
      },
    }),
  ),
  fc
    .tuple(number, fc.option(text))
    .map(([n, ipAddress]) =>
      vm(n, { guest: { _typeName: 'GuestInfo', hostName: 'x', ...(ipAddress && { ipAddress }) } }),
    ),
  fc.tuple(number, fc.array(text)).map(([n, disabledMethod]) => vm(n, { disabledMethod })),
  fc
    .tuple(number, fc.uniqueArray(text))
    .map(([n, keys]) => vm(n, { tag: keys.map((key) => ({ _typeName: 'Tag', key })) })),
  fc.tuple(number, fc.boolean()).map(
    ([n, inside]): Step =>
      (tx) => {
        const parent = inside && tx.find('Folder', 'group-v20') ? tx.ref('group-v20') : VM_FOLDER
        if (present(tx, n)) tx.set('VirtualMachine', `vm-${n}`, { parent })
      },
  ),
  number.map(
    (n): Step =>
      (tx) =>
        present(tx, n) ? tx.remove(`vm-${n}`) : void addVm(tx, n),
  ),
  fc.constant<Step>((tx) => {
    if (!tx.find('Folder', 'group-v20')) addFolder(tx, 'group-v20', 'sub', VM_FOLDER)
  }),
)

/** What is done between two looks: commits, each of some steps, and perhaps a step back to the first state. */
const round = fc.record({
  commits: fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 4 }),
  back: fc.nat({ max: 9 }).map((n) => n === 0),
  limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
})

const down = {
  ...traversal('Folder', 'childEntity', { _typeName: 'SelectionSpec', name: 'down' }),
  name: 'down',
}

const starts: Readonly<Record<string, (world: SmallWorld) => object>> = {
  'a recursive view': (world) => viewStart(createView(world, true)),
  'a view of one folder': (world) => viewStart(createView(world, false)),
  'a walk down the folders': () => ({ ...start(VM_FOLDER, down), skip: false }),
}

function createView(world: SmallWorld, recursive: boolean): ManagedObjectReference {
  return world.call('ViewManager', 'ViewManager', 'CreateContainerView', {
    container: VM_FOLDER,
    type: ['VirtualMachine'],
    recursive,
  }) as ManagedObjectReference
}

describe.each([true, false])('updates with partialUpdates %s', (partialUpdates) => {
  it.each(Object.keys(starts))('keep a copy equal: %s', (kind) => {
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 6 }), (rounds) => {
        const world = createSmallWorld(3)
        const spec = filterSpec('VirtualMachine', PATHS, starts[kind]?.(world) as object)
        world.call(...PC, 'CreateFilter', { spec, partialUpdates })
        const first = world.sandbox.snapshot()
        const copy: Copy = new Map()
        const headOf = headIn(PATHS)
        let version = updateCopy(world, copy, { headOf })
        expect(normal(copy)).toEqual(normal(freshCopy(world, spec)))
        for (const { commits, back, limit } of rounds) {
          if (back) world.sandbox.restore(first)
          for (const steps of commits)
            world.change((tx) => {
              for (const act of steps) act(tx)
            })
          version = updateCopy(world, copy, { headOf, from: version, limit })
          expect(normal(copy)).toEqual(normal(freshCopy(world, spec)))
        }
      }),
      { numRuns: 40 },
    )
  })
})
