import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import type { VirtualDisk } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { directoryOf, type Place } from '../datastore/paths.js'
import { datastoresOf, volumeOf } from '../datastore/volumes.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { type Backing, chainOf, placeOfBacking } from '../vm/disk-chain.js'
import { disksOf } from '../vm/snapshots.js'
import { vmsByDirectory } from '../vm/storage.js'

export interface Attached {
  readonly vm: string
  readonly disk: VirtualDisk
  readonly backing: Backing
}

/** The virtual disks of registered VMs that write to this file. */
export function attachedTo(read: Reader, place: Place): readonly Attached[] {
  const volume = volumeOf(read, place.datastore)
  const found: Attached[] = []
  for (const datastore of datastoresOf(read, volume)) {
    const { name } = read.get('Datastore', datastore)
    for (const vm of read.lookup(vmsByDirectory, `${name} ${directoryOf(place.path)}`)) {
      const { config } = read.get('VirtualMachine', vm)
      const datacenter = datacenterOf(read, vm)
      if (!config || datacenter === undefined) continue
      for (const disk of disksOf(config)) {
        const backing = chainOf(disk).at(-1)
        const at = backing && placeOfBacking(read, datacenter, backing)
        if (backing && at?.datastore === datastore && at.path === place.path)
          found.push({ vm, disk, backing })
      }
    }
  }
  return found
}

/** Lets the VMs that have the disk see what became of it: their configuration tells its size and layout. */
export function tellVms(
  ctx: Context,
  place: Place,
  change: (disk: VirtualDisk, backing: Backing) => VirtualDisk,
): void {
  for (const { vm, disk, backing } of attachedTo(ctx.tx, place)) {
    const changed = change(disk, backing)
    ctx.tx.update('VirtualMachine', vm, ({ config }) => ({
      config:
        config &&
        patch(config, {
          hardware: patch(config.hardware, {
            device: (config.hardware.device ?? []).map((device) =>
              device.key === disk.key ? changed : device,
            ),
          }),
        }),
    }))
  }
}
