import { data, patch } from '#vim25/data.js'
import type {
  VirtualDevice,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineConfigInfo,
  VirtualSCSIController,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Context } from '../core/context.js'
import { fileAt, filesIn, putFile, removeFile } from '../datastore/files.js'
import { datastorePath, nameOf } from '../datastore/paths.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { placeOf } from './devices/disks.js'
import { capacityOf, isUsedElsewhere, putDelta } from './disk-chain.js'
import { homeOf } from './files.js'

/** Independent disks take no part in snapshots. */
export const isIndependent = (disk: VirtualDisk): boolean =>
  ((disk.backing as { diskMode?: string } | undefined)?.diskMode ?? '').startsWith('independent')

export function disksOf(config: VirtualMachineConfigInfo): readonly VirtualDisk[] {
  return (config.hardware.device ?? []).filter(
    (device): device is VirtualDisk => device._typeName === 'VirtualDisk',
  )
}

export function controllersOf(config: VirtualMachineConfigInfo): readonly VirtualSCSIController[] {
  return (config.hardware.device ?? []).filter((device): device is VirtualSCSIController =>
    isA(device._typeName, 'VirtualSCSIController'),
  )
}

/** What others may write to while the VM runs cannot be frozen ("engaged in bus-sharing"). */
export const sharesBus = ({ sharedBus }: VirtualSCSIController): boolean => sharedBus !== 'noSharing'

/** The configuration with every disk writing to a new delta file upon what it is in `base`. */
export function withDeltas(
  ctx: Context,
  vm: string,
  base: VirtualMachineConfigInfo,
): VirtualMachineConfigInfo {
  return mapDisks(base, (disk) => {
    const backing = disk.backing as VirtualDiskFlatVer2BackingInfo | undefined
    const datacenter = datacenterOf(ctx.tx, vm)
    const place = datacenter === undefined ? undefined : placeOf({ read: ctx.tx, datacenter }, disk)
    if (!backing || !place || isIndependent(disk)) return disk
    const stem = place.path.replace(/(-\d{6})?\.vmdk$/, '')
    let path = ''
    for (let n = 1; path === '' || fileAt(ctx.tx, place.datastore, path); n++)
      path = `${stem}-${String(n).padStart(6, '0')}.vmdk`
    putDelta(ctx, { ...place, path }, capacityOf(disk))
    const { name } = ctx.tx.get('Datastore', place.datastore)
    return patch(disk, {
      backing: patch(backing, {
        fileName: datastorePath(name, path),
        thinProvisioned: true,
        deltaDiskFormat: 'redoLogFormat',
        parent: backing,
      }),
    })
  })
}

/** Paths of the files that a VM's snapshots froze, by the configurations that the snapshots keep. */
export function frozenFiles(states: readonly VirtualMachineConfigInfo[]): ReadonlySet<string> {
  return new Set(
    states.flatMap(disksOf).flatMap(({ backing }) => (backing as Backing | undefined)?.fileName ?? []),
  )
}

type Backing = VirtualDiskFlatVer2BackingInfo

/**
 * A snapshot's delta is based on the file that it froze, wherever the delta was moved to, or lies beside a delta whose
 * snapshot is gone. Another delta upon a file elsewhere is a disk of its own, a linked clone's for one: what it is based
 * on belongs to another VM.
 */
function isOfSnapshot(
  backing: Backing | undefined,
  frozen: ReadonlySet<string>,
): backing is Backing & { parent: Backing } {
  if (backing?.parent === undefined) return false
  const folder = ({ fileName }: Backing) => fileName.slice(0, fileName.lastIndexOf('/'))
  if (folder(backing) === folder(backing.parent)) return true
  for (let below: Backing | undefined = backing.parent; below; below = below.parent)
    if (frozen.has(below.fileName)) return true
  return false
}

