import { data, patch } from '#vim25/data.js'
import { fault, VimFault } from '#vim25/fault.js'
import type {
  VirtualDeviceConfigSpec,
  VirtualDeviceFileBackingInfo,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { fileAt } from '../../datastore/files.js'
import { datastorePath, locate, type Place, parseDatastorePath } from '../../datastore/paths.js'
import { datastoreNamed } from '../../datastore/volumes.js'
import { vmShares } from '../../resource-pool/allocation.js'
import type { DeviceEnvironment, Outcome } from './environment.js'
import { invalidBacking, invalidOperation, invalidSpec } from './faults.js'

const MODES = [
  'persistent',
  'nonpersistent',
  'undoable',
  'independent_persistent',
  'independent_nonpersistent',
  'append',
]

/** 62 TB (Configuration Maximums, ESXi 5.5 and later). */
const LARGEST_BYTES = 62 * 2 ** 40

const noLimit = data('StorageIOAllocationInfo', {
  limit: -1,
  shares: vmShares('cpu', undefined, 1),
  reservation: 0,
})

/** What a disk of a spec becomes: with a file that is made, or that is there already. */
export function addedDisk(
  env: DeviceEnvironment,
  outcome: Outcome,
  spec: VirtualDeviceConfigSpec,
  index: number,
): Partial<VirtualDisk> {
  const disk = spec.device as VirtualDisk
  const backing = disk.backing as VirtualDiskFlatVer2BackingInfo | undefined
  if (!backing || !isA(backing._typeName, 'VirtualDeviceFileBackingInfo')) throw invalidBacking(index)
  if (!MODES.includes(backing.diskMode)) throw invalidSpec(index, 'device.backing.diskMode')
  if (spec.fileOperation === 'destroy') throw invalidOperation(index, 'add', 'destroy')
  const made = spec.fileOperation !== undefined
  const place = made
    ? newPlace(env, outcome, backing, spec.fileOperation === 'replace')
    : existingPlace(env, backing, index)
  const capacity = made
    ? wantedCapacity(disk, index)
    : (fileAt(env.read, place.datastore, place.path)?.disk?.capacity ?? wantedCapacity(disk, index))
  const thin = backing.thinProvisioned ?? false
  if (made) outcome.files.push({ op: 'create', ...place, capacity, thin })
  return {
    backing: fullBacking(env, backing, place, thin),
    shares: disk.shares ?? noLimit.shares,
    storageIOAllocation: disk.storageIOAllocation ? patch(noLimit, disk.storageIOAllocation) : noLimit,
    nativeUnmanagedLinkedClone: false,
    guestReadOnly: disk.guestReadOnly ?? false,
    ...size(capacity),
  }
}

const size = (bytes: number) => ({ capacityInKB: Math.floor(bytes / 1024), capacityInBytes: bytes })

function wantedCapacity(disk: VirtualDisk, index: number): number {
  const bytes =
    disk.capacityInBytes === undefined ? Number(disk.capacityInKB) * 1024 : Number(disk.capacityInBytes)
  if (!(bytes > 0 && bytes <= LARGEST_BYTES)) throw invalidSpec(index, 'device.capacityInKB')
  return bytes
}

function fullBacking(
  env: DeviceEnvironment,
  backing: VirtualDiskFlatVer2BackingInfo,
  place: Place,
  thin: boolean,
): VirtualDiskFlatVer2BackingInfo {
  const { name } = env.read.get('Datastore', place.datastore)
  const fileName = datastorePath(name, place.path)
  const identity = diskIdentity(env, fileName)
  if (backing._typeName !== 'VirtualDiskFlatVer2BackingInfo')
    return patch(backing, { fileName, datastore: env.read.ref(place.datastore) })
  return patch(backing, {
    fileName,
    datastore: env.read.ref(place.datastore),
    backingObjectId: '',
    split: backing.split ?? false,
    writeThrough: backing.writeThrough ?? false,
    thinProvisioned: thin,
    uuid: backing.uuid ?? fileAt(env.read, place.datastore, place.path)?.disk?.uuid ?? identity.uuid,
    contentId: identity.contentId,
    digestEnabled: backing.digestEnabled ?? false,
    sharing: backing.sharing ?? 'sharingNone',
  })
}

/** What tells a new disk from all others. */
export function diskIdentity(
  env: Pick<DeviceEnvironment, 'uuid'>,
  fileName: string,
): { readonly uuid: string; readonly contentId: string } {
  const uuid = env.uuid(`disk ${fileName}`)
  return { uuid: `6000C29${uuid.slice(7).toUpperCase()}`, contentId: uuid.replaceAll('-', '') }
}

/** Where a new disk's file goes: where the client wants it, else `<home>/<vm>.vmdk`, `<vm>_1.vmdk` ... */
function newPlace(
  env: DeviceEnvironment,
  outcome: Outcome,
  backing: VirtualDeviceFileBackingInfo,
  replace: boolean,
): Place {
  const wanted = backing.fileName
  const asked = wanted === '' ? undefined : resolve(env, wanted)
  if (asked?.path.endsWith('.vmdk')) {
    if (!replace && isTaken(env, outcome, asked)) throw fault('FileAlreadyExists', { file: wanted })
    return asked
  }
  const datastore = asked?.datastore ?? backing.datastore?.value ?? env.home.datastore
  const directory = asked?.path || env.home.directory
  const stem = directory === '' ? env.vmName : `${directory}/${env.vmName}`
  for (let n = 0; ; n++) {
    const place = { datastore, path: n === 0 ? `${stem}.vmdk` : `${stem}_${n}.vmdk` }
    if (!isTaken(env, outcome, place)) return place
  }
}

function isTaken(env: DeviceEnvironment, outcome: Outcome, place: Place): boolean {
  return (
    fileAt(env.read, place.datastore, place.path) !== undefined ||
    outcome.files.some(
      (file) => file.op === 'create' && file.datastore === place.datastore && file.path === place.path,
    )
  )
}

/** `[name] path`, or a path relative to the VM's own directory. */
function resolve(env: DeviceEnvironment, text: string): Place {
  if (text.startsWith('[')) return locate(env.read, env.datacenter, text)
  const { datastore, directory } = env.home
  return { datastore, path: directory === '' ? text : `${directory}/${text}` }
}

function existingPlace(env: DeviceEnvironment, backing: VirtualDeviceFileBackingInfo, index: number): Place {
  if (backing.fileName === '') throw invalidBacking(index)
  const place = resolve(env, backing.fileName)
  if (!fileAt(env.read, place.datastore, place.path)) throw fault('FileNotFound', { file: backing.fileName })
  return place
}

/** A changed disk: it may grow, change its mode while the VM is off, and its shares; it cannot shrink. */
export function editedDisk(
  env: DeviceEnvironment,
  outcome: Outcome,
  old: VirtualDisk,
  spec: VirtualDeviceConfigSpec,
  index: number,
): VirtualDisk {
  const disk = spec.device as VirtualDisk
  if (spec.fileOperation !== undefined) throw invalidOperation(index, 'edit', spec.fileOperation)
  const before = Number(old.capacityInBytes ?? Number(old.capacityInKB) * 1024)
  const capacity = newCapacity(old, disk)
  if (capacity < before || capacity > LARGEST_BYTES) throw invalidSpec(index, 'device.capacityInKB')
  const place = placeOf(env, old)
  if (capacity > before) {
    if (env.hasSnapshots || backingOf(old)?.parent) throw invalidOperation(index, 'edit')
    if (place) outcome.files.push({ op: 'grow', ...place, capacity })
  }
  const oldBacking = backingOf(old)
  const wanted = disk.backing as VirtualDiskFlatVer2BackingInfo | undefined
  let backing = oldBacking
  if (oldBacking && wanted && oldBacking._typeName === wanted._typeName) {
    if (!MODES.includes(wanted.diskMode)) throw invalidSpec(index, 'device.backing.diskMode')
    if (wanted.diskMode !== oldBacking.diskMode && (env.running || env.hasSnapshots))
      throw fault('DisallowedDiskModeChange', { deviceIndex: index })
    backing = patch(oldBacking, {
      diskMode: wanted.diskMode,
      sharing: wanted.sharing ?? oldBacking.sharing,
      writeThrough: wanted.writeThrough ?? oldBacking.writeThrough,
    })
  }
  return patch(old, {
    backing,
    shares: disk.shares ?? old.shares,
    storageIOAllocation: disk.storageIOAllocation
      ? patch(old.storageIOAllocation ?? noLimit, disk.storageIOAllocation)
      : old.storageIOAllocation,
    ...size(capacity),
  })
}

/** Clients change one of the two capacities and send the other as it was. */
function newCapacity(old: VirtualDisk, disk: VirtualDisk): number {
  const bytes = disk.capacityInBytes === undefined ? undefined : Number(disk.capacityInBytes)
  const kilobytes = Number(disk.capacityInKB)
  if (bytes !== undefined && bytes !== Number(old.capacityInBytes)) return bytes
  if (kilobytes > 0 && kilobytes !== Number(old.capacityInKB)) return kilobytes * 1024
  return Number(old.capacityInBytes ?? Number(old.capacityInKB) * 1024)
}

export const backingOf = (disk: VirtualDisk): VirtualDiskFlatVer2BackingInfo | undefined =>
  disk.backing as VirtualDiskFlatVer2BackingInfo | undefined

/** The files that go when a disk is removed with `destroy`: its own and those that its snapshots are based on. */
export function removedDisk(
  env: DeviceEnvironment,
  outcome: Outcome,
  old: VirtualDisk,
  spec: VirtualDeviceConfigSpec,
  index: number,
): void {
  if (spec.fileOperation === undefined) return
  if (spec.fileOperation !== 'destroy') throw invalidOperation(index, 'remove', spec.fileOperation)
  if (env.hasSnapshots) return
  const place = placeOf(env, old)
  if (place) outcome.files.push({ op: 'destroy', ...place })
}

/** Where a disk's file is; undefined for disks that have none, or none that can be found. */
export function placeOf(
  env: Pick<DeviceEnvironment, 'read' | 'datacenter'>,
  disk: VirtualDisk,
): Place | undefined {
  const backing = disk.backing as Partial<VirtualDeviceFileBackingInfo> | undefined
  if (!backing?.fileName) return undefined
  try {
    const { datastore: name, path } = parseDatastorePath(backing.fileName)
    const datastore = backing.datastore?.value ?? datastoreNamed(env.read, env.datacenter, name)
    return datastore === undefined ? undefined : { datastore, path }
  } catch (error) {
    if (error instanceof VimFault) return undefined
    throw error
  }
}
