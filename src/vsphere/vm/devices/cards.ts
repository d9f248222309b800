import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  VirtualDeviceBackingInfo,
  VirtualEthernetCard,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualEthernetCardNetworkBackingInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { checkConnection } from '../../dvs/connect.js'
import { connectionOf } from '../../dvs/ports.js'
import { networkNamed } from '../../network/networks.js'
import { guestOs } from '../guest-os.js'
import { connectInfo } from './connection.js'
import type { DeviceEnvironment, Outcome } from './environment.js'
import { invalidBacking, invalidSpec } from './faults.js'

const allocation = data('VirtualEthernetCardResourceAllocation', {
  reservation: 0,
  share: data('SharesInfo', { shares: 50, level: 'normal' }),
  limit: -1,
})

/** What a network card of a spec becomes: with its network and a MAC address. `label`: what the card will be called. */
export function addedCard(
  env: DeviceEnvironment,
  outcome: Outcome,
  card: VirtualEthernetCard,
  label: string,
  index: number,
): Partial<VirtualEthernetCard> & { readonly uptv2Enabled?: boolean | undefined } {
  requireSupported(env, card)
  const address = macOf(env, card, index)
  if (address.addressType === 'assigned') outcome.macs.push({ adapter: label, mac: address.macAddress })
  const vmxnet3 = isA(card._typeName, 'VirtualVmxnet3')
  return {
    backing: networkBacking(env, card.backing, index),
    connectable: connectInfo(card.connectable, env.running, true),
    wakeOnLanEnabled: card.wakeOnLanEnabled ?? true,
    resourceAllocation: card.resourceAllocation ?? allocation,
    uptCompatibilityEnabled: card.uptCompatibilityEnabled ?? vmxnet3,
    uptv2Enabled: vmxnet3 ? ((card as { uptv2Enabled?: boolean }).uptv2Enabled ?? false) : undefined,
    ...address,
  }
}

/**
 * Which cards a guest takes counts when a card is added, not when the guest id changes later: the post turns a VM into
 * "Other 64-bit", adds vmxnet3 cards, and back (deviation 1, fact sheet G.4).
 */
function requireSupported(env: DeviceEnvironment, card: VirtualEthernetCard): void {
  const guest = guestOs(env.guestId)
  if (!guest || guest.ethernetCards.includes(card._typeName)) return
  throw fault('VirtualEthernetCardNotSupported', { device: card._typeName })
}

const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i

function macOf(
  env: DeviceEnvironment,
  card: VirtualEthernetCard,
  index: number,
): { addressType: string; macAddress: string } {
  const type = card.addressType?.toLowerCase()
  const { macAddress } = card
  if (type === 'manual' || (type === undefined && macAddress)) {
    if (!macAddress || !MAC.test(macAddress) || Number.parseInt(macAddress.slice(0, 2), 16) & 1)
      throw invalidSpec(index, 'device.macAddress')
    return { addressType: 'manual', macAddress: macAddress.toLowerCase() }
  }
  if (type !== undefined && type !== '' && type !== 'assigned' && type !== 'generated')
    throw invalidSpec(index, 'device.addressType')
  return {
    addressType: 'assigned',
    macAddress: macAddress && MAC.test(macAddress) ? macAddress.toLowerCase() : env.nextMac(),
  }
}

function networkBacking(
  env: DeviceEnvironment,
  backing: VirtualDeviceBackingInfo | undefined,
  index: number,
  old?: VirtualEthernetCard,
): VirtualDeviceBackingInfo {
  switch (backing?._typeName) {
    case 'VirtualEthernetCardNetworkBackingInfo':
      return standardBacking(env, backing as VirtualEthernetCardNetworkBackingInfo, index)
    case 'VirtualEthernetCardDistributedVirtualPortBackingInfo':
      return distributedBacking(
        env,
        backing as VirtualEthernetCardDistributedVirtualPortBackingInfo,
        index,
        old,
      )
    case 'VirtualEthernetCardOpaqueNetworkBackingInfo':
    case 'VirtualSriovEthernetCardSriovBackingInfo':
      return backing
    default:
      throw invalidBacking(index)
  }
}

const backings = new Map<string, VirtualEthernetCardNetworkBackingInfo>()

