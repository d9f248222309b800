import { moRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualMachineConfigInfo,
  VirtualMachineSnapshotInfo,
  VirtualMachineSummary,
} from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { connectedConfig, followConnections } from '../dvs/connect.js'
import { managedEntityDefaults } from '../managed-entity/entity.js'
import { CAPABILITY } from './defaults.js'
import { silentGuest } from './guest.js'
import { FIRST_RUNTIME, initialRuntime } from './runtime.js'

/** A VM to put into the inventory; its files are there already. */
export interface NewVm {
  /** As the inventory shows it (escaped); default: the configuration's. */
  readonly name?: string | undefined
  readonly folder: ManagedObjectReference
  /** Undefined for a template. */
  readonly pool: ManagedObjectReference | undefined
  /** Where it is registered; undefined only while nothing is known of it. */
  readonly host: ManagedObjectReference | undefined
  /** Complete, as config/config.ts makes it. */
  readonly config: VirtualMachineConfigInfo
  readonly template?: boolean | undefined
  readonly snapshot?: VirtualMachineSnapshotInfo | undefined
}

/** Replaced by the derivation when the transaction commits. */
const PENDING: VirtualMachineSummary = data('VirtualMachineSummary', {
  runtime: data('VirtualMachineRuntimeInfo', FIRST_RUNTIME),
  config: data('VirtualMachineConfigSummary', { name: '', template: false, vmPathName: '' }),
  quickStats: data('VirtualMachineQuickStats', { guestHeartbeatStatus: 'gray' }),
  overallStatus: 'green',
})

/**
 * A VM in the inventory, powered off. No checks, no events, no files: those are the operations' (create-operations.ts);
 * seeds and other families that want a VM with its files and devices call `createVm` (create.ts).
 */
export function registerVm(ctx: Context, vm: NewVm): ManagedObjectReference {
  const { tx } = ctx
  const id = newMoid(tx, 'vm')
  const name = vm.name ?? vm.config.name
  const template = vm.template ?? false
  const connected = connectedConfig(ctx, vm.config, { vm: undefined, running: false })
  const config =
    connected.name === name && connected.template === template
      ? connected
      : data('VirtualMachineConfigInfo', { ...connected, name, template })
  const self = tx.create('VirtualMachine', id, {
    ...managedEntityDefaults(name, vm.folder),
    capability: CAPABILITY,
    config,
    environmentBrowser: browserFor(tx, vm.host) ?? moRef('EnvironmentBrowser', 'envbrowser-0'),
    resourcePool: template ? undefined : vm.pool,
    runtime: initialRuntime(tx, config, vm.host),
    guest: silentGuest(config),
    summary: PENDING,
    snapshot: vm.snapshot,
    guestHeartbeatStatus: 'gray',
  })
  followConnections(ctx, id, [], config.hardware.device ?? [])
  return self
}

/** One environment browser serves all VMs of a compute resource; the real thing gives each VM its own (deviation 30). */
export function browserFor(
  read: Reader,
  host: ManagedObjectReference | undefined,
): ManagedObjectReference | undefined {
  const owner = host && read.find('HostSystem', host.value)?.parent
  return owner && read.find('ComputeResource', owner.value)?.environmentBrowser
}
