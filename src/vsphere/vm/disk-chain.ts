import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import type {
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { imageOf, setImage } from '#world/disk-image.js'
import type { Context } from '../core/context.js'
import { type DatastoreFile, fileAt, putFile, requireFile } from '../datastore/files.js'
import { datastorePathOf, directoryOf, type Place } from '../datastore/paths.js'
import { datastoresOf, volumeOf } from '../datastore/volumes.js'
import { bytesBeside } from '../file-manager/extent.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { placeOf } from './devices/disks.js'
import { treeSnapshots } from './snapshot-tree.js'
import { disksOf } from './snapshots.js'
import { vmsByDirectory } from './storage.js'

export type Backing = VirtualDiskFlatVer2BackingInfo

/** The backings of a disk, the one that it writes to last; empty for a disk without files. */
export function chainOf(disk: VirtualDisk): readonly Backing[] {
  const chain: Backing[] = []
  let backing = disk.backing as Backing | undefined
  for (; backing?.fileName; backing = backing.parent) chain.unshift(backing)
  return chain
}

/** Where a backing's file is. */
export function placeOfBacking(read: Reader, datacenter: string, backing: Backing): Place | undefined {
  return placeOf({ read, datacenter }, { backing } as unknown as VirtualDisk)
}

/** The configurations that a VM's files serve: the present one and those of its snapshots. */
export function configsOf(read: Reader, vm: string): readonly VirtualMachineConfigInfo[] {
  const { config, snapshot } = read.get('VirtualMachine', vm)
  const saved = treeSnapshots(snapshot).flatMap(
    ({ snapshot: ref }) => read.find('VirtualMachineSnapshot', ref.value)?.config ?? [],
  )
  return config ? [config, ...saved] : saved
}

/**
 * True when a disk of another VM (of any, without `vm`) is based on the file: a linked clone, or the VM that it is a clone
 * of; by whatever name its datacenter knows the volume.
 */
export function isUsedElsewhere(read: Reader, vm: string | undefined, place: Place): boolean {
  if (!read.find('Datastore', place.datastore)) return false
  return datastoresOf(read, volumeOf(read, place.datastore)).some((datastore) =>
    isUsedOn(read, vm, { ...place, datastore }),
  )
}

/** The same, by the name that one datastore gives the file. */
function isUsedOn(read: Reader, vm: string | undefined, place: Place): boolean {
  const name = read.find('Datastore', place.datastore)?.name
  if (name === undefined) return false
  const path = datastorePathOf(read, place)
  return read.lookup(vmsByDirectory, `${name} ${directoryOf(place.path)}`).some(
    (other) =>
      other !== vm &&
      configsOf(read, other).some((config) =>
        disksOf(config)
          .flatMap(chainOf)
          .some(
            (backing) =>
              backing.fileName === path &&
              (backing.datastore === undefined || backing.datastore.value === place.datastore),
          ),
      ),
  )
}

/** The backing at another place. */
export function backingAt(
  read: Reader,
  backing: Backing,
  to: Place,
  changes: Partial<Backing> = {},
): Backing {
  return patch(backing, {
    fileName: datastorePathOf(read, to),
    datastore: read.ref(to.datastore),
    ...changes,
  })
}

/** A delta file is small at first. */
const DELTA_BYTES = 2 ** 20

/** Makes the empty file of a disk that is to hold only what changes from now on. */
export function putDelta(ctx: Context, to: Place, capacity: number): void {
  putFile(ctx.tx, to.datastore, to.path, {
    type: 'vmdk',
    size: Math.min(DELTA_BYTES, capacity),
    provisioned: capacity,
    modified: ctx.time,
    disk: { capacity, thin: true },
  })
}

/**
 * Copies a disk's file with what is in it; `thin` where the copy is to be laid out otherwise. Throws FileNotFound,
 * NoDiskSpace.
 */
export function copyDiskFile(ctx: Context, from: Place, to: Place, thin?: boolean): void {
  const { tx } = ctx
  const { disk, ...copy } = laidOut(asOneFile(tx, from), thin)
  // The copy is another disk: who has it tells what it is called.
  const own = disk && { ...disk, uuid: undefined }
  putFile(tx, to.datastore, to.path, { ...copy, disk: own, modified: ctx.time })
  const image = imageOf(tx, from.datastore, from.path)
  if (image) setImage(tx, to.datastore, to.path, image)
}

/** The facts of a disk's file; of one that was sent as a descriptor with the bytes beside it, as one file would have them. */
function asOneFile(read: Reader, place: Place): Omit<DatastoreFile, 'name'> {
  const { name: _name, ...facts } = requireFile(read, place.datastore, place.path)
  const { blob, disk } = facts
  if (blob === undefined || !disk) return facts
  const extent = bytesBeside(read, place)
  const size = disk.thin ? Math.min(disk.capacity, extent?.size ?? DELTA_BYTES) : disk.capacity
  return { ...facts, blob: undefined, extent, size, provisioned: disk.capacity }
}

/** Pure: the facts of a disk's file when it is thin or thick. What a thick disk would take if it were thin is not known. */
export function laidOut(facts: Omit<DatastoreFile, 'name'>, thin: boolean | undefined) {
  const { disk } = facts
  if (!disk || thin === undefined || thin === disk.thin) return facts
  const size = thin ? Math.min(facts.size, DELTA_BYTES) : disk.capacity
  return { ...facts, size, provisioned: disk.capacity, disk: { ...disk, thin } }
}

/** Copies a chain of files into one. */
export function copyMerged(
  ctx: Context,
  chain: readonly Place[],
  to: Place,
  capacity: number,
  thin: boolean,
): void {
  const { tx } = ctx
  const sizes = chain.map(({ datastore, path }) => requireFile(tx, datastore, path).size)
  putFile(tx, to.datastore, to.path, {
    type: 'vmdk',
    size: thin
      ? Math.min(
          capacity,
          sizes.reduce((sum, size) => sum + size, 0),
        )
      : capacity,
    provisioned: capacity,
    modified: ctx.time,
    disk: { capacity, thin },
  })
  for (const { datastore, path } of chain) {
    const image = imageOf(tx, datastore, path)
    if (image) setImage(tx, to.datastore, to.path, image)
  }
}

export const capacityOf = (disk: VirtualDisk): number =>
  Number(disk.capacityInBytes ?? Number(disk.capacityInKB) * 1024)

/** The first of `stem`, `stem_1`, `stem_2` ... that no disk on the datastore has yet. */
export function freeStem(read: Reader, datastore: string, wanted: string): string {
  let stem = wanted
  for (let n = 1; fileAt(read, datastore, `${stem}.vmdk`); n++) stem = `${wanted}_${n}`
  return stem
}

/** How fast disks are copied from datastore to datastore. */
const BYTES_PER_SECOND = 200 * 2 ** 20

/** Seconds that it takes to copy a VM's disks. */
export function copySeconds(read: Reader, vm: string): number {
  const { config } = read.get('VirtualMachine', vm)
  const datacenter = datacenterOf(read, vm)
  if (!config || datacenter === undefined) return 0
  let bytes = 0
  for (const backing of disksOf(config).flatMap(chainOf)) {
    const place = placeOfBacking(read, datacenter, backing)
    bytes += place ? (fileAt(read, place.datastore, place.path)?.size ?? 0) : 0
  }
  return bytes / BYTES_PER_SECOND
}
