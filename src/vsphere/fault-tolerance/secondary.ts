import type { Transaction } from '#inventory/transaction.js'
import { data, patch } from '#vim25/data.js'
import type {
  FaultToleranceConfigSpec,
  ManagedObjectReference,
  VirtualDevice,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { fileAt, freeDirectory, makeDirectory, putFile } from '../datastore/files.js'
import { datastorePathOf, nameOf, type Place } from '../datastore/paths.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { registerVm } from '../vm/build.js'
import { placeOf } from '../vm/devices/disks.js'
import { addVmFiles, fileInfo, homeOf } from '../vm/files.js'
import { destroyVm } from '../vm/remove.js'
import type { FtKind } from './group.js'

/**
 * The secondary's VM: same name, folder, pool and configuration as the primary, an instance UUID of its own, and for
 * SMP-FT its own copy of the disks (fact sheet A.6, deviation 22). Registered on `host`, powered off.
 */
export function createSecondary(
  ctx: Context,
  primary: string,
  host: ManagedObjectReference,
  kind: FtKind,
  spec: FaultToleranceConfigSpec | undefined,
): ManagedObjectReference {
  const { tx } = ctx
  const { config, parent, resourcePool } = tx.get('VirtualMachine', primary)
  const from = homeOf(tx, primary)
  const datacenter = datacenterOf(tx, primary)
  if (!config || !parent || !from || datacenter === undefined)
    throw new Error(`${primary} has no configuration to copy.`)
  const directories = directoriesLike(tx, from.directory)
  const datastore = spec?.secondaryVmSpec?.vmConfig?.value ?? from.datastore
  const directory = directories(datastore)
  const home = { datastore, directory, vmx: `${directory}/${nameOf(from.vmx)}` }
  addVmFiles(ctx, home, config)

  const copied = (device: VirtualDevice): VirtualDevice => {
    const disk = device._typeName === 'VirtualDisk' ? (device as VirtualDisk) : undefined
    const place = disk && placeOf({ read: tx, datacenter }, disk)
    if (!disk || !place) return device
    const wanted = spec?.secondaryVmSpec?.disks?.find((each) => each.disk.key === device.key)?.datastore
    const own = place.datastore === from.datastore ? datastore : place.datastore
    const target = wanted?.value ?? own
    return copyDisk(tx, disk, place, {
      datastore: target,
      path: `${directories(target)}/${nameOf(place.path)}`,
    })
  }
  return registerVm(ctx, {
    folder: parent,
    pool: resourcePool,
    host,
    config: patch(config, {
      instanceUuid: ctx.services.random.uuid('50', 'secondary', primary, tx.counter('moid')),
      files: fileInfo(tx, home),
      hardware:
        kind === 'recordReplay'
          ? config.hardware
          : patch(config.hardware, { device: (config.hardware.device ?? []).map(copied) }),
      ftInfo: undefined,
    }),
  })
}

/** On each datastore one directory of this name, or name_1, name_2 ... where that is taken; made when first asked for. */
function directoriesLike(tx: Transaction, wanted: string): (datastore: string) => string {
  const made = new Map<string, string>()
  return (datastore) => {
    const directory = made.get(datastore) ?? freeDirectory(tx, datastore, wanted)
    if (!made.has(datastore)) makeDirectory(tx, datastore, directory, true)
    made.set(datastore, directory)
    return directory
  }
}

function copyDisk(tx: Transaction, disk: VirtualDisk, from: Place, to: Place): VirtualDevice {
  const file = fileAt(tx, from.datastore, from.path)
  if (file) putFile(tx, to.datastore, to.path, file)
  return patch(disk, {
    backing: patch(disk.backing as VirtualDiskFlatVer2BackingInfo, {
      fileName: datastorePathOf(tx, to),
      datastore: tx.ref(to.datastore),
    }),
  })
}

/** A secondary goes with all its files; the disks that a legacy one shares with its primary stay. */
export function removeSecondary(ctx: Context, secondary: string, kind: FtKind): void {
  const { config } = ctx.tx.get('VirtualMachine', secondary)
  if (config && kind === 'recordReplay') {
    const device = config.hardware.device?.filter(({ _typeName }) => _typeName !== 'VirtualDisk')
    ctx.tx.set('VirtualMachine', secondary, {
      config: patch(config, { hardware: patch(config.hardware, { device }) }),
    })
  }
  destroyVm(ctx, ctx.tx.ref(secondary))
}

/** What turning on changes in the primary, and so in the secondary (fact sheet A.5). */
export function protectedConfig(config: VirtualMachineConfigInfo, kind: FtKind): VirtualMachineConfigInfo {
  const memory = config.hardware.memoryMB
  return patch(config, {
    flags: patch(config.flags, { faultToleranceType: kind }),
    memoryReservationLockedToMax: true,
    memoryAllocation: config.memoryAllocation
      ? patch(config.memoryAllocation, { reservation: memory, limit: -1 })
      : data('ResourceAllocationInfo', { reservation: memory, limit: -1 }),
    cpuHotAddEnabled: false,
    cpuHotRemoveEnabled: false,
    memoryHotAddEnabled: false,
  })
}
