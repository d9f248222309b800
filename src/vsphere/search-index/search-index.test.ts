import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import {
  addFolder,
  addVm,
  CLUSTER,
  createSmallWorld,
  HOSTS,
  POOL,
  ROOT,
  type SmallWorld,
  VM_FOLDER,
  vmRef,
} from '../property-collector/test-world.js'

const LAB = moRef('Datacenter', 'datacenter-2')
const OTHER = moRef('Datacenter', 'datacenter-50')

/** The small world with a second, empty datacenter and a datastore in the first. */
function world(): SmallWorld {
  const small = createSmallWorld(3)
  small.change((tx) => {
    tx.create('Datacenter', OTHER.value, managedEntityDefaults('Other', ROOT) as never)
    tx.create(
      'Datastore',
      'datastore-60',
      managedEntityDefaults('ds', addFolder(tx, 'group-s5', 'datastore', LAB)) as never,
    )
  })
  return small
}

const find = (small: SmallWorld, method: string, args: object) => {
  const found = small.call('SearchIndex', 'SearchIndex', method, args)
  return Array.isArray(found)
    ? found.map((ref: ManagedObjectReference) => ref.value)
    : (found as ManagedObjectReference | undefined)?.value
}

const BIOS = '4200AAAA-0000-0000-0000-000000000002'
const INSTANCE = '5000aaaa-0000-0000-0000-000000000002'

describe('machines', () => {
  it.each([
    ['FindByUuid', { uuid: BIOS, vmSearch: true }, 'vm-2'],
    ['FindByUuid', { uuid: BIOS, vmSearch: true, instanceUuid: false, datacenter: LAB }, 'vm-2'],
    ['FindByUuid', { uuid: BIOS, vmSearch: true, datacenter: OTHER }, undefined],
    ['FindByUuid', { uuid: BIOS, vmSearch: false }, undefined],
    ['FindByUuid', { uuid: BIOS, vmSearch: true, instanceUuid: true }, undefined],
    ['FindByUuid', { uuid: INSTANCE, vmSearch: true, instanceUuid: true }, 'vm-2'],
    ['FindByUuid', { uuid: '4c4c4544-host-9', vmSearch: false, instanceUuid: true }, 'host-9'],
    ['FindAllByUuid', { uuid: BIOS, vmSearch: true }, ['vm-2']],
    ['FindAllByUuid', { uuid: 'nonsense', vmSearch: true }, []],
    ['FindByIp', { ip: '192.168.1.3', vmSearch: true }, 'vm-3'],
    ['FindByIp', { ip: '192.168.1.3', vmSearch: false }, undefined],
    ['FindByIp', { ip: '10.0.0.10', vmSearch: false }, 'host-10'],
    ['FindAllByIp', { ip: '10.0.0.10', vmSearch: false }, ['host-10']],
    ['FindByDnsName', { dnsName: 'VM1.guest.local', vmSearch: true }, 'vm-1'],
    ['FindByDnsName', { dnsName: 'esx-1.lab.local', vmSearch: false }, 'host-9'],
    ['FindByDnsName', { dnsName: 'esx-1', vmSearch: false }, 'host-9'],
    ['FindAllByDnsName', { dnsName: 'esx-2.lab.local', vmSearch: false }, ['host-10']],
    ['FindAllByDnsName', { dnsName: 'nobody', vmSearch: false }, []],
  ])('%s %j is %j', (method, args, expected) => {
    expect(find(world(), method, args)).toEqual(expected)
  })

  it('are found by what they are now', () => {
    const small = world()
    small.change((tx) => {
      addVm(tx, 4)
      tx.set('VirtualMachine', 'vm-4', {
        guest: { ...tx.get('VirtualMachine', 'vm-4').guest, ipAddress: '192.168.1.3' } as never,
      })
      tx.remove('vm-1')
    })
    expect(find(small, 'FindAllByIp', { ip: '192.168.1.3', vmSearch: true })).toEqual(['vm-3', 'vm-4'])
    expect(find(small, 'FindByIp', { ip: '192.168.1.1', vmSearch: true })).toBeUndefined()
    expect(find(small, 'FindByIp', { ip: '192.168.1.4', vmSearch: true })).toBeUndefined()
  })

  it('are looked for in a datacenter that exists', () => {
    const args = { uuid: BIOS, vmSearch: true, datacenter: moRef('Datacenter', 'datacenter-99') }
    expect(world().fault('SearchIndex', 'SearchIndex', 'FindByUuid', args)._typeName).toBe(
      'ManagedObjectNotFound',
    )
  })
})

describe('paths', () => {
  it.each([
    ['Lab', 'datacenter-2'],
    ['/Lab/', 'datacenter-2'],
    ['Lab/vm', 'group-v3'],
    ['Lab/vm/vm2', 'vm-2'],
    ['Lab/vm/a%2fb', 'vm-4'],
    ['Lab/vm/a%2Fb', 'vm-4'],
    ['Lab/host/Cluster/esx-1.lab.local', 'host-9'],
    ['Lab/host/Cluster/Resources', 'resgroup-8'],
    ['', 'group-d1'],
    ['/', 'group-d1'],
    ['Lab/vm/nobody', undefined],
    ['Lab/nobody/vm2', undefined],
    ['vm/vm2', undefined],
  ])('%s is %s', (inventoryPath, expected) => {
    const small = world()
    small.change((tx) => addVm(tx, 4, 'a%2fb'))
    expect(find(small, 'FindByInventoryPath', { inventoryPath })).toBe(expected)
  })

  it.each([
    [VM_FOLDER, 'vm1', 'vm-1'],
    [VM_FOLDER, 'a/b', 'vm-4'],
    [VM_FOLDER, 'a%2fb', 'vm-4'],
    [LAB, 'vm', 'group-v3'],
    [CLUSTER, 'esx-2.lab.local', 'host-10'],
    [POOL, 'vm3', 'vm-3'],
    [HOSTS[0], 'vm2', undefined],
    [ROOT, 'vm1', undefined],
  ])('%j has a child %s: %s', (entity, name, expected) => {
    const small = world()
    small.change((tx) => addVm(tx, 4, 'a%2fb'))
    expect(find(small, 'FindChild', { entity, name })).toBe(expected)
  })

  it('of files lead to the VM whose configuration they are', () => {
    const small = world()
    const at = (path: string, datacenter = LAB) => find(small, 'FindByDatastorePath', { datacenter, path })
    expect(at('[ds] vm2/vm2.vmx')).toBe('vm-2')
    expect(at('[ds] vm2/VM2.vmx')).toBeUndefined()
    expect(at('[ds] vm2/vm2.vmdk')).toBeUndefined()
    const fault = (path: string, datacenter = LAB) =>
      small.fault('SearchIndex', 'SearchIndex', 'FindByDatastorePath', { datacenter, path })._typeName
    expect(fault('[nowhere] vm2/vm2.vmx')).toBe('InvalidDatastorePath')
    expect(fault('vm2/vm2.vmx')).toBe('InvalidDatastorePath')
    expect(fault('[ds] vm2/vm2.vmx', OTHER)).toBe('InvalidDatastorePath')
    expect(fault('[ds] vm2/vm2.vmx', moRef('Datacenter', 'datacenter-99'))).toBe('ManagedObjectNotFound')
  })

  it('want an entity to look in', () => {
    const args = { entity: vmRef(99), name: 'x' }
    expect(world().fault('SearchIndex', 'SearchIndex', 'FindChild', args)._typeName).toBe(
      'ManagedObjectNotFound',
    )
  })
})
