import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import type { ManagedObjectReference, UpdateSet } from '#vim25/generated/types.js'
import { versionIndex } from '#vim25/schema.js'
import { ROLE } from '../authorization/roles.js'
import {
  addVm,
  CLUSTER,
  createFilter,
  createSmallWorld,
  device,
  disk,
  filterSpec,
  HOSTS,
  lines,
  now,
  option,
  PC,
  permit,
  ROOT,
  type SmallWorld,
  setVm,
  start,
  traversal,
  VM_FOLDER,
  viewStart,
  vmConfig,
  vmRef,
} from './test-world.js'

/** What the filter reports of vm-1 after a change. */
function after(paths: readonly string[] | 'all', partial: boolean, changes: object): readonly string[] {
  const world = createSmallWorld(1)
  createFilter(world, filterSpec('VirtualMachine', paths, start(vmRef(1))), partial)
  const { version } = now(world) as UpdateSet
  setVm(world, 1, changes)
  return lines(now(world, version))
}

const runtime = (changes: object) => ({
  runtime: {
    _typeName: 'VirtualMachineRuntimeInfo',
    host: HOSTS[1],
    connectionState: 'connected',
    powerState: 'poweredOff',
    ...changes,
  },
})

const config = (...devices: object[]) => ({ config: vmConfig(1, devices) })
const nic = device(4000, 'VM Network')
const hardDisk = disk(2000, '[ds] vm1/vm1.vmdk')

describe('the first report', () => {
  it('has everything as assign, unset properties that were named without a value', () => {
    const world = createSmallWorld(1)
    const filter = createFilter(world, filterSpec('VirtualMachine', ['snapshot', 'name'], start(vmRef(1))))
    expect(now(world)).toEqual({
      _typeName: 'UpdateSet',
      version: '1',
      filterSet: [
        {
          _typeName: 'PropertyFilterUpdate',
          filter,
          objectSet: [
            {
              _typeName: 'ObjectUpdate',
              kind: 'enter',
              obj: vmRef(1),
              changeSet: [
                {
                  _typeName: 'PropertyChange',
                  name: 'name',
                  op: 'assign',
                  val: { _typeName: 'string', _value: 'vm1' },
                },
                { _typeName: 'PropertyChange', name: 'snapshot', op: 'assign' },
              ],
            },
          ],
        },
      ],
    })
  })

  it('says nothing about the unset ones of `all`', () => {
    const world = createSmallWorld(1)
    createFilter(world, filterSpec('VirtualMachine', 'all', start(vmRef(1))))
    const names = now(world)?.filterSet?.[0]?.objectSet?.[0]?.changeSet?.map(({ name }) => name)
    expect(names).toContain('config')
    expect(names).not.toContain('snapshot')
  })

  it('is checked when the filter is made', () => {
    const world = createSmallWorld(1)
    const create = (spec: object) => world.fault(...PC, 'CreateFilter', { spec, partialUpdates: false })
    expect(create(filterSpec('VirtualMachine', ['nonsense'], start(vmRef(1))))._typeName).toBe(
      'InvalidProperty',
    )
    expect(create(filterSpec('Nonsense', [], start(vmRef(1))))._typeName).toBe('InvalidType')
    expect(create(filterSpec('VirtualMachine', [], start(vmRef(9))))._typeName).toBe('ManagedObjectNotFound')
    expect(create({ ...filterSpec('VirtualMachine', []), objectSet: [] })._typeName).toBe('InvalidArgument')
    expect(world.get('PropertyCollector', 'propertyCollector', 'filter')).toEqual([])
  })
})