/** The configuration with every disk on the file that its first snapshot froze (`frozenFiles`); the delta files are gone. */
export function withoutDeltas(
  ctx: Context,
  vm: string,
  config: VirtualMachineConfigInfo,
  frozen: ReadonlySet<string>,
): VirtualMachineConfigInfo {
  return mapDisks(config, (disk) => {
    let backing = disk.backing as Backing | undefined
    if (!isOfSnapshot(backing, frozen)) return disk
    while (isOfSnapshot(backing, frozen)) {
      removeDelta(ctx, vm, backing)
      backing = backing.parent
    }
    return patch(disk, { backing })
  })
}

/** Deletes the delta files of a state that nothing is based on any more. */
export function dropDeltas(
  ctx: Context,
  vm: string,
  config: VirtualMachineConfigInfo,
  kept: VirtualMachineConfigInfo,
  frozen: ReadonlySet<string>,
): void {
  const keptFiles = new Set(disksOf(kept).map((disk) => (disk.backing as { fileName?: string }).fileName))
  for (const disk of disksOf(config)) {
    const backing = disk.backing as Backing | undefined
    if (isOfSnapshot(backing, frozen) && !keptFiles.has(backing.fileName)) removeDelta(ctx, vm, backing)
  }
}

function removeDelta(ctx: Context, vm: string, backing: VirtualDiskFlatVer2BackingInfo): void {
  const datacenter = datacenterOf(ctx.tx, vm)
  if (datacenter === undefined) return
  const place = placeOf({ read: ctx.tx, datacenter }, { backing } as unknown as VirtualDisk)
  if (!place || !fileAt(ctx.tx, place.datastore, place.path)) return
  // A linked clone may be based on it.
  if (!isUsedElsewhere(ctx.tx, vm, place)) removeFile(ctx.tx, place.datastore, place.path)
}

function mapDisks(
  config: VirtualMachineConfigInfo,
  change: (disk: VirtualDisk) => VirtualDevice,
): VirtualMachineConfigInfo {
  const devices = config.hardware.device ?? []
  const fresh = devices.map((device) =>
    device._typeName === 'VirtualDisk' ? change(device as VirtualDisk) : device,
  )
  if (fresh.every((device, at) => device === devices[at])) return config
  return patch(config, { hardware: patch(config.hardware, { device: fresh }) })
}

/** Writes a snapshot's state: its configuration, and its memory if that is part of it. */
export function addSnapshotFiles(ctx: Context, vm: string, id: number, memoryMB: number | undefined): void {
  const home = homeOf(ctx.tx, vm)
  if (!home) return
  const { tx, time } = ctx
  const stem = home.vmx.replace(/\.vmx$/, '')
  putFile(tx, home.datastore, `${stem}-Snapshot${id}.vmsn`, { type: 'vmsn', size: 28_672, modified: time })
  if (memoryMB !== undefined)
    putFile(tx, home.datastore, `${stem}-Snapshot${id}.vmem`, {
      type: 'other',
      size: memoryMB * 2 ** 20,
      modified: time,
    })
}

export function removeSnapshotFiles(ctx: Context, vm: string, ids: readonly number[]): void {
  const home = homeOf(ctx.tx, vm)
  if (!home) return
  const stem = nameOf(home.vmx).replace(/\.vmx$/, '')
  const names = new Set(ids.flatMap((id) => [`${stem}-Snapshot${id}.vmsn`, `${stem}-Snapshot${id}.vmem`]))
  for (const file of filesIn(ctx.tx, home.datastore, home.directory))
    if (names.has(file.name)) removeFile(ctx.tx, home.datastore, `${home.directory}/${file.name}`)
}

/** The configuration that a snapshot keeps: as the VM is now, without what belongs to the running VM. */
export function frozenConfig(config: VirtualMachineConfigInfo): VirtualMachineConfigInfo {
  return data('VirtualMachineConfigInfo', {
    ...config,
    hotPlugMemoryLimit: undefined,
    hotPlugMemoryIncrementSize: undefined,
  })
}
