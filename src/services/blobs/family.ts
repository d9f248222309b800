import type { Family } from '#vsphere/core/behaviour.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { differInBlobs, isReferredTo } from './holders.js'

/** How long after references went the next look at the blobs is taken: one look for many changes. */
const SWEEP_AFTER_MS = 5000

/** Removes the bytes that no state of this world refers to; resolves to how many blobs that were. */
export function sweepBlobs({ roots, services }: Sandbox): Promise<number> {
  return services.blobs.sweep((digest) => roots().some((root) => isReferredTo(root, digest)))
}

/** Looks after the bytes of files, soon after a start and after changes. */
export const blobFamily: Family = {
  name: 'blobs',
  attach(sandbox) {
    let pending: (() => void) | undefined
    const look = () => {
      pending ??= sandbox.clock.after(SWEEP_AFTER_MS, () => {
        pending = undefined
        sweepBlobs(sandbox).catch((error) => {
          sandbox.services.log.error({ err: error }, 'Bytes that nobody needs could not be removed.')
        })
      })
    }
    look()
    const unsubscribe = sandbox.inventory.subscribe(({ before, after }) => {
      if (differInBlobs(before, after)) look()
    })
    return () => {
      unsubscribe()
      pending?.()
    }
  },
}
