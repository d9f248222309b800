import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import type { ManagedObjectReference, ObjectContent, RetrieveResult } from '#vim25/generated/types.js'
import { versionIndex } from '#vim25/schema.js'
import { ROLE } from '../authorization/roles.js'
import {
  addVm,
  CLUSTER,
  createSmallWorld,
  filterSpec,
  HOSTS,
  PC,
  permit,
  ROOT,
  type SmallWorld,
  start,
  table,
  traversal,
  VM_FOLDER,
  viewStart,
  vmRef,
} from './test-world.js'

const retrieve = (world: SmallWorld, ...specSet: readonly object[]) =>
  world.call(...PC, 'RetrieveProperties', { specSet }) as ObjectContent[]

const fault = (world: SmallWorld, ...specSet: readonly object[]) =>
  world.fault(...PC, 'RetrieveProperties', { specSet })

const containerView = (world: SmallWorld, type: readonly string[] = ['VirtualMachine']) =>
  world.call('ViewManager', 'ViewManager', 'CreateContainerView', {
    container: ROOT,
    type,
    recursive: true,
  }) as ManagedObjectReference

describe('selection of properties', () => {
  it('reads paths of all kinds, by name', () => {
    const world = createSmallWorld()
    const paths = [
      'runtime.powerState',
      'name',
      'config.hardware.device[4000].backing.deviceName',
      'config.hardware.device[2000].backing.fileName',
      'config.extraConfig["answer"].value',
      'config.hardware.numCPU',
      'parent',
    ]
    const [content] = retrieve(world, filterSpec('VirtualMachine', paths, start(vmRef(1))))
    expect(content).toEqual({
      _typeName: 'ObjectContent',
      obj: vmRef(1),
      propSet: [
        ['config.extraConfig["answer"].value', { _typeName: 'string', _value: '1' }],
        [
          'config.hardware.device[2000].backing.fileName',
          { _typeName: 'string', _value: '[ds] vm1/vm1.vmdk' },
        ],
        ['config.hardware.device[4000].backing.deviceName', { _typeName: 'string', _value: 'VM Network' }],
        ['config.hardware.numCPU', { _typeName: 'int', _value: 2 }],
        ['name', { _typeName: 'string', _value: 'vm1' }],
        ['parent', VM_FOLDER],
        ['runtime.powerState', { _typeName: 'VirtualMachinePowerState', _value: 'poweredOff' }],
      ].map(([name, val]) => ({ _typeName: 'DynamicProperty', name, val })),
    })
  })

  it('gives an element without a box and an array in one', () => {
    const world = createSmallWorld()
    const paths = ['config.hardware.device', 'config.hardware.device[4000]']
    const [content] = retrieve(world, filterSpec('VirtualMachine', paths, start(vmRef(1))))
    const stored = world.sandbox.inventory.read.get('VirtualMachine', 'vm-1').config?.hardware.device
    expect(content?.propSet?.[0]?.val).toMatchObject({ _typeName: 'ArrayOfVirtualDevice' })
    expect(content?.propSet?.[1]?.val).toBe(stored?.[0])
  })

  it('answers with the very values of the state, and with the same object for the same question', () => {
    const world = createSmallWorld()
    const spec = () => filterSpec('VirtualMachine', ['config', 'name'], start(vmRef(1)))
    const [first] = retrieve(world, spec())
    const [second] = retrieve(world, spec())
    expect(first?.propSet?.[0]?.val).toBe(world.sandbox.inventory.read.get('VirtualMachine', 'vm-1').config)
    expect(second).toBe(first)
    world.change((tx) => tx.set('VirtualMachine', 'vm-1', { name: 'renamed' }))
    expect(table(retrieve(world, spec()))['vm-1']?.name).toBe('renamed')
  })

  it('tells objects apart that share one value', () => {
    const world = createSmallWorld(1)
    const nothing = Object.freeze({})
    const twins = ['snmp-1', 'snmp-2'].map((id) => moRef('HostSnmpSystem', id))
    world.change((tx) => {
      for (const { value } of twins) tx.create('HostSnmpSystem', value, nothing as never)
    })
    const spec = filterSpec('HostSnmpSystem', 'all', ...twins.map((ref) => start(ref)))
    expect(retrieve(world, spec).map(({ obj }) => obj.value)).toEqual(['snmp-1', 'snmp-2'])
  })

  it('omits what is unset, with nothing missing, and keeps empty arrays', () => {
    const world = createSmallWorld()
    const paths = ['snapshot', 'config.hardware.device[9].key', 'guest.guestState', 'tag']
    const [content] = retrieve(world, filterSpec('VirtualMachine', paths, start(vmRef(1))))
    expect(content).toMatchObject({
      propSet: [{ name: 'tag', val: { _typeName: 'ArrayOfTag', _value: [] } }],
    })
    expect(content).not.toHaveProperty('missingSet')
  })

  it('gives every set property by `all`, whatever the paths', () => {
    const world = createSmallWorld()
    const spec = filterSpec('ManagedEntity', 'all', start(vmRef(1)))
    Object.assign(spec.propSet[0] as object, { pathSet: ['nonsense'] })
    const names = retrieve(world, spec)[0]?.propSet?.map(({ name }) => name)
    expect(names).toEqual([...(names ?? [])].sort())
    expect(names).toEqual(expect.arrayContaining(['config', 'guest', 'name', 'runtime']))
    expect(names).not.toContain('snapshot')
  })

  it('gives the object alone without paths', () => {
    const world = createSmallWorld()
    expect(retrieve(world, filterSpec('VirtualMachine', [], start(vmRef(1))))).toEqual([
      { _typeName: 'ObjectContent', obj: vmRef(1) },
    ])
  })

  it('unites the specs that match an object, each path once, across the filter specs of a call', () => {
    const world = createSmallWorld()
    const spec = filterSpec('VirtualMachine', ['name', 'runtime.powerState'], start(vmRef(1)))
    const more = filterSpec('ManagedEntity', ['name', 'overallStatus'], start(vmRef(1)))
    const united = { ...spec, propSet: [...spec.propSet, ...more.propSet] }
    const expected = { 'vm-1': { name: 'vm1', overallStatus: 'green', 'runtime.powerState': 'poweredOff' } }
    expect(table(retrieve(world, united))).toEqual(expected)
    expect(retrieve(world, spec, more)).toHaveLength(1)
    expect(table(retrieve(world, spec, more))).toEqual(expected)
  })

  it('does not report an object that no spec matches', () => {
    const world = createSmallWorld()
    expect(
      retrieve(world, filterSpec('HostSystem', ['name'], start(vmRef(1)), start(HOSTS[0]))),
    ).toHaveLength(1)
  })
})

