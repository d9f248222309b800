import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { makeReady } from './lease.js'
import { type LeaseFile, leaseKey, leaseOf, type NfcLease, nfcLeases } from './records.js'

/** Bytes that are among the world's blobs already. */
export interface Present {
  readonly size: number
  readonly blob?: string | undefined
  readonly checksum?: { readonly checksum: string } | undefined
}

/**
 * Gives an import, by the importKeys of its files, what need not be sent because it is on this server; the lease is ready
 * at once. Returns the VM or vApp.
 */
export function fillLease(
  ctx: Context,
  self: ManagedObjectReference,
  present: (importKey: string) => Present | undefined,
): ManagedObjectReference {
  const lease = openLease(ctx, self)
  const filled = lease.files.map((file): LeaseFile => {
    const found = present(file.importKey)
    if (found?.blob === undefined) return file
    const sha1 = found.checksum?.checksum ?? ''
    return { ...file, moved: { size: found.size, blob: found.blob, sha1, sha256: found.blob } }
  })
  ctx.tx.set(nfcLeases, leaseKey(lease.token), { files: filled })
  makeReady(ctx, { token: lease.token })
  return lease.entity
}

/** The files of an export that need not be fetched because they stay on this server; it is ready at once. */
export function filesOfLease(ctx: Context, self: ManagedObjectReference): readonly LeaseFile[] {
  const lease = openLease(ctx, self)
  makeReady(ctx, { token: lease.token })
  return lease.files
}

function openLease(ctx: Context, self: ManagedObjectReference): NfcLease {
  const lease = leaseOf(ctx.tx, self.value)
  if (!lease) throw new Error(`The lease ${self.value} is over.`)
  return lease
}
