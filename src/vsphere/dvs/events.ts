import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  DistributedVirtualSwitchPortConnectee,
  HostEventArgument,
  VirtualDevice,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { connectionOf, switchesByUuid } from './ports.js'

/** How events speak of a host. */
export const hostArgument = ({ tx }: Context, host: string): HostEventArgument =>
  data('HostEventArgument', { name: tx.get('HostSystem', host).name, host: tx.ref(host) })

/** How events speak of a switch. */
export const switchArgument = ({ tx }: Context, dvs: string) =>
  data('DvsEventArgument', { name: tx.get('DistributedVirtualSwitch', dvs).name, dvs: tx.ref(dvs) })

/** A card of a VM as a port's connectee. */
export const cardConnectee = (
  read: Reader,
  vm: string,
  card: VirtualDevice,
): DistributedVirtualSwitchPortConnectee =>
  data('DistributedVirtualSwitchPortConnectee', {
    connectedEntity: read.ref(vm),
    nicKey: String(card.key),
    type: 'vmVnic',
  })

/** A vmkernel adapter of a host as a port's connectee. */
export const adapterConnectee = (
  read: Reader,
  host: string,
  device: string,
): DistributedVirtualSwitchPortConnectee =>
  data('DistributedVirtualSwitchPortConnectee', {
    connectedEntity: read.ref(host),
    nicKey: device,
    type: 'hostVmkVnic',
  })

/** The ports that a VM has left and those that it has come to. */
export function tellOfConnections(
  ctx: Context,
  vm: string,
  before: readonly VirtualDevice[],
  after: readonly VirtualDevice[],
): void {
  tell(ctx, vm, 'DvsPortDisconnectedEvent', before, after)
  tell(ctx, vm, 'DvsPortConnectedEvent', after, before)
}

function tell(
  ctx: Context,
  vm: string,
  type: 'DvsPortConnectedEvent' | 'DvsPortDisconnectedEvent',
  these: readonly VirtualDevice[],
  others: readonly VirtualDevice[],
): void {
  for (const card of these) {
    const port = connectionOf(card)
    if (!port?.portKey) continue
    if (others.some((other) => connectionOf(other)?.connectionCookie === port.connectionCookie)) continue
    tellOfPort(ctx, type, port.switchUuid, port.portKey, cardConnectee(ctx.tx, vm, card))
  }
}

/** One port of a switch got, or lost, its connectee. */
export function tellOfPort(
  ctx: Context,
  type: 'DvsPortConnectedEvent' | 'DvsPortDisconnectedEvent',
  switchUuid: string,
  portKey: string,
  connectee: DistributedVirtualSwitchPortConnectee,
): void {
  const [dvs] = ctx.tx.lookup(switchesByUuid, switchUuid)
  if (dvs !== undefined) emit(ctx, type, { entity: ctx.tx.ref(dvs), portKey, connectee })
}
