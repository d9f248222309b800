import type { Reader } from '#inventory/reader.js'
import { hardwareOf, hostLinks } from '#world/hardware.js'
import type { Context } from '../core/context.js'
import { withPhysicalNics } from './build.js'
import { networkOf, setNetwork } from './hosts.js'

/** The hosts of this vCenter that run on a machine. */
export function hostsOnMachine(read: Reader, machine: string): readonly string[] {
  const hosts: string[] = []
  for (const id of read.ids(hostLinks))
    if (read.get(hostLinks, id).machine === machine) hosts.push(id.slice('hostLink:'.length))
  return hosts
}

/** vCenter sees a host's NICs as they are now; what it last saw of a host that does not answer stays. */
export function refreshPhysicalNics(ctx: Context, host: string, machine: string): void {
  if (ctx.tx.find('HostSystem', host)?.runtime.connectionState !== 'connected') return
  setNetwork(ctx, host, withPhysicalNics(networkOf(ctx.tx, host), hardwareOf(ctx.tx, machine)))
}

/** Work for `world.machineUp` and `world.linkChanged`. */
export function machineChanged(ctx: Context, refs: Readonly<Record<string, unknown>>): void {
  const machine = String(refs.machine)
  for (const host of hostsOnMachine(ctx.tx, machine)) refreshPhysicalNics(ctx, host, machine)
}
