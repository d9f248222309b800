import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualMachineConfigSpec,
  VirtualMachineFileInfo,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { registerVm } from './build.js'
import { limitsFor } from './config/check.js'
import { type ConfigEnvironment, newConfig } from './config/configure.js'
import { fileDirectories } from './config/settings.js'
import { addVmFiles, fileInfo, type Home, newHome } from './files.js'

export interface CreateVm {
  readonly folder: ManagedObjectReference
  readonly pool: ManagedObjectReference
  readonly host: ManagedObjectReference
  /** As CreateVM_Task takes it: name, files.vmPathName (`[datastore]`), guestId, deviceChange ... */
  readonly spec: VirtualMachineConfigSpec
  /** As the inventory shows it; default: the spec's. */
  readonly name?: string | undefined
  /** Default true. */
  readonly events?: boolean | undefined
}

/**
 * A VM with its files and devices, as CreateVM_Task makes it. Throws what that declares about specs and files; who may be
 * where (pool, host, folder) is the operation's business. Seeds use it too.
 */
export function createVm(ctx: Context, vm: CreateVm): ManagedObjectReference {
  const { tx } = ctx
  const { spec } = vm
  const name = vm.name ?? spec.name ?? ''
  const datacenter = datacenterOf(tx, vm.folder.value)
  if (datacenter === undefined) throw new Error(`The folder ${vm.folder.value} is in no datacenter.`)
  const home = newHome(tx, datacenter, name, spec.files?.vmPathName)
  const files = fileDirectories({ read: tx, datacenter }, fileInfo(tx, home), beside(spec.files))
  const {
    config,
    files: wishes,
    macs,
  } = newConfig(environment(ctx, { datacenter, home, name, host: vm.host, files }), {
    ...spec,
    name,
  })
  const self = registerVm(ctx, { name, folder: vm.folder, pool: vm.pool, host: vm.host, config })
  addVmFiles(ctx, home, config, wishes)
  if (vm.events ?? true) {
    const about = { entity: self, template: false }
    emit(ctx, 'VmBeingCreatedEvent', { ...about, configSpec: spec })
    emit(ctx, 'VmInstanceUuidAssignedEvent', { ...about, instanceUuid: config.instanceUuid ?? '' })
    emit(ctx, 'VmUuidAssignedEvent', { ...about, uuid: config.uuid })
    for (const { adapter, mac } of macs) emit(ctx, 'VmMacAssignedEvent', { ...about, adapter, mac })
    emit(ctx, 'VmCreatedEvent', about)
  }
  return self
}

/** What a spec says of files beside where the vmx file goes. */
const beside = (files: VirtualMachineFileInfo | undefined): VirtualMachineFileInfo =>
  data('VirtualMachineFileInfo', { ...files, vmPathName: undefined })

/** Everything that a configuration depends on, for a VM that is new or that changes. */
export function environment(
  ctx: Context,
  about: {
    readonly datacenter: string
    readonly home: Home
    readonly name: string
    readonly host: ManagedObjectReference | undefined
    readonly files: VirtualMachineFileInfo
    readonly running?: boolean
    readonly hasSnapshots?: boolean
  },
): ConfigEnvironment {
  const { tx, services, identity } = ctx
  const number = tx.next('vmUuid')
  return {
    read: tx as Reader,
    datacenter: about.datacenter,
    home: { datastore: about.home.datastore, directory: about.home.directory },
    vmName: about.name,
    running: about.running ?? false,
    hasSnapshots: about.hasSnapshots ?? false,
    host: about.host,
    limits: limitsFor(tx, about.host, identity.productVersion),
    files: about.files,
    time: ctx.time,
    changeVersion: changeVersion(ctx),
    createdUuids: {
      bios: services.random.uuid('42', 'vm.bios', number),
      instance: services.random.uuid('50', 'vm.instance', number),
    },
    uuid: (purpose) => services.random.uuid('', purpose, number),
    nextMac: () => nextMac(ctx),
  }
}

/** New with every change, also when time stands still: the microseconds count. */
export function changeVersion(ctx: Context): string {
  const micros = String(ctx.tx.next('changeVersion') % 1000).padStart(3, '0')
  const [seconds = '', fraction = ''] = ctx.time.slice(0, -1).split('.')
  return `${seconds}.${fraction.padEnd(3, '0')}${micros}Z`
}

/**
 * MAC addresses that vCenter assigns: 00:50:56:80-bf, where the byte tells vCenters apart (rest-wire 4), then one after
 * the other.
 */
function nextMac({ tx, services }: Context): string {
  const number = tx.next('mac')
  const vCenter = services.random.integer(64, 'vcenter id')
  const byte = 0x80 + ((vCenter + Math.floor(number / 65_536)) % 64)
  const low = number % 65_536
  return [
    '00',
    '50',
    '56',
    ...[byte, low >> 8, low & 255].map((part) => part.toString(16).padStart(2, '0')),
  ].join(':')
}
