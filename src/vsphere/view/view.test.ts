import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import {
  addFolder,
  addHost,
  addVm,
  CLUSTER,
  createSmallWorld,
  HOST_FOLDER,
  HOSTS,
  POOL,
  ROOT,
  type SmallWorld,
  VM_FOLDER,
  vmRef,
} from '../property-collector/test-world.js'
import { membershipOf } from './membership.js'

const MANAGER = ['ViewManager', 'ViewManager'] as const
const DATACENTER = moRef('Datacenter', 'datacenter-2')

const create = (world: SmallWorld, method: string, args: object = {}) =>
  world.call(...MANAGER, method, args) as ManagedObjectReference

const members = (world: SmallWorld, view: ManagedObjectReference) =>
  world.get<ManagedObjectReference[]>(view.type, view.value, 'view').map(({ value }) => value)

/** A world with a folder in the VM folder, and a pool in a pool in the cluster's. */
function nested(): SmallWorld {
  const world = createSmallWorld(2)
  world.change((tx) => {
    addVm(tx, 3, 'vm3', addFolder(tx, 'group-v20', 'sub', VM_FOLDER))
    for (const [id, parent, vm] of [
      ['resgroup-30', POOL, 'vm-2'],
      ['resgroup-31', moRef('ResourcePool', 'resgroup-30'), 'vm-3'],
    ] as const) {
      tx.create('ResourcePool', id, {
        ...managedEntityDefaults(id, parent),
        owner: CLUSTER,
        resourcePool: [],
      } as never)
      tx.set('ResourcePool', parent.value, { resourcePool: [tx.ref(id)] })
      tx.set('VirtualMachine', vm, { resourcePool: tx.ref(id) })
    }
  })
  return world
}

