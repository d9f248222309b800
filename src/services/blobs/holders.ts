import type { Index } from '#inventory/indexes.js'
import type { Root } from '#inventory/root.js'
import { directoriesByBlob } from '#vsphere/datastore/files.js'
import { nfcLeasesByBlob } from '#vsphere/nfc/records.js'
import { downloadSessionsByBlob, itemsByBlob, updateSessionsByBlob } from '../content-library/records.js'

/** Everything in a root that refers to blobs, as indexes by digest. What does not stand here loses its bytes. */
const HOLDERS: readonly Index[] = [
  directoriesByBlob,
  itemsByBlob,
  updateSessionsByBlob,
  downloadSessionsByBlob,
  nfcLeasesByBlob,
]

export const isReferredTo = ({ indexes }: Root, digest: string) =>
  HOLDERS.some(({ name }) => indexes.get(name)?.has(digest))

/** Whether references may have gone between two states. */
export const differInBlobs = (before: Root, after: Root) =>
  HOLDERS.some(({ name }) => before.indexes.get(name) !== after.indexes.get(name))
