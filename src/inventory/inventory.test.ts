import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { derivation, inverse } from './derivation.js'
import { type RecordKind, recordKind } from './entity.js'
import { idsIn } from './id-list.js'
import { index } from './indexes.js'
import { createInventory, recomputed } from './inventory.js'
import { createModel } from './model.js'
import { emptyRoot, type Root } from './root.js'
import { sum } from './sums.js'
import type { Transaction } from './transaction.js'

// A model in miniature, over two managed types: VMs are on hosts, hosts count the memory of their VMs, and a summary
// record of the world counts hosts that are overcommitted.
interface Vm {
  readonly name: string
  readonly host?: ManagedObjectReference | undefined
  readonly memory: number
}
const vmType = 'VirtualMachine' as unknown as RecordKind<Vm>
const hostType = 'HostSystem' as unknown as RecordKind<{
  name: string
  vm?: unknown
  used?: number
  busy?: boolean
}>

const vmsOfHost = inverse({
  name: 'host.vm',
  from: 'VirtualMachine',
  path: 'host',
  to: ['HostSystem'],
  property: 'vm',
})
const used = derivation<{ vm: readonly ManagedObjectReference[] }>({
  name: 'host.used',
  type: 'HostSystem',
  outputs: ['used'],
  own: ['vm'],
  via: [{ type: 'VirtualMachine', paths: ['memory'], targets: (vm: Vm) => [vm.host?.value] }],
  compute: ({ vm }, read) => ({ used: vm.reduce((sum, ref) => sum + read.get(vmType, ref.value).memory, 0) }),
})
const busy = derivation<{ used: number }>({
  name: 'host.busy',
  type: 'HostSystem',
  outputs: ['busy'],
  own: ['used'],
  compute: ({ used }) => ({ busy: used > 10 }),
})
const byName = index<Vm>({
  name: 'vm.name',
  type: 'VirtualMachine',
  inputs: ['name'],
  keys: (vm) => [vm.name],
})

/** What VMs on each host have in all, and how many they are. */
const loads = sum({
  name: 'host.load',
  type: 'VirtualMachine',
  inputs: ['host', 'memory'],
  key: (vm: Vm) => vm.host?.value,
  amounts: ({ memory }: Vm) => ({ vms: 1, memory }),
  none: { vms: 0, memory: 0 },
})

const model = createModel([byName, loads], [busy, used, vmsOfHost])
const notes = recordKind<{ text: string }>('note')

const fresh = () => createInventory(model)

function host(tx: Transaction, id: string) {
  return tx.create('HostSystem', id, { name: id } as never)
}
function vm(tx: Transaction, id: string, on: string | undefined, memory: number) {
  tx.create('VirtualMachine', id, { name: id, host: on ? tx.ref(on) : undefined, memory } as never)
}

/** Everything that a reader could see, as plain data. */
function plain(root: Root) {
  return {
    entities: [...root.entities.values()].sort((a, b) => a.order - b.order),
    sums: root.sums
      .map((totals) => Object.fromEntries(totals))
      .filter((totals) => Object.keys(totals).length > 0)
      .toObject(),
    indexes: root.indexes
      .filter((keys) => keys.size > 0)
      .map((keys) => Object.fromEntries(keys))
      .toObject(),
    byType: root.byType
      .map((ids) => [...idsIn(ids)])
      .filter((ids) => ids.length > 0)
      .toObject(),
  }
}

describe('a sum', () => {
  it('is up to date within a transaction and after it, and forgets what is gone', () => {
    const inventory = fresh()
    inventory.transact((tx) => {
      host(tx, 'host-1')
      host(tx, 'host-2')
      vm(tx, 'vm-1', 'host-1', 4)
      vm(tx, 'vm-2', 'host-1', 3)
      vm(tx, 'vm-3', undefined, 9)
      expect(tx.total(loads, 'host-1')).toEqual({ vms: 2, memory: 7 })
    })
    inventory.transact((tx) => {
      tx.set(vmType, 'vm-1', { host: tx.ref('host-2'), memory: 5 })
      expect([tx.total(loads, 'host-1'), tx.total(loads, 'host-2')]).toEqual([
        { vms: 1, memory: 3 },
        { vms: 1, memory: 5 },
      ])
      tx.remove('vm-2')
    })
    const { read, root } = inventory
    expect([read.total(loads, 'host-1'), read.total(loads, 'host-2')]).toEqual([
      { vms: 0, memory: 0 },
      { vms: 1, memory: 5 },
    ])
    expect(root.sums.get('host.load')?.size).toBe(1)
  })
})

