import { isMoRef } from '#inventory/entity.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { vmPowered } from '#world/nested.js'
import { clusterOfHost } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { recheckIfShort } from '../ha/check.js'
import { tellProtected, tellUnprotected } from '../ha/protection.js'
import { withConnections } from './devices/connection.js'
import { assignSlots } from './devices/slots.js'
import { addRunningFiles, addSuspendFiles, removeRunningFiles, removeSuspendFiles } from './files.js'
import { hasTools, runningGuest, silentGuest } from './guest.js'
import { powerHooks } from './power-hooks.js'
import { poweredOnRuntime, stoppedRuntime } from './runtime.js'

type Vm = ManagedObjectReference | string

const idOf = (vm: Vm) => (isMoRef(vm) ? vm.value : vm)

/**
 * The VM runs on `host` from now on: state, events, guest, world. No admission and no check of the state before: those
 * are PowerOnVM_Task's (admit.ts). `event` false: no VmPoweredOnEvent, for callers with an event of their own.
 */
export function setPoweredOn(
  ctx: Context,
  vm: Vm,
  host: ManagedObjectReference,
  options: { readonly event?: 'VmPoweredOnEvent' | 'DrsVmPoweredOnEvent' | false } = {},
): void {
  const { tx } = ctx
  const id = idOf(vm)
  const before = tx.get('VirtualMachine', id)
  if (!before.config) return
  const config = withConnections(assignSlots(before.config), true)
  tx.set('VirtualMachine', id, {
    config,
    runtime: poweredOnRuntime(tx, before.runtime, config, host, ctx.time),
    guest: runningGuest(tx, id, config),
    guestHeartbeatStatus: hasTools(config) ? 'green' : 'gray',
  })
  if (before.runtime.powerState === 'suspended') removeSuspendFiles(ctx, id)
  addRunningFiles(ctx, id)
  const event = options.event ?? 'VmPoweredOnEvent'
  if (event) emit(ctx, event, { entity: tx.ref(id), template: false })
  tellProtected(ctx, id)
  vmPowered(ctx, id, true)
  for (const hook of powerHooks) hook.poweredOn(ctx, id)
}

/**
 * The VM is off. `clean`: the guest was shut down. `event` false: no VmPoweredOffEvent (its host has failed, say). A
 * suspended VM loses its saved state.
 */
export function setPoweredOff(
  ctx: Context,
  vm: Vm,
  options: { readonly clean?: boolean; readonly event?: boolean } = {},
): void {
  const { tx } = ctx
  const id = idOf(vm)
  const { config: before, runtime } = tx.get('VirtualMachine', id)
  if (!before) return
  const config = withConnections(before, false)
  const wasOn = runtime.powerState === 'poweredOn'
  tx.set('VirtualMachine', id, {
    config,
    runtime: stoppedRuntime(tx, runtime, config, { powerState: 'poweredOff', clean: options.clean ?? false }),
    guest: silentGuest(config),
    guestHeartbeatStatus: 'gray',
  })
  if (runtime.powerState === 'suspended') removeSuspendFiles(ctx, id)
  else removeRunningFiles(ctx, id)
  if (options.event ?? true) {
    emit(ctx, 'VmPoweredOffEvent', { entity: tx.ref(id), template: false })
    tellUnprotected(ctx, id, runtime)
  }
  if (!wasOn) return
  vmPowered(ctx, id, false)
  recheckIfShort(ctx, clusterOfHost(tx, runtime.host?.value))
}

/** The VM's state is saved and it runs no more. */
export function setSuspended(ctx: Context, vm: Vm): void {
  const { tx } = ctx
  const id = idOf(vm)
  const { config: before, runtime } = tx.get('VirtualMachine', id)
  if (!before) return
  const config = withConnections(before, false)
  tx.set('VirtualMachine', id, {
    config,
    runtime: stoppedRuntime(tx, runtime, config, { powerState: 'suspended', time: ctx.time }),
    guest: silentGuest(config),
    guestHeartbeatStatus: 'gray',
  })
  removeRunningFiles(ctx, id)
  addSuspendFiles(ctx, id)
  emit(ctx, 'VmSuspendedEvent', { entity: tx.ref(id), template: false })
  tellUnprotected(ctx, id, runtime)
  vmPowered(ctx, id, false)
}