describe('modifications', () => {
  it.each([
    [['name'], { name: 'new' }, ['modify vm-1 name=new']],
    [['name'], { overallStatus: 'red' }, []],
    [
      ['runtime'],
      runtime({ powerState: 'poweredOn' }),
      [expect.stringMatching(/^modify vm-1 runtime=\{.*poweredOn/)],
    ],
    [
      ['runtime.powerState'],
      runtime({ powerState: 'poweredOn' }),
      ['modify vm-1 runtime.powerState=poweredOn'],
    ],
    [['runtime.powerState'], runtime({ connectionState: 'orphaned' }), []],
    [['name', 'name'], { name: 'vm1' }, []],
    [['config'], { config: vmConfig(1, [nic, hardDisk]) }, []],
    [['config.hardware.device[4000]'], config(hardDisk), ['modify vm-1 remove config.hardware.device[4000]']],
    [
      ['config.hardware.device[4000].connectable.connected'],
      config(device(4000, 'VM Network', false), hardDisk),
      ['modify vm-1 config.hardware.device[4000].connectable.connected=false'],
    ],
    [
      ['config.hardware.device[4000].connectable.connected'],
      config(hardDisk),
      ['modify vm-1 indirectRemove config.hardware.device[4000].connectable.connected'],
    ],
    [['config.uuid', 'config'], { config: undefined }, ['modify vm-1 config indirectRemove config.uuid']],
    [
      ['guest.ipAddress'],
      { guest: { _typeName: 'GuestInfo', hostName: 'x' } },
      ['modify vm-1 guest.ipAddress'],
    ],
  ])('of %j, whole', (paths, changes, expected) => {
    expect(after(paths, false, changes)).toEqual(expected)
  })

  it.each([
    [['runtime'], runtime({ powerState: 'poweredOn' }), ['modify vm-1 runtime.powerState=poweredOn']],
    ['all', runtime({ powerState: 'poweredOn' }), ['modify vm-1 runtime.powerState=poweredOn']],
    [['runtime'], runtime({ cleanPowerOff: true }), ['modify vm-1 runtime.cleanPowerOff=true']],
    [
      ['config.hardware.device'],
      config(device(4000, 'VM Network', false), hardDisk),
      ['modify vm-1 config.hardware.device[4000].connectable.connected=false'],
    ],
    [
      ['config'],
      config(device(4000, 'Other'), hardDisk),
      ['modify vm-1 config.hardware.device[4000].backing.deviceName=Other'],
    ],
    [['config'], config(hardDisk), ['modify vm-1 remove config.hardware.device[4000]']],
    [
      ['config.hardware.device'],
      config(nic, hardDisk, disk(2001, 'b')),
      [expect.stringMatching(/^modify vm-1 add config\.hardware\.device\[2001\]=\{.*capacityInKB/)],
    ],
    [
      ['config.extraConfig'],
      {
        config: {
          ...vmConfig(1, [nic, hardDisk]),
          extraConfig: [option('answer', '42'), option('new', 'x')],
        },
      },
      [
        expect.stringMatching(
          /^modify vm-1 config\.extraConfig\["answer"\]\.value=42 add config\.extraConfig\["new"\]=\{/,
        ),
      ],
    ],
    [['tag'], { tag: [{ _typeName: 'Tag', key: 'a' }] }, ['modify vm-1 add tag["a"]={_typeName:Tag,key:a}']],
    [['config'], { config: undefined }, ['modify vm-1 config']],
    [
      ['config.hardware.device'],
      { config: undefined },
      ['modify vm-1 indirectRemove config.hardware.device'],
    ],
    [['disabledMethod'], { disabledMethod: ['Destroy_Task'] }, ['modify vm-1 disabledMethod=[Destroy_Task]']],
    [
      ['guest'],
      { guest: { _typeName: 'GuestInfo', toolsStatus: 'toolsOk', hostName: 'vm1.guest.local' } },
      ['modify vm-1 guest.ipAddress'],
    ],
  ])('of %j, in part', (paths, changes, expected) => {
    expect(after(paths as 'all', true, changes)).toEqual(expected)
  })

  it('in parts name only members that the release of the client has', () => {
    const told = (release: number | undefined) => {
      const world = createSmallWorld(1)
      const caller = release === undefined ? {} : { release }
      const ask = (method: string, args: object) => world.as(world.token, ...PC, method, args, caller)
      const spec = filterSpec('VirtualMachine', ['runtime'], start(vmRef(1)))
      ask('CreateFilter', { spec, partialUpdates: true })
      const { version } = ask('CheckForUpdates', {}) as UpdateSet
      setVm(world, 1, runtime({ powerState: 'suspended', suspendedToMemory: true }))
      return lines(ask('CheckForUpdates', { version }))
    }
    const known = 'modify vm-1 runtime.powerState=suspended'
    expect(told(undefined)).toEqual([`${known} runtime.suspendedToMemory=true`])
    expect(told(versionIndex('6.7'))).toEqual([known])
  })

  it('come together and coalesce', () => {
    const world = createSmallWorld(1)
    createFilter(world, filterSpec('VirtualMachine', ['name', 'overallStatus'], start(vmRef(1))))
    const version = now(world)?.version
    setVm(world, 1, { name: 'a' })
    setVm(world, 1, { name: 'b', overallStatus: 'red' })
    expect(lines(now(world, version))).toEqual(['modify vm-1 name=b overallStatus=red'])
  })

  it('that are taken back are none', () => {
    const world = createSmallWorld(1)
    createFilter(world, filterSpec('VirtualMachine', ['name'], start(vmRef(1))))
    const version = now(world)?.version
    setVm(world, 1, { name: 'a' })
    setVm(world, 1, { name: 'vm1' })
    expect(now(world, version)).toBeUndefined()
  })
})

describe('entering and leaving', () => {
  const view = (world: SmallWorld, container = ROOT, type = ['VirtualMachine'], recursive = true) =>
    world.call('ViewManager', 'ViewManager', 'CreateContainerView', {
      container,
      type,
      recursive,
    }) as ManagedObjectReference

  it('follows a view', () => {
    const world = createSmallWorld(2)
    createFilter(world, filterSpec('VirtualMachine', ['name'], viewStart(view(world))))
    const first = now(world)
    expect(lines(first)).toEqual(['enter vm-1 name=vm1', 'enter vm-2 name=vm2'])
    world.change((tx) => {
      tx.remove('vm-1')
      addVm(tx, 7)
      tx.set('VirtualMachine', 'vm-2', { name: 'b' })
    })
    expect(lines(now(world, first?.version))).toEqual([
      'leave vm-1',
      'enter vm-7 name=vm7',
      'modify vm-2 name=b',
    ])
  })

  it('follows folders', () => {
    const world = createSmallWorld(1)
    const down = {
      ...traversal('Folder', 'childEntity', { _typeName: 'SelectionSpec', name: 'down' }),
      name: 'down',
    }
    createFilter(world, filterSpec('VirtualMachine', ['name'], { ...start(VM_FOLDER, down), skip: false }))
    const first = now(world)
    expect(lines(first)).toEqual(['enter vm-1 name=vm1'])
    world.change((tx) => addVm(tx, 2))
    const second = now(world, first?.version)
    expect(lines(second)).toEqual(['enter vm-2 name=vm2'])
    world.change((tx) => tx.set('VirtualMachine', 'vm-2', { parent: ROOT }))
    expect(lines(now(world, second?.version))).toEqual(['leave vm-2'])
  })

  it('reports the members of a view as a property', () => {
    const world = createSmallWorld(1)
    createFilter(world, filterSpec('ContainerView', ['view'], start(view(world))))
    const first = now(world)
    world.change((tx) => addVm(tx, 2))
    expect(lines(now(world, first?.version))[0]).toMatch(/^modify session.* view=\[.*vm-1.*vm-2/)
  })

  it('leaves with the object, with its view, and not with its filter', () => {
    const world = createSmallWorld(2)
    const members = view(world)
    createFilter(world, filterSpec('VirtualMachine', [], viewStart(members)))
    const filter = createFilter(world, filterSpec('VirtualMachine', [], start(vmRef(1))))
    const first = now(world)
    world.call('PropertyFilter', filter.value, 'DestroyPropertyFilter')
    expect(now(world, first?.version)).toBeUndefined()
    world.call('View', members.value, 'DestroyView')
    expect(lines(now(world, first?.version))).toEqual(['leave vm-1', 'leave vm-2'])
  })

  it('leaves when it may no longer be seen', () => {
    const world = createSmallWorld(2)
    world.change((tx) => permit(tx, ROOT, ROLE.readOnly))
    createFilter(world, filterSpec('VirtualMachine', ['name'], viewStart(view(world))))
    const first = now(world)
    expect(lines(first)).toEqual(['enter vm-1 name=vm1', 'enter vm-2 name=vm2'])
    world.change((tx) => permit(tx, vmRef(2), ROLE.noAccess))
    expect(lines(now(world, first?.version))).toEqual(['leave vm-2'])
  })

  it('comes back when the same object does', () => {
    const world = createSmallWorld(1)
    createFilter(world, filterSpec('VirtualMachine', ['name'], start(vmRef(1))))
    const first = now(world)
    world.change((tx) => tx.remove('vm-1'))
    const second = now(world, first?.version)
    expect(lines(second)).toEqual(['leave vm-1'])
    world.change((tx) => addVm(tx, 1, 'again'))
    expect(lines(now(world, second?.version))).toEqual(['enter vm-1 name=again'])
  })

  it('lists missing objects once when asked to', () => {
    const world = createSmallWorld(1)
    const spec = filterSpec(
      'VirtualMachine',
      ['name'],
      start(vmRef(1)),
      start(moRef('VirtualMachine', 'vm-9')),
    )
    createFilter(world, { ...spec, reportMissingObjectsInResults: true })
    const first = now(world)
    expect(lines(first)).toEqual(['missing vm-9 ManagedObjectNotFound', 'enter vm-1 name=vm1'])
    expect(now(world, first?.version)).toBeUndefined()
    world.change((tx) => tx.remove('vm-1'))
    expect(lines(now(world, first?.version))).toEqual(['missing vm-1 ManagedObjectNotFound', 'leave vm-1'])
  })

  it('enters objects of several filters under each, and only filters with changes appear', () => {
    const world = createSmallWorld(2)
    createFilter(world, filterSpec('VirtualMachine', ['name'], start(vmRef(1))))
    const second = createFilter(
      world,
      filterSpec('VirtualMachine', ['name'], start(vmRef(2)), start(CLUSTER)),
    )
    const first = now(world)
    expect(first?.filterSet).toHaveLength(2)
    setVm(world, 2, { name: 'x' })
    const update = now(world, first?.version)
    expect(update?.filterSet?.map(({ filter }) => filter)).toEqual([second])
  })
})
