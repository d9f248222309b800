import { data } from '#vim25/data.js'
import { fault, localized } from '#vim25/fault.js'
import type { HttpNfcLeaseManifestEntry, ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { exportVm } from './export.js'
import { importVApp } from './import.js'
import { abortLease, finishLease, renew } from './lease.js'
import { taskProgress } from './lease-task.js'
import { type LeaseFile, leaseKey, leaseOf, type NfcLease, nfcLeases } from './records.js'
import { storeReceived } from './stored.js'

/** The lease while it goes on. Throws Timedout for one that nobody kept alive, InvalidState for one that is over. */
function requireOpen(ctx: Context, self: ManagedObjectReference): NfcLease {
  const lease = leaseOf(ctx.tx, self.value)
  if (lease) return lease
  const { error } = ctx.tx.get('HttpNfcLease', self.value)
  throw error?.fault._typeName === 'Timedout' ? fault('Timedout', {}) : fault('InvalidState', {})
}

function requireReady(ctx: Context, self: ManagedObjectReference): NfcLease {
  const lease = requireOpen(ctx, self)
  if (ctx.tx.get('HttpNfcLease', self.value).state !== 'ready') throw fault('InvalidState', {})
  return lease
}

export const leaseOperations = operations('HttpNfcLease', {
  HttpNfcLeaseProgress(ctx, self, { percent }) {
    // One that is over tells so with the only fault that the method has.
    const lease = leaseOf(ctx.tx, self.value)
    if (!lease) throw fault('Timedout', {})
    if (percent < 0 || percent > 100) throw fault('InvalidArgument', { invalidProperty: 'percent' })
    renew(ctx, lease)
    ctx.tx.set('HttpNfcLease', self.value, { transferProgress: percent })
    taskProgress(ctx, lease.task, percent)
  },

  HttpNfcLeaseComplete(ctx, self) {
    const lease = requireReady(ctx, self)
    if (lease.kind === 'import') storeReceived(ctx, lease)
    finishLease(ctx, lease)
  },

  HttpNfcLeaseAbort(ctx, self, { fault: reason }) {
    abortLease(ctx, requireOpen(ctx, self), reason ?? localized(fault('RequestCanceled', {})))
  },

  HttpNfcLeaseGetManifest(ctx, self) {
    return requireReady(ctx, self).files.flatMap(manifestEntry)
  },

  HttpNfcLeaseSetManifestChecksumType(ctx, self, { deviceUrlsToChecksumTypes = [] }) {
    const lease = requireReady(ctx, self)
    const types = new Map(deviceUrlsToChecksumTypes.map(({ key, value }) => [key, value]))
    for (const [key, type] of types)
      if (!lease.files.some((file) => file.key === key) || (type !== 'sha1' && type !== 'sha256'))
        throw fault('InvalidArgument', { invalidProperty: 'deviceUrlsToChecksumTypes' })
    ctx.tx.set(nfcLeases, leaseKey(lease.token), {
      files: lease.files.map((file) => ({ ...file, checksumType: types.get(file.key) ?? file.checksumType })),
    })
  },
})

/** A file that has come or has been fetched, with its checksum. */
function manifestEntry(file: LeaseFile): readonly HttpNfcLeaseManifestEntry[] {
  const { moved, checksumType = 'sha1' } = file
  if (!moved) return []
  return [
    data('HttpNfcLeaseManifestEntry', {
      key: file.key,
      sha1: moved.sha1,
      checksum: checksumType === 'sha256' ? moved.sha256 : moved.sha1,
      checksumType,
      size: moved.size,
      disk: file.disk,
      capacity: file.disk ? file.capacity : undefined,
      populatedSize: file.disk ? Math.min(file.capacity, moved.size) : undefined,
    }),
  ]
}

export const poolImportOperations = operations('ResourcePool', {
  ImportVApp: (ctx, self, { spec, folder, host }) => importVApp(ctx, self, { spec, folder, host }),
})

export const vmExportOperations = operations('VirtualMachine', {
  ExportVm: (ctx, self) => exportVm(ctx, self),
})
