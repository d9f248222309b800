import { data } from '#vim25/data.js'
import type { OvfManagerProperties } from '#vim25/generated/types.js'

const option = (name: string, message: string) =>
  data('OvfOptionInfo', {
    option: name,
    description: data('LocalizableMessage', { key: `com.vmware.ovf.option.${name}`, message }),
  })

/** The OvfManager of a vCenter; the sentences are ours. */
export const OVF_MANAGER: OvfManagerProperties = Object.freeze({
  ovfImportOption: Object.freeze([option('lax', 'Takes packages whose hardware is not fully supported.')]),
  ovfExportOption: Object.freeze([
    option('mac', 'Keeps the MAC addresses of network adapters in the package.'),
    option('extraconfig', 'Keeps the options of the configuration in the package.'),
  ]),
})
