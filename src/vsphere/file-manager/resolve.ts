import type { Reader } from '#inventory/reader.js'
import { fault, VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import type { Context } from '../core/context.js'
import { fileFault } from '../datastore/files.js'
import { locate, type Place } from '../datastore/paths.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { folderPlace } from './folder-url.js'
import { placeOfVolumePath } from './volume-path.js'

/** The one datacenter of a host without vCenter Server, which nobody has to name. */
const HOST_DATACENTER = 'ha-datacenter'

/** Longest name of a file or directory, in bytes, as VMFS has it. */
const LONGEST_STEP = 255

/**
 * The place that a client names: `[name] dir/file` in a datacenter, `/folder` of a server (`https://host/folder/dir/file?...`),
 * or `ds:///vmfs/volumes/<volume>/dir/file`. Throws InvalidDatastorePath, InvalidDatastore, FileNameTooLong, and
 * InvalidArgument where a datacenter has to be named and is not.
 */
export function placeNamed(
  read: Reader,
  text: string,
  datacenter: ManagedObjectReference | undefined,
  argument = 'datacenter',
): Place {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names with such characters are refused.
  if (/[\u0000-\u001f]/.test(text)) throw fault('InvalidDatastorePath', { datastorePath: text })
  const place = found(read, text, datacenter, argument)
  checkSteps(read, place)
  return place
}

function found(
  read: Reader,
  text: string,
  datacenter: ManagedObjectReference | undefined,
  argument: string,
): Place {
  if (/^https?:\/\//i.test(text)) {
    const place = folderPlace(read, text)
    if (!place) throw fault('InvalidDatastorePath', { datastorePath: text })
    return place
  }
  if (text.startsWith('ds://')) return placeOfVolumePath(read, text, datacenter?.value)
  const where = datacenter?.value ?? (read.find('Datacenter', HOST_DATACENTER) && HOST_DATACENTER)
  if (where === undefined) throw fault('InvalidArgument', { invalidProperty: argument })
  return locate(read, where, text)
}

function checkSteps(read: Reader, place: Place): void {
  for (const step of place.path.split('/'))
    if (Buffer.byteLength(step) > LONGEST_STEP) throw fileFault(read, 'FileNameTooLong', place)
}

/** The datacenter of a place that a second argument names, by default the first one's. */
export const datacenterRefOf = (read: Reader, { datastore }: Place): ManagedObjectReference | undefined => {
  const id = datacenterOf(read, datastore)
  return id === undefined ? undefined : read.ref(id)
}

/** Throws NoPermission unless the caller may do this with the datastore of a place. */
export function requireRight(ctx: Context, { datastore }: Place, privilege: string): void {
  requirePrivilege(ctx.read, ctx.session, ctx.read.ref(datastore), privilege)
}

/** Changing files on a datastore through vCenter. */
export const FILE_MANAGEMENT = 'Datastore.FileManagement'

/**
 * The refusals that the call itself answers, before there is a task: who may not touch the datastore. A place that is not
 * there is the task's matter.
 */
export function requireRights(
  ctx: Context,
  named: readonly (readonly [text: string, datacenter: ManagedObjectReference | undefined])[],
  privilege = FILE_MANAGEMENT,
): void {
  for (const [text, datacenter] of named) {
    const place = tryPlace(ctx.read, text, datacenter)
    if (place) requireRight(ctx, place, privilege)
  }
}

/** `placeNamed`, with undefined for what it refuses. */
export function tryPlace(
  read: Reader,
  text: string,
  datacenter: ManagedObjectReference | undefined,
): Place | undefined {
  try {
    return placeNamed(read, text, datacenter)
  } catch (error) {
    if (error instanceof VimFault) return undefined
    throw error
  }
}

export const isRoot = (place: Place): boolean => place.path === ''

/** Pure: whether a path is inside a directory, or the directory itself. */
export const isBelow = (path: string, directory: string): boolean =>
  path === directory || directory === '' || path.startsWith(`${directory}/`)
