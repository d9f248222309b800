import { patch } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDevice,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualEthernetCard,
  VirtualMachineConfigInfo,
  VirtualMachineProperties,
  VirtualMachineRuntimeInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { machineOfVm } from '#world/machine.js'
import { type Context, newMoid } from '../core/context.js'
import { type DatastoreFile, filesIn, freeDirectory, putFiles } from '../datastore/files.js'
import { connectedDevices } from '../dvs/connect.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { browserFor } from './build.js'
import { limitsFor } from './config/check.js'
import { type ConfigEnvironment, nvramOption } from './config/configure.js'
import { type CreateVm, environment } from './create.js'
import { datastoresOfVm, datastoreUrls } from './derive.js'
import { diskIdentity } from './devices/disks.js'
import { fileInfo, fileName, type Home, homeOf } from './files.js'
import { hasTools, runningGuest } from './guest.js'
import { initialRuntime, poweredOnRuntime } from './runtime.js'

/** A VM that others can be copied from: everything that it shares with them, found out once. */
export interface Prototype {
  readonly vm: VirtualMachineProperties
  readonly config: VirtualMachineConfigInfo
  readonly home: Home
  /** Of its directory, in order. */
  readonly files: readonly DatastoreFile[]
  /** The newest hardware version of its host. */
  readonly newest: number
  /** What a copy's runtime is, by host: the hosts differ in how fast they are. */
  readonly runtimes: Map<string, VirtualMachineRuntimeInfo>
}

/**
 * The prototype that a VM makes which `createVm` and perhaps `setPoweredOn` have just made. Undefined when more than its
 * identity is its own: a machine behind it, a file elsewhere, a name that its files do not have.
 */
export function prototypeOf(ctx: Context, self: ManagedObjectReference): Prototype | undefined {
  const { tx } = ctx
  const vm = tx.get('VirtualMachine', self.value)
  const { config, runtime } = vm
  const home = homeOf(tx, self.value)
  if (!config || !home || fileName(config.name) !== config.name) return undefined
  if (config.template || runtime.powerState === 'suspended' || machineOfVm(tx, self.value)) return undefined
  const stem = datastoreStem(config)
  const own = (device: VirtualDevice) => pathOf(device)?.startsWith(stem) ?? false
  if (!(config.hardware.device ?? []).filter(isDisk).every(own)) return undefined
  return {
    vm,
    // Derived, but the same for all copies: to add it to each would lay each configuration out anew.
    config: patch(config, { datastoreUrl: datastoreUrls(tx, datastoresOfVm(tx, self.value, config)) }),
    home,
    files: filesIn(tx, home.datastore, home.directory),
    newest: limitsFor(tx, runtime.host, ctx.identity.productVersion).newest,
    runtimes: new Map(),
  }
}

/**
 * A VM like the prototype, equal to what `createVm` and `setPoweredOn` make of the same spec, at a twentieth of the cost
 * (10,000 VMs of a seed: 0.3 s instead of 6 s). Only for VMs whose specs differ in nothing but the name. Undefined, with
 * nothing done, when the copy would differ in more: its directory is there, its host runs other hardware.
 */
