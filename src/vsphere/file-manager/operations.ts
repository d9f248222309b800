import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import {
  directoryExists,
  fileAt,
  filesBelow,
  makeDirectory,
  requireFile,
  updateFile,
} from '../datastore/files.js'
import type { Place } from '../datastore/paths.js'
import { datastorePathOf } from '../datastore/paths.js'
import { holderOf } from './locks.js'
import {
  datacenterRefOf,
  FILE_MANAGEMENT,
  placeNamed,
  requireRight,
  requireRights,
  tryPlace,
} from './resolve.js'
import { copyPlace, copySecondsOf, deletePlace, movePlace } from './transfer.js'

export const fileManagerOperations = operations('FileManager', {
  /** FileAlreadyExists; FileNotFound when the directory above is missing and not to be made. */
  MakeDirectory(ctx, _self, { name, datacenter, createParentDirectories }) {
    const place = placeNamed(ctx.tx, name, datacenter)
    requireRight(ctx, place, FILE_MANAGEMENT)
    makeDirectory(ctx.tx, place.datastore, place.path, createParentDirectories ?? false)
  },

  DeleteDatastoreFile_Task: {
    entity: (_ctx, _self, { datacenter }) => datacenter,
    before: (ctx, _self, { name, datacenter }) => requireRights(ctx, [[name, datacenter]]),
    run: (ctx, _self, { name, datacenter }) => deletePlace(ctx, placeNamed(ctx.tx, name, datacenter)),
  },

  CopyDatastoreFile_Task: {
    entity: (_ctx, _self, { sourceDatacenter }) => sourceDatacenter,
    before: (ctx, _self, args) => requireRightsOnBoth(ctx, args),
    seconds: (ctx, _self, { sourceName, sourceDatacenter }) => secondsFor(ctx, sourceName, sourceDatacenter),
    run(ctx, _self, args) {
      const { from, to } = placesOf(ctx, args)
      copyPlace(ctx, from, to, args.force ?? false)
    },
  },

  MoveDatastoreFile_Task: {
    entity: (_ctx, _self, { sourceDatacenter }) => sourceDatacenter,
    before: (ctx, _self, args) => requireRightsOnBoth(ctx, args),
    run(ctx, _self, args) {
      const { from, to } = placesOf(ctx, args)
      movePlace(ctx, from, to, args.force ?? false)
    },
  },

  /** Whom the file belongs to, as browsers tell it (FileInfo.owner). UserNotFound for nobody. */
  ChangeOwner(ctx, _self, { name, datacenter, owner }) {
    const place = placeNamed(ctx.tx, name, datacenter)
    requireRight(ctx, place, FILE_MANAGEMENT)
    requireFile(ctx.tx, place.datastore, place.path)
    if (owner.trim() === '') throw fault('UserNotFound', { principal: owner, unresolved: false })
    updateFile(ctx.tx, place.datastore, place.path, { owner })
  },

  /** Which host holds a file, because a VM that runs there has it open; no lock for a file that nobody has open. */
  QueryFileLockInfo(ctx, _self, { path, host }) {
    const place = placeNamed(ctx.tx, path, datacenterOfHost(ctx, host?.value))
    requireRight(ctx, place, 'Datastore.Browse')
    requireFile(ctx.tx, place.datastore, place.path)
    const holder = holderOf(ctx.tx, place)
    const { runtime } = holder ? ctx.tx.get('VirtualMachine', holder.vm) : {}
    const running = runtime?.host && ctx.tx.find('HostSystem', runtime.host.value)
    return data('FileLockInfoResult', {
      lockInfo:
        holder && running
          ? [
              data('FileLockInfo', {
                filePath: datastorePathOf(ctx.tx, place),
                host: running.name,
                mac: running.config?.network?.pnic?.[0]?.mac ?? '',
                id: holder.vm,
                worldName: 'vmx',
                ownerId: runtime?.host?.value,
                lockMode: holder.lock === 'writes' ? 'exclusive' : 'read-only',
              }),
            ]
          : [],
    })
  },
})

interface Transfer {
  readonly sourceName: string
  readonly sourceDatacenter?: Parameters<typeof placeNamed>[2]
  readonly destinationName: string
  readonly destinationDatacenter?: Parameters<typeof placeNamed>[2]
}

/** Without a datacenter of its own, the target is in the source's (API reference of CopyDatastoreFile_Task). */
function placesOf(ctx: Context, args: Transfer): { readonly from: Place; readonly to: Place } {
  const from = placeNamed(ctx.tx, args.sourceName, args.sourceDatacenter, 'sourceDatacenter')
  const datacenter = args.destinationDatacenter ?? datacenterRefOf(ctx.tx, from)
  return { from, to: placeNamed(ctx.tx, args.destinationName, datacenter, 'destinationDatacenter') }
}

function requireRightsOnBoth(ctx: Context, args: Transfer): void {
  const { sourceName, sourceDatacenter, destinationName, destinationDatacenter } = args
  requireRights(ctx, [
    [sourceName, sourceDatacenter],
    [destinationName, destinationDatacenter ?? sourceDatacenter],
  ])
}

function secondsFor(ctx: Context, name: string, datacenter: Transfer['sourceDatacenter']): number {
  const { read } = ctx
  const place = tryPlace(read, name, datacenter)
  if (!place) return 1
  const { datastore, path } = place
  const file = fileAt(read, datastore, path)
  if (file) return copySecondsOf([file])
  return directoryExists(read, datastore, path) ? copySecondsOf(filesBelow(read, datastore, path)) : 1
}

function datacenterOfHost(ctx: Context, host: string | undefined) {
  const [first] = host === undefined ? [] : (ctx.tx.find('HostSystem', host)?.datastore ?? [])
  return first && datacenterRefOf(ctx.tx, { datastore: first.value, path: '' })
}
