import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDevice,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { managedType } from '#vim25/schema.js'
import { specPrivileges } from '../vm/config/privileges.js'
import { createVmLab, usual, type VmLab, spec as vmSpec } from '../vm/testing.js'
import { grantDefaultPermissions } from './build.js'
import { NEEDS } from './by-type.js'
import { isPrivilege } from './privileges.js'
import { ROLE } from './roles.js'

/** The caller may do everything everywhere, but only look at this one object, or also at what is below it. */
function onlySee(lab: VmLab, id: string, propagate = false): void {
  lab.act((ctx) => {
    const entity = ctx.tx.ref(id)
    if (!ctx.tx.get('Folder', 'group-d1').permission?.length) grantDefaultPermissions(ctx.tx)
    const principal = 'VSPHERE.LOCAL\\Administrator'
    const permission = data('Permission', {
      entity,
      principal,
      group: false,
      roleId: ROLE.readOnly,
      propagate,
    })
    ctx.tx.set('ManagedEntity', id, { permission: [permission] })
  })
}

interface World {
  readonly lab: VmLab
  readonly vm: string
  readonly folder: string
  readonly below: string
  readonly child: string
}

function world(): World {
  const lab = createVmLab()
  const vm = lab.create()
  const folder = (
    lab.call('Folder', lab.vmFolder, 'CreateFolder', { name: 'outer' }) as ManagedObjectReference
  ).value
  const below = (lab.call('Folder', folder, 'CreateFolder', { name: 'inner' }) as ManagedObjectReference)
    .value
  const spec = data(
    'ResourceConfigSpec',
    lab.get('ResourcePool', lab.pool.value, 'config') as object as never,
  )
  const child = (
    lab.call('ResourcePool', lab.pool.value, 'CreateResourcePool', {
      name: 'child',
      spec,
    }) as ManagedObjectReference
  ).value
  return { lab, vm, folder, below, child }
}

const config = ({ lab, child }: World) => lab.get<object>('ResourcePool', child, 'config')
const ref = (type: string, value: string) => moRef(type, value)

type Case = readonly [
  privilege: string,
  type: string,
  method: string,
  on: (world: World) => string,
  missing: (world: World) => string,
  args?: (world: World) => object,
]

