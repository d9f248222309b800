import type { VcenterVmTemplateLibraryItemsInfo } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { assignmentOf, disksOf, homeDatastore } from '../storage-policies/assignments.js'
import { guestOsOf } from '../vm/guest-os.js'
import { disks } from '../vm/hardware/disks.js'
import { infosOf } from '../vm/hardware/kind.js'
import { machineOrTemplate } from '../vm/hardware/machine.js'
import { nics } from '../vm/hardware/nics.js'

/** What a library tells of a VM template. Throws RESOURCE_INACCESSIBLE while its configuration cannot be read. */
export function templateInfo(call: ServiceCall, vm: string): VcenterVmTemplateLibraryItemsInfo {
  const { config, devices } = machineOrTemplate(call, vm)
  const policies = assignmentOf(call.read, vm)
  const stores = disksOf(call.read, vm)
  return {
    guest_OS: guestOsOf(config.guestId),
    cpu: { count: config.hardware.numCPU, cores_per_socket: config.hardware.numCoresPerSocket ?? 1 },
    memory: { size_MiB: config.hardware.memoryMB },
    vm_home_storage: {
      datastore: homeDatastore(call.read, vm) ?? '',
      ...(policies?.home !== undefined && { storage_policy: policies.home }),
    },
    disks: Object.fromEntries(
      Object.entries(infosOf(disks, devices)).map(([key, { capacity }]) => {
        const policy = policies?.disks[key]
        const disk_storage = {
          datastore: stores.get(key) ?? '',
          ...(policy !== undefined && { storage_policy: policy }),
        }
        return [key, { capacity, disk_storage }]
      }),
    ),
    nics: Object.fromEntries(
      Object.entries(infosOf(nics, devices)).map(([key, { backing, mac_type }]) => [
        key,
        {
          backing_type: backing.type,
          mac_type,
          ...(backing.network !== undefined && { network: backing.network }),
        },
      ]),
    ),
    vm_template: vm,
  }
}
