import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import type { Context } from '../core/context.js'
import { fileAt, freeDirectory, putFile, removeFile, removeIfEmpty } from '../datastore/files.js'
import { datastorePathOf } from '../datastore/paths.js'
import { datastoreNamed, hostsOfDatastore } from '../datastore/volumes.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { homeOf } from '../vm/files.js'

/**
 * The tie-breaker: which half of a pair may go on when they do not hear each other (fact sheet A.6,
 * deviation 50).
 */
const TIE_BREAKER = 'shared.vmft'
const BYTES = 512

/**
 * Writes the tie-breaker of a pair on a datastore, beside the primary's files or in a directory of the same name, and says so in
 * `config.files.ftMetadataDirectory` of both.
 */
export function writeMetadata(
  ctx: Context,
  datastore: string,
  pair: readonly [primary: string, secondary: string],
): void {
  const { tx } = ctx
  const home = homeOf(tx, pair[0])
  if (!home) return
  const directory =
    home.datastore === datastore ? home.directory : freeDirectory(tx, datastore, home.directory)
  putFile(tx, datastore, `${directory}/${TIE_BREAKER}`, { type: 'other', size: BYTES, modified: ctx.time })
  for (const vm of pair) setDirectory(ctx, vm, datastorePathOf(tx, { datastore, path: `${directory}/` }))
}

/** The pair is no more: neither is its tie-breaker. To be called for the primary, while it is there. */
export function removeMetadata(ctx: Context, vm: string): void {
  const { tx } = ctx
  const directory = tx.get('VirtualMachine', vm).config?.files.ftMetadataDirectory
  const datacenter = datacenterOf(tx, vm)
  setDirectory(ctx, vm, undefined)
  const place = splitDatastorePath(directory)
  const datastore = place && datacenter !== undefined && datastoreNamed(tx, datacenter, place.datastore)
  if (!datastore) return
  const file = `${place.path}${TIE_BREAKER}`
  if (fileAt(tx, datastore, file)) removeFile(tx, datastore, file)
  removeIfEmpty(tx, datastore, place.path)
}

function setDirectory(ctx: Context, vm: string, ftMetadataDirectory: string | undefined): void {
  const { config } = ctx.tx.get('VirtualMachine', vm)
  if (!config || config.files.ftMetadataDirectory === ftMetadataDirectory) return
  ctx.tx.set('VirtualMachine', vm, {
    config: patch(config, { files: patch(config.files, { ftMetadataDirectory }) }),
  })
}

/** InvalidArgument for a datastore that one of the hosts has not mounted: files of both halves are shared (fact sheet D.3). */
export function requireReached(
  ctx: Context,
  datastore: string,
  hosts: readonly (string | undefined)[],
  invalidProperty: string,
): void {
  const mounted = hostsOfDatastore(ctx.tx, datastore)
  if (hosts.some((host) => host !== undefined && !mounted.includes(host)))
    throw fault('InvalidArgument', { invalidProperty })
}