const CASES: readonly Case[] = [
  [
    'Datacenter.Delete',
    'Datacenter',
    'Destroy_Task',
    ({ lab }) => lab.datacenter,
    ({ lab }) => lab.datacenter,
  ],
  [
    'Datacenter.Rename',
    'Datacenter',
    'Rename_Task',
    ({ lab }) => lab.datacenter,
    ({ lab }) => lab.datacenter,
    () => ({ newName: 'n' }),
  ],
  ['Folder.Delete', 'Folder', 'Destroy_Task', ({ below }) => below, ({ below }) => below],
  ['Folder.Delete', 'Folder', 'Destroy_Task', ({ below }) => below, ({ folder }) => folder],
  [
    'Folder.Rename',
    'Folder',
    'Rename_Task',
    ({ below }) => below,
    ({ below }) => below,
    () => ({ newName: 'n' }),
  ],
  [
    'Folder.Move',
    'Folder',
    'MoveIntoFolder_Task',
    ({ lab }) => lab.vmFolder,
    ({ folder }) => folder,
    ({ below }) => ({ list: [ref('Folder', below)] }),
  ],
  [
    'VirtualMachine.Inventory.Move',
    'Folder',
    'MoveIntoFolder_Task',
    ({ folder }) => folder,
    ({ folder }) => folder,
    ({ vm }) => ({ list: [ref('VirtualMachine', vm)] }),
  ],
  [
    'VirtualMachine.Inventory.Move',
    'Folder',
    'MoveIntoFolder_Task',
    ({ folder }) => folder,
    ({ vm }) => vm,
    ({ vm }) => ({ list: [ref('VirtualMachine', vm)] }),
  ],
  [
    'Host.Inventory.DeleteCluster',
    'ClusterComputeResource',
    'Destroy_Task',
    ({ lab }) => lab.cluster,
    ({ lab }) => lab.cluster,
  ],
  [
    'Host.Inventory.RenameCluster',
    'ClusterComputeResource',
    'Rename_Task',
    ({ lab }) => lab.cluster,
    ({ lab }) => lab.cluster,
    () => ({ newName: 'n' }),
  ],
  [
    'Host.Inventory.RemoveHostFromCluster',
    'HostSystem',
    'Destroy_Task',
    ({ lab }) => lab.hosts[0] ?? '',
    ({ lab }) => lab.hosts[0] ?? '',
  ],
  [
    'Host.Inventory.RemoveHostFromCluster',
    'HostSystem',
    'Destroy_Task',
    ({ lab }) => lab.hosts[0] ?? '',
    ({ lab }) => lab.cluster,
  ],
  ['Datastore.Delete', 'Datastore', 'Destroy_Task', ({ lab }) => lab.datastore, ({ lab }) => lab.datastore],
  [
    'Datastore.Rename',
    'Datastore',
    'Rename_Task',
    ({ lab }) => lab.datastore,
    ({ lab }) => lab.datastore,
    () => ({ newName: 'n' }),
  ],
  ['VirtualMachine.Inventory.Delete', 'VirtualMachine', 'Destroy_Task', ({ vm }) => vm, ({ vm }) => vm],
  [
    'VirtualMachine.Inventory.Delete',
    'VirtualMachine',
    'Destroy_Task',
    ({ vm }) => vm,
    ({ lab }) => lab.vmFolder,
  ],
  [
    'VirtualMachine.Config.Rename',
    'VirtualMachine',
    'Rename_Task',
    ({ vm }) => vm,
    ({ vm }) => vm,
    () => ({ newName: 'n' }),
  ],
  [
    'VirtualMachine.Config.Annotation',
    'VirtualMachine',
    'ReconfigVM_Task',
    ({ vm }) => vm,
    ({ vm }) => vm,
    () => ({ spec: { annotation: 'n' } }),
  ],
  ['Resource.DeletePool', 'ResourcePool', 'Destroy_Task', ({ child }) => child, ({ child }) => child],
  [
    'Resource.RenamePool',
    'ResourcePool',
    'Rename_Task',
    ({ child }) => child,
    ({ child }) => child,
    () => ({ newName: 'n' }),
  ],
  [
    'Resource.RenamePool',
    'ResourcePool',
    'UpdateConfig',
    ({ child }) => child,
    ({ child }) => child,
    () => ({ name: 'n' }),
  ],
  [
    'Resource.EditPool',
    'ResourcePool',
    'UpdateConfig',
    ({ child }) => child,
    ({ child }) => child,
    (w) => ({ config: config(w) }),
  ],
  [
    'Resource.EditPool',
    'ResourcePool',
    'UpdateChildResourceConfiguration',
    ({ lab }) => lab.pool.value,
    ({ child }) => child,
    (w) => ({ spec: [{ ...config(w), entity: ref('ResourcePool', w.child) }] }),
  ],
  [
    'Resource.DeletePool',
    'ResourcePool',
    'DestroyChildren',
    ({ lab }) => lab.pool.value,
    ({ lab }) => lab.pool.value,
  ],
  [
    'Resource.AssignVMToPool',
    'ResourcePool',
    'MoveIntoResourcePool',
    ({ child }) => child,
    ({ child }) => child,
    ({ vm }) => ({ list: [ref('VirtualMachine', vm)] }),
  ],
  [
    'Resource.MovePool',
    'ResourcePool',
    'MoveIntoResourcePool',
    ({ lab }) => lab.pool.value,
    ({ child }) => child,
    ({ child }) => ({ list: [ref('ResourcePool', child)] }),
  ],
]

