import type { Blobs, HeldBlob } from '#store/blobs.js'
import { bytesOf } from '../blobs/bytes.js'
import type { Content, LibraryFile } from './records.js'
import { TarError, tarEntries } from './tar.js'

/** A file that came in an archive; its bytes are held until it is stored. */
export interface Unpacked {
  readonly name: string
  readonly content: Content
  release(): void
}

/** The files in an OVA; undefined for an archive that cannot be read. */
export async function unpackOva(
  blobs: Blobs,
  file: Pick<LibraryFile, 'blob' | 'size'>,
): Promise<readonly Unpacked[] | undefined> {
  const unpacked: Unpacked[] = []
  let complete = false
  try {
    for await (const { name, bytes } of tarEntries(await bytesOf(blobs, file)))
      unpacked.push(unpackedFile(name, await blobs.put(bytes, { hashes: ['sha1'] })))
    complete = unpacked.some(({ name }) => /\.ovf$/i.test(name))
    return complete ? unpacked : undefined
  } catch (error) {
    if (error instanceof TarError) return undefined
    throw error
  } finally {
    if (!complete) for (const { release } of unpacked) release()
  }
}

function unpackedFile(name: string, { digest, size, hashes, release }: HeldBlob): Unpacked {
  const checksum = { algorithm: 'SHA1', checksum: hashes.sha1 ?? '' } as const
  return { name, content: { size, blob: digest, checksum }, release }
}
