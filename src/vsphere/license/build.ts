import { moRef } from '#inventory/entity.js'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { KeyAnyValue, LicenseManagerLicenseInfo, ManagedTypes } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'

const ASSIGNMENTS = 'LicenseAssignmentManager'

/** The features that a licence here is good for. */
export const LICENSED_FEATURES: readonly KeyAnyValue[] = Object.freeze(
  (
    [
      ['das', 'vSphere HA'],
      ['drs', 'vSphere DRS'],
      ['dvs', 'vSphere Distributed Switch'],
      ['ft', 'vSphere FT'],
      ['vmotion', 'vSphere vMotion'],
    ] as const
  ).map(([key, value]) => data('KeyAnyValue', { key: 'feature', value: data('KeyValue', { key, value }) })),
)

/** The licence of a vCenter and of hosts that have none of their own: everything is allowed. */
export const EVALUATION_LICENSE: LicenseManagerLicenseInfo = data('LicenseManagerLicenseInfo', {
  licenseKey: '00000-00000-00000-00000-00000',
  editionKey: 'eval',
  name: 'Evaluation Mode',
  total: 0,
  costUnit: '',
  properties: LICENSED_FEATURES,
})

/** LicenseManager of a vCenter in evaluation mode. */
export function licenseManagerValue({ identity }: Context): ManagedTypes['LicenseManager'] {
  return {
    source: data('EvaluationLicenseSource', {}),
    sourceAvailable: true,
    featureInfo: [],
    licensedEdition: 'eval',
    licenses: Object.freeze([EVALUATION_LICENSE]),
    licenseAssignmentManager: moRef('LicenseAssignmentManager', ASSIGNMENTS),
    evaluation: data('LicenseManagerEvaluationInfo', {
      properties: [
        data('KeyAnyValue', { key: 'productName', value: boxedString('VMware VirtualCenter Server') }),
        data('KeyAnyValue', { key: 'productVersion', value: boxedString(identity.productVersion) }),
      ],
    }),
  }
}

export function createLicenseAssignmentManager({ tx }: Context): void {
  tx.create('LicenseAssignmentManager', ASSIGNMENTS, {})
}
