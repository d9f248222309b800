import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import type { ManagedObjectReference, UpdateSet } from '#vim25/generated/types.js'
import {
  addVm,
  CLUSTER,
  createSmallWorld,
  device,
  disk,
  filterSpec,
  HOSTS,
  lines,
  option,
  ROOT,
  type SmallWorld,
  start,
  traversal,
  VM_FOLDER,
  viewStart,
  vmConfig,
  vmRef,
} from './test-world.js'

const PC = ['PropertyCollector', 'propertyCollector'] as const

const createFilter = (world: SmallWorld, spec: object, partialUpdates = false) =>
  world.call(...PC, 'CreateFilter', { spec, partialUpdates }) as ManagedObjectReference

const now = (world: SmallWorld, version?: string, options: object = {}) =>
  world.call(...PC, 'WaitForUpdatesEx', {
    version,
    options: { _typeName: 'WaitOptions', maxWaitSeconds: 0, ...options },
  }) as UpdateSet | undefined

const fault = (world: SmallWorld, version: string | undefined, options: object = {}) =>
  world.fault(...PC, 'WaitForUpdatesEx', { version, options: { maxWaitSeconds: 0, ...options } })

const setVm = (world: SmallWorld, n: number, changes: object) =>
  world.change((tx) => tx.set('VirtualMachine', `vm-${n}`, changes as never))

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

describe('versions', () => {
  const watched = (vms: number) => {
    const world = createSmallWorld(vms)
    const members = world.call('ViewManager', 'ViewManager', 'CreateListView', {
      obj: Array.from({ length: vms }, (_, i) => vmRef(i + 1)),
    }) as ManagedObjectReference
    createFilter(world, filterSpec('VirtualMachine', ['name'], viewStart(members)))
    return world
  }

  it('count the update sets; none and "" begin anew without resetting the count', () => {
    const world = watched(1)
    expect(now(world)?.version).toBe('1')
    expect(now(world, '')?.version).toBe('2')
    setVm(world, 1, { name: 'x' })
    expect(now(world, '2')?.version).toBe('3')
    expect(now(world, '3')).toBeUndefined()
    expect(lines(now(world, ''))).toEqual(['enter vm-1 name=x'])
  })

  it('that are complete can be asked about again', () => {
    const world = watched(1)
    now(world)
    setVm(world, 1, { name: 'x' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-1 name=x'])
    setVm(world, 1, { name: 'y' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-1 name=y'])
  })

  it.each(['7', 'garbage', '0_1'])('%s is not one of mine', (version) => {
    const world = watched(1)
    now(world)
    expect(fault(world, version)._typeName).toBe('InvalidCollectorVersion')
    expect(world.fault(...PC, 'WaitForUpdates', { version })._typeName).toBe('InvalidCollectorVersion')
    expect(world.fault(...PC, 'CheckForUpdates', { version })._typeName).toBe('InvalidCollectorVersion')
  })

  it('truncate at 100 updates', () => {
    const world = watched(250)
    const first = now(world)
    expect([first?.version, first?.truncated, lines(first).length]).toEqual(['0_1', true, 100])
    const second = now(world, first?.version)
    expect([second?.version, second?.truncated, lines(second).length]).toEqual(['0_2', true, 100])
    const third = now(world, second?.version)
    expect([third?.version, third?.truncated, lines(third).length]).toEqual(['1', undefined, 50])
    setVm(world, 4, { name: 'x' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-4 name=x'])
  })

  it('truncate at less when asked to, in the state of the first part', () => {
    const world = watched(3)
    const first = now(world, '', { maxObjectUpdates: 2 })
    setVm(world, 3, { name: 'later' })
    const second = now(world, first?.version, { maxObjectUpdates: 2 })
    expect(lines(second)).toEqual(['enter vm-3 name=vm3'])
    expect(lines(now(world, second?.version))).toEqual(['modify vm-3 name=later'])
  })

  it('that are truncated are good once, for WaitForUpdatesEx, with nothing between', () => {
    const world = watched(5)
    const part = () => now(world, '', { maxObjectUpdates: 2 })?.version
    const used = part()
    now(world, used, { maxObjectUpdates: 2 })
    expect(fault(world, used)._typeName).toBe('InvalidCollectorVersion')
    const lost = part()
    now(world, '')
    expect(fault(world, lost)._typeName).toBe('InvalidCollectorVersion')
    expect(world.fault(...PC, 'CheckForUpdates', { version: part() })._typeName).toBe(
      'InvalidCollectorVersion',
    )
  })

  it('are whole for CheckForUpdates and WaitForUpdates', () => {
    const world = watched(150)
    const checked = world.call(...PC, 'CheckForUpdates', {}) as UpdateSet
    expect([checked.version, checked.truncated, lines(checked).length]).toEqual(['1', undefined, 150])
    expect(world.call(...PC, 'CheckForUpdates', { version: '1' })).toBeUndefined()
    expect(lines(world.call(...PC, 'WaitForUpdates', {}))).toHaveLength(150)
  })

  it('belong to one session and collector', () => {
    const world = watched(1)
    now(world)
    const stranger = world.login('stranger')
    const call = (version: string) => () => world.as(stranger, ...PC, 'CheckForUpdates', { version })
    expect(call('1')).toThrow(expect.objectContaining({ name: 'InvalidCollectorVersion' }))
    expect(call('')()).toBeUndefined()
  })

  it('are found again after more commits than are remembered', () => {
    const world = watched(2)
    now(world)
    for (let round = 0; round < 6; round++)
      world.change((tx) => {
        for (let n = 0; n < 20_000; n++) tx.create({ kind: 'noise' }, `noise:${round}:${n}`, {})
      })
    setVm(world, 2, { name: 'x' })
    expect(lines(now(world, '1'))).toEqual(['modify vm-2 name=x'])
  })

  it('want sensible numbers', () => {
    const world = watched(1)
    expect(fault(world, '', { maxWaitSeconds: -1 })).toMatchObject({ _typeName: 'InvalidArgument' })
    expect(fault(world, '', { maxObjectUpdates: 0 })).toMatchObject({ _typeName: 'InvalidArgument' })
  })
})
