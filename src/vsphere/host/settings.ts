import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostConfigInfo, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { hostOfManager } from './managers.js'
import { requireConnected } from './status.js'

/**
 * Changes a part of the config of the host whose manager this is; the manager shows the same (derive.ts). Throws
 * HostNotConnected or HostNotReachable for a host that is not there to be changed.
 */
export function changeSettings<Part extends keyof HostConfigInfo>(
  ctx: Context,
  manager: ManagedObjectReference,
  part: Part,
  change: (before: NonNullable<HostConfigInfo[Part]>) => HostConfigInfo[Part],
): void {
  const host = requireHost(ctx, manager)
  const { config } = ctx.tx.get('HostSystem', host)
  const before = config?.[part]
  if (!config || before === undefined || before === null) throw fault('HostConfigFault', {})
  ctx.tx.set('HostSystem', host, { config: patch(config, { [part]: change(before) }) })
}

/** The host whose manager this is, which must be connected. */
export function requireHost(ctx: Context, manager: ManagedObjectReference): string {
  const host = hostOfManager(manager.value)
  requireConnected(ctx.tx, host)
  return host
}

/** A list with its entry of that key changed; throws NotFound if there is none. */
export function withKey<Entry extends { readonly key: string }>(
  entries: readonly Entry[],
  key: string,
  change: (entry: Entry) => Entry,
): readonly Entry[] {
  const at = entries.findIndex((entry) => entry.key === key)
  const found = entries[at]
  if (!found) throw fault('NotFound', {})
  return entries.with(at, change(found))
}
