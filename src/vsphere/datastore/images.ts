import type { Transaction } from '#inventory/transaction.js'
import { type DiskImage, diskImages, forgetImage, setImage } from '#world/disk-image.js'

/** What disks and ISO files of a volume hold, while no Datastore shows the volume. */
export interface KeptImage {
  readonly path: string
  readonly image: DiskImage
}

/** The images on a datastore. */
export function imagesOn(tx: Transaction, datastore: string): readonly KeptImage[] {
  const prefix = `image:${datastore}:`
  const found: KeptImage[] = []
  for (const id of tx.ids(diskImages))
    if (id.startsWith(prefix)) found.push({ path: id.slice(prefix.length), image: tx.get(diskImages, id) })
  return found
}

export function putImages(tx: Transaction, datastore: string, kept: readonly KeptImage[]): void {
  for (const { path, image } of kept) setImage(tx, datastore, path, image)
}

/** Takes the images off a datastore that goes and returns them. */
export function takeImages(tx: Transaction, datastore: string): readonly KeptImage[] {
  const kept = imagesOn(tx, datastore)
  for (const { path } of kept) forgetImage(tx, datastore, path)
  return kept
}