describe('methods whose privilege the schema does not name', () => {
  const cases = CASES.map(([privilegeId, type, method, on, missing, args = () => ({})]) => {
    return { privilegeId, type, method, on, missing, args }
  })

  it.each(cases)('$privilegeId for $type.$method', ({ privilegeId, type, method, on, missing, args }) => {
    const here = world()
    const id = missing(here)
    onlySee(here.lab, id)
    const before = here.lab.objects()
    expect(here.lab.fault(type, on(here), method, args(here))).toMatchObject({
      _typeName: 'NoPermission',
      object: { value: id },
      privilegeId,
    })
    expect(here.lab.objects()).toEqual(before)
  })

  it('name methods that there are, without a privilege in the schema', () => {
    for (const key of Object.keys(NEEDS)) {
      const [type = '', name = ''] = key.split('.')
      const method = managedType(type)?.methods.get(name)
      expect(method, key).toBeDefined()
      // Creating a VM takes more than the schema says.
      if (name !== 'CreateVM_Task') expect([undefined, 'System.Read'], key).toContain(method?.privilege)
    }
  })

  it('refuse the network and the disk of a new VM', () => {
    const { lab } = world()
    const [network] = lab.sandbox.inventory.read.ids('Network')
    onlySee(lab, network ?? '')
    const args = { config: { ...vmSpec({ name: 'new', deviceChange: usual() }) }, pool: lab.pool }
    expect(lab.fault('Folder', lab.vmFolder, 'CreateVM_Task', args)).toMatchObject({
      privilegeId: 'Network.Assign',
      object: { value: network },
    })
  })
})

describe('what the change of a VM needs', () => {
  const lab = createVmLab()
  const vm = lab.create({ deviceChange: usual() })
  const devices = lab.config(vm).hardware.device ?? []
  const device = (type: string) => devices.find(({ _typeName }) => _typeName === type) as VirtualDevice
  const disk = device('VirtualDisk')
  const change = (members: object): Partial<VirtualMachineConfigSpec> => ({
    deviceChange: [data('VirtualDeviceConfigSpec', members as never)],
  })

  it.each([
    [{ name: 'n' }, ['Config.Rename']],
    [{ numCPUs: 2, memoryMB: 4 }, ['Config.CPUCount', 'Config.Memory']],
    [{ extraConfig: [] }, ['Config.AdvancedConfig']],
    [{ guestId: 'otherGuest' }, ['Config.Settings']],
    [{ changeVersion: '1' }, ['Config.Settings']],
    [change({ operation: 'add', fileOperation: 'create', device: disk }), ['Config.AddNewDisk']],
    [change({ operation: 'add', device: disk }), ['Config.AddExistingDisk']],
    [change({ operation: 'remove', device: disk }), ['Config.RemoveDisk']],
    [change({ operation: 'edit', device: { ...disk, capacityInKB: 2 ** 40 } }), ['Config.DiskExtend']],
    [change({ operation: 'edit', device: disk }), ['Config.EditDevice']],
    [
      change({ operation: 'remove', device: { ...disk, _typeName: 'VirtualCdrom' } }),
      ['Config.AddRemoveDevice'],
    ],
    [
      change({ operation: 'edit', device: { ...disk, _typeName: 'VirtualCdrom', backing: undefined } }),
      ['Interact.SetCDMedia'],
    ],
    [
      change({ operation: 'add', device: { ...disk, _typeName: 'VirtualPCIPassthrough' } }),
      ['Config.RawDevice'],
    ],
    [change({ operation: 'add', device: { ...disk, _typeName: 'VirtualUSB' } }), ['Config.HostUSBDevice']],
  ])('%j: %s', (spec, expected) => {
    const needs = specPrivileges(
      lab.sandbox.inventory.read,
      moRef('VirtualMachine', vm),
      spec as VirtualMachineConfigSpec,
    )
    expect(needs.map(([, privilege]) => privilege)).toEqual(expected.map((name) => `VirtualMachine.${name}`))
    for (const [on, privilege] of needs) expect([on?.value, isPrivilege(privilege)]).toEqual([vm, true])
  })

  it('a card of another network asks for that network', () => {
    const card = devices.find(({ backing }) => backing?._typeName === 'VirtualEthernetCardNetworkBackingInfo')
    const network = lab.get<readonly ManagedObjectReference[]>('VirtualMachine', vm, 'network')[0]
    const needs = (before: object) =>
      specPrivileges(
        lab.sandbox.inventory.read,
        moRef('VirtualMachine', vm),
        change({ operation: 'edit', ...before }) as VirtualMachineConfigSpec,
      )
    expect(needs({ device: card }).map(([, privilege]) => privilege)).toEqual([
      'VirtualMachine.Config.EditDevice',
    ])
    const moved = data('VirtualEthernetCardNetworkBackingInfo', { deviceName: 'somewhere', network })
    expect(needs({ device: { ...card, backing: moved } })).toContainEqual([network, 'Network.Assign'])
  })
})
