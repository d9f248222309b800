import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '#store/value-text.js'
import type { Event, ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { derivation, inverse } from './derivation.js'
import { recordKind } from './entity.js'
import { idsIn } from './id-list.js'
import { index } from './indexes.js'
import { createInventory, type Inventory } from './inventory.js'
import { createModel } from './model.js'
import { changesBetween, entryOf, rootOf, stateOf } from './persist.js'
import { EVENTS_KEPT, type Root } from './root.js'

interface Vm {
  readonly name: string
  readonly big: bigint
  readonly on?: ManagedObjectReference
  readonly disks: readonly object[]
  readonly runtime: { readonly power: string; readonly load?: number }
}

// VMs on hosts; a host's list of VMs and a member deep inside a VM are derived.
const model = createModel(
  [index<Vm>({ name: 'vm.name', type: 'VirtualMachine', inputs: ['name'], keys: (vm) => [vm.name] })],
  [
    inverse({ name: 'host.vm', from: 'VirtualMachine', path: 'on', to: ['HostSystem'], property: 'vm' }),
    derivation<Vm>({
      name: 'vm.load',
      type: 'VirtualMachine',
      outputs: ['runtime.load'],
      own: ['disks'],
      compute: ({ disks }) => ({ 'runtime.load': disks.length }),
    }),
  ],
)
const notes = recordKind<{ text: string; more?: object }>('note')
const shared = Object.freeze({ size: 9223372036854775807n })

type Step = (inventory: Inventory, saved: Root[]) => void

const name = fc.constantFrom('a', 'b', 'c', 'd')
const transaction = (change: (tx: Parameters<Parameters<Inventory['transact']>[0]>[0]) => void): Step => {
  return (inventory) => inventory.transact(change)
}
const event = (key: number) => Object.freeze({ _typeName: 'Event', key }) as unknown as Event

const finished = (key: number) => Object.freeze({ _typeName: 'TaskInfo', key }) as unknown as TaskInfo

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, name).map(([id, host]) =>
    transaction((tx) => {
      if (!tx.entity(`host-${host}`)) tx.create('HostSystem', `host-${host}`, { name: host } as never)
      const value = {
        name: id,
        big: 2n ** 60n,
        on: tx.ref(`host-${host}`),
        disks: [shared],
        runtime: { power: 'on' },
      }
      if (tx.entity(`vm-${id}`)) tx.set('VirtualMachine', `vm-${id}`, { on: value.on } as never)
      else tx.create('VirtualMachine', `vm-${id}`, value as never)
    }),
  ),
  name.map((id) =>
    transaction((tx) => {
      if (!tx.entity(`vm-${id}`)) return
      tx.update('VirtualMachine', `vm-${id}`, ((vm: Vm) => ({
        disks: [...vm.disks, { at: vm.disks.length, shared }],
        runtime: { ...vm.runtime, power: `${vm.runtime.power}!` },
        on: vm.disks.length % 2 ? undefined : vm.on,
      })) as never)
    }),
  ),
  name.map((id) => transaction((tx) => tx.entity(`vm-${id}`) && tx.remove(`vm-${id}`))),
  fc.tuple(name, fc.string()).map(([id, text]) =>
    transaction((tx) => {
      if (tx.entity(id)) tx.set(notes, id, { text, more: { [text]: tx.next('note') } })
      else tx.create(notes, id, { text })
    }),
  ),
  fc.nat(3).map((count) =>
    transaction((tx) => {
      for (let i = 0; i < count; i++) tx.append(event(tx.next('event')))
    }),
  ),
  fc.nat(2).map((count) =>
    transaction((tx) => {
      for (let i = 0; i < count; i++) tx.archive(finished(tx.next('task')))
    }),
  ),
  fc.nat(9).map((due) => transaction((tx) => tx.schedule(due, 'work', { due }))),
  fc.constant<Step>((inventory) => {
    const first = inventory.root.agenda[0]
    if (first) inventory.transact((tx) => tx.unschedule(first.number))
  }),
  fc.constant<Step>((inventory, saved) => saved.push(inventory.root)),
  fc.nat(5).map<Step>((at) => (inventory, saved) => {
    const root = saved[at]
    if (root) inventory.replace(root)
  }),
)

const throughText = (value: unknown) => decode(JSON.parse(encode(value)))
const stored = (root: Root, at: number) => {
  const { facts, sections } = stateOf(root, model, at)
  const plain = Object.fromEntries(Object.entries(sections).map(([part, values]) => [part, [...values]]))
  return throughText({ facts, sections: plain }) as ReturnType<typeof stateOf>
}

