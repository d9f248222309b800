import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import type { VirtualDevice, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { splitDatastorePath } from './datastore-path.js'
import { type DiskImage, imageOf, setImage } from './disk-image.js'
import { esxiRelease, shortfall } from './esxi-release.js'
import { biosUuid, hostLinks } from './hardware.js'
import { installationOf } from './installation.js'
import { machineOfVm, machines } from './machine.js'

/** What the world needs of its caller: a transaction, and time scaled by the pace. */
export interface WorldContext {
  readonly tx: Transaction
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly services: { readonly pace: number }
}

/** How long ESXi takes, in seconds: to boot, and to install before that. */
const BOOT_SECONDS = 90
const INSTALL_SECONDS = 300

/**
 * Agenda kinds. The world schedules the first two for itself (finishInstallation, finishBoot) and the others as signals,
 * to which the families of vsphere/ react; all carry `{ machine }`, `bootFailed` also `{ reason }`.
 */
export const SIGNALS = {
  installed: 'world.installed',
  booted: 'world.booted',
  up: 'world.machineUp',
  down: 'world.machineDown',
  linkChanged: 'world.linkChanged',
  bootFailed: 'world.bootFailed',
} as const

export function soon(
  ctx: WorldContext,
  seconds: number,
  kind: string,
  refs: Readonly<Record<string, unknown>>,
): void {
  ctx.tx.schedule(ctx.now + Math.round(seconds * 1000 * ctx.services.pace), kind, refs)
}

/**
 * A VM was powered on or off. If its disk holds ESXi it is a machine that now boots, or that is gone from the network;
 * if an installer is in its CD-ROM drive and its disk is empty, ESXi gets installed first.
 */
export function vmPowered(ctx: WorldContext, vm: string, on: boolean): void {
  const known = machineOfVm(ctx.tx, vm)
  if (!on) {
    if (known) powerLost(ctx, known)
    return
  }
  const { config } = ctx.tx.get('VirtualMachine', vm)
  if (!config) return
  const disk = bootDisk(config)
  if (!disk) return
  const content = imageAt(ctx.tx, disk)
  if (content?.kind === 'esxi') {
    const machine = known ?? returned(ctx, vm, config) ?? createMachine(ctx, vm, config)
    install(ctx, machine, vm, config, content)
    powerOn(ctx, machine)
    return
  }
  const installer = installerIn(ctx.tx, config)
  const release = installer && esxiRelease(installer.version)
  if (!release) return
  const machine = known ?? createMachine(ctx, vm, config)
  const reason = shortfall(release, sizeOf(config, disk))
  ctx.tx.set(machines, machine, {
    power: 'on',
    state: reason ? 'failed' : 'booting',
    boots: nextBoot(ctx.tx, machine),
  })
  if (reason) soon(ctx, 0, SIGNALS.bootFailed, { machine, reason })
  else
    soon(ctx, INSTALL_SECONDS, SIGNALS.installed, {
      machine,
      version: release.version,
      boot: bootOf(ctx.tx, machine),
    })
}

/** Power comes on: the installed ESXi boots, if it can run here at all. */
export function powerOn(ctx: WorldContext, machine: string): void {
  ctx.tx.set(machines, machine, { power: 'on', state: 'booting', boots: nextBoot(ctx.tx, machine) })
  soon(ctx, BOOT_SECONDS, SIGNALS.booted, { machine, boot: bootOf(ctx.tx, machine) })
}

/** As if the machine had been up since long: for worlds that begin with it. One that is below its minimum has failed. */
export function bootAtOnce(ctx: WorldContext, machine: string): void {
  if (!ctx.tx.get(machines, machine).esxi) return
  const unfit = shortfallOf(ctx.tx, machine) !== undefined
  ctx.tx.set(machines, machine, unfit ? { state: 'failed' } : { state: 'up', bootTime: ctx.now })
}

/** Power is gone: whatever ran is gone with it, and nobody is told but by silence. */
export function powerLost(ctx: WorldContext, machine: string): void {
  const { state } = ctx.tx.get(machines, machine)
  ctx.tx.set(machines, machine, { power: 'off', state: 'off', bootTime: undefined })
  if (state === 'up') soon(ctx, 0, SIGNALS.down, { machine })
}

/** A reboot from within. */
export function restart(ctx: WorldContext, machine: string): void {
  const { vm } = ctx.tx.get(machines, machine)
  if (vm !== undefined) vmReset(ctx, vm)
  else {
    powerLost(ctx, machine)
    powerOn(ctx, machine)
  }
}

/** A running VM was reset: it begins anew, and boots from what is on its disk or in its drive by now. */
export function vmReset(ctx: WorldContext, vm: string): void {
  vmPowered(ctx, vm, false)
  vmPowered(ctx, vm, true)
}

/** The VM behind a machine has left the inventory; the machine is only remembered where a host of vCenter's is on it. */
export function vmGone(ctx: WorldContext, vm: string): void {
  const machine = machineOfVm(ctx.tx, vm)
  if (!machine) return
  powerLost(ctx, machine)
  const managed = [...ctx.tx.ids(hostLinks)].some((link) => ctx.tx.get(hostLinks, link).machine === machine)
  const { esxi } = ctx.tx.get(machines, machine)
  if (managed) ctx.tx.set(machines, machine, { vm: undefined, esxi: undefined, left: esxi })
  else ctx.tx.remove(machine)
}

/** The machine that a VM was before it left the inventory: registered again it is the same to those who manage it. */
function returned(ctx: WorldContext, vm: string, config: VirtualMachineConfigInfo): string | undefined {
  const uuid = biosUuid(config.uuid)
  for (const id of ctx.tx.ids(machines)) {
    const { left } = ctx.tx.get(machines, id)
    if (left?.uuid !== uuid) continue
    ctx.tx.set(machines, id, { vm, esxi: left, left: undefined })
    return id
  }
  return undefined
}

/** Handler of `world.installed`: the disk now holds ESXi, and the machine reboots into it. */
export function finishInstallation(ctx: WorldContext, refs: Readonly<Record<string, unknown>>): void {
  const id = String(refs.machine)
  const machine = ctx.tx.find(machines, id)
  if (!machine?.vm || machine.power !== 'on' || machine.boots !== refs.boot) return
  const { config } = ctx.tx.get('VirtualMachine', machine.vm)
  const disk = config && bootDisk(config)
  if (!config || !disk) return
  const image: DiskImage = { kind: 'esxi', version: String(refs.version) }
  setImage(ctx.tx, disk.datastore, disk.path, image)
  install(ctx, id, machine.vm, config, image)
  powerOn(ctx, id)
}

/** Handler of `world.booted`: the machine answers, or never will. */
export function finishBoot(ctx: WorldContext, refs: Readonly<Record<string, unknown>>): void {
  const id = String(refs.machine)
  const machine = ctx.tx.find(machines, id)
  if (!machine?.esxi || machine.power !== 'on' || machine.boots !== refs.boot) return
  const reason = shortfallOf(ctx.tx, id)
  // A seed's machines are up from the start: what boots then is already told, the time of it stays.
  ctx.tx.set(
    machines,
    id,
    reason ? { state: 'failed' } : { state: 'up', bootTime: machine.bootTime ?? ctx.now },
  )
  soon(ctx, 0, reason ? SIGNALS.bootFailed : SIGNALS.up, reason ? { machine: id, reason } : { machine: id })
}

/** What keeps a machine's ESXi from running on it, in words; undefined when nothing does. */
export function shortfallOf(read: Reader, machine: string): string | undefined {
  const { esxi, vm } = read.get(machines, machine)
  const release = esxi && esxiRelease(esxi.version)
  const config = vm === undefined ? undefined : read.find('VirtualMachine', vm)?.config
  const disk = config && bootDisk(config)
  return release && config && disk ? shortfall(release, sizeOf(config, disk)) : undefined
}

function bootOf(read: Reader, machine: string): number {
  return read.get(machines, machine).boots
}

function nextBoot(read: Reader, machine: string): number {
  return bootOf(read, machine) + 1
}

function createMachine(ctx: WorldContext, vm: string, config: VirtualMachineConfigInfo): string {
  const id = `machine:${ctx.tx.next('machine')}`
  ctx.tx.create(machines, id, { name: config.name, vm, power: 'off', state: 'off', boots: 0 })
  return id
}

/** Notes what the ESXi on the VM's disk answers as. */
function install(
  ctx: WorldContext,
  machine: string,
  vm: string,
  config: VirtualMachineConfigInfo,
  image: DiskImage,
): void {
  const { esxi } = ctx.tx.get(machines, machine)
  ctx.tx.set(machines, machine, { name: config.name, vm, esxi: installationOf(ctx.tx, config, image, esxi) })
}

interface Place {
  readonly datastore: string
  readonly path: string
}

interface DiskFile extends Place {
  /** What it is based on, the nearest first: it has snapshots, or is a linked clone's. */
  readonly below: readonly Place[]
  readonly capacityGB: number
}

interface Backing {
  readonly fileName?: string | undefined
  readonly datastore?: { readonly value: string } | undefined
  readonly parent?: VirtualDevice['backing'] & Backing
}

/** The first virtual disk: where ESXi is installed and boots from. */
export function bootDisk(config: VirtualMachineConfigInfo): DiskFile | undefined {
  const disk = config.hardware.device?.find((device) => device._typeName === 'VirtualDisk')
  const file = disk && fileOf(disk.backing)
  if (!file) return undefined
  const { capacityInBytes, capacityInKB } = disk as { capacityInBytes?: number; capacityInKB?: number }
  const below: Place[] = []
  for (let parent = (disk.backing as Backing).parent; parent; parent = parent.parent) {
    const base = fileOf(parent)
    if (base) below.push(base)
  }
  return { ...file, below, capacityGB: (capacityInBytes ?? (capacityInKB ?? 0) * 1024) / 2 ** 30 }
}

function installerIn(read: Reader, config: VirtualMachineConfigInfo): DiskImage | undefined {
  for (const device of config.hardware.device ?? []) {
    if (device._typeName !== 'VirtualCdrom' || device.connectable?.connected === false) continue
    const file = fileOf(device.backing)
    const image = file && imageOf(read, file.datastore, file.path)
    if (image?.kind === 'esxi-installer') return image
  }
  return undefined
}

function fileOf(of: VirtualDevice['backing']): Place | undefined {
  const backing = of as Backing | undefined
  const path = splitDatastorePath(backing?.fileName)?.path
  return backing?.datastore && path !== undefined ? { datastore: backing.datastore.value, path } : undefined
}

/** What a disk shows is in its own file, or in the nearest of those that it is based on. */
function imageAt(read: Reader, disk: DiskFile): DiskImage | undefined {
  for (const { datastore, path } of [disk, ...disk.below]) {
    const image = imageOf(read, datastore, path)
    if (image) return image
  }
  return undefined
}

function sizeOf(
  config: VirtualMachineConfigInfo,
  disk: DiskFile,
): { cpus: number; memoryMB: number; diskGB: number } {
  return { cpus: config.hardware.numCPU, memoryMB: config.hardware.memoryMB, diskGB: disk.capacityGB }
}
