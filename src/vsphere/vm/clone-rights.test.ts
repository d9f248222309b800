import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { grantDefaultPermissions } from '../authorization/build.js'
import { ROLE } from '../authorization/roles.js'
import { cloneArgs, read } from './clone-testing.js'
import { createVmLab, usual, type VmLab } from './testing.js'

const WHO = 'VSPHERE.LOCAL\\Administrator'

/** The caller may do everything everywhere, but only look at this one object. */
function onlySee(lab: VmLab, entity: ManagedObjectReference): void {
  lab.act((ctx) => {
    if (!ctx.tx.get('Folder', 'group-d1').permission?.length) grantDefaultPermissions(ctx.tx)
    const permission = data('Permission', {
      entity,
      principal: WHO,
      group: false,
      roleId: ROLE.readOnly,
      propagate: false,
    })
    ctx.tx.set('ManagedEntity', entity.value, { permission: [permission] })
  })
}

type Place = (lab: VmLab, vm: string) => ManagedObjectReference

const folder: Place = (lab) => moRef('Folder', lab.vmFolder)
const pool: Place = (lab) => lab.pool
const store: Place = (lab) => moRef('Datastore', lab.datastore)
const network: Place = (lab, vm) =>
  lab.get<readonly ManagedObjectReference[]>('VirtualMachine', vm, 'network')[0] as ManagedObjectReference
const itself: Place = (_lab, vm) => moRef('VirtualMachine', vm)

describe('the rights that a copy needs', () => {
  it.each([
    ['VirtualMachine.Provisioning.Clone', itself],
    ['VirtualMachine.Inventory.CreateFromExisting', folder],
    ['Resource.AssignVMToPool', pool],
    ['Datastore.AllocateSpace', store],
    ['Network.Assign', network],
  ] as const)('%s', (privilegeId, place) => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    const object = place(lab, vm)
    onlySee(lab, object)
    expect(lab.fault('VirtualMachine', vm, 'CloneVM_Task', cloneArgs(lab))).toMatchObject({
      _typeName: 'NoPermission',
      privilegeId,
      object: { value: object.value },
    })
    expect(read(lab).count('VirtualMachine')).toBe(1)
  })

  it.each([
    ['CreateTemplateFromVM', false, true],
    ['DeployTemplate', true, false],
    ['CloneTemplate', true, true],
  ])('VirtualMachine.Provisioning.%s', (right, from, to) => {
    const lab = createVmLab()
    const vm = lab.create()
    if (from) lab.call('VirtualMachine', vm, 'MarkAsTemplate')
    onlySee(lab, itself(lab, vm))
    expect(lab.fault('VirtualMachine', vm, 'CloneVM_Task', cloneArgs(lab, { template: to }))).toMatchObject({
      _typeName: 'NoPermission',
      privilegeId: `VirtualMachine.Provisioning.${right}`,
    })
  })
})

describe('the rights that a move needs', () => {
  it.each([
    ['Resource.ColdMigrate', itself],
    ['Resource.AssignVMToPool', pool],
    ['Datastore.AllocateSpace', store],
  ] as const)('%s', (privilegeId, place) => {
    const lab = createVmLab()
    const vm = lab.create({ deviceChange: usual() })
    onlySee(lab, place(lab, vm))
    const spec = data('VirtualMachineRelocateSpec', { pool: lab.pool, datastore: store(lab, vm) })
    expect(lab.fault('VirtualMachine', vm, 'RelocateVM_Task', { spec })).toMatchObject({
      _typeName: 'NoPermission',
      privilegeId,
    })
  })
})

describe('the right that a removal needs', () => {
  it('VirtualMachine.Inventory.Delete', () => {
    const lab = createVmLab()
    const vm = lab.create()
    onlySee(lab, itself(lab, vm))
    expect(lab.fault('VirtualMachine', vm, 'Destroy_Task')).toMatchObject({
      _typeName: 'NoPermission',
      privilegeId: 'VirtualMachine.Inventory.Delete',
      object: { value: vm },
    })
    expect(read(lab).count('VirtualMachine')).toBe(1)
  })
})
