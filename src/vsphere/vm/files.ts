import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineConfigInfo,
  VirtualMachineFileInfo,
  VirtualMachineSnapshotInfo,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import {
  type DatastoreFile,
  type FileFacts,
  fileAt,
  filesIn,
  freeDirectory,
  putFile,
  putFiles,
  removeFile,
  removeIfEmpty,
  updateFile,
} from '../datastore/files.js'
import { cleanPath, datastorePath, directoryOf, locate, nameOf, type Place } from '../datastore/paths.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { placeOf } from './devices/disks.js'
import type { FileWish } from './devices/environment.js'
import { isUsedElsewhere } from './disk-chain.js'
import { treeSnapshots } from './snapshot-tree.js'

/** Where a VM's configuration file is, and the directory around it. */
export interface Home {
  readonly datastore: string
  readonly directory: string
  /** The vmx file's path. */
  readonly vmx: string
}

/**
 * Where a new VM goes: `[ds]` alone makes a directory of the VM's name (or name_1 ...), `[ds] dir/` uses that one, and a
 * path that ends in `.vmx` is taken as it is. Throws InvalidVmConfig without a path, InvalidDatastorePath, AlreadyExists
 * when the file is there.
 */
export function newHome(read: Reader, datacenter: string, name: string, wanted: string | undefined): Home {
  if (!wanted) throw fault('InvalidVmConfig', { property: 'configSpec.files.vmPathName' })
  const { datastore, path } = locate(read, datacenter, wanted)
  if (path.endsWith('.vmx')) {
    if (fileAt(read, datastore, path)) throw fault('AlreadyExists', { name: wanted })
    return { datastore, directory: directoryOf(path), vmx: path }
  }
  const directory = path === '' ? freeDirectory(read, datastore, fileName(name)) : path
  const vmx = `${directory}/${fileName(name)}.vmx`
  if (fileAt(read, datastore, vmx)) throw fault('AlreadyExists', { name: wanted })
  return { datastore, directory, vmx }
}

/** A VM's name as its files have it. */
export function fileName(name: string): string {
  return cleanPath(name).replaceAll('/', '_') || 'vm'
}

/** The home of a registered VM; undefined when its datastore is gone. */
export function homeOf(read: Reader, vm: string): Home | undefined {
  const { config } = read.get('VirtualMachine', vm)
  const datacenter = datacenterOf(read, vm)
  if (!config || datacenter === undefined) return undefined
  const place = placeOf({ read, datacenter }, asFile(config.files.vmPathName ?? ''))
  return place && { datastore: place.datastore, directory: directoryOf(place.path), vmx: place.path }
}

const asFile = (fileName: string) => ({ backing: { fileName } }) as unknown as VirtualDisk

/** VirtualMachineConfigInfo.files for a home. */
export function fileInfo(read: Reader, home: Home): VirtualMachineFileInfo {
  const { name } = read.get('Datastore', home.datastore)
  const directory = datastorePath(name, `${home.directory}/`)
  return data('VirtualMachineFileInfo', {
    vmPathName: datastorePath(name, home.vmx),
    snapshotDirectory: directory,
    suspendDirectory: directory,
    logDirectory: directory,
  })
}

const beside = (home: Home, suffix: string) => home.vmx.replace(/\.vmx$/, suffix)

const NVRAM_BYTES = { efi: 270_840, bios: 8_684 } as const

/** Writes what every VM has (configuration, NVRAM, list of snapshots), and the disks that are made with it. */
export function addVmFiles(
  ctx: Context,
  home: Home,
  config: VirtualMachineConfigInfo,
  wishes: readonly FileWish[] = [],
): void {
  const { tx, time } = ctx
  const name = (suffix: string) => nameOf(beside(home, suffix))
  const nvram = NVRAM_BYTES[config.firmware === 'efi' ? 'efi' : 'bios']
  const own: DatastoreFile[] = [
    { name: nameOf(home.vmx), type: 'vmx', size: 3072, modified: time },
    { name: name('.nvram'), type: 'nvram', size: nvram, modified: time },
    { name: name('.vmsd'), type: 'vmsd', size: 0, modified: time },
  ]
  const elsewhere: FileWish[] = []
  for (const wish of wishes)
    if (
      wish.op === 'create' &&
      wish.datastore === home.datastore &&
      directoryOf(wish.path) === home.directory
    )
      own.push({ name: nameOf(wish.path), ...newDisk(wish, time) })
    else elsewhere.push(wish)
  putFiles(tx, home.datastore, home.directory, own)
  carryOut(ctx, elsewhere)
}

function newDisk({ capacity, thin }: { capacity: number; thin: boolean }, modified: string): FileFacts {
  return {
    type: 'vmdk',
    size: thin ? Math.min(capacity, THIN_START) : capacity,
    provisioned: capacity,
    modified,
    disk: { capacity, thin },
  }
}

/** A thin disk takes little at first. */
const THIN_START = 2 ** 20

/** Does with files what the device changes of a spec asked for, once the VM's configuration is what they made of it. */
export function carryOut(ctx: Context, files: readonly FileWish[]): void {
  const { tx, time } = ctx
  for (const file of files) {
    const { datastore, path } = file
    if (file.op === 'destroy') {
      // A linked clone may be based on it.
      if (fileAt(tx, datastore, path) && !isUsedElsewhere(tx, undefined, file))
        removeFile(tx, datastore, path)
      continue
    }
    if (file.op === 'create') {
      putFile(tx, datastore, path, newDisk(file, time))
      continue
    }
    const before = fileAt(tx, datastore, path)
    const thin = before?.disk?.thin ?? true
    putFile(tx, datastore, path, {
      type: 'vmdk',
      size: thin ? Math.min(file.capacity, before?.size ?? THIN_START) : file.capacity,
      provisioned: file.capacity,
      modified: time,
      disk: { ...before?.disk, capacity: file.capacity, thin },
      extent: before?.extent,
    })
  }
}

