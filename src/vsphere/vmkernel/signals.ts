import { hardwareOf } from '#world/hardware.js'
import type { Context } from '../core/context.js'
import { hostOnMachine } from '../host/connection.js'
import { withPhysicalNics } from './build.js'
import { networkOf, setNetwork } from './hosts.js'

/**
 * Work for `world.linkChanged`: vCenter sees a host's NICs as they are now. What it last saw of a host that does not answer
 * stays; the host family looks again when it does.
 */
export function linkChanged(ctx: Context, refs: Readonly<Record<string, unknown>>): void {
  const machine = String(refs.machine)
  const host = hostOnMachine(ctx.tx, machine)
  if (host === undefined || ctx.tx.get('HostSystem', host).runtime.connectionState !== 'connected') return
  setNetwork(ctx, host, withPhysicalNics(networkOf(ctx.tx, host), hardwareOf(ctx.tx, machine)))
}
