import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import { cleanPath, type Place } from '../datastore/paths.js'
import { datastoreOfVolume, datastoresOf, volumeId } from '../datastore/volumes.js'

const FORM = /^ds:\/\/\/vmfs\/volumes\/([^/]+)\/?(.*)$/s

/**
 * The place that `ds:///vmfs/volumes/<volume>/dir/file` names, seen from a datacenter if one is given. Throws
 * InvalidDatastorePath.
 */
export function placeOfVolumePath(read: Reader, text: string, datacenter: string | undefined): Place {
  const [, uuid = '', rest = ''] = FORM.exec(text) ?? []
  const path = cleanPath(rest)
  const volume = volumeId(uuid)
  const datastore =
    datacenter === undefined ? datastoresOf(read, volume)[0] : datastoreOfVolume(read, datacenter, volume)
  if (datastore === undefined || path.split('/').includes('..'))
    throw fault('InvalidDatastorePath', { datastorePath: text })
  return { datastore, path }
}
