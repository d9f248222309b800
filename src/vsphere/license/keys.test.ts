import { describe, expect, it } from 'vitest'
import type {
  LicenseAssignmentManagerLicenseAssignment,
  LicenseManagerLicenseInfo,
} from '#vim25/generated/types.js'
import { families } from '../families.js'
import { connectSpec, createLab } from '../host/testing.js'
import { createServiceObjects } from '../service-instance/build.js'

const LICENSES = ['LicenseManager', 'LicenseManager'] as const
const ASSIGNMENTS = ['LicenseAssignmentManager', 'LicenseAssignmentManager'] as const
const HOST_KEY = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE'
const VCENTER_KEY = 'AAAAA-BBBBB-CCCCC-DDDDD-00001'
const EVALUATION = '00000-00000-00000-00000-00000'
const WRONG_KEY = { _typeName: 'InvalidArgument', invalidProperty: 'licenseKey' }

function world() {
  const lab = createLab({ families, seed: createServiceObjects })
  const call = (method: string, args: object) =>
    lab.call(...LICENSES, method, args) as LicenseManagerLicenseInfo
  return {
    lab,
    call,
    add: (licenseKey: string, labels?: readonly object[]) => call('AddLicense', { licenseKey, labels }),
    keys: () => lab.get<LicenseManagerLicenseInfo[]>(...LICENSES, 'licenses').map((one) => one.licenseKey),
    assign: (entity: string, licenseKey: string) =>
      lab.call(...ASSIGNMENTS, 'UpdateAssignedLicense', { entity, licenseKey }),
    assigned: (entityId: string) =>
      (
        lab.call(...ASSIGNMENTS, 'QueryAssignedLicenses', {
          entityId,
        }) as LicenseAssignmentManagerLicenseAssignment[]
      )[0]?.assignedLicense.licenseKey,
  }
}

describe('AddLicense', () => {
  it('adds a licence for hosts, or for the vCenter, with its features and labels', () => {
    const { add, keys } = world()
    const labels = [{ _typeName: 'KeyValue', key: 'site', value: 'north' }]
    expect(add(HOST_KEY, labels)).toMatchObject({
      editionKey: 'esx.enterprisePlus.cpuPackageCoreLimited',
      costUnit: 'cpuPackage:32core',
      labels,
    })
    expect(add(VCENTER_KEY)).toMatchObject({ editionKey: 'vc.standard.instance', costUnit: 'server' })
    expect(keys()).toEqual([EVALUATION, HOST_KEY, VCENTER_KEY])
  })

  it('leaves a licence that is there as it is', () => {
    const { add, keys } = world()
    const first = add(HOST_KEY)
    expect(add(HOST_KEY, [{ _typeName: 'KeyValue', key: 'site', value: 'north' }])).toEqual(first)
    expect(keys()).toEqual([EVALUATION, HOST_KEY])
  })

  it('says of a key that cannot be read why, and does not keep it', () => {
    const { add, call, keys } = world()
    for (const license of [add('12345'), call('DecodeLicense', { licenseKey: '12345' })])
      expect(license).toMatchObject({
        licenseKey: '12345',
        editionKey: '',
        properties: [{ key: 'lc_operation' }, { key: 'diagnostics' }],
      })
    expect(keys()).toEqual([EVALUATION])
  })
})

describe('labels of a licence', () => {
  it('are replaced, set and removed', () => {
    const { add, call } = world()
    add(HOST_KEY)
    const label = (key: string, value: string) => ({ _typeName: 'KeyValue', key, value })
    const labels = () => call('UpdateLicenseLabel', { licenseKey: HOST_KEY, labelKey: 'a', labelValue: '2' })
    expect(call('UpdateLicense', { licenseKey: HOST_KEY, labels: [label('a', '1')] }).labels).toEqual([
      label('a', '1'),
    ])
    labels()
    expect(add(HOST_KEY).labels).toEqual([label('a', '2')])
    call('RemoveLicenseLabel', { licenseKey: HOST_KEY, labelKey: 'a' })
    expect(add(HOST_KEY).labels).toBeUndefined()
  })

  it.each([
    ['UpdateLicense', {}],
    ['UpdateLicenseLabel', { labelKey: 'a', labelValue: 'b' }],
    ['RemoveLicenseLabel', { labelKey: 'a' }],
    ['RemoveLicense', {}],
  ])('are not for keys that are not there, nor for the evaluation: %s', (method, more) => {
    const { lab, keys } = world()
    for (const licenseKey of [HOST_KEY, EVALUATION])
      expect(lab.fault(...LICENSES, method, { licenseKey, ...more })).toMatchObject(WRONG_KEY)
    expect(keys()).toEqual([EVALUATION])
  })
})

describe('LicenseAssignmentManager', () => {
  function withHost() {
    const test = world()
    test.lab.task('Folder', test.lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    })
    const [host = ''] = test.lab.sandbox.inventory.read.ids('HostSystem')
    return { ...test, host }
  }

  it('puts a licence in force for a host, adding it when it is new', () => {
    const { assign, assigned, keys, host } = withHost()
    expect(assigned(host)).toBe(EVALUATION)
    expect(assign(host, HOST_KEY)).toMatchObject({ licenseKey: HOST_KEY })
    expect([assigned(host), keys()]).toEqual([HOST_KEY, [EVALUATION, HOST_KEY]])
    assign(host, VCENTER_KEY)
    expect(assigned(host)).toBe(VCENTER_KEY)
    assign(host, EVALUATION)
    expect(assigned(host)).toBe(EVALUATION)
  })

  it('goes back to the evaluation when an assignment or the licence goes', () => {
    const { lab, call, assign, assigned, keys, host } = withHost()
    assign(host, HOST_KEY)
    lab.call(...ASSIGNMENTS, 'RemoveAssignedLicense', { entityId: host })
    expect([assigned(host), keys()]).toEqual([EVALUATION, [EVALUATION, HOST_KEY]])
    assign(host, HOST_KEY)
    call('RemoveLicense', { licenseKey: HOST_KEY })
    expect([assigned(host), keys()]).toEqual([EVALUATION, [EVALUATION]])
  })

  it('refuses what is no entity, and keys that cannot be read', () => {
    const { lab, assigned, host } = withHost()
    const fault = (method: string, args: object) => lab.fault(...ASSIGNMENTS, method, args)
    expect(fault('UpdateAssignedLicense', { entity: 'host-404', licenseKey: HOST_KEY })).toMatchObject({
      _typeName: 'LicenseEntityNotFound',
      entityId: 'host-404',
    })
    expect(fault('RemoveAssignedLicense', { entityId: 'host-404' })).toMatchObject({
      _typeName: 'LicenseEntityNotFound',
    })
    expect(fault('UpdateAssignedLicense', { entity: host, licenseKey: '12345' })).toMatchObject(WRONG_KEY)
    expect(assigned(host)).toBe(EVALUATION)
  })
})
