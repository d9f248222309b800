import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { evacuate } from './evacuate.js'
import { requireConnected, signal } from './status.js'

function setMaintenance(ctx: Context, host: string, inMaintenanceMode: boolean): void {
  ctx.tx.update('HostSystem', host, ({ runtime }) => ({ runtime: patch(runtime, { inMaintenanceMode }) }))
  signal(ctx, 'maintenance', host)
}

/** Throws InvalidState unless the host is (not) in maintenance mode. */
export function requireMaintenance(ctx: Context, host: string, expected: boolean): void {
  requireConnected(ctx.tx, host)
  if (ctx.tx.get('HostSystem', host).runtime.inMaintenanceMode !== expected) throw fault('InvalidState', {})
}

export const maintenanceOperations = operations('HostSystem', {
  EnterMaintenanceMode_Task: {
    seconds: 5,
    cancelable: true,
    stages: [
      (ctx, self) => {
        requireMaintenance(ctx, self.value, false)
        emit(ctx, 'EnteringMaintenanceModeEvent', { entity: self })
      },
    ],
    run(ctx, self, { evacuatePoweredOffVms }) {
      requireMaintenance(ctx, self.value, false)
      evacuate(ctx, self.value, evacuatePoweredOffVms ?? false)
      setMaintenance(ctx, self.value, true)
      emit(ctx, 'EnteredMaintenanceModeEvent', { entity: self })
    },
    failed(ctx, self, _args, error) {
      if (error.name === 'Timedout') emit(ctx, 'CanceledHostOperationEvent', { entity: self })
    },
  },

  ExitMaintenanceMode_Task: {
    seconds: 2,
    run(ctx, self) {
      requireMaintenance(ctx, self.value, true)
      setMaintenance(ctx, self.value, false)
      emit(ctx, 'ExitMaintenanceModeEvent', { entity: self })
    },
  },
})
