import type { HeldBlob } from '#store/blobs.js'
import { VapiError } from '#vapi/error.js'
import type {
  VcenterOvfLibraryItemCreateResult as CreateResult,
  VcenterOvfLibraryItemCreateSpec as CreateSpec,
  VcenterOvfLibraryItemCreateTarget as CreateTarget,
} from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import { fault, localized, VimFault } from '#vim25/fault.js'
import { streamOf } from '#vsphere/nfc/disk-stream.js'
import { filesOfLease } from '#vsphere/nfc/fill.js'
import type { LeaseFile } from '#vsphere/nfc/records.js'
import { emptyVmdk } from '#vsphere/nfc/stream-vmdk.js'
import { invalid, wrongKind } from '../content-library/errors.js'
import { requireOwn } from '../content-library/item.js'
import { addFile, checkItemName, createItem, dropFile, finishContent } from '../content-library/items.js'
import { requireLibrary } from '../content-library/libraries.js'
import { checkDescription } from '../content-library/library-spec.js'
import type { Content } from '../content-library/records.js'
import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { apiErrorEntry, faultEntry, resultInfo } from './result-info.js'

/** Flags as OvfManager calls them. */
const OPTIONS: Readonly<Record<string, string>> = { EXTRA_CONFIG: 'extraconfig', PRESERVE_MAC: 'mac' }

/** Where the package goes: a new item of a library, or an item that is there. */
interface Destination {
  readonly library: string
  readonly item?: string | undefined
  readonly name: string
}

/** Makes a package of a virtual machine that is off, in a library. */
export async function capture(
  call: ServiceCall,
  vm: string,
  target: CreateTarget,
  spec: CreateSpec,
): Promise<CreateResult> {
  const { name } = requireObject(call, 'VirtualMachine', vm)
  const destination = destinationOf(call, target, spec.name ?? name)
  const lease = call.vim('VirtualMachine', vm, 'ExportVm', {})
  const held: HeldBlob[] = []
  try {
    const disks = call.transact((ctx) => filesOfLease(ctx, lease))
    const files: { readonly file: LeaseFile; readonly path: string; readonly content: Content }[] = []
    for (const [at, file] of disks.entries())
      files.push({
        file,
        path: `${destination.name}-${at + 1}.vmdk`,
        content: await contentOf(call, file, held),
      })
    const { ovfDescriptor } = call.vim('OvfManager', 'OvfManager', 'CreateDescriptor', {
      obj: call.read.ref(vm),
      cdp: data('OvfCreateDescriptorParams', {
        name: destination.name,
        description: spec.description,
        exportOption: spec.flags?.map((flag) => OPTIONS[flag] ?? flag),
        ovfFiles: files.map(({ file, path, content }) =>
          data('OvfFile', { deviceId: file.key, path, size: content.size, capacity: file.capacity }),
        ),
      }),
    })
    const descriptor = await put(call, [Buffer.from(ovfDescriptor)], held)
    const item = call.transact((ctx) => {
      const id = destination.item ?? createItem(ctx, newItem(destination, spec)).id
      if (destination.item !== undefined)
        for (const old of requireOwn(call, id).files) dropFile(ctx, id, old.name)
      addFile(ctx, id, `${destination.name}.ovf`, descriptor)
      for (const { path, content } of files) addFile(ctx, id, path, content)
      finishContent(ctx, id)
      return id
    })
    call.vim('HttpNfcLease', lease.value, 'HttpNfcLeaseComplete', {})
    return { succeeded: true, ovf_library_item_id: item }
  } catch (error) {
    giveUp(call, lease.value)
    if (error instanceof VimFault)
      return { succeeded: false, error: resultInfo([faultEntry(error, destination.name)]) }
    throw error
  } finally {
    for (const { release } of held) release()
  }
}

const newItem = ({ library, name }: Destination, { description }: CreateSpec) => ({
  library,
  name,
  description: checkDescription(description),
  type: 'ovf',
})

/** Throws NOT_FOUND, and INVALID_ARGUMENT without a target or for a library that others fill. */
function destinationOf(call: ServiceCall, target: CreateTarget, name: string): Destination {
  if (target.library_item_id !== undefined) {
    const item = requireOwn(call, target.library_item_id)
    return { library: item.library, item: item.id, name: item.name }
  }
  if (target.library_id === undefined) throw invalid('field_required', 'library_id')
  const library = requireLibrary(call.read, target.library_id)
  if (library.type !== 'LOCAL')
    throw new VapiError('INVALID_ARGUMENT', wrongKind('not_local_library', library.id).messages)
  return { library: library.id, name: checkItemName(call.read, library.id, name) }
}

/** A name that is taken stands in the result. */
export function takenName(error: unknown): CreateResult | undefined {
  if (!(error instanceof VapiError) || error.type !== 'ALREADY_EXISTS') return undefined
  return { succeeded: false, error: resultInfo([apiErrorEntry(error)]) }
}

async function contentOf(call: ServiceCall, file: LeaseFile, held: HeldBlob[]): Promise<Content> {
  const { size, blob } = streamOf(call.sandbox.inventory, file)
  if (blob !== undefined) return { size, blob }
  return put(call, emptyVmdk(file.capacity, file.name), held)
}

async function put(call: ServiceCall, bytes: Iterable<Buffer>, held: HeldBlob[]): Promise<Content> {
  const blob = await call.sandbox.services.blobs.put(asynchronous(bytes), { hashes: ['sha1'] })
  held.push(blob)
  const checksum = { algorithm: 'SHA1', checksum: blob.hashes.sha1 ?? '' } as const
  return { size: blob.size, blob: blob.digest, checksum }
}

async function* asynchronous(bytes: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* bytes
}

/** The machine is free again; the lease may be over by now. */
function giveUp(call: ServiceCall, lease: string): void {
  try {
    call.vim('HttpNfcLease', lease, 'HttpNfcLeaseAbort', { fault: localized(fault('RequestCanceled', {})) })
  } catch (error) {
    if (!(error instanceof VimFault)) throw error
  }
}