/** The files that come with running: the swap file (memory without its reservation) and the log. */
export function addRunningFiles(ctx: Context, vm: string): void {
  const home = homeOf(ctx.tx, vm)
  const { config } = ctx.tx.get('VirtualMachine', vm)
  if (!home || !config) return
  const reserved = Number(config.memoryAllocation?.reservation ?? 0)
  const swapMB = Math.max(0, config.hardware.memoryMB - reserved)
  const { tx, time } = ctx
  const swap: DatastoreFile = {
    name: nameOf(beside(home, '.vswp')),
    type: 'vswp',
    size: swapMB * 2 ** 20,
    modified: time,
  }
  const log: DatastoreFile = { name: 'vmware.log', type: 'log', size: 262_144, modified: time }
  putFiles(tx, home.datastore, home.directory, [swap, log])
}

/** The swap file goes when the VM stops. */
export function removeRunningFiles(ctx: Context, vm: string): void {
  const home = homeOf(ctx.tx, vm)
  if (home && fileAt(ctx.tx, home.datastore, beside(home, '.vswp')))
    removeFile(ctx.tx, home.datastore, beside(home, '.vswp'))
}

/** A suspended VM's memory. */
export function addSuspendFiles(ctx: Context, vm: string): void {
  const home = homeOf(ctx.tx, vm)
  const { config } = ctx.tx.get('VirtualMachine', vm)
  if (home && config)
    putFile(ctx.tx, home.datastore, beside(home, '.vmss'), {
      type: 'other',
      size: config.hardware.memoryMB * 2 ** 20,
      modified: ctx.time,
    })
}

/** It goes when the VM is resumed or powered off. */
export function removeSuspendFiles(ctx: Context, vm: string): void {
  const home = homeOf(ctx.tx, vm)
  if (home && fileAt(ctx.tx, home.datastore, beside(home, '.vmss')))
    removeFile(ctx.tx, home.datastore, beside(home, '.vmss'))
}

/** The files in a VM's directory that belong to it alone, its disks left out. */
export function ownFiles(read: Reader, home: Home): readonly DatastoreFile[] {
  const stem = nameOf(beside(home, ''))
  const own = (name: string) =>
    name.startsWith(`${stem}.`) ||
    name === 'vmware.log' ||
    (name.startsWith(`${stem}-`) && /\.(vmsn|vmem|vmss|vswp|log)$/.test(name))
  return filesIn(read, home.datastore, home.directory).filter(
    (file) => own(file.name) && file.type !== 'vmdk',
  )
}

/** Deletes a VM's files: its own, its disks and what its snapshots left; the directory goes if nothing else is in it. */
export function destroyFiles(ctx: Context, vm: string): void {
  const { tx } = ctx
  const home = homeOf(tx, vm)
  const datacenter = datacenterOf(tx, vm)
  const { config } = tx.get('VirtualMachine', vm)
  if (!home || datacenter === undefined || !config) return
  const places: Place[] = [
    ...ownFiles(tx, home).map((file) => ({
      datastore: home.datastore,
      path: `${home.directory}/${file.name}`,
    })),
    // What other VMs' disks are based on stays for them.
    ...diskPlaces(tx, datacenter, config).filter((place) => !isUsedElsewhere(tx, vm, place)),
  ]
  for (const { datastore, path } of places) if (fileAt(tx, datastore, path)) removeFile(tx, datastore, path)
  for (const { datastore, path } of [{ datastore: home.datastore, path: home.vmx }, ...places])
    removeIfEmpty(tx, datastore, directoryOf(path))
}

/** Every file of every disk, those that snapshots are based on included. */
export function diskPlaces(
  read: Reader,
  datacenter: string,
  config: VirtualMachineConfigInfo,
): readonly Place[] {
  const places: Place[] = []
  for (const device of config.hardware.device ?? []) {
    if (device._typeName !== 'VirtualDisk') continue
    for (
      let backing = device.backing as VirtualDiskFlatVer2BackingInfo | undefined;
      backing;
      backing = backing.parent
    ) {
      const place = placeOf({ read, datacenter }, { backing } as unknown as VirtualDisk)
      if (place) places.push(place)
    }
  }
  return places
}

/** What a vmx file and its snapshot files keep of a VM that is registered nowhere. */
export interface VmxContent {
  readonly config: VirtualMachineConfigInfo
  readonly snapshot?: VirtualMachineSnapshotInfo | undefined
  /** The snapshots' configurations, by their former ids. */
  readonly states?: Readonly<Record<string, VirtualMachineConfigInfo>> | undefined
}

/** Leaves the configuration in the vmx file, for RegisterVM_Task. */
export function writeVmx(ctx: Context, vm: string): void {
  const home = homeOf(ctx.tx, vm)
  const content = vmxContent(ctx.tx, vm)
  if (!home || !content || !fileAt(ctx.tx, home.datastore, home.vmx)) return
  updateFile(ctx.tx, home.datastore, home.vmx, { content })
}

/** What the files of a registered VM say about it. */
export function vmxContent(read: Reader, vm: string): VmxContent | undefined {
  const { config, snapshot } = read.get('VirtualMachine', vm)
  if (!config) return undefined
  const states = treeSnapshots(snapshot).map(
    ({ snapshot: ref }) => [ref.value, read.get('VirtualMachineSnapshot', ref.value).config] as const,
  )
  return snapshot ? { config, snapshot, states: Object.fromEntries(states) } : { config }
}
