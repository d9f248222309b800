import { message, VapiError } from '#vapi/error.js'
import { LONGEST_DESCRIPTOR, type ReadDescriptor, readDescriptor } from '#vsphere/ovf/descriptor.js'
import { textOf } from '../blobs/bytes.js'
import { requireItem } from '../content-library/items.js'
import type { LibraryFile, LibraryItem } from '../content-library/records.js'
import type { ServiceCall } from '../core/call.js'

export interface Package extends ReadDescriptor {
  readonly item: LibraryItem
  /** The descriptor's file, and what it says. */
  readonly file: LibraryFile
  readonly text: string
}

/**
 * The OVF package in a library item. Throws NOT_FOUND without the item, INVALID_ARGUMENT for an item that is none, and
 * RESOURCE_INACCESSIBLE for one whose files are not here.
 */
export async function packageOf(call: ServiceCall, id: string): Promise<Package> {
  const item = requireItem(call.read, id)
  const file = item.files.find(({ name }) => /\.ovf$/i.test(name))
  if (!file || item.vmTemplate) throw notOvf(item)
  if (!file.cached)
    throw new VapiError('RESOURCE_INACCESSIBLE', [
      message(
        'com.vmware.ovfs.ovfs-main.ovfs.not_cached',
        'The files of the library item {0} are not on this server; synchronize the item first.',
        [item.id],
      ),
    ])
  const text = await textOf(call.sandbox.services.blobs, file, LONGEST_DESCRIPTOR)
  if (text === undefined) throw notOvf(item)
  return { item, file, text, ...readDescriptor(text) }
}

const notOvf = ({ id }: LibraryItem) =>
  new VapiError('INVALID_ARGUMENT', [
    message('com.vmware.ovfs.ovfs-main.ovfs.not_ovf', 'The library item {0} holds no OVF package.', [id]),
  ])
