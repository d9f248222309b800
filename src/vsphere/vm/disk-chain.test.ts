import { expect, it } from 'vitest'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { mountNfs } from '../datastore/build.js'
import { filesIn } from '../datastore/files.js'
import { connectSpec } from '../host/testing.js'
import { add, createVmLab, disk, scsi, spec, usual } from './testing.js'

it('a file stays as long as a VM of another datacenter uses it, whatever it calls the datastore', () => {
  const lab = createVmLab()
  const owner = lab.create({ deviceChange: usual() })
  const far = lab.call('Folder', 'group-d1', 'CreateDatacenter', { name: 'Far' }) as ManagedObjectReference
  const { hostFolder, vmFolder } = lab.sandbox.inventory.read.get('Datacenter', far.value)
  lab.task('Folder', hostFolder.value, 'AddStandaloneHost_Task', {
    spec: connectSpec('esx2'),
    addConnected: true,
  })
  const host = [...lab.sandbox.inventory.read.ids('HostSystem')].at(-1) ?? ''
  lab.act((ctx) => mountNfs(ctx, host, { remoteHost: 'nas.lab.local', remotePath: '/vms', name: 'store' }))
  const { parent } = lab.sandbox.inventory.read.get('HostSystem', host)
  const pool = lab.get<ManagedObjectReference>('ComputeResource', parent?.value ?? '', 'resourcePool')
  const made = lab.task('Folder', vmFolder.value, 'CreateVM_Task', {
    config: spec({
      name: 'user',
      files: { _typeName: 'VirtualMachineFileInfo', vmPathName: '[store]' },
      deviceChange: [add(scsi()), add(disk({ file: '[store] demo/demo.vmdk' }))],
    }),
    pool,
  })
  expect(made.error).toBeUndefined()
  const disks = () =>
    filesIn(lab.sandbox.inventory.read, lab.datastore, 'demo').flatMap(({ name, type }) =>
      type === 'vmdk' ? [name] : [],
    )
  lab.task('VirtualMachine', owner, 'Destroy_Task')
  expect(disks()).toEqual(['demo.vmdk'])
  lab.task('VirtualMachine', (made.result as ManagedObjectReference).value, 'Destroy_Task')
  expect(disks()).toEqual([])
})