describe('a transaction', () => {
  it('commits objects, records, counters and scheduled work together', () => {
    const inventory = fresh()
    const number = inventory.transact((tx) => {
      host(tx, 'host-1')
      tx.create(notes, 'note:1', { text: 'hello' })
      tx.schedule(20, 'later', {})
      tx.schedule(10, 'sooner', {})
      return tx.next('thing')
    })
    expect(number).toBe(1)
    expect(inventory.read.get(notes, 'note:1').text).toBe('hello')
    expect([...inventory.read.ids('HostSystem')]).toEqual(['host-1'])
    expect(inventory.root.agenda.map((entry) => entry.kind)).toEqual(['sooner', 'later'])
  })

  it('changes nothing when it throws', () => {
    const inventory = fresh()
    inventory.transact((tx) => host(tx, 'host-1'))
    const before = inventory.root
    expect(() =>
      inventory.transact((tx) => {
        vm(tx, 'vm-1', 'host-1', 4)
        tx.remove('host-1')
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(inventory.root).toBe(before)
  })

  it('sees its own writes, through indexes too', () => {
    const inventory = fresh()
    inventory.transact((tx) => {
      vm(tx, 'vm-1', undefined, 1)
      expect(tx.lookup(byName, 'vm-1')).toEqual(['vm-1'])
      tx.set(vmType, 'vm-1', { name: 'renamed' } as never)
    })
    expect(inventory.read.lookup(byName, 'vm-1')).toEqual([])
    expect(inventory.read.lookup(byName, 'renamed')).toEqual(['vm-1'])
  })

  it('keeps what it does not touch the same object', () => {
    const inventory = fresh()
    inventory.transact((tx) => {
      host(tx, 'host-1')
      host(tx, 'host-2')
    })
    const untouched = inventory.read.entity('host-2')
    inventory.transact((tx) => vm(tx, 'vm-1', 'host-1', 1))
    expect(inventory.read.entity('host-2')).toBe(untouched)
  })

  it('tells subscribers what changed, after the fact', () => {
    const inventory = fresh()
    const heard: string[] = []
    inventory.subscribe((commit) => heard.push(...commit.changes.map((change) => change.id)))
    inventory.transact((tx) => {
      host(tx, 'host-1')
      expect(heard).toEqual([])
    })
    expect(heard).toEqual(['host-1'])
  })

  it('stands, whatever a listener throws, and the others hear of it', () => {
    const reported: unknown[] = []
    const inventory = createInventory(model, emptyRoot, (error) => reported.push(error))
    const heard: number[] = []
    inventory.subscribe(() => {
      throw new Error('deaf')
    })
    inventory.subscribe((commit) => heard.push(commit.changes.length))
    inventory.transact((tx) => host(tx, 'host-1'))
    expect(reported).toEqual([new Error('deaf')])
    expect(heard).toEqual([1])
    expect(inventory.read.find('HostSystem', 'host-1')).toBeDefined()
  })

  it('may make an object again that it removed: a new one, in its place in the order', () => {
    const inventory = fresh()
    inventory.transact((tx) => {
      host(tx, 'host-1')
      host(tx, 'host-2')
      vm(tx, 'vm-1', 'host-1', 20)
      vm(tx, 'vm-2', 'host-1', 1)
    })
    inventory.transact((tx) => {
      for (const id of ['host-1', 'vm-1']) tx.remove(id)
      host(tx, 'host-1')
      vm(tx, 'vm-1', 'host-1', 5)
      expect([...tx.ids('HostSystem')]).toEqual(['host-2', 'host-1'])
      expect(tx.count('VirtualMachine')).toBe(2)
    })
    expect([...inventory.read.ids('HostSystem')]).toEqual(['host-2', 'host-1'])
    expect(inventory.read.get(hostType, 'host-1')).toMatchObject({
      vm: [{ value: 'vm-2' }, { value: 'vm-1' }],
      used: 6,
      busy: false,
    })
  })

  it('keeps an id for one type', () => {
    const inventory = fresh()
    inventory.transact((tx) => host(tx, 'thing'))
    expect(() =>
      inventory.transact((tx) => {
        tx.remove('thing')
        vm(tx, 'thing', undefined, 1)
      }),
    ).toThrow("'thing' was a HostSystem")
  })

  it('forgets what was made and removed inside it', () => {
    const inventory = fresh()
    const heard: number[] = []
    inventory.transact((tx) => host(tx, 'host-1'))
    inventory.subscribe((commit) => heard.push(commit.changes.length))
    inventory.transact((tx) => {
      vm(tx, 'vm-1', 'host-1', 1)
      tx.remove('vm-1')
    })
    expect(heard).toEqual([0])
    expect(inventory.read.get(hostType, 'host-1')).toMatchObject({ vm: [], used: 0 })
    expect(inventory.read.lookup(byName, 'vm-1')).toEqual([])
  })

  it('is not to be nested', () => {
    const inventory = fresh()
    expect(() => inventory.transact(() => inventory.transact(() => {}))).toThrow('A transaction is running')
    expect(() => inventory.transact(() => inventory.replace(emptyRoot))).toThrow('A transaction is running')
    inventory.transact((tx) => host(tx, 'host-1'))
    expect(inventory.read.count('HostSystem')).toBe(1)
  })
})

describe('derivations', () => {
  it('follow a relation to its other end, and on', () => {
    const inventory = fresh()
    inventory.transact((tx) => {
      host(tx, 'host-1')
      host(tx, 'host-2')
      vm(tx, 'vm-1', 'host-1', 8)
      vm(tx, 'vm-2', 'host-1', 8)
    })
    expect(inventory.read.get(hostType, 'host-1')).toMatchObject({ used: 16, busy: true })
    inventory.transact((tx) => tx.set(vmType, 'vm-1', { host: tx.ref('host-2') } as never))
    expect(inventory.read.get(hostType, 'host-1')).toMatchObject({ used: 8, busy: false })
    expect(inventory.read.get(hostType, 'host-2')).toMatchObject({ used: 8, busy: false })
  })

  it('give an object without relations an empty list', () => {
    const inventory = fresh()
    inventory.transact((tx) => host(tx, 'host-1'))
    expect(inventory.read.get(hostType, 'host-1').vm).toEqual([])
  })

  it('refuse a cycle at the start', () => {
    const a = derivation({ name: 'a', type: 'HostSystem', outputs: ['x'], own: ['y'], compute: () => ({}) })
    const b = derivation({ name: 'b', type: 'HostSystem', outputs: ['y'], own: ['x'], compute: () => ({}) })
    expect(() => createModel([], [a, b])).toThrow(/cycle/)
    const own = derivation({
      name: 'own',
      type: 'HostSystem',
      outputs: ['x'],
      own: ['x'],
      compute: () => ({}),
    })
    expect(() => createModel([], [own])).toThrow('own -> own')
  })

  it('refuse two writers of one property', () => {
    const a = derivation({ name: 'a', type: 'HostSystem', outputs: ['summary'], compute: () => ({}) })
    const b = derivation({ name: 'b', type: 'HostSystem', outputs: ['summary.config'], compute: () => ({}) })
    expect(() => createModel([], [a, b])).toThrow(/same property/)
  })
})

// Random histories: create, move, resize, rename and remove VMs and hosts.
const step = fc.record({
  kind: fc.constantFrom('vm', 'host', 'move', 'resize', 'rename', 'remove', 'again', 'evict'),
  a: fc.nat(5),
  b: fc.nat(5),
})

function play(tx: Transaction, { kind, a, b }: { kind: string; a: number; b: number }) {
  const vmId = `vm-${a}`
  const hostId = `host-${b}`
  const known = tx.entity(vmId)
  const there = tx.entity(hostId)
  if (kind === 'host' && !there) host(tx, hostId)
  if (kind === 'again' && there) {
    tx.remove(hostId)
    host(tx, hostId)
  }
  if (kind === 'evict' && there) {
    for (const id of [...tx.ids(vmType)])
      if (tx.get(vmType, id).host?.value === hostId) tx.set(vmType, id, { host: undefined } as never)
    tx.remove(hostId)
  }
  if (kind === 'vm' && !known) vm(tx, vmId, there ? hostId : undefined, b * 3)
  if (!known) return
  if (kind === 'move') tx.set(vmType, vmId, { host: there ? tx.ref(hostId) : undefined } as never)
  if (kind === 'resize') tx.set(vmType, vmId, { memory: b * 5 } as never)
  if (kind === 'rename') tx.set(vmType, vmId, { name: `n${b}` } as never)
  if (kind === 'remove') tx.remove(vmId)
  if (kind === 'again') {
    tx.remove(vmId)
    vm(tx, vmId, there ? hostId : undefined, b)
  }
}

describe('after any history', () => {
  it('incremental derivation equals full recomputation', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 30 }), (history) => {
        const inventory = fresh()
        for (const steps of history)
          inventory.transact((tx) => {
            for (const one of steps) play(tx, one)
          })
        expect(plain(recomputed(inventory.root, model))).toEqual(plain(inventory.root))
      }),
    )
  })

  it('a snapshot put back is the state that was', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), fc.array(step, { maxLength: 10 }), (first, second) => {
        const inventory = fresh()
        for (const one of first) inventory.transact((tx) => play(tx, one))
        const snapshot = inventory.root
        const then = plain(snapshot)
        for (const one of second) inventory.transact((tx) => play(tx, one))
        inventory.replace(snapshot)
        expect(plain(inventory.root)).toEqual(then)
      }),
    )
  })
})
