import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'

/**
 * What is inside a disk or ISO file, where it matters to the world: an installed ESXi, or its installer. Records
 * `image:<datastore moid>:<path>`; a file without one holds nothing of interest.
 */
export interface DiskImage {
  readonly kind: 'esxi' | 'esxi-installer'
  /** ESXi version: 8.0.3. */
  readonly version: string
}

export const diskImages = recordKind<DiskImage>('diskImage')

const imageId = (datastore: string, path: string) => `image:${datastore}:${path}`

/** `datastore` is a moid, `path` the part after `[name] `. */
export function imageOf(read: Reader, datastore: string, path: string): DiskImage | undefined {
  return read.find(diskImages, imageId(datastore, path))
}

export function setImage(tx: Transaction, datastore: string, path: string, image: DiskImage): void {
  const id = imageId(datastore, path)
  if (tx.find(diskImages, id)) tx.set(diskImages, id, image)
  else tx.create(diskImages, id, image)
}

/** To be called when the file goes. */
export function forgetImage(tx: Transaction, datastore: string, path: string): void {
  if (tx.find(diskImages, imageId(datastore, path))) tx.remove(imageId(datastore, path))
}

/** To be called when the file is moved or renamed. */
export function moveImage(
  tx: Transaction,
  from: { datastore: string; path: string },
  to: { datastore: string; path: string },
): void {
  const image = imageOf(tx, from.datastore, from.path)
  if (!image) return
  forgetImage(tx, from.datastore, from.path)
  setImage(tx, to.datastore, to.path, image)
}
