import { expect, it } from 'vitest'
import type { StoragePlacementResult } from '#vim25/generated/types.js'
import { createFileLab } from '../file-manager/testing.js'

it('a datastore without VMs goes into maintenance mode, and out again', () => {
  const lab = createFileLab()
  const mode = () =>
    lab.get<{ maintenanceMode: string }>('Datastore', lab.datastore, 'summary').maintenanceMode
  const enter = () => {
    const { task } = lab.call(
      'Datastore',
      lab.datastore,
      'DatastoreEnterMaintenanceMode',
    ) as StoragePlacementResult
    return lab.sandbox.inventory.read.get('Task', task?.value ?? '').info
  }
  const exit = 'DatastoreExitMaintenanceMode_Task'
  expect(lab.fault('Datastore', lab.datastore, exit)._typeName).toBe('InvalidState')
  expect(enter()).toMatchObject({ state: 'success', entity: { value: lab.datastore } })
  expect(mode()).toBe('inMaintenance')
  expect(lab.fault('Datastore', lab.datastore, 'DatastoreEnterMaintenanceMode')._typeName).toBe(
    'InvalidState',
  )
  expect(lab.task('Datastore', lab.datastore, exit).state).toBe('success')
  expect(mode()).toBe('normal')
  lab.create()
  expect(enter()).toMatchObject({ state: 'error', error: { fault: { _typeName: 'ResourceInUse' } } })
  expect(mode()).toBe('normal')
})

it('what is on a datastore can be looked at anew, and found by its VMs', () => {
  const lab = createFileLab()
  lab.sandbox.clock.advance(1000)
  lab.call('Datastore', lab.datastore, 'RefreshDatastoreStorageInfo')
  expect(lab.get('Datastore', lab.datastore, 'info')).toMatchObject({ timestamp: '2026-01-01T00:00:01Z' })
  expect(lab.call('Datastore', lab.datastore, 'IsClusteredVmdkEnabled')).toBe(false)
  const update = (value: string) => ({
    mountPathDatastoreMapping: [
      {
        _typeName: 'DatastoreMountPathDatastorePair',
        oldMountPath: '/vmfs/volumes/old',
        datastore: { _typeName: 'ManagedObjectReference', type: 'Datastore', value },
      },
    ],
  })
  const method = 'UpdateVirtualMachineFiles_Task'
  expect(lab.task('Datastore', lab.datastore, method, update(lab.datastore)).state).toBe('success')
  expect(lab.fault('Datastore', lab.datastore, method, update('none'))._typeName).toBe('InvalidDatastore')
})
