import type { Transaction } from '#inventory/transaction.js'
import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  OptionValue,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualDisk,
  VirtualEthernetCard,
  VirtualMachineConfigInfo,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Context } from '../core/context.js'
import { freeDirectory } from '../datastore/files.js'
import type { Place } from '../datastore/paths.js'
import { emit } from '../event/emit.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { networkNamed } from '../network/networks.js'
import { registerVm } from './build.js'
import { limitsFor } from './config/check.js'
import { type ConfigEnvironment, changedConfig, nvramOption } from './config/configure.js'
import { mergeOptions } from './config/settings.js'
import { environment } from './create.js'
import { withConnections } from './devices/connection.js'
import { diskIdentity } from './devices/disks.js'
import type { Outcome } from './devices/environment.js'
import {
  type Backing,
  backingAt,
  capacityOf,
  chainOf,
  copyDiskFile,
  copyMerged,
  freeStem,
  placeOfBacking,
  putDelta,
} from './disk-chain.js'
import { addVmFiles, carryOut, fileInfo, fileName, type Home } from './files.js'
import { versionNumber } from './hardware-version.js'
import type { Destination, DiskTarget } from './relocate-spec.js'

/** A VM to be made like another. */
export interface NewClone {
  /** As the inventory shows it. */
  readonly name: string
  readonly template: boolean
  readonly destination: Destination
  /** What is copied: the source's configuration, or that of one of its snapshots. */
  readonly config: VirtualMachineConfigInfo
  /** The datacenter in which the source's files are. */
  readonly from: string
  /** What is to be different in the copy. */
  readonly changes?: VirtualMachineConfigSpec | undefined
  readonly deviceChange?: readonly VirtualDeviceConfigSpec[] | undefined
  readonly extraConfig?: readonly OptionValue[] | undefined
  readonly biosUuid?: string | undefined
}

/**
 * A copy of a VM with its files, powered off: an identity and MAC addresses of its own, disks copied or based on those of
 * the source, `changes` applied as ReconfigVM_Task applies them. Throws VmConfigFault and FileFault subtypes.
 */
export function makeClone(ctx: Context, clone: NewClone): ManagedObjectReference {
  const { tx } = ctx
  const { name, destination, template } = clone
  requireHardware(ctx, clone)
  const directories = directoriesNamed(tx, fileName(name))
  const home: Home = homeIn(directories, destination.datastore, fileName(name))
  const env = environment(ctx, {
    datacenter: destination.datacenter,
    home,
    name,
    host: destination.host,
    files: fileInfo(tx, home),
  })
  const identity = identical(env, clone)
  addVmFiles(ctx, home, identity)
  const macs: Outcome['macs'][number][] = []
  const dropped = new Set(
    deviceChanges(clone).flatMap(({ operation, device }) => (operation === 'remove' ? [device.key] : [])),
  )
  const devices = (identity.hardware.device ?? []).map((device) => {
    if (device._typeName === 'VirtualDisk' && !dropped.has(device.key))
      return copyDisk(ctx, env, device as VirtualDisk, clone, directories)
    return isA(device._typeName, 'VirtualEthernetCard')
      ? freshCard(env, device as VirtualEthernetCard, clone, macs)
      : device
  })
  const base = patch(identity, { hardware: patch(identity.hardware, { device: devices }) })
  const { config, files, macs: more } = changed(env, base, clone)
  const self = registerVm(ctx, {
    name,
    folder: destination.folder,
    pool: destination.pool,
    host: destination.host,
    config,
    template,
  })
  carryOut(ctx, files)
  const about = { entity: self, template }
  emit(ctx, 'VmInstanceUuidAssignedEvent', { ...about, instanceUuid: config.instanceUuid ?? '' })
  emit(ctx, 'VmUuidAssignedEvent', { ...about, uuid: config.uuid })
  for (const { adapter, mac } of [...macs, ...more])
    emit(ctx, 'VmMacAssignedEvent', { ...about, adapter, mac })
  return self
}

