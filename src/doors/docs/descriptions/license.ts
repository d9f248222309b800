import type { Descriptions, Lab } from './description.js'

const manager = (lab: Lab) => lab.ref('LicenseManager')
const assignments = (lab: Lab) => lab.ref('LicenseAssignmentManager')
const demoHost = (lab: Lab) => lab.ref('HostSystem', 'vesxi-01.lab.local').value

const KEY = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE'
const added = ['LicenseManager.AddLicense']

export const licenseDescriptions: Descriptions = {
  'LicenseManager.DecodeLicense': {
    summary: 'Tells what a licence key stands for',
    text: 'Any key of five groups of five letters or digits is good. Of one that is not, `properties` say why.',
    example: { on: manager, body: () => ({ licenseKey: KEY }) },
  },
  'LicenseManager.AddLicense': {
    summary: 'Adds a licence',
    text: 'A key that cannot be read is not kept; the answer then has no edition.',
    example: { on: manager, body: () => ({ licenseKey: KEY }) },
  },
  'LicenseManager.RemoveLicense': {
    summary: 'Removes a licence',
    text: 'Whoever had it is being evaluated again.',
    example: { on: manager, first: added, body: () => ({ licenseKey: KEY }) },
  },
  'LicenseManager.UpdateLicense': {
    summary: 'Replaces the labels of a licence',
    example: { on: manager, first: added, body: () => ({ licenseKey: KEY }) },
  },
  'LicenseManager.UpdateLicenseLabel': {
    summary: 'Sets a label of a licence',
    example: {
      on: manager,
      first: added,
      body: () => ({ licenseKey: KEY, labelKey: 'site', labelValue: 'north' }),
    },
  },
  'LicenseManager.RemoveLicenseLabel': {
    summary: 'Removes a label of a licence',
    example: { on: manager, first: added, body: () => ({ licenseKey: KEY, labelKey: 'site' }) },
  },
  'LicenseAssignmentManager.UpdateAssignedLicense': {
    summary: 'Puts a licence in force for a host or the vCenter',
    text: "`entity` is a host's id or the vCenter's `instanceUuid`; anything else is `LicenseEntityNotFound`. The licence is added when it is new.",
    example: { on: assignments, body: (lab) => ({ entity: demoHost(lab), licenseKey: KEY }) },
  },
  'LicenseAssignmentManager.RemoveAssignedLicense': {
    summary: 'Takes the licence of a host or the vCenter back',
    text: 'It is being evaluated again.',
    example: { on: assignments, body: (lab) => ({ entityId: demoHost(lab) }) },
  },
}
