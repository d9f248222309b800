import { fileAt, fileFault } from '../datastore/files.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { chainOf, placeOfBacking } from '../vm/disk-chain.js'
import type { VmGuard } from '../vm/guards.js'
import { disksOf } from '../vm/snapshots.js'

/** A VM does not start without its disks: FileNotFound for one that somebody has deleted or moved. */
export const diskGuard: VmGuard = (ctx, vm, operation) => {
  if (operation !== 'PowerOn') return
  const { tx } = ctx
  const { config } = tx.get('VirtualMachine', vm.value)
  const datacenter = datacenterOf(tx, vm.value)
  if (!config || datacenter === undefined) return
  for (const backing of disksOf(config).flatMap(chainOf)) {
    const place = placeOfBacking(tx, datacenter, backing)
    if (place && tx.find('Datastore', place.datastore) && !fileAt(tx, place.datastore, place.path))
      throw fileFault(tx, 'FileNotFound', place)
  }
}
