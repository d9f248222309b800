import { expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { ROLE } from '../authorization/roles.js'
import { createFileLab, type FileLab } from './testing.js'

const DISK = '[nfs] iso/x.vmdk'

/** The caller may do everything everywhere, but only look at the datastore. */
function onlySee(lab: FileLab): void {
  const entity = lab.sandbox.inventory.read.ref(lab.datastore)
  lab.act((ctx) => {
    const permission = data('Permission', {
      entity,
      principal: 'VSPHERE.LOCAL\\Administrator',
      group: false,
      roleId: ROLE.readOnly,
      propagate: true,
    })
    ctx.tx.set('Datastore', lab.datastore, { permission: [permission] })
  })
}

const spec = data('FileBackedVirtualDiskSpec', { diskType: 'thin', adapterType: 'ide', capacityKb: 4 })
const transfer = { sourceName: '[nfs] iso/tools.iso', destinationName: '[nfs] x.iso' }
const disks = { sourceName: DISK, destName: '[nfs] y.vmdk' }

it.each([
  ['MakeDirectory', { name: '[nfs] a' }],
  ['DeleteDatastoreFile_Task', { name: '[nfs] iso/tools.iso' }],
  ['CopyDatastoreFile_Task', transfer],
  ['MoveDatastoreFile_Task', transfer],
  ['ChangeOwner', { name: '[nfs] iso/tools.iso', owner: 'x' }],
  ['CreateVirtualDisk_Task', { name: '[nfs] y.vmdk', spec }],
  ['DeleteVirtualDisk_Task', { name: DISK }],
  ['CopyVirtualDisk_Task', disks],
  ['MoveVirtualDisk_Task', disks],
  ['ExtendVirtualDisk_Task', { name: DISK, newCapacityKb: 8 }],
  ['ZeroFillVirtualDisk_Task', { name: DISK }],
  ['SetVirtualDiskUuid', { name: DISK, uuid: '0'.repeat(32) }],
])('%s asks for Datastore.FileManagement', (method, args) => {
  const lab = createFileLab()
  lab.manage('CreateVirtualDisk_Task', { name: DISK, datacenter: lab.dc, spec })
  onlySee(lab)
  const before = lab.sandbox.inventory.root.entities
  const where = { datacenter: lab.dc, sourceDatacenter: lab.dc }
  expect(lab.refused(method, { ...where, ...args })).toMatchObject({
    _typeName: 'NoPermission',
    object: { value: lab.datastore },
    privilegeId: 'Datastore.FileManagement',
  })
  expect(lab.sandbox.inventory.root.entities).toBe(before)
})

it.each(['SearchDatastore_Task', 'SearchDatastoreSubFolders_Task'])(
  '%s asks for Datastore.Browse',
  (method) => {
    const lab = createFileLab()
    onlySee(lab)
    const { value } = lab.get<ManagedObjectReference>('Datastore', lab.datastore, 'browser')
    expect(lab.fault('HostDatastoreBrowser', value, method, { datastorePath: '[nfs]' })).toMatchObject({
      _typeName: 'NoPermission',
      privilegeId: 'Datastore.Browse',
    })
  },
)