describe('traversal', () => {
  const recursive = (skip: boolean) => ({
    ...traversal(
      'Folder',
      'childEntity',
      { _typeName: 'SelectionSpec', name: 'down' },
      { _typeName: 'SelectionSpec', name: 'vms' },
    ),
    name: 'down',
    skip,
  })

  it('follows views', () => {
    const world = createSmallWorld()
    const contents = retrieve(world, filterSpec('VirtualMachine', ['name'], viewStart(containerView(world))))
    expect(table(contents)).toEqual({
      'vm-1': { name: 'vm1' },
      'vm-2': { name: 'vm2' },
      'vm-3': { name: 'vm3' },
    })
  })

  it('goes round by named selections, earlier or later ones, and passes what it skips', () => {
    const world = createSmallWorld()
    const vms = {
      ...traversal('Datacenter', 'vmFolder', { _typeName: 'SelectionSpec', name: 'down' }),
      name: 'vms',
    }
    const shown = retrieve(world, filterSpec('ManagedEntity', ['name'], start(ROOT, recursive(false), vms)))
    expect(shown.map(({ obj }) => obj.value)).toEqual(['datacenter-2', 'group-v3', 'vm-1', 'vm-2', 'vm-3'])
    const skipped = retrieve(
      world,
      filterSpec('ManagedEntity', ['name'], start(ROOT, recursive(true), { ...vms, skip: true })),
    )
    expect(skipped).toEqual([])
  })

  it('ends in cycles and reports each object once', () => {
    const world = createSmallWorld()
    const up = {
      ...traversal('VirtualMachine', 'runtime.host', { _typeName: 'SelectionSpec', name: 'down' }),
      name: 'up',
    }
    const down = {
      ...traversal('HostSystem', 'vm', { _typeName: 'SelectionSpec', name: 'up' }),
      name: 'down',
    }
    const spec = filterSpec('ManagedEntity', ['name'], { ...start(HOSTS[1], down, up), skip: false })
    expect(retrieve(world, spec).map(({ obj }) => obj.value)).toEqual(['host-10', 'vm-1', 'vm-3'])
  })

  it('shows what is hidden on one path and shown on another', () => {
    const world = createSmallWorld()
    const hidden = { ...traversal('HostSystem', 'vm'), skip: true }
    const spec = filterSpec('VirtualMachine', ['name'], start(HOSTS[1], hidden), start(vmRef(1)))
    expect(retrieve(world, spec).map(({ obj }) => obj.value)).toEqual(['vm-1'])
  })

  it('goes up the parents', () => {
    const world = createSmallWorld()
    const up = {
      ...traversal('ManagedEntity', 'parent', { _typeName: 'SelectionSpec', name: 'up' }),
      name: 'up',
    }
    const spec = filterSpec('ManagedEntity', ['name'], { ...start(CLUSTER, up), skip: false })
    expect(retrieve(world, spec).map(({ obj }) => obj.value)).toEqual([
      'domain-c7',
      'group-h4',
      'datacenter-2',
      'group-d1',
    ])
  })
})

