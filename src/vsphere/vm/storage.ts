import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineConfigInfo,
  VirtualMachineProperties,
  VirtualMachineStorageInfo,
} from '#vim25/generated/types.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import { type Directory, fileAt, filesIn } from '../datastore/files.js'
import { directoryOf } from '../datastore/paths.js'
import { datastoresOf } from '../datastore/volumes.js'

/** `[ds] dir` of a datastore path. */
const directoryKey = (fileName: string | undefined): string | undefined => {
  const place = splitDatastorePath(fileName)
  return place && `${place.datastore} ${directoryOf(place.path)}`
}

/** Paths of a VM's disk files with all their parents. */
function diskFiles(
  config: VirtualMachineConfigInfo,
): readonly { path: string; datastore: string | undefined }[] {
  const files: { path: string; datastore: string | undefined }[] = []
  for (const device of config.hardware.device ?? []) {
    if (device._typeName !== 'VirtualDisk') continue
    let backing = device.backing as VirtualDiskFlatVer2BackingInfo | undefined
    for (; backing; backing = backing.parent)
      files.push({ path: backing.fileName, datastore: backing.datastore?.value })
  }
  return files
}

/** VMs by the directories in which their configuration and disks are. */
export const vmsByDirectory = index<VirtualMachineProperties>({
  name: 'vm.directory',
  type: 'VirtualMachine',
  inputs: ['config.files', 'config.hardware.device'],
  keys: ({ config }) =>
    config
      ? [
          ...new Set([
            directoryKey(config.files.vmPathName),
            ...diskFiles(config).map(({ path }) => directoryKey(path)),
          ]),
        ]
      : [],
})

/** VMs by the path of their vmx file. */
export const vmsByVmx = index<VirtualMachineProperties>({
  name: 'vm.vmx',
  type: 'VirtualMachine',
  inputs: ['config.files'],
  keys: ({ config }) => [config?.files.vmPathName],
})

/** Whom a change of a directory's files concerns. */
export function vmsWithFilesIn({ volume, path }: Directory, read: Reader): readonly string[] {
  return datastoresOf(read, volume).flatMap((id) => {
    const name = read.find('Datastore', id)?.name
    return name === undefined ? [] : read.lookup(vmsByDirectory, `${name} ${path}`)
  })
}

interface Usage {
  readonly datastore: string
  committed: number
  uncommitted: number
}

/** What the VM takes on each of its datastores, in bytes. */
export function usageOf(
  read: Reader,
  config: VirtualMachineConfigInfo,
  datastores: readonly ManagedObjectReference[],
): VirtualMachineStorageInfo {
  const named = (name: string | undefined) =>
    datastores.findLast(({ value }) => read.find('Datastore', value)?.name === name)?.value
  // Few datastores: no map is worth its making.
  const usages: Usage[] = []
  const add = (datastore: string, size: number, provisioned: number) => {
    let usage = usages.find((each) => each.datastore === datastore)
    if (!usage) {
      usage = { datastore, committed: 0, uncommitted: 0 }
      usages.push(usage)
    }
    usage.committed += size
    usage.uncommitted += Math.max(0, provisioned - size)
  }
  const vmx = splitDatastorePath(config.files.vmPathName)
  const home = named(vmx?.datastore)
  if (vmx && home !== undefined) {
    add(home, 0, 0)
    for (const file of filesIn(read, home, directoryOf(vmx.path)))
      if (file.type !== 'vmdk' && file.type !== 'iso') add(home, file.size, file.size)
  }
  for (const disk of diskFiles(config)) {
    const place = splitDatastorePath(disk.path)
    const datastore = disk.datastore ?? named(place?.datastore)
    const file = datastore === undefined || !place ? undefined : fileAt(read, datastore, place.path)
    if (datastore !== undefined && file) add(datastore, file.size, file.provisioned ?? file.size)
  }
  return data('VirtualMachineStorageInfo', {
    perDatastoreUsage: usages.map(({ datastore, committed, uncommitted }) =>
      data('VirtualMachineUsageOnDatastore', {
        datastore: read.ref(datastore),
        committed,
        uncommitted,
        unshared: committed,
      }),
    ),
    timestamp: config.modified,
  })
}
