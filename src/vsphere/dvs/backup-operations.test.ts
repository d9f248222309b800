import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { DVSConfigSpec, EntityBackupConfig, ManagedObjectReference } from '#vim25/generated/types.js'
import { createDvsLab, vlan } from './testing.js'

const MANAGER = ['DistributedVirtualSwitchManager', 'DVSManager'] as const
const VDS = 'VmwareDistributedVirtualSwitch'
const PG = 'DistributedVirtualPortgroup'

function lab() {
  const world = createDvsLab()
  const dvs = world.createDvs({ description: 'first' })
  const group = world.createGroup(dvs, 'PG', { defaultPortConfig: vlan(12) })
  const dvsUuid = world.get<string>(VDS, dvs, 'uuid')
  const selectionSet = [
    data('DVSSelection', { dvsUuid }),
    data('DVPortgroupSelection', { dvsUuid, portgroupKey: [group] }),
  ]
  const exported = world.task(...MANAGER, 'DVSManagerExportEntity_Task', { selectionSet })
  const { _value: backups } = exported.result as unknown as {
    _value: [EntityBackupConfig, EntityBackupConfig]
  }
  const [ofSwitch, ofGroup] = backups
  const bring = (entityBackup: EntityBackupConfig, importType: string) =>
    world.task(...MANAGER, 'DVSManagerImportEntity_Task', { entityBackup: [entityBackup], importType })
  return { world, dvs, group, ofSwitch, ofGroup, bring }
}

describe('backups of distributed switches', () => {
  it('say what they are of', () => {
    const { world, ofSwitch, ofGroup, group } = lab()
    expect(ofSwitch).toMatchObject({
      entityType: 'distributedVirtualSwitch',
      name: 'VDS',
      configVersion: '1',
    })
    expect(ofGroup).toMatchObject({ entityType: 'distributedVirtualPortgroup', key: group })
    const selectionSet = [data('DVSSelection', { dvsUuid: 'no' })]
    expect(world.fault(...MANAGER, 'DVSManagerExportEntity_Task', { selectionSet })._typeName).toBe(
      'NotFound',
    )
  })

  it('are put over what they are of', () => {
    const { world, dvs, group, ofSwitch, ofGroup, bring } = lab()
    world.change(dvs, { description: 'second' })
    const spec = data('DVPortgroupConfigSpec', { configVersion: '0', defaultPortConfig: vlan(13) })
    world.task(PG, group, 'ReconfigureDVPortgroup_Task', { spec })
    world.newEvents()
    expect(bring(ofSwitch, 'applyToEntitySpecified').state).toBe('success')
    expect(world.dvsConfig(dvs).description).toBe('first')
    expect(bring(ofGroup, 'applyToEntitySpecified').state).toBe('success')
    expect(world.get(PG, group, 'config.defaultPortConfig')).toMatchObject({ vlan: { vlanId: 12 } })
    expect(world.newEvents()).toEqual(expect.arrayContaining(['DvsRestoreEvent', 'DvpgRestoreEvent']))
  })

  it('become new ones', () => {
    const { world, ofSwitch, ofGroup, bring } = lab()
    const again = { ...ofSwitch, name: 'Again' }
    const result = bring(again, 'createEntityWithNewIdentifier').result as unknown as {
      distributedVirtualSwitch: ManagedObjectReference[]
    }
    const made = result.distributedVirtualSwitch[0]?.value ?? ''
    expect(world.dvsConfig(made)).toMatchObject({ name: 'Again', description: 'first' })
    const container = world.sandbox.inventory.read.ref(made)
    const group = bring({ ...ofGroup, name: 'PG again', container }, 'createEntityWithNewIdentifier')
    expect(group.result).toMatchObject({ distributedVirtualPortgroup: [{ type: PG }] })
    expect(bring(ofSwitch, 'createEntityWithNewIdentifier').error?.fault._typeName).toBe('DvsFault')
    const bad = { ...ofSwitch, configBlob: 'AAAA' }
    expect(bring(bad, 'applyToEntitySpecified').error?.fault._typeName).toBe('BackupBlobReadFailure')
  })

  it('tell how to go back', () => {
    const { world, dvs, group, ofSwitch, ofGroup } = lab()
    world.change(dvs, { description: 'second' })
    const spec = world.task(VDS, dvs, 'DVSRollback_Task', { entityBackup: ofSwitch })
      .result as unknown as DVSConfigSpec
    expect(spec).toMatchObject({ description: 'first', configVersion: '2' })
    expect(world.task(VDS, dvs, 'ReconfigureDvs_Task', { spec }).state).toBe('success')
    expect(world.dvsConfig(dvs).description).toBe('first')
    const back = world.task(PG, group, 'DVPortgroupRollback_Task', { entityBackup: ofGroup })
    expect(back.result).toMatchObject({ configVersion: '0', defaultPortConfig: { vlan: { vlanId: 12 } } })
    expect(world.fault(VDS, dvs, 'DVSRollback_Task', { entityBackup: ofGroup })._typeName).toBe(
      'RollbackFailure',
    )
    expect(world.fault(PG, group, 'DVPortgroupRollback_Task', {})._typeName).toBe('RollbackFailure')
  })
})
