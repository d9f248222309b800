import type { ContentLibraryItemUpdatesessionFileValidationResult } from '#vapi/generated/types.js'
import { bytesOf, textOf } from '../blobs/bytes.js'
import type { ServiceCall } from '../core/call.js'
import { checksumOf, sameChecksum } from './checksums.js'
import { told } from './errors.js'
import { findItem } from './items.js'
import { manifestEntries, ovfReferences } from './ovf-files.js'
import type { LibraryFile, UpdateSession } from './records.js'

/** Descriptors and manifests larger than this are not looked into. */
const MOST_TEXT = 16 * 1024 * 1024

/** The files that the item will have: its own, what the session brings in their place, without what it removes. */
function filesAfter(
  { read }: ServiceCall,
  session: UpdateSession,
): ReadonlyMap<string, LibraryFile | undefined> {
  const own = findItem(read, session.item)?.files ?? []
  const files = new Map<string, LibraryFile | undefined>(own.map((file) => [file.name, file]))
  for (const name of session.removed) files.delete(name)
  for (const { name, received } of session.files) files.set(name, received)
  return files
}

/** Files that OVF descriptors in the session speak of, and that neither the session nor the item has. */
export async function missingFiles(call: ServiceCall, session: UpdateSession): Promise<readonly string[]> {
  const files = filesAfter(call, session)
  const missing = new Set<string>()
  for (const { name, received } of session.files) {
    if (!received || !/\.ovf$/i.test(name)) continue
    const text = await textOf(call.sandbox.services.blobs, received, MOST_TEXT)
    for (const href of ovfReferences(text ?? '')) if (!files.has(href)) missing.add(href)
  }
  return [...missing]
}

/** What is missing, and what does not fit the manifest. */
export async function validateSession(
  call: ServiceCall,
  session: UpdateSession,
): Promise<ContentLibraryItemUpdatesessionFileValidationResult> {
  const files = filesAfter(call, session)
  const missing_files = await missingFiles(call, session)
  const invalid_files = session.files.flatMap(({ name, status, error }) =>
    status === 'ERROR' && error ? [{ name, error_message: error }] : [],
  )
  const { blobs } = call.sandbox.services
  for (const { name: manifest, received } of session.files) {
    if (!received || !/\.mf$/i.test(manifest)) continue
    for (const { name, hash, checksum } of manifestEntries(
      (await textOf(blobs, received, MOST_TEXT)) ?? '',
    )) {
      const file = files.get(name)
      if (!file || sameChecksum(await checksumOf(await bytesOf(blobs, file), hash), checksum)) continue
      invalid_files.push({
        name,
        error_message: told('manifest_mismatch', name, hash.toUpperCase(), manifest),
      })
    }
  }
  return { has_errors: missing_files.length + invalid_files.length > 0, missing_files, invalid_files }
}
