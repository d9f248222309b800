import { patch } from '#vim25/data.js'
import { fault, type VimFault } from '#vim25/fault.js'
import type { HostConfigInfo, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { hostOfManager } from '../host/managers.js'
import { requireConnected } from '../host/status.js'

/** The host behind a manager. Throws HostNotConnected or HostNotReachable: nothing can be asked of it then. */
export function connectedHost({ tx }: Context, manager: ManagedObjectReference): string {
  const host = hostOfManager(manager.value)
  requireConnected(tx, host)
  return host
}

/** What the connected host behind a manager is configured as. */
export function configOf(ctx: Context, manager: ManagedObjectReference): HostConfigInfo {
  const { config } = ctx.tx.get('HostSystem', connectedHost(ctx, manager))
  if (!config) throw fault('HostNotConnected', {})
  return config
}

/** Replaces members of the config of the host behind a manager. */
export function setConfig(
  ctx: Context,
  manager: ManagedObjectReference,
  members: Partial<HostConfigInfo>,
): void {
  const host = connectedHost(ctx, manager)
  ctx.tx.update('HostSystem', host, ({ config }) => ({ config: config && patch(config, members) }))
}

export const invalid = (invalidProperty: string): VimFault => fault('InvalidArgument', { invalidProperty })