/** Throws VirtualHardwareVersionNotSupported when the VM is newer than its host will be. */
export function requireHardware(
  ctx: Context,
  { config, destination }: Pick<NewClone, 'config' | 'destination'>,
): void {
  const { host } = destination
  const { newest } = limitsFor(ctx.tx, host, ctx.identity.productVersion)
  if ((versionNumber(config.version) ?? 0) > newest)
    throw fault('VirtualHardwareVersionNotSupported', {
      hostName: ctx.tx.get('HostSystem', host.value).name,
      host,
    })
}

/** On each datastore one directory of this name, or name_1, name_2 ... where that is taken. */
function directoriesNamed(tx: Transaction, wanted: string): (datastore: string) => string {
  const chosen = new Map<string, string>()
  return (datastore) => {
    const directory = chosen.get(datastore) ?? freeDirectory(tx, datastore, wanted)
    chosen.set(datastore, directory)
    return directory
  }
}

function homeIn(directories: (datastore: string) => string, datastore: string, stem: string): Home {
  const directory = directories(datastore)
  return { datastore, directory, vmx: `${directory}/${stem}.vmx` }
}

/** The source's configuration with the identity of the copy; what only the source is drops out. */
function identical(env: ConfigEnvironment, clone: NewClone): VirtualMachineConfigInfo {
  const { config } = clone
  const stopped = withConnections(config, false)
  return data('VirtualMachineConfigInfo', {
    ...stopped,
    name: env.vmName,
    template: clone.template,
    uuid: clone.biosUuid ?? env.createdUuids.bios,
    instanceUuid: env.createdUuids.instance,
    changeVersion: env.changeVersion,
    modified: env.time,
    createDate: env.time,
    files: env.files,
    datastoreUrl: undefined,
    ftInfo: undefined,
    managedBy: undefined,
    // A clone does not keep world wide names (vSphere Storage guide, NPIV).
    npivNodeWorldWideName: undefined,
    npivPortWorldWideName: undefined,
    npivWorldWideNameType: undefined,
    hotPlugMemoryLimit: undefined,
    hotPlugMemoryIncrementSize: undefined,
    flags: patch(config.flags, { faultToleranceType: 'unset' }),
    extraConfig: mergeOptions(mergeOptions(config.extraConfig, [nvramOption(env.vmName)]), clone.extraConfig),
  })
}

const deviceChanges = ({ changes, deviceChange }: NewClone): readonly VirtualDeviceConfigSpec[] => [
  ...(deviceChange ?? []),
  ...(changes?.deviceChange ?? []),
]

function changed(env: ConfigEnvironment, base: VirtualMachineConfigInfo, clone: NewClone) {
  const { changes } = clone
  const deviceChange = deviceChanges(clone)
  if (!changes && deviceChange.length === 0) return { config: base, files: [], macs: [] }
  if (changes?.version !== undefined && changes.version !== '' && changes.version !== base.version)
    throw fault('InvalidArgument', { invalidProperty: 'spec.config.version' })
  const spec = data('VirtualMachineConfigSpec', {
    ...changes,
    name: undefined,
    files: undefined,
    changeVersion: undefined,
    deviceChange: deviceChange.map(sparingSource),
  })
  return changedConfig(env, base, spec)
}

/** A disk that the copy is not to have was not copied: the files behind it are the source's, and stay. */
function sparingSource(change: VirtualDeviceConfigSpec): VirtualDeviceConfigSpec {
  const { operation, fileOperation, device } = change
  return operation === 'remove' && fileOperation === 'destroy' && device._typeName === 'VirtualDisk'
    ? patch(change, { fileOperation: undefined })
    : change
}