describe('refusals', () => {
  it.each([
    ['VirtualMachine', 'nonsense'],
    ['VirtualMachine', 'name.'],
    ['VirtualMachine', ''],
    ['VirtualMachine', 'parent.name'],
    ['VirtualMachine', 'config.hardware.device.key'],
    ['VirtualMachine', 'network["network-1"]'],
    ['VirtualMachine', 'config.hardware.device[4000].nonsense'],
    ['ManagedEntity', 'runtime.powerState'],
  ])('%s has no property %s', (type, path) => {
    const world = createSmallWorld(1)
    expect(fault(world, filterSpec(type, [path], start(vmRef(1))))).toMatchObject({
      _typeName: 'InvalidProperty',
      name: path,
    })
  })

  it('judges properties and types at the release of the client', () => {
    const world = createSmallWorld(1)
    const at = (release: string, type: string, path: string) => () =>
      world.as(
        world.token,
        ...PC,
        'RetrieveProperties',
        { specSet: [filterSpec(type, [path], start(ROOT))] },
        { release: versionIndex(release) as number },
      )
    expect(at('2.5', 'Datacenter', 'datastoreFolder')).toThrow(
      expect.objectContaining({ name: 'InvalidProperty' }),
    )
    expect(at('4.0', 'Datacenter', 'datastoreFolder')).not.toThrow()
    expect(at('4.1', 'StoragePod', 'name')).toThrow(expect.objectContaining({ name: 'InvalidType' }))
    expect(at('5.0', 'StoragePod', 'name')).not.toThrow()
  })

  it('refuses unknown types, empty specs, wrong traversals and unknown names', () => {
    const world = createSmallWorld(1)
    const good = filterSpec('VirtualMachine', ['name'], start(vmRef(1)))
    const from = (...selectSet: readonly object[]) =>
      filterSpec('VirtualMachine', ['name'], start(ROOT, ...selectSet))
    expect(fault(world)).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'specSet' })
    expect(fault(world, { ...good, propSet: [] })).toMatchObject({ _typeName: 'InvalidArgument' })
    expect(fault(world, { ...good, objectSet: [] })).toMatchObject({ _typeName: 'InvalidArgument' })
    expect(fault(world, filterSpec('Nonsense', [], start(ROOT)))).toMatchObject({ _typeName: 'InvalidType' })
    expect(fault(world, from(traversal('Nonsense', 'x')))).toMatchObject({ _typeName: 'InvalidType' })
    expect(fault(world, from(traversal('Folder', 'vm')))).toMatchObject({ _typeName: 'InvalidArgument' })
    expect(fault(world, from(traversal('Folder', 'name')))).toMatchObject({ _typeName: 'InvalidArgument' })
    expect(fault(world, from({ _typeName: 'SelectionSpec', name: 'nobody' }))).toMatchObject({
      _typeName: 'InvalidArgument',
    })
  })

  it('refuses a missing start, or one of another type, unless missing ones are to be reported', () => {
    const world = createSmallWorld(1)
    const gone = moRef('VirtualMachine', 'vm-99')
    const spec = filterSpec('VirtualMachine', ['name'], start(gone), start(vmRef(1)))
    expect(fault(world, spec)).toMatchObject({ _typeName: 'ManagedObjectNotFound', obj: gone })
    expect(fault(world, filterSpec('HostSystem', [], start(moRef('HostSystem', 'vm-1'))))).toMatchObject({
      _typeName: 'ManagedObjectNotFound',
    })
    expect(retrieve(world, { ...spec, reportMissingObjectsInResults: true })).toHaveLength(1)
  })

  it('lists what an anonymous caller may not read as missing, and hides the rest', () => {
    const world = createSmallWorld(1)
    const [content] = world.as('', ...PC, 'RetrieveProperties', {
      specSet: [
        filterSpec('ManagedObject', 'all', start(moRef('SessionManager', 'SessionManager'))),
        filterSpec('ManagedEntity', ['name'], start(ROOT, traversal('Folder', 'childEntity'))),
      ],
    }) as ObjectContent[]
    expect(content?.obj.value).toBe('SessionManager')
    expect((content?.propSet ?? []).map(({ name }) => name)).not.toContain('sessionList')
    expect(content?.missingSet).toEqual([
      expect.objectContaining({ path: 'message' }),
      expect.objectContaining({ path: 'sessionList' }),
    ])
    expect(content?.missingSet?.[1]?.fault.fault).toMatchObject({
      _typeName: 'NotAuthenticated',
      object: ROOT,
      privilegeId: 'Sessions.TerminateSession',
    })
  })
})