/** Everything that a reader could see, as plain data. */
const plain = (root: Root) => ({
  revision: root.revision,
  entities: [...root.entities.values()].sort((a, b) => a.order - b.order),
  byType: root.byType
    .filter((ids) => ids.size > 0)
    .map((ids) => [...idsIn(ids)])
    .toObject(),
  sums: root.sums
    .map((totals) => Object.fromEntries(totals))
    .filter((totals) => Object.keys(totals).length > 0)
    .toObject(),
  indexes: root.indexes
    .map((keys) => Object.fromEntries(keys))
    .filter((keys) => Object.keys(keys).length > 0)
    .toObject(),
  counters: root.counters.toObject(),
  events: root.events.toArray(),
  taskHistory: root.taskHistory.toArray(),
  agenda: root.agenda,
})

describe('a root that is kept', () => {
  it('comes back the same from a checkpoint and any log after it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), (steps, cut) => {
        const inventory = createInventory(model)
        const saved: Root[] = []
        const entries: unknown[] = []
        let state = stored(inventory.root, 0)
        inventory.subscribe((commit) =>
          entries.push(throughText(entryOf(commit, model, commit.after.revision))),
        )
        steps.forEach((apply, at) => {
          apply(inventory, saved)
          // Entries before the checkpoint stay in the log: they must be passed over.
          if (at === cut % 40) state = stored(inventory.root, inventory.root.revision)
        })
        const back = rootOf(state, entries, model)
        expect(plain(back.root)).toEqual(plain(inventory.root))
        expect(back.at).toBe(inventory.root.revision)
      }),
      { numRuns: 300 },
    )
  })

  it('writes down source state only', () => {
    const inventory = createInventory(model)
    inventory.transact((tx) => {
      tx.create('HostSystem', 'host-a', { name: 'a' } as never)
      const on = tx.ref('host-a')
      tx.create('VirtualMachine', 'vm-a', {
        name: 'a',
        on,
        disks: [shared],
        runtime: { power: 'on' },
      } as never)
    })
    expect(plain(inventory.root).entities.map((entity) => entity.value)).toMatchObject([
      { vm: [{ value: 'vm-a' }] },
      { runtime: { load: 1 } },
    ])
    const text = encode([...(stateOf(inventory.root, model, 0).sections.entities ?? [])])
    expect(text).toContain('"runtime":{"power":"on"}')
    expect(text).not.toContain('"vm":')
  })

  it('says in a log entry only what changed', () => {
    const inventory = createInventory(model)
    inventory.transact((tx) => {
      tx.create('VirtualMachine', 'vm-a', { name: 'a', disks: [shared], runtime: { power: 'on' } } as never)
    })
    const before = inventory.root
    inventory.transact((tx) => tx.set('VirtualMachine', 'vm-a', { disks: [shared, { x: 1 }] } as never))
    expect(entryOf(changesBetween(before, inventory.root), model, 7)).toEqual({
      from: 1,
      to: 2,
      at: 7,
      changed: [['vm-a', { d: { disks: { p: 1, s: 0, m: [{ x: 1 }] } } }]],
    })
  })

  it('keeps the bound of events through the log', () => {
    const inventory = createInventory(model)
    const many = (from: number, count: number) =>
      inventory.transact((tx) => {
        for (let i = 0; i < count; i++) tx.append(event(from + i))
      })
    many(0, EVENTS_KEPT - 1)
    const state = stored(inventory.root, 0)
    const entries: unknown[] = []
    inventory.subscribe((commit) => entries.push(throughText(entryOf(commit, model, 0))))
    many(EVENTS_KEPT, 5)
    many(2 * EVENTS_KEPT, EVENTS_KEPT + 3)
    expect(plain(rootOf(state, entries, model).root).events).toEqual(inventory.root.events.toArray())
    expect(encode(entries[0])).toContain(`{"drop":4,"keep":${EVENTS_KEPT - 5},"add":`)
  })

  it('is refused when a part of the log is missing', () => {
    const inventory = createInventory(model)
    const entries: object[] = []
    const state = stored(inventory.root, 0)
    inventory.subscribe((commit) => entries.push(entryOf(commit, model, 0)))
    for (const id of ['a', 'b']) inventory.transact((tx) => tx.create(notes, id, { text: id }))
    expect(() => rootOf(state, entries.slice(1), model)).toThrow('the log goes on from revision 1, not 0')
    const strange = { from: 0, to: 1, at: 0, changed: [['x', { d: {} }]] }
    expect(() => rootOf(state, [strange], model)).toThrow("the log changes 'x', which is not there")
  })
})
