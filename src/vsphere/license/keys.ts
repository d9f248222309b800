import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { KeyAnyValue, KeyValue, LicenseManagerLicenseInfo } from '#vim25/generated/types.js'
import { LICENSED_FEATURES } from './build.js'

/** Five groups of five letters or digits: what VMware prints on a licence. */
const KEY = /^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/

const property = (key: string, value: string): KeyAnyValue =>
  data('KeyAnyValue', { key, value: boxedString(value) })

/** The keys of the vCenter's licences end in 1, those of hosts in anything else: one way to tell them apart (deviation 90). */
const isForVCenter = (key: string) => key.endsWith('1')

/**
 * What a licence key stands for. No list of keys is public: every well-formed one is good, for everything that this
 * server does, and never expires (deviation 90). One that is not well-formed comes back without an edition, and its properties say why,
 * as a real server answers a key that it cannot read.
 */
export function decodedLicense(
  licenseKey: string,
  labels: readonly KeyValue[] = [],
): LicenseManagerLicenseInfo {
  if (!KEY.test(licenseKey))
    return data('LicenseManagerLicenseInfo', {
      licenseKey,
      editionKey: '',
      name: '',
      total: 0,
      costUnit: '',
      properties: [
        property('lc_operation', 'licenseDecode'),
        property(
          'diagnostics',
          `The licence key is not valid: it is not five groups of five letters or digits.`,
        ),
      ],
    })
  const vcenter = isForVCenter(licenseKey)
  const name = vcenter ? 'vCenter Server 8 Standard' : 'vSphere 8 Enterprise Plus'
  return data('LicenseManagerLicenseInfo', {
    licenseKey,
    editionKey: vcenter ? 'vc.standard.instance' : 'esx.enterprisePlus.cpuPackageCoreLimited',
    name,
    total: 0,
    used: 0,
    costUnit: vcenter ? 'server' : 'cpuPackage:32core',
    properties: [
      property('ProductName', vcenter ? 'VMware VirtualCenter Server' : 'VMware ESX Server'),
      property('ProductVersion', '8.0'),
      ...LICENSED_FEATURES,
    ],
    labels: labels.length > 0 ? [...labels] : undefined,
  })
}

export const isReadable = ({ editionKey }: LicenseManagerLicenseInfo) => editionKey !== ''

/** Labels with one set or, without a value, removed. */
export function withLabel(
  license: LicenseManagerLicenseInfo,
  key: string,
  value?: string,
): readonly KeyValue[] {
  const others = (license.labels ?? []).filter((label) => label.key !== key)
  return value === undefined ? others : [...others, data('KeyValue', { key, value })]
}
