import type { Blob } from '#store/blobs.js'
import type { LocalizableMessage } from '#vapi/error.js'
import { VimFault } from '#vim25/fault.js'
import type { Context } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { cause } from '../core/cause.js'
import { hashOf, sameChecksum } from './checksums.js'
import { told } from './errors.js'
import { requireItem } from './items.js'
import {
  type Content,
  libraries,
  libraryKey,
  type SessionFile,
  type UpdateSession,
  updateSessions,
  updateSessionsByTransfer,
} from './records.js'
import { store } from './storage.js'
import { transferKey, transfersOf } from './transfers.js'
import { putSessionFile } from './update-sessions.js'

/**
 * Takes the bytes of a file that a session waits for. `absent`: no session waits for such a file; `busy`: they are coming
 * already. Bytes that do not fit what was announced leave the file in ERROR, as the session tells. Rejects when the stream
 * breaks: then the file waits as before.
 */
export async function receive(
  sandbox: Sandbox,
  transfer: string,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<'received' | 'absent' | 'busy'> {
  const { services } = sandbox
  const file = waiting(sandbox, transfer, name)?.file
  if (!file) return 'absent'
  const underWay = transfersOf(services)
  const key = transferKey(transfer, name)
  if (underWay.has(key)) return 'busy'
  underWay.set(key, 0)
  try {
    const hashes = ['sha1', ...(file.checksum ? [hashOf(file.checksum)] : [])] as const
    const blob = await services.blobs.put(bytes, { hashes, progress: (size) => underWay.set(key, size) })
    try {
      const open = waiting(sandbox, transfer, name)
      if (!open) return 'absent'
      const checksum = { algorithm: 'SHA1', checksum: blob.hashes.sha1 ?? '' } as const
      settle(sandbox, open, { size: blob.size, blob: blob.digest, checksum }, mismatch(open.file, blob))
      return 'received'
    } finally {
      blob.release()
    }
  } finally {
    underWay.delete(key)
  }
}

function waiting(
  { inventory: { read } }: Sandbox,
  transfer: string,
  name: string,
): { readonly session: UpdateSession; readonly file: SessionFile } | undefined {
  const [key] = read.lookup(updateSessionsByTransfer, transfer)
  const session = key === undefined ? undefined : read.get(updateSessions, key)
  if (session?.state !== 'ACTIVE') return undefined
  const file = session.files.find((each) => each.name === name && each.source === 'PUSH')
  return file && { session, file }
}

function settle(
  sandbox: Sandbox,
  { session, file }: { readonly session: UpdateSession; readonly file: SessionFile },
  content: Content,
  wrong: LocalizableMessage | undefined,
): void {
  try {
    sandbox.transact({}, (ctx) => {
      if (wrong) failFile(ctx, session.id, file, wrong)
      else acceptFile(ctx, session, file, content)
    })
  } catch (error) {
    const full = storageFull(file.name, error)
    if (!full) throw error
    sandbox.transact({}, (ctx) => failFile(ctx, session.id, file, full))
  }
  sandbox.settle()
}

/** Puts what has come into the library's storage; the file is READY. Throws NoDiskSpace. */
export function acceptFile(ctx: Context, session: UpdateSession, file: SessionFile, content: Content): void {
  const item = requireItem(ctx.tx, session.item)
  const library = ctx.tx.get(libraries, libraryKey(item.library))
  const received = store(ctx, library, item, { ...content, name: file.name, version: 1 })
  putSessionFile(ctx, session.id, { ...file, status: 'READY', error: undefined, received })
}

export function failFile(ctx: Context, session: string, file: SessionFile, error: LocalizableMessage): void {
  putSessionFile(ctx, session, { ...file, status: 'ERROR', error, received: undefined })
}

/** What to tell of a file that its storage cannot hold; undefined for any other error. */
export function storageFull(name: string, error: unknown): LocalizableMessage | undefined {
  if (!(error instanceof VimFault)) return undefined
  return told('file_storage_full', name, cause(error).default_message)
}

/** What does not fit what was announced. */
export function mismatch(
  { name, size, checksum }: SessionFile,
  blob: Pick<Blob, 'size' | 'hashes'>,
): LocalizableMessage | undefined {
  if (size !== undefined && size !== blob.size)
    return told('file_size_mismatch', name, String(blob.size), String(size))
  if (!checksum) return undefined
  const found = blob.hashes[hashOf(checksum)] ?? ''
  if (sameChecksum(found, checksum.checksum)) return undefined
  return told('file_checksum_mismatch', name, checksum.algorithm ?? 'SHA1', found, checksum.checksum)
}