describe('a container view', () => {
  it.each([
    [ROOT, ['VirtualMachine'], true, 'vm-1 vm-2 vm-3'],
    [ROOT, [], false, 'datacenter-2'],
    [ROOT, ['VirtualMachine'], false, ''],
    [ROOT, ['HostSystem', 'Datacenter'], true, 'datacenter-2 host-10 host-9'],
    [ROOT, ['ComputeResource'], true, 'domain-c7'],
    [ROOT, ['ResourcePool'], true, 'resgroup-30 resgroup-31 resgroup-8'],
    [DATACENTER, [], false, 'group-h4 group-v3'],
    [DATACENTER, ['VirtualMachine'], true, 'vm-1 vm-2 vm-3'],
    [VM_FOLDER, [], false, 'group-v20 vm-1 vm-2'],
    [VM_FOLDER, ['VirtualMachine'], true, 'vm-1 vm-2 vm-3'],
    [CLUSTER, ['VirtualMachine'], false, 'vm-1 vm-2 vm-3'],
    [CLUSTER, ['HostSystem'], false, 'host-10 host-9'],
    [CLUSTER, ['ResourcePool'], false, 'resgroup-8'],
    [POOL, ['VirtualMachine'], false, 'vm-1 vm-2'],
    [POOL, ['VirtualMachine'], true, 'vm-1 vm-2 vm-3'],
    [POOL, ['ResourcePool'], false, 'resgroup-30'],
    [HOSTS[1], [], false, 'vm-1 vm-3'],
    [HOST_FOLDER, ['ManagedEntity'], false, 'domain-c7'],
  ])('of %j for %j (recursive: %s) shows %s', (container, type, recursive, expected) => {
    const world = nested()
    const view = create(world, 'CreateContainerView', { container, type, recursive })
    expect(members(world, view).sort().join(' ')).toBe(expected)
    expect([
      world.get('ContainerView', view.value, 'container'),
      world.get('ContainerView', view.value, 'type'),
    ]).toEqual([container, type])
  })

  it('is live, and the same list as long as it has the same members', () => {
    const world = createSmallWorld(1)
    const view = create(world, 'CreateContainerView', {
      container: ROOT,
      type: ['VirtualMachine'],
      recursive: true,
    })
    const list = world.get('ContainerView', view.value, 'view')
    world.change((tx) => addHost(tx, 'host-20', 'new'))
    expect(world.get('ContainerView', view.value, 'view')).toBe(list)
    world.change((tx) => addVm(tx, 2))
    expect(members(world, view)).toEqual(['vm-1', 'vm-2'])
    world.change((tx) => tx.remove('vm-1'))
    expect(members(world, view)).toEqual(['vm-2'])
    world.change((tx) => tx.remove(VM_FOLDER.value))
    expect(members(world, view)).toEqual(['vm-2'])
  })

  it('shares its members with all views that say the same', () => {
    const world = createSmallWorld(3)
    const { services, inventory } = world.sandbox
    const definition = { container: ROOT.value, types: ['VirtualMachine'], recursive: true }
    expect(membershipOf(services, inventory.read, definition)).toBe(
      membershipOf(services, inventory.read, { ...definition }),
    )
  })

  it('shows the members of a state that is still being made, and remembers nothing of it', () => {
    const world = createSmallWorld(1)
    const definition = { container: VM_FOLDER.value, types: ['VirtualMachine'], recursive: true }
    const { services, inventory } = world.sandbox
    inventory.transact((tx) => {
      expect(membershipOf(services, tx, definition).view).toHaveLength(1)
      tx.set('Folder', VM_FOLDER.value, { childEntity: [] })
      expect(membershipOf(services, tx, definition).view).toHaveLength(0)
      tx.set('Folder', VM_FOLDER.value, { childEntity: [vmRef(1)] })
    })
    expect(membershipOf(services, inventory.read, definition).view).toHaveLength(1)
  })

  it.each([
    [
      { container: vmRef(1), type: [] },
      { _typeName: 'InvalidArgument', invalidProperty: 'container' },
    ],
    [
      { container: ROOT, type: ['LicenseManager'] },
      { _typeName: 'InvalidArgument', invalidProperty: 'type' },
    ],
    [
      { container: ROOT, type: ['HostNetworkSystem'] },
      { _typeName: 'InvalidArgument', invalidProperty: 'type' },
    ],
    [
      { container: ROOT, type: ['Nonsense'] },
      { _typeName: 'InvalidArgument', invalidProperty: 'type' },
    ],
    [{ container: moRef('Folder', 'group-v99') }, { _typeName: 'ManagedObjectNotFound' }],
    [{ container: moRef('Folder', 'host-9') }, { _typeName: 'ManagedObjectNotFound' }],
  ])('refuses %j', (args, expected) => {
    const world = createSmallWorld(1)
    const { root } = world.sandbox.inventory
    expect(world.fault(...MANAGER, 'CreateContainerView', { recursive: true, ...args })).toMatchObject(
      expected,
    )
    expect(world.sandbox.inventory.root).toBe(root)
  })
})

