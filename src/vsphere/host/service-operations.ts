import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostService, ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { changeSettings, requireHost, withKey } from './settings.js'

/** HostServicePolicy: with the host, when a port of the service is opened, by hand. */
const POLICIES: ReadonlySet<string> = new Set(['on', 'automatic', 'off'])

function changeService(
  ctx: Context,
  self: ManagedObjectReference,
  id: string,
  change: (service: HostService) => Partial<HostService>,
): void {
  changeSettings(ctx, self, 'service', (info) =>
    patch(info, { service: withKey(info.service ?? [], id, (one) => patch(one, change(one))) }),
  )
}

/** A required service "cannot be disabled" (HostService.required). */
function optional({ required }: HostService): void {
  if (required) throw fault('HostConfigFault', {})
}

/** Starting what runs and stopping what does not changes nothing, as PowerCLI's users rely on. */
export const serviceOperations = operations('HostServiceSystem', {
  StartService(ctx, self, { id }) {
    changeService(ctx, self, id, () => ({ running: true }))
  },

  StopService(ctx, self, { id }) {
    changeService(ctx, self, id, (service) => {
      optional(service)
      return { running: false }
    })
  },

  RestartService(ctx, self, { id }) {
    changeService(ctx, self, id, () => ({ running: true }))
  },

  UpdateServicePolicy(ctx, self, { id, policy }) {
    if (!POLICIES.has(policy)) throw fault('InvalidArgument', { invalidProperty: 'policy' })
    changeService(ctx, self, id, (service) => {
      if (policy === 'off') optional(service)
      return { policy }
    })
  },

  RefreshServices(ctx, self) {
    requireHost(ctx, self)
  },
})