/** All cards on a network share one backing. */
function standardBacking(
  env: DeviceEnvironment,
  backing: VirtualEthernetCardNetworkBackingInfo,
  index: number,
): VirtualEthernetCardNetworkBackingInfo {
  const id =
    backing.network && (backing.deviceName === '' || env.read.find('Network', backing.network.value))
      ? backing.network.value
      : networkNamed(env.read, env.datacenter, backing.deviceName)
  const network = id === undefined ? undefined : env.read.find('Network', id)
  if (id === undefined || !network) throw invalidBacking(index)
  const ref = env.read.ref(id)
  const key = `${id} ${network.name}`
  let shared = backings.get(key)
  if (shared?.network !== ref) {
    shared = data('VirtualEthernetCardNetworkBackingInfo', {
      deviceName: network.name,
      useAutoDetect: false,
      network: ref,
      inPassthroughMode: false,
    })
    if (backings.size > 1_000) backings.clear()
    backings.set(key, shared)
  }
  return shared
}

function distributedBacking(
  env: DeviceEnvironment,
  backing: VirtualEthernetCardDistributedVirtualPortBackingInfo,
  index: number,
  old: VirtualEthernetCard | undefined,
): VirtualDeviceBackingInfo {
  const { switchUuid, portgroupKey, portKey } = backing.port
  if (!portgroupKey && !portKey) throw invalidBacking(index)
  const present = old && connectionOf(old)
  if (
    old?.backing &&
    present?.switchUuid === switchUuid &&
    present.portgroupKey === portgroupKey &&
    (!portKey || portKey === present.portKey)
  )
    return old.backing
  checkConnection(env.read, env.host, backing.port, 'spec.deviceChange.device.port', present)
  const group = portgroupKey && env.read.find('DistributedVirtualPortgroup', portgroupKey)
  const keyed = !group || group.config.type === 'earlyBinding'
  return patch(backing, {
    port: data('DistributedVirtualSwitchPortConnection', {
      switchUuid,
      portgroupKey: portgroupKey || undefined,
      portKey: keyed ? portKey || undefined : undefined,
    }),
  })
}

/** A changed card: its network, its connection, its address while the VM is off. */
export function editedCard(
  env: DeviceEnvironment,
  outcome: Outcome,
  old: VirtualEthernetCard,
  card: VirtualEthernetCard,
  index: number,
): VirtualEthernetCard {
  const wantsMac = card.macAddress !== undefined && card.macAddress.toLowerCase() !== old.macAddress
  const wantsType = card.addressType !== undefined && card.addressType.toLowerCase() !== old.addressType
  let address = { addressType: old.addressType ?? 'assigned', macAddress: old.macAddress ?? '' }
  if (wantsMac || wantsType) {
    if (env.running) throw fault('DeviceHotPlugNotSupported', { deviceIndex: index })
    address = macOf(env, wantsMac ? card : ({ ...card, macAddress: undefined } as VirtualEthernetCard), index)
    if (address.addressType === 'assigned' && address.macAddress !== old.macAddress)
      outcome.macs.push({ adapter: old.deviceInfo?.label ?? 'Network adapter', mac: address.macAddress })
  }
  return patch(old, {
    ...address,
    backing: card.backing ? networkBacking(env, card.backing, index, old) : old.backing,
    connectable: card.connectable ? connectInfo(card.connectable, env.running, true) : old.connectable,
    wakeOnLanEnabled: card.wakeOnLanEnabled ?? old.wakeOnLanEnabled,
    resourceAllocation: card.resourceAllocation ?? old.resourceAllocation,
    uptCompatibilityEnabled: card.uptCompatibilityEnabled ?? old.uptCompatibilityEnabled,
    externalId: card.externalId ?? old.externalId,
  })
}

/** What the card's summary says: the network's name, or the distributed switch. */
export function networkOf(card: VirtualEthernetCard): string {
  const backing = card.backing as Partial<
    VirtualEthernetCardNetworkBackingInfo & VirtualEthernetCardDistributedVirtualPortBackingInfo
  >
  return backing?.deviceName ?? (backing?.port ? `DVSwitch: ${backing.port.switchUuid}` : '')
}
