import { createHash } from 'node:crypto'
import type { Sandbox } from '../core/sandbox.js'
import { streamOf } from './disk-stream.js'
import { renew } from './lease.js'
import { leaseAt, leaseKey, type Moved, type NfcLease, nfcLeases, withFile } from './records.js'
import { emptyVmdk } from './stream-vmdk.js'

const openLease = ({ inventory: { read } }: Sandbox, token: string): NfcLease | undefined => {
  const lease = leaseAt(read, token)
  return lease && read.find('HttpNfcLease', lease.lease)?.state === 'ready' ? lease : undefined
}

const fileOf = (lease: NfcLease | undefined, name: string) => lease?.files.find((file) => file.name === name)

/**
 * Takes the bytes of a file of an import. `absent`: no lease waits for them; `wrong`: the lease is an export's. Rejects when
 * the stream breaks, and leaves nothing.
 */
export async function receiveFile(
  sandbox: Sandbox,
  token: string,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<'received' | 'absent' | 'wrong'> {
  const lease = openLease(sandbox, token)
  if (!lease || !fileOf(lease, name)) return 'absent'
  if (lease.kind !== 'import') return 'wrong'
  const blob = await sandbox.services.blobs.put(bytes, { hashes: ['sha1'] })
  try {
    const { size, digest } = blob
    const sha1 = blob.hashes.sha1 ?? ''
    return note(sandbox, token, name, { size, sha1, sha256: digest, blob: digest }) ? 'received' : 'absent'
  } finally {
    blob.release()
  }
}

/** Remembers what has been moved; false when the lease has ended meanwhile. */
function note(sandbox: Sandbox, token: string, name: string, moved: Moved): boolean {
  const noted = sandbox.transact({}, (ctx) => {
    const lease = ctx.tx.find(nfcLeases, leaseKey(token))
    if (!lease) return false
    ctx.tx.set(nfcLeases, leaseKey(token), { files: withFile(lease, name, { moved }) })
    renew(ctx, lease)
    return true
  })
  sandbox.settle()
  return noted
}

export interface Outgoing {
  readonly size: number
  readonly bytes: AsyncIterable<Uint8Array>
}

/** The bytes of a file of an export; undefined when there is no such file. The manifest tells of those that went out whole. */
export async function exportedFile(
  sandbox: Sandbox,
  token: string,
  name: string,
): Promise<Outgoing | undefined> {
  const lease = openLease(sandbox, token)
  const file = fileOf(lease, name)
  if (!lease || !file || lease.kind !== 'export') return undefined
  const { size, blob } = streamOf(sandbox.inventory, file)
  const source =
    blob === undefined ? emptyVmdk(file.capacity, file.name) : await sandbox.services.blobs.open(blob)
  if (!source) throw new Error(`The blob ${blob} is missing.`)
  return { size, bytes: counted(sandbox, token, name, source) }
}

async function* counted(
  sandbox: Sandbox,
  token: string,
  name: string,
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const sha1 = createHash('sha1')
  const sha256 = createHash('sha256')
  let size = 0
  for await (const chunk of source) {
    sha1.update(chunk)
    sha256.update(chunk)
    size += chunk.length
    yield chunk
  }
  note(sandbox, token, name, { size, sha1: sha1.digest('hex'), sha256: sha256.digest('hex') })
}
