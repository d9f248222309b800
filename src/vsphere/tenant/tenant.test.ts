import { expect, it } from 'vitest'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { families } from '../families.js'
import { createLab } from '../host/testing.js'
import { createServiceObjects } from '../service-instance/build.js'

function world() {
  const lab = createLab({ families, seed: createServiceObjects })
  const [manager = ''] = lab.sandbox.inventory.read.ids('TenantTenantManager')
  const call = (method: string, ...ids: readonly string[]) =>
    lab.call('TenantTenantManager', manager, method, {
      entity: ids.map((id) => lab.sandbox.inventory.read.ref(id)),
    })
  const marked = () =>
    (call('RetrieveServiceProviderEntities') as ManagedObjectReference[]).map(({ value }) => value)
  const missing = { type: 'VirtualMachine', value: 'vm-99' }
  const fault = (method: string, entity: readonly object[]) =>
    lab.fault('TenantTenantManager', manager, method, { entity })
  return { lab, call, marked, fault, missing }
}

it('objects of the service provider are marked, once each, and unmarked', () => {
  const { lab, call, marked } = world()
  const { datacenter, vmFolder } = {
    ...lab,
    vmFolder: lab.get<ManagedObjectReference>('Datacenter', lab.datacenter, 'vmFolder').value,
  }
  expect(marked()).toEqual([])
  call('MarkServiceProviderEntities', datacenter, vmFolder, datacenter)
  call('MarkServiceProviderEntities', datacenter)
  expect(marked()).toEqual([datacenter, vmFolder])
  call('UnmarkServiceProviderEntities', datacenter)
  call('UnmarkServiceProviderEntities', datacenter)
  expect(marked()).toEqual([vmFolder])
})

it('an object that is gone is marked no more, and none is marked that never was there', () => {
  const { lab, call, marked, fault, missing } = world()
  const root = lab.sandbox.inventory.read.ref('group-d1')
  for (const method of ['MarkServiceProviderEntities', 'UnmarkServiceProviderEntities'])
    expect(fault(method, [root, missing])).toMatchObject({ _typeName: 'ManagedObjectNotFound', obj: missing })
  expect(marked()).toEqual([])
  const folder = lab.call('Folder', 'group-d1', 'CreateFolder', { name: 'gone' }) as ManagedObjectReference
  call('MarkServiceProviderEntities', folder.value)
  expect(marked()).toEqual([folder.value])
  lab.task('Folder', folder.value, 'Destroy_Task')
  expect(marked()).toEqual([])
})
