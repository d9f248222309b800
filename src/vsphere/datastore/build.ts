import { createHash } from 'node:crypto'
import { moRef, recordKind } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type { HostDatastoreSystemCapabilities, ManagedObjectReference } from '#vim25/generated/types.js'
import { exportAt } from '#world/exports.js'
import { hardwareOf, machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { type Context, newMoid } from '../core/context.js'
import { datacenterOf, managedEntityDefaults, validName } from '../managed-entity/entity.js'
import { createBrowser } from './browser.js'
import { eraseVolume } from './files.js'
import { imagesOn, putImages, takeImages } from './images.js'
import { capabilityOf, infoOf, iormDefaults, localVmfsBytes, mountPath, summaryOf } from './info.js'
import {
  datastoreNamed,
  datastoreOfVolume,
  datastoresOf,
  datastoresOfHost,
  datastoreVolumeId,
  datastoreVolumes,
  hostsOfDatastore,
  type Mount,
  mountId,
  mountOf,
  mounts,
  type Volume,
  volumeId,
  volumeOf,
  volumes,
} from './volumes.js'

export interface NfsMount {
  readonly remoteHost: string
  readonly remotePath: string
  /** Datastore name. */
  readonly name: string
  readonly accessMode?: 'readWrite' | 'readOnly' | undefined
  readonly type?: 'NFS' | 'NFS41' | undefined
}

/**
 * Mounts an NFS export on a host: the datacenter's Datastore for the export, made when this is its first host. No checks of
 * names; an export that the world does not have gets the capacity of an undeclared one.
 */
export function mountNfs(ctx: Context, host: string, spec: NfsMount): ManagedObjectReference {
  const uuid = nfsUuid(spec.remoteHost, spec.remotePath)
  const volume = ensureVolume(ctx, {
    type: spec.type ?? 'NFS',
    uuid,
    capacity: exportAt(ctx.tx, spec.remoteHost, spec.remotePath)?.capacityBytes ?? 2 ** 40,
    used: 0,
    uncommitted: 0,
    remoteHost: spec.remoteHost,
    remotePath: spec.remotePath,
  })
  return showVolume(ctx, host, volume, spec.name, spec.accessMode ?? 'readWrite')
}

/** The directory name of an NFS mount: eight and eight hex digits that follow from server and path. */
export function nfsUuid(remoteHost: string, remotePath: string): string {
  const hex = createHash('sha1').update(`${remoteHost.toLowerCase()}\0${remotePath}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 16)}`
}

/**
 * The VMFS datastore that an installation has on its boot disk, `datastore1` (`datastore1 (1)` where the name is taken);
 * undefined when the disk is too small or the host has no machine.
 */
export function addLocalVmfs(
  ctx: Context,
  host: string,
  name = 'datastore1',
): ManagedObjectReference | undefined {
  const machine = machineOfHost(ctx.tx, host)
  const esxi = machine === undefined ? undefined : ctx.tx.get(machines, machine).esxi
  if (machine === undefined || !esxi) return undefined
  const hardware = hardwareOf(ctx.tx, machine)
  const disk = hardware.disks.find((candidate) => candidate.local)
  const capacity = disk && localVmfsBytes(disk.capacityBytes, esxi.version)
  if (!disk || capacity === undefined) return undefined
  const volume = ensureVolume(ctx, {
    type: 'VMFS',
    uuid: vmfsUuid(esxi.uuid, hardware.nics[0]?.mac ?? ''),
    capacity,
    // File system metadata of an empty VMFS.
    used: Math.floor(Math.min(1.4 * 2 ** 30, capacity / 20)),
    uncommitted: 0,
    disk: disk.canonicalName,
    ssd: disk.ssd,
    majorVersion: Number(esxi.version.split('.')[0]) < 6 || esxi.version.startsWith('6.0') ? 5 : 6,
  })
  return showVolume(ctx, host, volume, freeName(ctx, host, name), 'readWrite')
}

/** `5f1e2d3c-4b5a6978-8796-005056a1b2c3`: as VMFS makes them, the last group being the first NIC's MAC. */
function vmfsUuid(installation: string, mac: string): string {
  const hex = createHash('sha1').update(`vmfs of ${installation}`).digest('hex')
  const node = mac.replaceAll(':', '').toLowerCase() || hex.slice(28, 40)
  return `${hex.slice(0, 8)}-${hex.slice(8, 16)}-${hex.slice(16, 20)}-${node}`
}

/** A directory of a host as a datastore (CreateLocalDatastore, and the `vcsim` seed). */
export function createLocalDatastore(
  ctx: Context,
  host: string,
  name: string,
  path: string,
  capacity = 2 ** 40,
): ManagedObjectReference {
  const hex = createHash('sha1').update(`${host}\0${path}`).digest('hex')
  const volume = ensureVolume(ctx, {
    type: 'OTHER',
    uuid: `${hex.slice(0, 8)}-${hex.slice(8, 16)}`,
    capacity,
    used: 0,
    uncommitted: 0,
    path,
  })
  return showVolume(ctx, host, volume, name, 'readWrite')
}

function freeName(ctx: Context, host: string, wanted: string): string {
  const datacenter = datacenterOf(ctx.tx, host) ?? ''
  let name = wanted
  for (let n = 1; datastoreNamed(ctx.tx, datacenter, name) !== undefined; n++) name = `${wanted} (${n})`
  return name
}

function ensureVolume(ctx: Context, volume: Volume): string {
  const id = volumeId(volume.uuid)
  if (!ctx.tx.find(volumes, id)) ctx.tx.create(volumes, id, volume)
  return id
}

function showVolume(
  ctx: Context,
  host: string,
  volume: string,
  name: string,
  accessMode: string,
): ManagedObjectReference {
  const datacenter = datacenterOf(ctx.tx, host)
  if (datacenter === undefined) throw new Error(`${host} is in no datacenter.`)
  const known = datastoreOfVolume(ctx.tx, datacenter, volume)
  const ref = known === undefined ? createDatastore(ctx, datacenter, name, volume) : ctx.tx.ref(known)
  mountOn(ctx, ref.value, host, accessMode)
  return ref
}

/** The Datastore through which a datacenter sees a volume. */
function createDatastore(
  ctx: Context,
  datacenter: string,
  name: string,
  volume: string,
): ManagedObjectReference {
  const { datastoreFolder } = ctx.tx.get('Datacenter', datacenter)
  const id = newMoid(ctx.tx, 'datastore')
  const self = moRef('Datastore', id)
  const shown = ctx.tx.get(volumes, volume)
  const escaped = validName(name)
  const browser = createBrowser(ctx, id)
  const [sibling] = datastoresOf(ctx.tx, volume)
  putImages(ctx.tx, id, sibling === undefined ? (shown.images ?? []) : imagesOn(ctx.tx, sibling))
  ctx.tx.create(datastoreVolumes, datastoreVolumeId(id), { datastore: id, volume, timestamp: ctx.time })
  return ctx.tx.create('Datastore', id, {
    ...managedEntityDefaults(escaped, datastoreFolder),
    info: infoOf(escaped, shown, ctx.time),
    summary: summaryOf(self, escaped, shown, 0, false),
    browser,
    capability: capabilityOf(shown.type),
    iormConfiguration: iormDefaults,
  })
}

/** Mounts a datastore on a host; nothing changes when it is mounted there already. */
export function mountOn(ctx: Context, datastore: string, host: string, accessMode = 'readWrite'): void {
  if (mountOf(ctx.tx, datastore, host)) return
  const volume = ctx.tx.get(volumes, volumeOf(ctx.tx, datastore))
  const info = data('HostMountInfo', {
    path: mountPath(volume),
    accessMode,
    mounted: true,
    accessible: true,
    inaccessibleReason: undefined,
  })
  ctx.tx.create(mounts, mountId(datastore, host), { datastore, host, info })
}

/** Takes a datastore from a host; without hosts and VMs the Datastore goes too. `erase`: with its files. */
export function unmountFrom(ctx: Context, datastore: string, host: string, erase = false): void {
  ctx.tx.remove(mountId(datastore, host))
  dropUnused(ctx, datastore, erase)
}

/** Removes a Datastore that no host mounts and no VM has files on. */
export function dropUnused(ctx: Context, datastore: string, erase = false): void {
  if (hostsOfDatastore(ctx.tx, datastore).length === 0 && vmsOn(ctx, datastore).length === 0)
    removeDatastoreObject(ctx, datastore, erase)
}

/** The Datastore goes; what is on its volume stays, or is erased with it. */
export function removeDatastoreObject(ctx: Context, datastore: string, erase = false): void {
  const { tx } = ctx
  const { browser } = tx.get('Datastore', datastore)
  const volume = volumeOf(tx, datastore)
  const images = takeImages(tx, datastore)
  if (erase) eraseVolume(tx, volume)
  else tx.set(volumes, volume, { images: images.length > 0 ? images : undefined })
  tx.remove(browser.value)
  tx.remove(datastoreVolumeId(datastore))
  tx.remove(datastore)
}

/** VMs with files on a datastore as of the last commit, without those that have left it since. */
export function vmsOn(ctx: Context, datastore: string): readonly string[] {
  const known = ctx.tx.get('Datastore', datastore).vm ?? []
  return known
    .map((ref) => ref.value)
    .filter((id) => ctx.tx.find('VirtualMachine', id)?.datastore?.some((ref) => ref.value === datastore))
}

/** What an installation has mounted while no vCenter manages it; record `installedStorage:<machine>`. */
interface InstalledStorage {
  /** Installation.uuid: another installation on the machine starts afresh. */
  readonly installation: string
  readonly mounts: readonly { volume: string; name: string; accessMode: string }[]
}

const installedStorage = recordKind<InstalledStorage>('installedStorage')
const installedId = (machine: string) => `installedStorage:${machine}`

/**
 * After a host object and its link to the machine have been made, inside a datacenter: the datastores that its ESXi
 * already has, from an earlier membership or from its installation.
 */
export function joinStorage(ctx: Context, host: string): void {
  const machine = machineOfHost(ctx.tx, host)
  if (machine === undefined) return
  const { esxi } = ctx.tx.get(machines, machine)
  const kept = ctx.tx.find(installedStorage, installedId(machine))
  if (!kept || kept.installation !== esxi?.uuid) {
    addLocalVmfs(ctx, host)
    return
  }
  for (const { volume, name, accessMode } of kept.mounts)
    if (ctx.tx.find(volumes, volume)) {
      const datacenter = datacenterOf(ctx.tx, host) ?? ''
      const there = datastoreOfVolume(ctx.tx, datacenter, volume) !== undefined
      showVolume(ctx, host, volume, there ? name : freeName(ctx, host, name), accessMode)
    }
}

/** Before a host object goes: its mounts stay with the installation, Datastores that only it had go. */
export function leaveStorage(ctx: Context, host: string): void {
  const { tx } = ctx
  const machine = machineOfHost(tx, host)
  const esxi = machine === undefined ? undefined : tx.find(machines, machine)?.esxi
  const mounted = datastoresOfHost(tx, host)
  if (machine !== undefined && esxi) {
    const kept: InstalledStorage = {
      installation: esxi.uuid,
      mounts: mounted.map((datastore) => ({
        volume: volumeOf(tx, datastore),
        name: tx.get('Datastore', datastore).name,
        accessMode: (mountOf(tx, datastore, host) as Mount).info.accessMode,
      })),
    }
    const id = installedId(machine)
    if (tx.find(installedStorage, id)) tx.set(installedStorage, id, kept)
    else tx.create(installedStorage, id, kept)
  }
  for (const datastore of mounted) unmountFrom(ctx, datastore, host)
}

/** Also HostSystem.config.datastoreCapabilities. */
export const datastoreCapabilities: HostDatastoreSystemCapabilities = data(
  'HostDatastoreSystemCapabilities',
  {
    nfsMountCreationRequired: true,
    nfsMountCreationSupported: true,
    // False on a real ESXi; here directories of a host can be datastores, as other simulators have it.
    localDatastoreSupported: true,
    vmfsExtentExpansionSupported: true,
  },
)

/** `datastoreSystem-<number>` and `datastoreBrowser-host-<number>` of the host `host-<number>`. */
export function createDatastoreManagers(
  ctx: Context,
  number: number,
): Readonly<Record<'datastoreSystem' | 'datastoreBrowser', ManagedObjectReference>> {
  return {
    datastoreSystem: ctx.tx.create('HostDatastoreSystem', `datastoreSystem-${number}`, {
      capabilities: datastoreCapabilities,
    }),
    datastoreBrowser: createBrowser(ctx, `host-${number}`),
  }
}

/** Removes them again. */
export function removeDatastoreManagers(ctx: Context, number: number): void {
  for (const id of [`datastoreSystem-${number}`, `datastoreBrowser-host-${number}`])
    if (ctx.tx.entity(id)) ctx.tx.remove(id)
}
