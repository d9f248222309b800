import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { fileAt, putFile, removeFile } from '../datastore/files.js'
import { datastorePathOf, type Place } from '../datastore/paths.js'
import { extentOf } from '../file-manager/extent.js'
import { requireUnlocked } from '../file-manager/locks.js'
import {
  datacenterRefOf,
  FILE_MANAGEMENT,
  placeNamed,
  requireRight,
  requireRights,
  tryPlace,
} from '../file-manager/resolve.js'
import { copySecondsOf } from '../file-manager/transfer.js'
import { copyDisk, moveDisk } from './copy.js'
import { blank, changeDisk, newUuid, requireDisk, requireFree, requireIdleDisk, uuidOf } from './disk-file.js'
import { fileOf, geometryOf, plainUuid, spacedUuid, wantedBytes, wantedDisk } from './rules.js'

type Datacenter = ManagedObjectReference | undefined

/** A disk that a method is about, in a datacenter. */
interface Named {
  readonly name: string
  readonly datacenter?: Datacenter
}

interface Transfer {
  readonly sourceName: string
  readonly sourceDatacenter?: Datacenter
  readonly destName: string
  readonly destDatacenter?: Datacenter
}

/** A task on one disk that nobody has open. */
const onDisk = <A extends Named>(run: (ctx: Context, place: Place, args: A) => void) => ({
  entity: (_ctx: Context, _self: ManagedObjectReference, { datacenter }: A) => datacenter,
  before: (ctx: Context, _self: ManagedObjectReference, { name, datacenter }: A) =>
    requireRights(ctx, [[name, datacenter]]),
  seconds: (ctx: Context, _self: ManagedObjectReference, { name, datacenter }: A) =>
    secondsFor(ctx, name, datacenter),
  run: (ctx: Context, _self: ManagedObjectReference, args: A) =>
    run(ctx, placeNamed(ctx.tx, args.name, args.datacenter), args),
})

/** A task that takes a disk elsewhere; its result is the disk's new path. */
const between = <A extends Transfer>(run: (ctx: Context, from: Place, to: Place, args: A) => void) => ({
  entity: (_ctx: Context, _self: ManagedObjectReference, { sourceDatacenter }: A) => sourceDatacenter,
  before: (ctx: Context, _self: ManagedObjectReference, args: A) =>
    requireRights(ctx, [
      [args.sourceName, args.sourceDatacenter],
      [args.destName, args.destDatacenter ?? args.sourceDatacenter],
    ]),
  seconds: (ctx: Context, _self: ManagedObjectReference, { sourceName, sourceDatacenter }: A) =>
    secondsFor(ctx, sourceName, sourceDatacenter),
  run(ctx: Context, _self: ManagedObjectReference, args: A) {
    const from = placeNamed(ctx.tx, args.sourceName, args.sourceDatacenter, 'sourceDatacenter')
    const datacenter = args.destDatacenter ?? datacenterRefOf(ctx.tx, from)
    const to = placeNamed(ctx.tx, args.destName, datacenter, 'destDatacenter')
    run(ctx, from, to, args)
    return datastorePathOf(ctx.tx, to)
  },
})

function secondsFor(ctx: Context, name: string, datacenter: Datacenter): number {
  const place = tryPlace(ctx.read, name, datacenter)
  const file = place && fileAt(ctx.read, place.datastore, place.path)
  return file ? copySecondsOf([file]) : 1
}