/** The disk of the copy, with its files made. A disk without files (a device of the host) is taken over as it is. */
function copyDisk(
  ctx: Context,
  env: ConfigEnvironment,
  disk: VirtualDisk,
  { destination, from }: NewClone,
  directories: (datastore: string) => string,
): VirtualDevice {
  const { tx } = ctx
  const target = destination.disks.get(disk.key)
  const chain = chainOf(disk)
  const places = chain.map((backing) => placeOfBacking(tx, from, backing))
  const top = chain.at(-1)
  if (!target || !top || !places.every((place): place is Place => place !== undefined)) return disk
  const { datastore } = target
  const stem = freeStem(tx, datastore, `${directories(datastore)}/${fileName(env.vmName)}`)
  const to: Place = { datastore, path: `${stem}.vmdk` }
  const identity = (backing: Backing, place: Place, changes: Partial<Backing>) => {
    const copy = backingAt(tx, backing, place, changes)
    return patch(copy, { uuid: diskIdentity(env, copy.fileName).uuid })
  }
  const backing = copyChain(ctx, { disk, chain, places, target, to, stem }, identity)
  return patch(disk, { backing })
}

interface ChainCopy {
  readonly disk: VirtualDisk
  readonly chain: readonly Backing[]
  readonly places: readonly Place[]
  readonly target: DiskTarget
  readonly to: Place
  readonly stem: string
}

function copyChain(
  ctx: Context,
  { disk, chain, places, target, to, stem }: ChainCopy,
  identity: (backing: Backing, place: Place, changes: Partial<Backing>) => Backing,
): Backing {
  const top = chain.at(-1) as Backing
  const { thin } = target
  const capacity = capacityOf(disk)
  if (target.moveType === 'createNewChildDiskBacking') {
    putDelta(ctx, to, capacity)
    return identity(top, to, { parent: top, thinProvisioned: true, deltaDiskFormat: 'redoLogFormat' })
  }
  if (target.moveType === 'moveChildMostDiskBacking' && top.parent) {
    copyDiskFile(ctx, places.at(-1) as Place, to)
    return identity(top, to, {})
  }
  if (target.moveType === 'moveAllDiskBackingsAndConsolidate' && chain.length > 1) {
    const lay = thin ?? chain[0]?.thinProvisioned ?? false
    copyMerged(ctx, places, to, capacity, lay)
    return identity(chain[0] as Backing, to, { thinProvisioned: lay })
  }
  let copy: Backing | undefined
  chain.forEach((backing, at) => {
    const place = at === 0 ? to : { ...to, path: `${stem}-${String(at).padStart(6, '0')}.vmdk` }
    const lay = at === 0 ? thin : undefined
    copyDiskFile(ctx, places[at] as Place, place, lay)
    copy = identity(backing, place, {
      parent: copy,
      ...(lay === undefined ? {} : { thinProvisioned: lay }),
    })
  })
  return copy as Backing
}

/** A card whose address vCenter gave has another in the copy; an address that somebody chose stays. */
function freshCard(
  env: ConfigEnvironment,
  card: VirtualEthernetCard,
  clone: NewClone,
  macs: Outcome['macs'][number][],
): VirtualDevice {
  const there = cardIn(env, card, clone)
  if (card.addressType?.toLowerCase() === 'manual') return there
  const mac = env.nextMac()
  macs.push({ adapter: card.deviceInfo?.label ?? 'Network adapter', mac })
  return patch(there, { macAddress: mac, addressType: 'assigned' })
}

/** In another datacenter a standard network is another object of the same name. */
export function cardIn(
  env: Pick<ConfigEnvironment, 'read' | 'datacenter'>,
  card: VirtualEthernetCard,
  { from }: Pick<NewClone, 'from'>,
): VirtualEthernetCard {
  const backing = card.backing as { _typeName: string; deviceName?: string } | undefined
  if (from === env.datacenter || backing?._typeName !== 'VirtualEthernetCardNetworkBackingInfo') return card
  const network = networkNamed(env.read, env.datacenter, backing.deviceName ?? '')
  const deviceName = backing.deviceName ?? ''
  return patch(card, {
    backing: data('VirtualEthernetCardNetworkBackingInfo', {
      deviceName,
      useAutoDetect: false,
      network: network === undefined ? undefined : env.read.ref(network),
      inPassthroughMode: false,
    }),
  })
}

/** The datacenter in which a VM's files are looked up. */
export function requireDatacenter(ctx: Context, vm: string): string {
  const datacenter = datacenterOf(ctx.tx, vm)
  if (datacenter === undefined) throw fault('InvalidState', {})
  return datacenter
}
