import type { Reader } from '#inventory/reader.js'
import type { VirtualDevice, VirtualDeviceFileBackingInfo } from '#vim25/generated/types.js'
import { directoryExists, fileFault, filesBelow } from '../datastore/files.js'
import { directoryOf, nameOf, type Place } from '../datastore/paths.js'
import { datastoresOf, volumeOf } from '../datastore/volumes.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { placeOf } from '../vm/devices/disks.js'
import { chainOf, placeOfBacking } from '../vm/disk-chain.js'
import { homeOf, ownFiles } from '../vm/files.js'
import { disksOf } from '../vm/snapshots.js'
import { vmsByDirectory } from '../vm/storage.js'

/**
 * How a running VM holds a file: it writes its configuration, its swap, its log and the disks that it works on, and reads
 * what those are based on and the media in its drives. Files of a VM that is off belong to nobody.
 */
export type Lock = 'writes' | 'reads'

export interface Holder {
  readonly vm: string
  readonly lock: Lock
}

/** The running VM that holds a file; undefined when none does. */
export function holderOf(read: Reader, place: Place): Holder | undefined {
  for (const vm of runningNear(read, place)) {
    const lock = lockOf(read, vm, place)
    if (lock) return { vm, lock }
  }
  return undefined
}

/** VMs with their configuration or a disk in the file's directory, seen from every datacenter, and those with media anywhere. */
function runningNear(read: Reader, place: Place): readonly string[] {
  const near = datastoresOf(read, volumeOf(read, place.datastore)).flatMap((id) => {
    const { name, vm = [] } = read.get('Datastore', id)
    if (isMedia(place.path)) return vm.map(({ value }) => value)
    return read.lookup(vmsByDirectory, `${name} ${directoryOf(place.path)}`)
  })
  return near.filter((vm) => read.find('VirtualMachine', vm)?.runtime.powerState === 'poweredOn')
}

const isMedia = (path: string) => /\.(?:iso|flp|img)$/i.test(path)

function lockOf(read: Reader, vm: string, place: Place): Lock | undefined {
  const { config } = read.get('VirtualMachine', vm)
  const datacenter = datacenterOf(read, vm)
  if (!config || datacenter === undefined) return undefined
  const isHere = (other: Place | undefined) =>
    other?.path === place.path &&
    read.find('Datastore', other.datastore) !== undefined &&
    volumeOf(read, other.datastore) === volumeOf(read, place.datastore)
  for (const disk of disksOf(config)) {
    const chain = chainOf(disk)
    const at = chain.findIndex((backing) => isHere(placeOfBacking(read, datacenter, backing)))
    if (at >= 0) return at === chain.length - 1 ? 'writes' : 'reads'
  }
  if (isMedia(place.path))
    return hasInserted(read, datacenter, config.hardware.device, isHere) ? 'reads' : undefined
  const home = homeOf(read, vm)
  const own =
    home && isHere({ datastore: home.datastore, path: `${home.directory}/${nameOf(place.path)}` })
      ? ownFiles(read, home).some((file) => file.name === nameOf(place.path))
      : false
  return own ? 'writes' : undefined
}

function hasInserted(
  read: Reader,
  datacenter: string,
  devices: readonly VirtualDevice[] | undefined,
  isHere: (place: Place | undefined) => boolean,
): boolean {
  return (devices ?? []).some(
    (device) =>
      (device._typeName === 'VirtualCdrom' || device._typeName === 'VirtualFloppy') &&
      device.connectable?.connected === true &&
      (device.backing as VirtualDeviceFileBackingInfo | undefined)?.fileName !== undefined &&
      isHere(placeOf({ read, datacenter }, device as never)),
  )
}

/** Throws FileLocked when a running VM has the file, or any file below the directory, at this place. */
export function requireUnlocked(read: Reader, place: Place): void {
  const { datastore } = place
  const paths = directoryExists(read, datastore, place.path)
    ? filesBelow(read, datastore, place.path).map((file) => file.path)
    : [place.path]
  for (const path of paths)
    if (holderOf(read, { datastore, path })) throw fileFault(read, 'FileLocked', { datastore, path })
}

/** Throws FileLocked when a running VM writes the file: what is only read may be copied. */
export function requireReadable(read: Reader, place: Place): void {
  if (holderOf(read, place)?.lock === 'writes' && nameOf(place.path).endsWith('.vmdk'))
    throw fileFault(read, 'FileLocked', place)
}
