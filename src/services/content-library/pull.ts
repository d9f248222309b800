import type { LocalizableMessage } from '#vapi/error.js'
import { fileAt } from '#vsphere/datastore/files.js'
import { cleanPath } from '#vsphere/datastore/paths.js'
import { splitDatastorePath } from '#world/datastore-path.js'
import { imageOf } from '#world/disk-image.js'
import { bytesOf } from '../blobs/bytes.js'
import type { ServiceCall } from '../core/call.js'
import { checksumOf, hashOf } from './checksums.js'
import { told } from './errors.js'
import { publishedFileAt } from './published.js'
import { mismatch } from './receive.js'
import { type Content, downloadSessions, downloadSessionsByTransfer, type SessionFile } from './records.js'
import { decoded, folderFileAt, parse, transferAt } from './urls.js'

/**
 * What a PULL source gives: files on datastores (`ds:///vmfs/volumes/…`, `[name] dir/file`, `/folder/…?dsName=` of this
 * server) and what this server's own libraries offer. Nothing else is asked: no other host is ever called (deviation 74).
 */
export function sourceOf(call: ServiceCall, uri: string): Content | LocalizableMessage {
  const place = placeOf(call, uri)
  if (place) return onDatastore(call, place) ?? told('file_source_not_found', uri)
  const transfer = transferAt(uri)
  if (transfer) return offered(call, transfer) ?? told('file_source_not_found', uri)
  const published = publishedFileAt(call.read, uri)
  if (published) return published
  const url = parse(uri)
  if (!url) return told('invalid_url_format', uri)
  if (!/^https?:$/.test(url.protocol)) return told('file_probe_unsupported_uri_scheme', uri)
  return told('http_request_error', `${url.host}: this server makes no requests to other hosts.`)
}

export const isContent = (source: Content | LocalizableMessage): source is Content => 'size' in source

/** What does not fit what was announced of a file that is pulled. */
export async function checkPulled(
  call: ServiceCall,
  file: SessionFile,
  content: Content,
): Promise<LocalizableMessage | undefined> {
  const { size, blob } = content
  if (!file.checksum) return mismatch(file, { size, hashes: {} })
  const { blobs } = call.sandbox.services
  const hash = hashOf(file.checksum)
  const found = hash === 'sha256' && blob ? blob : await checksumOf(await bytesOf(blobs, content), hash)
  return mismatch(file, { size, hashes: { [hash]: found } })
}

interface NamedPlace {
  /** Moids of datastores that it may mean. */
  readonly datastores: readonly string[]
  readonly path: string
}

function placeOf(call: ServiceCall, uri: string): NamedPlace | undefined {
  const { read } = call
  const all = [...read.ids('Datastore')]
  const named = splitDatastorePath(uri) ?? folderFileAt(call, uri)
  if (named) {
    const datastores = all.filter((id) => read.get('Datastore', id).name === named.datastore)
    return { datastores, path: cleanPath(named.path) }
  }
  const [, volume, path] = /^ds:\/*vmfs\/volumes\/([^/]+)\/([^?]*)/.exec(uri) ?? []
  if (volume === undefined || path === undefined) return undefined
  const mine = (id: string) => read.get('Datastore', id).summary.url?.includes(`/${volume}/`) === true
  return { datastores: all.filter(mine), path: cleanPath(decoded(path)) }
}

function onDatastore({ read }: ServiceCall, { datastores, path }: NamedPlace): Content | undefined {
  for (const datastore of datastores) {
    const file = fileAt(read, datastore, path)
    if (!file) continue
    const { size, blob } = file
    const checksum = blob === undefined ? undefined : ({ algorithm: 'SHA256', checksum: blob } as const)
    return { size, blob, checksum, image: imageOf(read, datastore, path) }
  }
  return undefined
}

function offered(
  { read }: ServiceCall,
  { transfer, file: name }: { readonly transfer: string; readonly file: string },
): Content | undefined {
  const [key] = read.lookup(downloadSessionsByTransfer, transfer)
  const session = key === undefined ? undefined : read.get(downloadSessions, key)
  return session?.files.find(({ file, status }) => file.name === name && status === 'PREPARED')?.file
}
