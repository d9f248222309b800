import { patch } from '#vim25/data.js'
import type { GuestInfo, VirtualDevice } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { isLinkLocal } from '#world/address.js'
import { type Installation, machines } from '#world/machine.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { guestNic } from '../vm/guest.js'

type Refs = Readonly<Record<string, unknown>>

/** The nested ESXi is up: its VM's guest reports tools, name and address. */
export function reportAnswering(ctx: Context, refs: Refs): void {
  const machine = ctx.tx.find(machines, String(refs.machine))
  if (!machine?.vm || !machine.esxi) return
  const { esxi } = machine
  ctx.tx.update('VirtualMachine', machine.vm, ({ guest, config }) => ({
    guest: guest && answering(guest, esxi, config?.hardware.device ?? []),
  }))
  if (isLinkLocal(esxi.address))
    emit(ctx, 'GeneralVmWarningEvent', {
      entity: ctx.tx.ref(machine.vm),
      message: `The ESXi in this virtual machine got no address: no subnet with a free one is behind its first network adapter. Give it one with guestinfo.ipaddress and power it off and on.`,
    })
}

/** Pure: the guest information of a running ESXi; it reports the management adapter's address on its first card. */
export function answering(
  guest: GuestInfo,
  esxi: Installation,
  devices: readonly VirtualDevice[],
): GuestInfo {
  const card = devices.find((device) => isA(device._typeName, 'VirtualEthernetCard'))
  return patch(guest, {
    toolsStatus: 'toolsOk',
    toolsVersionStatus: 'guestToolsUnmanaged',
    toolsVersionStatus2: 'guestToolsUnmanaged',
    toolsRunningStatus: 'guestToolsRunning',
    toolsVersion: '2147483647',
    guestFamily: 'otherGuestFamily',
    hostName: esxi.hostName,
    ipAddress: esxi.address,
    net: card ? [guestNic(card, esxi.address, esxi.netmask)] : [],
    guestState: 'running',
    guestOperationsReady: false,
    interactiveGuestOperationsReady: false,
  })
}

/** The nested ESXi cannot run on this VM: it never answers, and an event says why. */
export function reportFailure(ctx: Context, refs: Refs): void {
  const machine = ctx.tx.find(machines, String(refs.machine))
  if (!machine?.vm) return
  emit(ctx, 'GeneralVmWarningEvent', {
    entity: ctx.tx.ref(machine.vm),
    message: `ESXi does not start in this virtual machine: ${String(refs.reason)}. Power it off, enlarge it, and power it on again.`,
  })
}