export const virtualDiskOperations = operations('VirtualDiskManager', {
  CreateVirtualDisk_Task: {
    entity: (_ctx, _self, { datacenter }) => datacenter,
    before: (ctx, _self, { name, datacenter }) => requireRights(ctx, [[name, datacenter]]),
    run(ctx, _self, { name, datacenter, spec }) {
      const place = placeNamed(ctx.tx, name, datacenter)
      const disk = wantedDisk(spec)
      requireFree(ctx, place)
      const uuid = newUuid(ctx, place, ctx.tx.next('virtualDisk'))
      putFile(ctx.tx, place.datastore, place.path, { ...fileOf({ ...disk, uuid }), modified: ctx.time })
      return datastorePathOf(ctx.tx, place)
    },
  },

  DeleteVirtualDisk_Task: {
    ...onDisk((ctx, place) => {
      requireDisk(ctx, place)
      requireUnlocked(ctx.tx, place)
      removeFile(ctx.tx, place.datastore, place.path)
      // Bytes that came in a file of their own belong to the disk.
      const extent = extentOf(place)
      if (fileAt(ctx.tx, extent.datastore, extent.path)) removeFile(ctx.tx, extent.datastore, extent.path)
    }),
    seconds: 1,
  },

  CopyVirtualDisk_Task: between((ctx, from, to, { destSpec, force }) =>
    copyDisk(ctx, from, to, { spec: destSpec, force: force ?? false }),
  ),

  MoveVirtualDisk_Task: between((ctx, from, to, { force }) => moveDisk(ctx, from, to, force ?? false)),

  ExtendVirtualDisk_Task: onDisk((ctx, place, { newCapacityKb, eagerZero }) => {
    const file = requireIdleDisk(ctx, place)
    const capacity = wantedBytes(newCapacityKb, 'newCapacityKb')
    if (capacity < file.disk.capacity) throw fault('InvalidArgument', { invalidProperty: 'newCapacityKb' })
    changeDisk(ctx, place, file, { capacity, eager: file.disk.eager ?? (eagerZero || undefined) })
  }),

  /** A thin disk takes all its space, cleared. */
  InflateVirtualDisk_Task: onDisk((ctx, place) => {
    const file = requireIdleDisk(ctx, place)
    if (file.disk.thin) changeDisk(ctx, place, file, { thin: false, eager: true })
  }),

  /** What is not written yet is cleared; what is on the disk stays. */
  EagerZeroVirtualDisk_Task: onDisk((ctx, place) => {
    const file = requireIdleDisk(ctx, place)
    changeDisk(ctx, place, file, { thin: false, eager: true })
  }),

  /** What is on the disk is overwritten. */
  ZeroFillVirtualDisk_Task: onDisk((ctx, place) => {
    requireIdleDisk(ctx, place)
    blank(ctx, place)
  }),

  /** Gives unused space of a sparse disk back; nothing here tells used from unused. */
  ShrinkVirtualDisk_Task: onDisk((ctx, place) => void requireIdleDisk(ctx, place)),

  DefragmentVirtualDisk_Task: onDisk((ctx, place) => void requireIdleDisk(ctx, place)),

  /** Disks on VMFS and NFS are in one piece. */
  QueryVirtualDiskFragmentation(ctx, _self, named) {
    requireDisk(ctx, browsed(ctx, named))
    return 0
  },

  QueryVirtualDiskGeometry(ctx, _self, named) {
    return geometryOf(requireDisk(ctx, browsed(ctx, named)).disk.capacity)
  },

  QueryVirtualDiskUuid(ctx, _self, named) {
    const place = browsed(ctx, named)
    return spacedUuid(uuidOf(ctx, place, requireDisk(ctx, place)))
  },

  SetVirtualDiskUuid(ctx, _self, { name, datacenter, uuid: text }) {
    const place = placeNamed(ctx.tx, name, datacenter)
    requireRight(ctx, place, FILE_MANAGEMENT)
    const uuid = plainUuid(text)
    if (uuid === undefined) throw fault('InvalidArgument', { invalidProperty: 'uuid' })
    changeDisk(ctx, place, requireIdleDisk(ctx, place), { uuid })
  },

  /** Only vVol datastores have such snapshots, and there are none. */
  ImportUnmanagedSnapshot: (ctx, _self, { vdisk, datacenter }) => refuseOffVvol(ctx, vdisk, datacenter),
  ReleaseManagedSnapshot: (ctx, _self, { vdisk, datacenter }) => refuseOffVvol(ctx, vdisk, datacenter),
})

/** A place that the caller may look at. */
function browsed(ctx: Context, { name, datacenter }: Named): Place {
  const place = placeNamed(ctx.tx, name, datacenter)
  requireRight(ctx, place, 'Datastore.Browse')
  return place
}

function refuseOffVvol(ctx: Context, name: string, datacenter: Datacenter): void {
  const place = placeNamed(ctx.tx, name, datacenter)
  requireRight(ctx, place, FILE_MANAGEMENT)
  throw fault('InvalidDatastore', {
    datastore: ctx.tx.ref(place.datastore),
    name: ctx.tx.get('Datastore', place.datastore).name,
  })
}
