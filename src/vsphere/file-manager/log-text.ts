import type { Reader } from '#inventory/reader.js'
import type { DatastoreFile } from '../datastore/files.js'
import { directoryOf, type Place } from '../datastore/paths.js'
import { vmsByDirectory } from '../vm/storage.js'

/** What a VM's log begins with: enough to see whose it is and on what it ran. */
export function logText(read: Reader, place: Place, file: DatastoreFile): string {
  const { name } = read.get('Datastore', place.datastore)
  const [vm] = read.lookup(vmsByDirectory, `${name} ${directoryOf(place.path)}`)
  const { config, runtime } = vm === undefined ? {} : read.get('VirtualMachine', vm)
  const host = runtime?.host && read.find('HostSystem', runtime.host.value)
  const product = host?.config?.product
  const at = (file.modified ?? '1970-01-01T00:00:00Z').replace(/(?:\.\d+)?Z$/, '.000Z')
  return [
    `Log for VMware ESX version=${product?.version ?? '8.0.3'} build=build-${product?.build ?? '0'}`,
    `hostname=${host?.name ?? 'localhost'}`,
    ...(config
      ? [
          `DICT              displayName = "${config.name}"`,
          `DICT                  guestOS = "${config.guestId}"`,
          `DICT                  memSize = "${config.hardware.memoryMB}"`,
          `DICT                 numvcpus = "${config.hardware.numCPU}"`,
          `VMX idle exit; power state ${runtime?.powerState ?? 'poweredOff'}`,
        ]
      : []),
  ]
    .map((line) => `${at} In(05) vmx - ${line}\n`)
    .join('')
}
