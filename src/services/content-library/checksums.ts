import { createHash } from 'node:crypto'
import type { HashName } from '#store/blobs.js'
import type { ContentLibraryItemFileChecksumInfo } from '#vapi/generated/types.js'

/** The hash that a checksum is of; SHA1 where it does not say. */
export function hashOf({ algorithm }: Pick<ContentLibraryItemFileChecksumInfo, 'algorithm'>): HashName {
  return (algorithm ?? 'SHA1').toLowerCase() as HashName
}

export const sameChecksum = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** The checksum of what a stream gives, in lower-case hex. */
export async function checksumOf(bytes: AsyncIterable<Uint8Array>, hash: HashName): Promise<string> {
  const digest = createHash(hash)
  for await (const chunk of bytes) digest.update(chunk)
  return digest.digest('hex')
}
