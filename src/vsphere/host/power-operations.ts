import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { powerLost, restart } from '#world/nested.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { setPoweredOff } from '../vm/power.js'
import { requireConnected } from './status.js'

/** The machine to switch; throws InvalidState for a host outside maintenance mode unless forced. */
function machineToSwitch(ctx: Context, self: ManagedObjectReference, force: boolean): string {
  requireConnected(ctx.tx, self.value)
  if (!force && !ctx.tx.get('HostSystem', self.value).runtime.inMaintenanceMode)
    throw fault('InvalidState', {})
  const machine = machineOfHost(ctx.tx, self.value)
  if (machine === undefined) throw fault('HostNotReachable', {})
  return machine
}

export const powerOperations = operations('HostSystem', {
  RebootHost_Task: {
    seconds: 3,
    run(ctx, self, { force }) {
      const machine = machineToSwitch(ctx, self, force)
      emit(ctx, 'HostShutdownEvent', { entity: self, reason: 'reboot' })
      restart(ctx, machine)
    },
  },

  ShutdownHost_Task: {
    seconds: 3,
    run(ctx, self, { force }) {
      const machine = machineToSwitch(ctx, self, force)
      emit(ctx, 'HostShutdownEvent', { entity: self, reason: 'shutdown' })
      const { vm } = ctx.tx.get(machines, machine)
      if (vm === undefined) powerLost(ctx, machine)
      else setPoweredOff(ctx, vm, { clean: true })
    },
  },
})
