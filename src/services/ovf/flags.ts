import { message } from '#vapi/error.js'
import { requireObject } from '../core/objects.js'
import { service } from '../core/service.js'

const flag = (option: string, text: string) => ({
  option,
  description: message(`com.vmware.ovfs.ovfs-main.ovfs.flag.${option.toLowerCase()}`, text),
})

/** What can be asked of exports; the names are those of the API's documentation, the sentences ours. */
const EXPORT_FLAGS = [
  flag('PRESERVE_MAC', 'Keeps the MAC addresses of network adapters in the package.'),
  flag('EXTRA_CONFIG', 'Keeps the options of the configuration in the package.'),
]

const IMPORT_FLAGS = [flag('LAX', 'Takes packages whose hardware is not fully supported.')]

export const exportFlag = service('com.vmware.vcenter.ovf.export_flag', { list: () => [...EXPORT_FLAGS] })

export const importFlag = service('com.vmware.vcenter.ovf.import_flag', {
  list(call, { rp }) {
    requireObject(call, 'ResourcePool', rp)
    return [...IMPORT_FLAGS]
  },
})