describe('permissions', () => {
  it('hide what may not be seen from traversals, and are named when it is asked for directly', () => {
    const world = createSmallWorld(2)
    world.change((tx) => {
      permit(tx, ROOT, ROLE.admin)
      permit(tx, vmRef(2), ROLE.noAccess)
    })
    const view = viewStart(containerView(world))
    expect(Object.keys(table(retrieve(world, filterSpec('VirtualMachine', ['name'], view))))).toEqual([
      'vm-1',
    ])
    const [content] = retrieve(world, filterSpec('VirtualMachine', ['name', 'runtime'], start(vmRef(2))))
    expect(content).not.toHaveProperty('propSet')
    expect(content?.missingSet?.map(({ path, fault }) => [path, fault.fault._typeName])).toEqual([
      ['name', 'NoPermission'],
      ['runtime', 'NoPermission'],
    ])
  })
})

describe('paging', () => {
  const ask = (world: SmallWorld, maxObjects?: number) =>
    world.call(...PC, 'RetrievePropertiesEx', {
      specSet: [filterSpec('VirtualMachine', ['name'], viewStart(containerView(world)))],
      options: { _typeName: 'RetrieveOptions', maxObjects },
    }) as RetrieveResult | undefined
  const next = (world: SmallWorld, token: string | undefined) =>
    world.call(...PC, 'ContinueRetrievePropertiesEx', { token }) as RetrieveResult

  it('pages at 100 by itself; the last page has no token', () => {
    const world = createSmallWorld(250)
    const first = ask(world)
    expect(first?.token).toBe('0')
    expect(first?.objects).toHaveLength(100)
    const second = next(world, first?.token)
    const third = next(world, second.token)
    expect([second.objects.length, third.objects.length, third.token]).toEqual([100, 50, undefined])
    const all = [first, second, third].flatMap((page) => page?.objects ?? [])
    expect(new Set(all.map(({ obj }) => obj.value)).size).toBe(250)
  })

  it('shows the state of the first call on all pages', () => {
    const world = createSmallWorld(3)
    const first = ask(world, 1)
    world.change((tx) => tx.set('VirtualMachine', 'vm-2', { name: 'later' }))
    expect(table(next(world, first?.token).objects)).toEqual({ 'vm-2': { name: 'vm2' } })
  })

  it('takes a token once, from the session and collector that got it', () => {
    const world = createSmallWorld(3)
    const token = ask(world, 1)?.token
    const stranger = world.login('stranger')
    const other = () => world.as(stranger, ...PC, 'ContinueRetrievePropertiesEx', { token })
    expect(other).toThrow(expect.objectContaining({ name: 'InvalidArgument' }))
    expect(next(world, token).token).toBe('1')
    expect(world.fault(...PC, 'ContinueRetrievePropertiesEx', { token })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'token',
    })
  })

  it('forgets a cancelled result, refuses sizes below one, and answers nothing with nothing', () => {
    const world = createSmallWorld(3)
    const token = ask(world, 2)?.token
    world.call(...PC, 'CancelRetrievePropertiesEx', { token })
    expect(world.fault(...PC, 'ContinueRetrievePropertiesEx', { token })).toMatchObject({
      _typeName: 'InvalidArgument',
    })
    expect(() => ask(world, 0)).toThrow(expect.objectContaining({ name: 'InvalidArgument' }))
    expect(ask(createSmallWorld(0))).toBeUndefined()
  })

  it('never pages RetrieveProperties', () => {
    const world = createSmallWorld(250)
    world.change((tx) => addVm(tx, 999))
    const spec = filterSpec('VirtualMachine', ['name'], viewStart(containerView(world)))
    expect(retrieve(world, spec)).toHaveLength(251)
  })
})
