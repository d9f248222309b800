import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineConfigInfo,
  VirtualMachineFileLayout,
  VirtualMachineFileLayoutEx,
  VirtualMachineFileLayoutExDiskLayout,
  VirtualMachineFileLayoutExFileInfo,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import { type FileType, fileAt, filesIn } from '../datastore/files.js'
import { cleanPath, datastorePath } from '../datastore/paths.js'
import { datastoreNamed } from '../datastore/volumes.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { placeOf } from './devices/disks.js'
import { chainOf } from './disk-chain.js'
import { type Home, homeOf } from './files.js'
import { treeSnapshots } from './snapshot-tree.js'
import { disksOf } from './snapshots.js'

/** VirtualMachineFileLayoutEx's names for the files beside a VM's disks. */
const TYPES: Readonly<Partial<Record<FileType, string>>> = {
  vmx: 'config',
  nvram: 'nvram',
  vmsd: 'snapshotList',
  vmsn: 'snapshotData',
  vswp: 'swap',
  log: 'log',
}

/** Those that datastores do not tell apart. */
const SUFFIXES: Readonly<Record<string, string>> = {
  '.vmem': 'snapshotMemory',
  '.vmss': 'suspend',
  '.vmft': 'ftMetadata',
}

const typeOf = (name: string, type: FileType): string | undefined =>
  SUFFIXES[name.slice(name.lastIndexOf('.'))] ?? TYPES[type]

/** VirtualMachine.layoutEx: every file of the VM, and which of them make up its disks and snapshots. */
export function layoutExOf(
  read: Reader,
  vm: string,
  value: VirtualMachineProperties,
): VirtualMachineFileLayoutEx | undefined {
  const { config, snapshot } = value
  const home = homeOf(read, vm)
  if (!config || !home) return undefined
  const files: VirtualMachineFileLayoutExFileInfo[] = []
  const add = (name: string, type: string, size: number) => {
    files.push(
      data('VirtualMachineFileLayoutExFileInfo', {
        key: files.length,
        name,
        type,
        size,
        uniqueSize: size,
        backingObjectId: '',
        accessible: true,
      }),
    )
    return files.length - 1
  }
  const datastore = read.get('Datastore', home.datastore).name
  const named = (file: string) =>
    datastorePath(datastore, home.directory === '' ? file : `${home.directory}/${file}`)
  const byName = new Map<string, number>()
  for (const file of filesIn(read, home.datastore, home.directory)) {
    const type = typeOf(file.name, file.type)
    if (type) byName.set(file.name, add(named(file.name), type, file.size))
  }
  for (const file of metadataFiles(read, config, home)) add(file.name, 'ftMetadata', file.size)
  const units = new Map<string, readonly number[]>()
  const unit = (backing: VirtualDiskFlatVer2BackingInfo): readonly number[] => {
    const known = units.get(backing.fileName)
    if (known) return known
    const place =
      backing.datastore && placeOf({ read, datacenter: '' }, { backing } as unknown as VirtualDisk)
    const file = place && fileAt(read, place.datastore, place.path)
    const suffix = backing.parent ? '-delta.vmdk' : '-flat.vmdk'
    const keys = [
      add(backing.fileName, 'diskDescriptor', 0),
      add(backing.fileName.replace(/\.vmdk$/, suffix), 'diskExtent', file?.size ?? 0),
    ]
    units.set(backing.fileName, keys)
    return keys
  }
  const layouts = (disks: readonly VirtualDisk[]): readonly VirtualMachineFileLayoutExDiskLayout[] =>
    disks.map((disk) =>
      data('VirtualMachineFileLayoutExDiskLayout', {
        key: disk.key,
        chain: chainOf(disk).map((backing) =>
          data('VirtualMachineFileLayoutExDiskUnit', { fileKey: unit(backing) }),
        ),
      }),
    )
  const disk = layouts(disksOf(config))
  const snapshots = treeSnapshots(snapshot).map(({ snapshot: ref, id }) => {
    const stem = home.vmx.slice(home.vmx.lastIndexOf('/') + 1).replace(/\.vmx$/, '')
    const state = read.find('VirtualMachineSnapshot', ref.value)?.config
    return data('VirtualMachineFileLayoutExSnapshotLayout', {
      key: ref,
      dataKey: byName.get(`${stem}-Snapshot${id}.vmsn`) ?? -1,
      memoryKey: byName.get(`${stem}-Snapshot${id}.vmem`) ?? -1,
      disk: state ? layouts(disksOf(state)) : undefined,
    })
  })
  return data('VirtualMachineFileLayoutEx', {
    file: files,
    disk,
    snapshot: snapshots,
    timestamp: config.modified,
  })
}

/** Metadata of Fault Tolerance in a directory of its own; beside the VM's files it is found with them. */
function metadataFiles(read: Reader, config: VirtualMachineConfigInfo, home: Home) {
  const directory = config.files.ftMetadataDirectory ?? ''
  const place = splitDatastorePath(directory)
  const own = splitDatastorePath(config.files.vmPathName)
  if (!place || !own) return []
  const path = cleanPath(place.path)
  if (place.datastore === own.datastore && path === home.directory) return []
  const datacenter = read.find('Datastore', home.datastore) && datacenterOf(read, home.datastore)
  const datastore = datacenter === undefined ? undefined : datastoreNamed(read, datacenter, place.datastore)
  if (datastore === undefined) return []
  return filesIn(read, datastore, path)
    .filter(({ name }) => name.endsWith('.vmft'))
    .map(({ name, size }) => ({ name: `${directory}${name}`, size }))
}

/** VirtualMachine.layout: the older form, with names relative to the VM's directory where they can be. */
export function layoutOf({
  config,
  runtime,
  snapshot,
}: VirtualMachineProperties): VirtualMachineFileLayout | undefined {
  if (!config) return undefined
  const path = config.files.vmPathName ?? ''
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.vmx$/, '')
  return data('VirtualMachineFileLayout', {
    configFile: [`${stem}.nvram`, `${stem}.vmsd`],
    logFile: runtime.powerState === 'poweredOn' ? ['vmware.log'] : undefined,
    disk: disksOf(config).map((disk) =>
      data('VirtualMachineFileLayoutDiskLayout', {
        key: disk.key,
        diskFile: chainOf(disk).map((backing) => backing.fileName),
      }),
    ),
    snapshot: treeSnapshots(snapshot).map(({ snapshot: ref, id }) =>
      data('VirtualMachineFileLayoutSnapshotLayout', {
        key: ref,
        snapshotFile: [`${stem}-Snapshot${id}.vmsn`],
      }),
    ),
    swapFile: runtime.powerState === 'poweredOn' ? path.replace(/\.vmx$/, '.vswp') : undefined,
  })
}
