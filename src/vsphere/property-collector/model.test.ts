import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Transaction } from '#inventory/transaction.js'
import type {
  ManagedObjectReference,
  ObjectContent,
  PropertyChange,
  UpdateSet,
} from '#vim25/generated/types.js'
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
        let version = update(world, copy, undefined, undefined)
        expect(normal(copy)).toEqual(normal(fresh(world, spec)))
        for (const { commits, back, limit } of rounds) {
          if (back) world.sandbox.restore(first)
          for (const steps of commits)
            world.change((tx) => {
              for (const act of steps) act(tx)
            })
          version = update(world, copy, version, limit)
          expect(normal(copy)).toEqual(normal(fresh(world, spec)))
        }
      }),
      { numRuns: 40 },
    )
  })
})

type Copy = Map<string, Map<string, unknown>>

/** Applies all updates there are to the copy, in as many parts as they come; returns the new version. */
function update(world: SmallWorld, copy: Copy, from: string | undefined, limit: number | undefined) {
  let version = from
  for (;;) {
    const set = world.call(...PC, 'WaitForUpdatesEx', {
      version,
      options: { maxWaitSeconds: 0, maxObjectUpdates: limit },
    }) as UpdateSet | undefined
    if (!set) return version
    version = set.version
    for (const { objectSet } of set.filterSet ?? [])
      for (const { kind, obj, changeSet } of objectSet ?? []) {
        if (kind === 'leave') copy.delete(obj.value)
        else {
          if (kind === 'enter') copy.set(obj.value, new Map())
          for (const change of changeSet ?? []) apply(copy.get(obj.value) as Map<string, unknown>, change)
        }
      }
    if (!set.truncated) return version
  }
}

function fresh(world: SmallWorld, spec: object): Copy {
  const contents = world.call(...PC, 'RetrieveProperties', { specSet: [spec] }) as ObjectContent[]
  return new Map(
    contents.map(({ obj, propSet }) => [
      obj.value,
      new Map((propSet ?? []).map(({ name, val }) => [name, open(val)])),
    ]),
  )
}

/** A change applied as a client would: to the selected property of the same name, or to a path below one. */
function apply(properties: Map<string, unknown>, { name, op, val }: PropertyChange): void {
  const head =
    PATHS.find((path) => path === name) ?? PATHS.find((path) => new RegExp(`^${path}[.[]`).test(name))
  if (head === undefined) throw new Error(`Nobody asked for ${name}.`)
  const value = op === 'assign' || op === 'add' ? open(val) : undefined
  if (head === name) {
    if (value === undefined) properties.delete(name)
    else properties.set(name, value)
    return
  }
  const steps = [...name.slice(head.length).matchAll(/\.(\w+)|\[(?:"([^"]*)"|(\d+))\]/g)].map(
    ([, member, quoted, bare]) => ({ member, key: quoted ?? bare }),
  )
  let here = properties.get(head) as Record<string, unknown> | { key: unknown }[]
  steps.forEach(({ member, key }, i) => {
    const last = i === steps.length - 1
    if (member !== undefined) {
      const object = here as Record<string, unknown>
      if (!last) here = object[member] as typeof here
      else if (value === undefined) delete object[member]
      // A slot for any type holds its value in the box that names the type.
      else object[member] = object._typeName === 'OptionValue' ? structuredClone(val) : value
      return
    }
    const list = here as { key: unknown }[]
    const at = list.findIndex((element) => String(element.key) === key)
    if (!last) here = list[at] as unknown as typeof here
    else if (op === 'add') list.push(value as { key: unknown })
    else if (value === undefined) list.splice(at, 1)
    else list[at] = value as { key: unknown }
  })
}

/** A copy of the value without its box, for the client to change. */
function open(val: unknown): unknown {
  const plain = typeof val === 'object' && val !== null && '_value' in val ? val._value : val
  return structuredClone(plain)
}

/** Elements with keys in the order of their keys: the order in which they are added is not promised. */
function normal(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].sort().map(([key, inner]) => [key, normal(inner)]))
  if (Array.isArray(value)) {
    const keyed = value.every(
      (element) => typeof element === 'object' && element !== null && 'key' in element,
    )
    return (keyed ? [...value].sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1)) : value).map(normal)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]))
}
