import { data, patch } from '#vim25/data.js'
import type { GuestInfo, GuestNicInfo, VirtualDevice } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { type Installation, machines } from '#world/machine.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'

type Refs = Readonly<Record<string, unknown>>

/** The nested ESXi is up: its VM's guest reports tools, name and address. */
export function reportAnswering(ctx: Context, refs: Refs): void {
  const machine = ctx.tx.find(machines, String(refs.machine))
  if (!machine?.vm || !machine.esxi) return
  const { esxi } = machine
  ctx.tx.update('VirtualMachine', machine.vm, ({ guest, config }) => ({
    guest: guest && answering(guest, esxi, config?.hardware.device ?? []),
  }))
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
    guestId: guest.guestId,
    guestFamily: 'otherGuestFamily',
    hostName: esxi.hostName,
    ipAddress: esxi.address,
    net: card ? [nicOf(card as VirtualDevice & { macAddress?: string }, esxi)] : [],
    guestState: 'running',
    guestOperationsReady: false,
    interactiveGuestOperationsReady: false,
  })
}

function nicOf(card: VirtualDevice & { macAddress?: string | undefined }, esxi: Installation): GuestNicInfo {
  return data('GuestNicInfo', {
    network: (card.backing as { deviceName?: string } | undefined)?.deviceName,
    ipAddress: [esxi.address],
    macAddress: card.macAddress,
    connected: true,
    deviceConfigId: card.key,
    ipConfig: data('NetIpConfigInfo', {
      ipAddress: [
        data('NetIpConfigInfoIpAddress', {
          ipAddress: esxi.address,
          prefixLength: prefixLength(esxi.netmask),
          state: 'preferred',
        }),
      ],
    }),
  })
}

function prefixLength(netmask: string): number {
  return netmask
    .split('.')
    .map((byte) => Number(byte).toString(2).replaceAll('0', '').length)
    .reduce((sum, bits) => sum + bits, 0)
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
