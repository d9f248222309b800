import { patch } from '#vim25/data.js'
import type { VirtualDisk, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { moveImage } from '#world/disk-image.js'
import type { Context } from '../core/context.js'
import {
  directoryExists,
  fileAt,
  freeDirectory,
  makeDirectory,
  moveFile,
  removeFile,
  removeIfEmpty,
  updateFile,
} from '../datastore/files.js'
import { directoryOf, nameOf, type Place } from '../datastore/paths.js'
import { volumeOf } from '../datastore/volumes.js'
import { nvramOption } from './config/configure.js'
import { mergeOptions } from './config/settings.js'
import {
  type Backing,
  backingAt,
  capacityOf,
  chainOf,
  configsOf,
  copyDiskFile,
  copyMerged,
  isUsedElsewhere,
  laidOut,
  placeOfBacking,
} from './disk-chain.js'
import { fileInfo, fileName, type Home, homeOf, ownFiles } from './files.js'
import type { Destination } from './relocate-spec.js'
import { treeSnapshots } from './snapshot-tree.js'
import { disksOf } from './snapshots.js'

/** True when a file of the VM goes to another volume; datacenters have each a datastore of its own for the same volume. */
export function movesFiles(
  ctx: Context,
  vm: string,
  from: string,
  { datastore, disks }: Destination,
): boolean {
  const { tx } = ctx
  const { config } = tx.get('VirtualMachine', vm)
  const home = homeOf(tx, vm)
  const moves = (present: string | undefined, wanted: string | undefined) =>
    present !== undefined && wanted !== undefined && volumeOf(tx, present) !== volumeOf(tx, wanted)
  if (!config || moves(home?.datastore, datastore)) return true
  return disksOf(config).some((disk) => {
    const top = chainOf(disk).at(-1)
    return moves(top && placeOfBacking(tx, from, top)?.datastore, disks.get(disk.key)?.datastore)
  })
}

/**
 * Moves a VM's files to where they are to be, and says so in its configuration and in those of its snapshots. Throws
 * NoDiskSpace and FileNotFound. Files that disks of others are based on are copied.
 */
export function moveFiles(ctx: Context, vm: string, from: string, destination: Destination): void {
  const { tx } = ctx
  const { config, name, snapshot } = tx.get('VirtualMachine', vm)
  const home = homeOf(tx, vm)
  if (!config || !home) return
  const stays = (present: string, wanted: string) => volumeOf(tx, present) === volumeOf(tx, wanted)
  const directories = new Map<string, string>()
  const directory = (datastore: string) => {
    const known = directories.get(datastore)
    if (known !== undefined) return known
    const made = datastore === home.datastore ? home.directory : freeDirectory(tx, datastore, fileName(name))
    if (!directoryExists(tx, datastore, made)) makeDirectory(tx, datastore, made, true)
    directories.set(datastore, made)
    return made
  }
  const [oldStem, newStem] = [nameOf(home.vmx).replace(/\.vmt?x$/, ''), fileName(name)]
  // As files are moved they take the name that the VM has by now.
  const renamed = (file: string) => (file.startsWith(oldStem) ? newStem + file.slice(oldStem.length) : file)
  const moved = new Map<string, { readonly place: Place; readonly backing: Backing }>()
  const states = configsOf(tx, vm)
  let merged: VirtualMachineConfigInfo = config
  for (const disk of disksOf(config)) {
    const target = destination.disks.get(disk.key)
    const chain = chainOf(disk)
    const top = chain.at(-1)
    const place = top && placeOfBacking(tx, from, top)
    if (!target || !top || !place || place.datastore === target.datastore) continue
    const there = (file: string) => freePlace(ctx, target.datastore, directory(target.datastore), file)
    if (target.moveType === 'moveAllDiskBackingsAndConsolidate' && chain.length > 1 && !snapshot) {
      merged = mergeDisk(ctx, {
        vm,
        from,
        config: merged,
        disk,
        to: there(`${newStem}.vmdk`),
        thin: target.thin,
      })
      continue
    }
    const onlyTop = target.moveType === 'moveChildMostDiskBacking' && top.parent !== undefined
    const backings = onlyTop ? [top] : states.flatMap((state) => chainsOf(state, disk.key))
    for (const backing of backings) {
      const source = placeOfBacking(tx, from, backing)
      if (!source || moved.has(backing.fileName)) continue
      const to = stays(source.datastore, target.datastore)
        ? { datastore: target.datastore, path: source.path }
        : there(renamed(nameOf(source.path)))
      moveDiskFile(ctx, vm, source, to, backing.parent ? undefined : target.thin)
      moved.set(backing.fileName, {
        place: to,
        backing:
          target.thin === undefined || backing.parent
            ? backing
            : patch(backing, { thinProvisioned: target.thin }),
      })
    }
  }
  const there = moveHome(ctx, home, destination.datastore, directory, renamed)
  const files = fileInfo(tx, there)
  const nvram = there.directory === home.directory ? [] : [nvramOption(newStem)]
  const settled = (state: VirtualMachineConfigInfo): VirtualMachineConfigInfo =>
    patch(rebased(ctx, state, moved), {
      files: home === there ? state.files : files,
      extraConfig: mergeOptions(state.extraConfig, nvram),
    })
  tx.set('VirtualMachine', vm, { config: settled(merged) })
  for (const { snapshot: ref } of treeSnapshots(snapshot))
    tx.update('VirtualMachineSnapshot', ref.value, (saved) => ({ config: settled(saved.config) }))
  removeIfEmpty(tx, home.datastore, home.directory)
}

const chainsOf = (config: VirtualMachineConfigInfo, key: number): readonly Backing[] =>
  disksOf(config)
    .filter((disk) => disk.key === key)
    .flatMap(chainOf)

function freePlace(ctx: Context, datastore: string, directory: string, file: string): Place {
  const stem = file.replace(/\.vmdk$/, '')
  let path = `${directory}/${file}`
  for (let n = 1; fileAt(ctx.tx, datastore, path); n++) path = `${directory}/${stem}_${n}.vmdk`
  return { datastore, path }
}

function moveDiskFile(ctx: Context, vm: string, from: Place, to: Place, thin: boolean | undefined): void {
  const { tx } = ctx
  if (volumeOf(tx, from.datastore) === volumeOf(tx, to.datastore)) {
    moveImage(tx, from, to)
    return
  }
  if (isUsedElsewhere(tx, vm, from)) {
    copyDiskFile(ctx, from, to, thin)
    return
  }
  moveFile(tx, from, to)
  const file = fileAt(tx, to.datastore, to.path)
  if (file && thin !== undefined) updateFile(tx, to.datastore, to.path, laidOut(file, thin))
  removeIfEmpty(tx, from.datastore, directoryOf(from.path))
}

interface Merge {
  readonly vm: string
  readonly from: string
  readonly config: VirtualMachineConfigInfo
  readonly disk: VirtualDisk
  readonly to: Place
  readonly thin: boolean | undefined
}

/** A disk of several files becomes one file at another place; what nobody else needs of them goes. */
function mergeDisk(ctx: Context, { vm, from, config, disk, to, thin }: Merge): VirtualMachineConfigInfo {
  const { tx } = ctx
  const chain = chainOf(disk)
  const places = chain.flatMap((backing) => placeOfBacking(tx, from, backing) ?? [])
  const lay = thin ?? chain[0]?.thinProvisioned ?? false
  copyMerged(ctx, places, to, capacityOf(disk), lay)
  for (const place of places)
    if (!isUsedElsewhere(tx, vm, place)) {
      removeFile(tx, place.datastore, place.path)
      removeIfEmpty(tx, place.datastore, directoryOf(place.path))
    }
  const backing = backingAt(tx, chain[0] as Backing, to, { thinProvisioned: lay })
  return withDisk(config, disk.key, backing)
}

function withDisk(config: VirtualMachineConfigInfo, key: number, backing: Backing): VirtualMachineConfigInfo {
  const device = (config.hardware.device ?? []).map((each) =>
    each.key === key ? patch(each, { backing }) : each,
  )
  return patch(config, { hardware: patch(config.hardware, { device }) })
}

/** Configuration, NVRAM, logs, swap and snapshot files; not the disks. */
function moveHome(
  ctx: Context,
  home: Home,
  datastore: string,
  directory: (datastore: string) => string,
  renamed: (file: string) => string,
): Home {
  if (datastore === home.datastore) return home
  const { tx } = ctx
  if (volumeOf(tx, datastore) === volumeOf(tx, home.datastore)) return { ...home, datastore }
  const target = directory(datastore)
  for (const file of ownFiles(tx, home))
    moveFile(
      tx,
      { datastore: home.datastore, path: `${home.directory}/${file.name}` },
      { datastore, path: `${target}/${renamed(file.name)}` },
    )
  return { datastore, directory: target, vmx: `${target}/${renamed(nameOf(home.vmx))}` }
}

/** Pure but for names: the configuration with its disks' files where they are now. */
function rebased(
  ctx: Context,
  config: VirtualMachineConfigInfo,
  moved: ReadonlyMap<string, { readonly place: Place; readonly backing: Backing }>,
): VirtualMachineConfigInfo {
  if (moved.size === 0) return config
  const rebase = (backing: Backing): Backing => {
    const found = moved.get(backing.fileName)
    const parent = backing.parent && rebase(backing.parent)
    if (!found) return parent === backing.parent ? backing : patch(backing, { parent })
    const { thinProvisioned } = found.backing
    return backingAt(ctx.tx, backing, found.place, parent ? { parent } : { thinProvisioned })
  }
  const device = (config.hardware.device ?? []).map((each) =>
    each._typeName === 'VirtualDisk' && each.backing
      ? patch(each, { backing: rebase(each.backing as Backing) })
      : each,
  )
  return patch(config, { hardware: patch(config.hardware, { device }) })
}
