import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations, type Work } from '../core/behaviour.js'
import { type Context, later } from '../core/context.js'
import { emit } from '../event/emit.js'
import { requireOperable, requirePowerState } from './admit.js'
import { guard, type VmOperation } from './guards.js'
import { setSuspended } from './power.js'
import { resetVm, stop } from './power-operations.js'

/** How long a guest takes, in seconds. */
const SECONDS = 10

/** Asks the guest through its tools; what it does comes later. Throws ToolsUnavailable, InvalidPowerState. */
function ask(
  ctx: Context,
  self: ManagedObjectReference,
  operation: VmOperation,
  kind: keyof typeof guestWork,
): void {
  guard(ctx, self, operation)
  requireOperable(ctx.tx, self.value)
  requirePowerState(ctx.tx, self.value, ['poweredOn'], kind === 'vm.guestReboot' ? 'poweredOn' : 'poweredOff')
  const { guest, runtime } = ctx.tx.get('VirtualMachine', self.value)
  if (guest?.toolsRunningStatus !== 'guestToolsRunning') throw fault('ToolsUnavailable', {})
  later(ctx, SECONDS, kind, { vm: self.value, boot: runtime.bootTime })
}

/** The VM, if it still runs as it did when the guest was asked. */
function stillRunning(ctx: Context, refs: Readonly<Record<string, unknown>>): string | undefined {
  const vm = String(refs.vm)
  const runtime = ctx.tx.find('VirtualMachine', vm)?.runtime
  return runtime?.powerState === 'poweredOn' && runtime.bootTime === refs.boot ? vm : undefined
}

export const guestWork = {
  'vm.guestShutdown': (ctx, refs) => {
    const vm = stillRunning(ctx, refs)
    if (vm !== undefined) stop(ctx, vm, true)
  },
  'vm.guestReboot': (ctx, refs) => {
    const vm = stillRunning(ctx, refs)
    if (vm !== undefined) resetVm(ctx, vm)
  },
  'vm.guestStandby': (ctx, refs) => {
    const vm = stillRunning(ctx, refs)
    if (vm !== undefined) setSuspended(ctx, vm)
  },
} as const satisfies Readonly<Record<string, Work>>

export const vmGuestOperations = operations('VirtualMachine', {
  ShutdownGuest(ctx, self) {
    ask(ctx, self, 'ShutdownGuest', 'vm.guestShutdown')
    emit(ctx, 'VmGuestShutdownEvent', { entity: self, template: false })
  },

  RebootGuest(ctx, self) {
    ask(ctx, self, 'RebootGuest', 'vm.guestReboot')
    emit(ctx, 'VmGuestRebootEvent', { entity: self, template: false })
  },

  StandbyGuest(ctx, self) {
    ask(ctx, self, 'StandbyGuest', 'vm.guestStandby')
    emit(ctx, 'VmGuestStandbyEvent', { entity: self, template: false })
  },
})