export function replicateVm(
  ctx: Context,
  prototype: Prototype,
  vm: Omit<CreateVm, 'spec' | 'events'> & { readonly name: string },
): ManagedObjectReference | undefined {
  const { tx } = ctx
  const { name, host } = vm
  const { datastore } = prototype.home
  if (fileName(name) !== name || freeDirectory(tx, datastore, name) !== name) return undefined
  if (limitsFor(tx, host, ctx.identity.productVersion).newest !== prototype.newest) return undefined
  const datacenter = datacenterOf(tx, vm.folder.value)
  if (datacenter === undefined) return undefined
  const home: Home = { datastore, directory: name, vmx: `${name}/${name}.vmx` }
  const files = fileInfo(tx, home)
  const config = configFor(ctx, environment(ctx, { datacenter, home, name, host, files }), prototype)
  const running = prototype.vm.runtime.powerState === 'poweredOn'
  const id = newMoid(tx, 'vm')
  const self = tx.create('VirtualMachine', id, {
    ...prototype.vm,
    name,
    parent: vm.folder,
    resourcePool: vm.pool,
    config,
    environmentBrowser: browserFor(tx, host) ?? prototype.vm.environmentBrowser,
    runtime: runtimeOn(ctx, prototype, host),
    guest: running && hasTools(config) ? runningGuest(tx, id, config) : prototype.vm.guest,
  })
  const renamed = prototype.files.map((file) => ({
    ...file,
    name: renameFile(file.name, prototype.config.name, name),
  }))
  putFiles(tx, datastore, home.directory, renamed)
  // What follows a power-on elsewhere (power.ts) has nothing to do here: there is no ESXi on a disk that is new, no installer
  // in the drives of a prototype, and nothing waits for a VM that has never been there.
  return self
}

function configFor(ctx: Context, env: ConfigEnvironment, { config }: Prototype): VirtualMachineConfigInfo {
  const { vmName: name, createdUuids, changeVersion, files } = env
  const from = datastoreStem(config)
  const to = datastoreStem({ name, files })
  const copied = (config.hardware.device ?? []).map((each) => {
    if (isDisk(each)) return diskFor(env, each as VirtualDisk, from, to)
    if (isA(each._typeName, 'VirtualEthernetCard')) return cardFor(env, each as VirtualEthernetCard)
    return each
  })
  const device = connectedDevices(ctx, copied, { vm: undefined, running: false })
  return patch(config, {
    changeVersion,
    name,
    uuid: createdUuids.bios,
    instanceUuid: createdUuids.instance,
    files,
    hardware: patch(config.hardware, { device }),
    extraConfig: (config.extraConfig ?? []).map((option) =>
      option.key === 'nvram' ? nvramOption(name) : option,
    ),
  })
}

function diskFor(env: ConfigEnvironment, disk: VirtualDisk, from: string, to: string): VirtualDisk {
  const backing = disk.backing as VirtualDiskFlatVer2BackingInfo
  const fileName = to + backing.fileName.slice(from.length)
  return patch(disk, { backing: patch(backing, { fileName, ...diskIdentity(env, fileName) }) })
}

function cardFor(env: ConfigEnvironment, card: VirtualEthernetCard): VirtualEthernetCard {
  return card.addressType === 'assigned' ? patch(card, { macAddress: env.nextMac() }) : card
}

function runtimeOn(
  ctx: Context,
  { vm, config, runtimes }: Prototype,
  host: ManagedObjectReference,
): VirtualMachineRuntimeInfo {
  let runtime = runtimes.get(host.value)
  if (!runtime) {
    runtime = initialRuntime(ctx.tx, config, host)
    if (vm.runtime.powerState === 'poweredOn')
      runtime = poweredOnRuntime(ctx.tx, runtime, config, host, ctx.time)
    runtimes.set(host.value, runtime)
  }
  return runtime
}

const isDisk = (device: VirtualDevice) => device._typeName === 'VirtualDisk'

const pathOf = (device: VirtualDevice) =>
  device.backing?._typeName === 'VirtualDiskFlatVer2BackingInfo'
    ? (device.backing as VirtualDiskFlatVer2BackingInfo).fileName
    : undefined

/** `[datastore] directory/name`: what the paths of a VM's files begin with. */
const datastoreStem = ({ files }: Pick<VirtualMachineConfigInfo, 'name' | 'files'>) =>
  (files.vmPathName ?? '').replace(/\.vmx$/, '')

/** `a.vmx` and `a_1.vmdk` become `b.vmx` and `b_1.vmdk`; `vmware.log` stays. */
const renameFile = (file: string, from: string, to: string) =>
  file.startsWith(from) ? to + file.slice(from.length) : file
