import { describe, expect, it } from 'vitest'
import type {
  LicenseAssignmentManagerLicenseAssignment,
  LicenseManagerLicenseInfo,
  ManagedObjectReference,
  ServiceContent,
} from '#vim25/generated/types.js'
import { problemsOf } from '#vim25/json/check.js'
import { managedType } from '#vim25/schema.js'
import { families } from '../families.js'
import { connectSpec, createLab } from '../host/testing.js'
import { createServiceObjects } from '../service-instance/build.js'

function licensed() {
  const lab = createLab({ families, seed: createServiceObjects })
  const content = lab.call('ServiceInstance', 'ServiceInstance', 'RetrieveServiceContent') as ServiceContent
  const manager = content.licenseManager as ManagedObjectReference
  const assignments = lab.get<ManagedObjectReference>(
    'LicenseManager',
    manager.value,
    'licenseAssignmentManager',
  )
  return {
    lab,
    manager: manager.value,
    assigned: (entityId?: string) =>
      lab.call('LicenseAssignmentManager', assignments.value, 'QueryAssignedLicenses', {
        entityId,
      }) as LicenseAssignmentManagerLicenseAssignment[],
  }
}

describe('LicenseManager', () => {
  it('is in evaluation mode, with every feature that the lab needs', () => {
    const { lab, manager } = licensed()
    const licenses = lab.get<LicenseManagerLicenseInfo[]>('LicenseManager', manager, 'licenses')
    expect(licenses).toMatchObject([{ editionKey: 'eval', licenseKey: '00000-00000-00000-00000-00000' }])
    const features = licenses[0]?.properties?.map(({ value }) => (value as { key?: string }).key)
    expect(features).toEqual(expect.arrayContaining(['das', 'drs', 'ft', 'vmotion']))
    expect(lab.get('LicenseManager', manager, 'evaluation')).toMatchObject({
      properties: [{ key: 'productName' }, { key: 'productVersion', value: { _value: '8.0.3' } }],
    })
  })

  it('has properties as the schema declares them', () => {
    const { lab, manager } = licensed()
    for (const property of managedType('LicenseManager')?.properties ?? [])
      expect(problemsOf(lab.get('LicenseManager', manager, property.name), property), property.name).toEqual(
        [],
      )
  })
})

describe('LicenseAssignmentManager.QueryAssignedLicenses', () => {
  it('names the vCenter and every host, or the one that is asked for', () => {
    const { lab, assigned } = licensed()
    const { instanceUuid } = lab.sandbox.services.identity
    expect(assigned().map(({ entityId }) => entityId)).toEqual([instanceUuid])
    lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    })
    const [host = ''] = lab.sandbox.inventory.read.ids('HostSystem')
    expect(assigned()).toMatchObject([
      { entityId: instanceUuid, scope: instanceUuid, assignedLicense: { name: 'Evaluation Mode' } },
      { entityId: host, scope: instanceUuid, entityDisplayName: 'esx1.lab.local' },
    ])
    expect(assigned(host)).toHaveLength(1)
    expect(assigned('host-404')).toEqual([])
  })

  it('forgets a host that leaves', () => {
    const { lab, assigned } = licensed()
    lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    })
    const [host = ''] = lab.sandbox.inventory.read.ids('HostSystem')
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    lab.task('HostSystem', host, 'Destroy_Task')
    expect(assigned()).toHaveLength(1)
  })
})
