import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { HostConnectSpec } from '#vim25/generated/types.js'
import { machines } from '#world/machine.js'
import { machineAt } from '#world/reach.js'
import type { Identity } from '../core/identity.js'
import { hostOnMachine } from './connection.js'
import { SERVER_IP } from './derive.js'
import { isManageable } from './release.js'
import { vmsOn } from './status.js'

/** How a client wants a host reached and trusted. */
export type Access = Pick<
  HostConnectSpec,
  'hostName' | 'port' | 'sslThumbprint' | 'userName' | 'password' | 'force'
>

/** Where an ESXi answers: its web services, and the old port of its agent. Clients write -1 or 0 for the usual one. */
const PORTS: readonly number[] = [443, 902]

/** The port that a connection goes to. */
export const portOf = ({ port }: Pick<Access, 'port'>): number =>
  port === undefined || port <= 0 ? 443 : port

/**
 * The machine that a connection leads to, or the first reason why there is none: NoHost, SSLVerifyFault with the right
 * thumbprint, InvalidLogin, NotSupportedHost; in the order in which a connection comes about.
 */
export function reachHost(read: Reader, identity: Identity, access: Access): string {
  const name = access.hostName ?? ''
  const machine = name === '' ? undefined : machineAt(read, name)
  if (machine === undefined || !PORTS.includes(portOf(access))) throw fault('NoHost', { name })
  const { esxi } = read.get(machines, machine)
  if (!esxi) throw fault('NoHost', { name })
  if (!sameThumbprint(access.sslThumbprint, esxi.thumbprint))
    throw fault('SSLVerifyFault', { selfSigned: true, thumbprint: esxi.thumbprint })
  if (access.userName !== esxi.user || access.password !== esxi.password) throw fault('InvalidLogin', {})
  if (!isManageable(identity, esxi.version))
    throw fault('NotSupportedHost', { productName: 'VMware ESXi', productVersion: esxi.version })
  return machine
}

/** Thumbprints are compared without regard to case and separators. */
export function sameThumbprint(given: string | undefined, right: string): boolean {
  const plain = (text: string) => text.replace(/[^0-9a-z]/gi, '').toUpperCase()
  return given !== undefined && plain(given) === plain(right)
}

/** What the new home of a host is: for the faults that hosts with fault-tolerant VMs meet. */
export interface Home {
  /** Undefined: it becomes standalone. */
  readonly cluster?: string | undefined
  readonly haEnabled: boolean
}

/**
 * Throws when the machine is under management already: in this inventory (AlreadyConnected; while it is not connected there,
 * CannotAddHostWithFTVm... for one that carries fault-tolerant VMs, else AlreadyBeingManaged) or under another vCenter
 * Server, which `force` overrides (AlreadyBeingManaged).
 */
export function requireUnmanaged(read: Reader, machine: string, home: Home, force: boolean): void {
  const host = hostOnMachine(read, machine)
  if (host !== undefined) {
    const { name, runtime, parent } = read.get('HostSystem', host)
    if (runtime.connectionState === 'connected') throw fault('AlreadyConnected', { name })
    if (hasFaultTolerantVms(read, host)) {
      if (home.cluster === undefined) throw fault('CannotAddHostWithFTVmAsStandalone', {})
      if (!home.haEnabled) throw fault('CannotAddHostWithFTVmToNonHACluster', {})
      if (home.cluster !== parent?.value) throw fault('CannotAddHostWithFTVmToDifferentCluster', {})
    }
    throw fault('AlreadyBeingManaged', { ipAddress: SERVER_IP })
  }
  const elsewhere = read.get(machines, machine).esxi?.managedBy
  if (elsewhere !== undefined && !force) throw fault('AlreadyBeingManaged', { ipAddress: elsewhere })
}

/** True when a VM on the host is one half of a fault-tolerant pair. */
export function hasFaultTolerantVms(read: Reader, host: string): boolean {
  return vmsOn(read, host).some(
    (vm) => read.get('VirtualMachine', vm).runtime.faultToleranceState !== 'notConfigured',
  )
}
