import type { Reader } from '#inventory/reader.js'
import { isLinkLocal } from './address.js'
import { hardwareOf } from './hardware.js'
import { machineOfVm, machines, machinesByAddress } from './machine.js'
import { SIGNALS, soon, type WorldContext } from './nested.js'

/** The machine whose ESXi answers at a name or address; undefined when nothing does. */
export function machineAt(read: Reader, address: string): string | undefined {
  return read
    .lookup(machinesByAddress, address.trim().toLowerCase())
    .find((machine) => answers(read, machine))
}

/**
 * True when the machine's ESXi is up, has an address that others can reach, and its first NIC, which carries the
 * management network, has a link.
 */
export function answers(read: Reader, machine: string): boolean {
  const found = read.find(machines, machine)
  if (found?.state !== 'up' || !found.esxi || isLinkLocal(found.esxi.address)) return false
  return hardwareOf(read, machine).nics[0]?.linkUp ?? false
}

/**
 * A VM's devices changed: if it is a running machine, those above are told, first of all when its management NIC lost or
 * got its link.
 */
export function vmRewired(ctx: WorldContext, vm: string, answeredBefore: boolean): void {
  const machine = machineOfVm(ctx.tx, vm)
  if (!machine || ctx.tx.get(machines, machine).state !== 'up') return
  const now = answers(ctx.tx, machine)
  if (now !== answeredBefore) soon(ctx, 0, now ? SIGNALS.up : SIGNALS.down, { machine })
  soon(ctx, 0, SIGNALS.linkChanged, { machine })
}
