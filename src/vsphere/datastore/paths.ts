import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import { datastoreNamed } from './volumes.js'

/** A place on a datastore: its moid and the path below its root, without slashes at the ends ('' is the root). */
export interface Place {
  readonly datastore: string
  readonly path: string
}

/**
 * `[name] dir/file` in its parts. Throws InvalidDatastorePath{datastorePath} for anything else, and for paths that leave
 * the datastore.
 */
export function parseDatastorePath(text: string): { datastore: string; path: string } {
  const parts = splitDatastorePath(text)
  const path = cleanPath(parts?.path ?? '')
  if (!parts || path.split('/').includes('..')) throw fault('InvalidDatastorePath', { datastorePath: text })
  return { datastore: parts.datastore, path }
}

/** The place that `[name] dir/file` names in a datacenter; throws InvalidDatastorePath when there is no such datastore. */
export function locate(read: Reader, datacenter: string, text: string): Place {
  const { datastore: name, path } = parseDatastorePath(text)
  const datastore = datastoreNamed(read, datacenter, name)
  if (datastore === undefined) throw fault('InvalidDatastorePath', { datastorePath: text, name })
  return { datastore, path }
}

/** `[name] dir/file` as vim25 writes it; the root is `[name] `. */
export function datastorePath(name: string, path: string): string {
  return `[${name}] ${path}`
}

/** The same for a datastore's moid. */
export function datastorePathOf(read: Reader, { datastore, path }: Place): string {
  return datastorePath(read.get('Datastore', datastore).name, path)
}

/** A step that says nothing: empty, or `.`. */
const UNCLEAN = /(?:^|\/)\.?(?:\/|$)/

/** Without slashes at the ends, doubled slashes and `.` steps. */
export function cleanPath(path: string): string {
  if (!UNCLEAN.test(path)) return path
  return path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/')
}

/** `a/b` of `a/b/c`; '' at the top. */
export function directoryOf(path: string): string {
  const at = path.lastIndexOf('/')
  return at < 0 ? '' : path.slice(0, at)
}

/** `c` of `a/b/c`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
