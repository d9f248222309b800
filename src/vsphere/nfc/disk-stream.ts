import type { Context } from '../core/context.js'
import { fileAt } from '../datastore/files.js'
import type { LeaseFile } from './records.js'
import { diskPlaceOf } from './stored.js'
import { emptyVmdkSize } from './stream-vmdk.js'

/** The bytes that an export gives of a disk: those that once came, else those of an empty disk of its size. */
export function streamOf(
  ctx: Pick<Context, 'read'>,
  file: LeaseFile,
): { readonly size: number; readonly blob?: string | undefined } {
  const place = diskPlaceOf(ctx, file)
  const stream = place && fileAt(ctx.read, place.datastore, place.path)?.disk?.stream
  return stream ?? { size: emptyVmdkSize(file.capacity) }
}
