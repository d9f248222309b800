import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import type { HostLink } from '#world/hardware.js'

/** How vCenter reaches a managed host; record `hostConnection:<host moid>`. */
export interface HostConnection {
  readonly host: string
  /** Name or address as the client gave it. */
  readonly address: string
  readonly port: number
  /** SHA-1 of the certificate that was accepted. */
  readonly thumbprint: string
  readonly user: string
  readonly password: string
  /** The machine's boot that was last seen: after another one, no VM of before runs any more. */
  readonly boots: number
  /** The newest EVC mode of the machine's CPU. */
  readonly maxEVCModeKey: string
}

export const hostConnections = recordKind<HostConnection>('hostConnection')
export const hostConnectionId = (host: string) => `hostConnection:${host}`

/** Host links by machine: their ids name the host. */
export const linksByMachine = index<HostLink>({
  name: 'host.machine',
  type: 'hostLink',
  inputs: ['machine'],
  keys: ({ machine }) => [machine],
})

/** The managed host that runs on a machine; undefined when vCenter does not manage it. */
export function hostOnMachine(read: Reader, machine: string): string | undefined {
  return read.lookup(linksByMachine, machine)[0]?.replace(/^hostLink:/, '')
}
