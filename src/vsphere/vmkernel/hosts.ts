import type { Reader } from '#inventory/reader.js'
import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostNetworkInfo, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { hostOfNumber } from '../core/well-known.js'
import { syncNetworks } from '../network/networks.js'
import { settled } from './network-info.js'

/** The managers of a host share its number: `networkSystem-12` is that of `host-12`. */
export const hostOfManager = (manager: string) => hostOfNumber(manager.slice(manager.lastIndexOf('-') + 1))

/** The manager with this prefix of a host. */
export const managerOfHost = (prefix: string, host: string) => `${prefix}-${host.slice('host-'.length)}`

/**
 * The host behind a manager that a client calls. Throws HostNotConnected for a disconnected host and HostNotReachable for
 * one that does not respond: nothing can be changed on it then.
 */
export function connectedHost(read: Reader, manager: ManagedObjectReference): string {
  const host = hostOfManager(manager.value)
  requireConnected(read, host)
  return host
}

export function requireConnected(read: Reader, host: string): void {
  const { connectionState } = read.get('HostSystem', host).runtime
  if (connectionState === 'disconnected') throw fault('HostNotConnected', {})
  if (connectionState === 'notResponding') throw fault('HostNotReachable', {})
}

export function networkOf(read: Reader, host: string): HostNetworkInfo {
  const network = read.get('HostSystem', host).config?.network
  if (!network) throw fault('HostNotConnected', {})
  return network
}

/** Puts a changed network in place: dependent members, Network objects. */
export function setNetwork(ctx: Context, host: string, network: HostNetworkInfo): void {
  ctx.tx.update('HostSystem', host, ({ config }) => ({
    config: config && patch(config, { network: settled(network) }),
  }))
  syncNetworks(ctx, host)
}
