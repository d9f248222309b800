import { data, patch } from '#vim25/data.js'
import type { VirtualDevice, VirtualDisk } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { fileAt, putFile, updateFile } from '../datastore/files.js'
import { datastorePathOf, type Place } from '../datastore/paths.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { placeOf } from '../vm/devices/disks.js'
import { homeOf } from '../vm/files.js'
import type { LeaseFile, NfcLease } from './records.js'

/** What has come with a lease becomes the disks and images of its VMs. Throws NoDiskSpace. */
export function storeReceived(ctx: Context, lease: NfcLease): void {
  for (const file of lease.files) {
    const { moved } = file
    if (moved?.blob === undefined) continue
    const stream = { blob: moved.blob, size: moved.size }
    if (file.disk) storeDisk(ctx, file, stream)
    else storeImage(ctx, file, stream)
  }
}

type Stream = { readonly blob: string; readonly size: number }

function deviceOf(ctx: Context, { vm, device }: LeaseFile): VirtualDevice | undefined {
  return ctx.tx.find('VirtualMachine', vm)?.config?.hardware.device?.find(({ key }) => key === device)
}

/** Where the disk's file lies. */
export function diskPlaceOf(ctx: Pick<Context, 'read'>, file: LeaseFile): Place | undefined {
  const { read } = ctx
  const config = read.find('VirtualMachine', file.vm)?.config
  const device = config?.hardware.device?.find(({ key }) => key === file.device)
  const datacenter = datacenterOf(read, file.vm)
  if (device?._typeName !== 'VirtualDisk' || datacenter === undefined) return undefined
  return placeOf({ read, datacenter }, device as VirtualDisk)
}

function storeDisk(ctx: Context, file: LeaseFile, stream: Stream): void {
  const place = diskPlaceOf(ctx, file)
  const facts = place && fileAt(ctx.tx, place.datastore, place.path)
  if (!place || !facts?.disk) return
  updateFile(ctx.tx, place.datastore, place.path, { disk: { ...facts.disk, stream } })
}

/** An image lies in the VM's directory, and in its drive. */
function storeImage(ctx: Context, file: LeaseFile, { blob, size }: Stream): void {
  const { tx } = ctx
  const config = tx.find('VirtualMachine', file.vm)?.config
  const home = config && homeOf(tx, file.vm)
  if (!home || !deviceOf(ctx, file)) return
  const place = { datastore: home.datastore, path: `${home.directory}/${file.name}` }
  putFile(tx, place.datastore, place.path, { type: 'iso', size, blob, modified: ctx.time })
  const backing = data('VirtualCdromIsoBackingInfo', {
    fileName: datastorePathOf(tx, place),
    datastore: tx.ref(place.datastore),
    backingObjectId: '',
  })
  const device = (config.hardware.device ?? []).map((each) =>
    each.key === file.device ? patch(each, { backing }) : each,
  )
  tx.set('VirtualMachine', file.vm, {
    config: patch(config, { hardware: patch(config.hardware, { device }) }),
  })
}