describe('a list view', () => {
  const listed = (world: SmallWorld, ...obj: readonly ManagedObjectReference[]) =>
    create(world, 'CreateListView', { obj })

  it('shows what it was given, each once, as long as it is there', () => {
    const world = createSmallWorld(2)
    const view = listed(world, vmRef(2), vmRef(1), vmRef(2), moRef('VirtualMachine', 'vm-9'))
    expect(members(world, view)).toEqual(['vm-2', 'vm-1'])
    world.change((tx) => tx.remove('vm-2'))
    expect(members(world, view)).toEqual(['vm-1'])
    expect(world.get('ListView', view.value, 'view')).toBe(world.get('ListView', view.value, 'view'))
    expect(members(world, create(world, 'CreateListView'))).toEqual([])
  })

  it('is modified and reset, and says which objects are not there', () => {
    const world = createSmallWorld(3)
    const view = listed(world, vmRef(1))
    const gone = moRef('VirtualMachine', 'vm-9')
    const change = (method: string, args: object) => world.call('ListView', view.value, method, args)
    expect(change('ModifyListView', { add: [vmRef(2), gone], remove: [vmRef(1)] })).toEqual([gone])
    expect(members(world, view)).toEqual(['vm-2'])
    expect(change('ModifyListView', {})).toEqual([])
    expect(change('ResetListView', { obj: [gone, vmRef(3)] })).toEqual([gone])
    expect(members(world, view)).toEqual(['vm-3'])
  })

  it('is made and reset from another view', () => {
    const world = createSmallWorld(2)
    const all = create(world, 'CreateContainerView', {
      container: ROOT,
      type: ['VirtualMachine'],
      recursive: true,
    })
    const view = create(world, 'CreateListViewFromView', { view: all })
    world.change((tx) => addVm(tx, 3))
    expect(members(world, view)).toEqual(['vm-1', 'vm-2'])
    world.call('ListView', view.value, 'ResetListViewFromView', { view: all })
    expect(members(world, view)).toEqual(['vm-1', 'vm-2', 'vm-3'])
    expect(
      world.fault(...MANAGER, 'CreateListViewFromView', { view: moRef('ListView', 'x') })._typeName,
    ).toBe('ManagedObjectNotFound')
  })
})

describe('an inventory view', () => {
  it('shows what is in the opened folders', () => {
    const world = createSmallWorld(1)
    const view = create(world, 'CreateInventoryView')
    const act = (method: string, ...entity: ManagedObjectReference[]) =>
      world.call('InventoryView', view.value, method, { entity })
    const gone = moRef('Folder', 'group-v99')
    expect(members(world, view)).toEqual(['group-d1'])
    expect(act('OpenInventoryViewFolder', ROOT, DATACENTER, gone)).toEqual([gone])
    expect(members(world, view)).toEqual(['group-d1', 'datacenter-2', 'group-v3', 'group-h4'])
    act('OpenInventoryViewFolder', CLUSTER)
    expect(members(world, view).slice(4)).toEqual(['host-9', 'host-10', 'resgroup-8'])
    expect(act('CloseInventoryViewFolder', DATACENTER, CLUSTER)).toEqual([])
    expect(members(world, view)).toEqual(['group-d1', 'datacenter-2'])
  })
})

describe('views and sessions', () => {
  it('have the ids of their session and are nobody else’s', () => {
    const world = createSmallWorld(1)
    const [first, second] = [create(world, 'CreateListView'), create(world, 'CreateInventoryView')]
    expect(first.value).toMatch(/^session\[[0-9a-f-]{36}\][0-9a-f-]{36}$/)
    expect(second.value.slice(0, 45)).toBe(first.value.slice(0, 45))
    expect(world.get('ViewManager', 'ViewManager', 'viewList')).toEqual([first, second])
    const stranger = world.login('stranger')
    const destroy = () => world.as(stranger, 'ListView', first.value, 'DestroyView')
    expect(destroy).toThrow(expect.objectContaining({ name: 'ManagedObjectNotFound' }))
    const copy = () => world.as(stranger, ...MANAGER, 'CreateListViewFromView', { view: first })
    expect(copy).toThrow(expect.objectContaining({ name: 'ManagedObjectNotFound' }))
  })

  it('end by DestroyView, and with the session', () => {
    const world = createSmallWorld(1)
    const [first, second] = [create(world, 'CreateListView'), create(world, 'CreateListView')]
    world.call('ListView', first.value, 'DestroyView')
    expect(world.fault('ListView', first.value, 'DestroyView')._typeName).toBe('ManagedObjectNotFound')
    expect(world.get('ViewManager', 'ViewManager', 'viewList')).toEqual([second])
    world.call('SessionManager', 'SessionManager', 'Logout')
    expect(world.sandbox.inventory.read.entity(second.value)).toBeUndefined()
  })
})
