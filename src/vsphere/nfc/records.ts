import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'

/** What stands behind an HttpNfcLease while it goes on; record `nfcLease:<token>`. */
export interface NfcLease {
  /** The unguessable part of its addresses: who knows it may send and fetch. */
  readonly token: string
  /** The HttpNfcLease's id. */
  readonly lease: string
  readonly kind: 'import' | 'export'
  /** The VM or vApp that is made or read. */
  readonly entity: ManagedObjectReference
  /** All VMs in it. */
  readonly vms: readonly string[]
  readonly task: string
  /** Token of the session that it ends with. */
  readonly session: string
  /** Milliseconds since the epoch. */
  readonly expires: number
  readonly files: readonly LeaseFile[]
}

export interface LeaseFile {
  /** Last part of its address: `disk-0.vmdk`. */
  readonly name: string
  /** HttpNfcLeaseDeviceUrl.key and importKey. */
  readonly key: string
  readonly importKey: string
  readonly vm: string
  /** Key of the virtual device. */
  readonly device: number
  readonly disk: boolean
  /** Bytes that the guest sees. */
  readonly capacity: number
  /** Bytes of an export. */
  readonly size?: number | undefined
  readonly checksumType?: string | undefined
  /** What has come, or has been fetched. */
  readonly moved?: Moved | undefined
}

export interface Moved {
  readonly size: number
  readonly sha1: string
  readonly sha256: string
  /** What has come, among the world's blobs. */
  readonly blob?: string | undefined
}

export const nfcLeases = recordKind<NfcLease>('nfcLease')
export const leaseKey = (token: string) => `nfcLease:${token}`

export const nfcLeasesByObject = index<NfcLease>({
  name: 'nfcLease.object',
  type: nfcLeases.kind,
  inputs: ['lease'],
  keys: ({ lease }) => [lease],
})

export const nfcLeasesByVm = index<NfcLease>({
  name: 'nfcLease.vm',
  type: nfcLeases.kind,
  inputs: ['vms'],
  keys: ({ vms }) => vms,
})

export const nfcLeasesByBlob = index<NfcLease>({
  name: 'nfcLease.blob',
  type: nfcLeases.kind,
  inputs: ['files'],
  keys: ({ files }) => files.flatMap(({ moved }) => moved?.blob ?? []),
})

/** The record of an HttpNfcLease; undefined once it is over. */
export function leaseOf(read: Reader, lease: string): NfcLease | undefined {
  const [key] = read.lookup(nfcLeasesByObject, lease)
  return key === undefined ? undefined : read.get(nfcLeases, key)
}

/** The record behind an address. */
export const leaseAt = (read: Reader, token: string): NfcLease | undefined =>
  read.find(nfcLeases, leaseKey(token))

/** Changes one file of a lease that may have ended meanwhile. */
export function withFile(lease: NfcLease, name: string, change: Partial<LeaseFile>): readonly LeaseFile[] {
  return lease.files.map((file) => (file.name === name ? { ...file, ...change } : file))
}
