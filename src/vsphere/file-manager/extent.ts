import type { Reader } from '#inventory/reader.js'
import { type FileFacts, fileAt } from '../datastore/files.js'
import type { Place } from '../datastore/paths.js'

/**
 * A disk is one file here, `x.vmdk`; on a real VMFS it is a descriptor of that name and the bytes in `x-flat.vmdk`. Both names
 * can be read, and the second one written and deleted (deviation 82).
 */
const EXTENT = /-flat\.vmdk$/i

/** The disk whose bytes a path names: `a/x.vmdk` for `a/x-flat.vmdk`; undefined when that is a file of its own, or nothing. */
export function diskOfExtent(read: Reader, { datastore, path }: Place): Place | undefined {
  if (!EXTENT.test(path) || fileAt(read, datastore, path)) return undefined
  const disk = { datastore, path: path.replace(EXTENT, '.vmdk') }
  const file = fileAt(read, datastore, disk.path)
  return file?.disk && file.blob === undefined ? disk : undefined
}

/** Where the bytes of a disk are: `a/x-flat.vmdk` for `a/x.vmdk`. */
export const extentOf = ({ datastore, path }: Place): Place => ({
  datastore,
  path: path.replace(/\.vmdk$/i, '-flat.vmdk'),
})

/** The bytes that were sent beside a disk's descriptor. */
export function bytesBeside(read: Reader, disk: Place): FileFacts['extent'] {
  const { datastore, path } = extentOf(disk)
  const { blob, size = 0 } = fileAt(read, datastore, path) ?? {}
  return blob === undefined ? undefined : { blob, size }
}
