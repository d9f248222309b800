import type {
  VcenterVmHardwareEthernetBackingInfo,
  VcenterVmHardwareEthernetCreateSpec,
  VcenterVmHardwareEthernetEmulationType,
  VcenterVmHardwareEthernetInfo,
  VcenterVmHardwareEthernetMacAddressType,
  VcenterVmHardwareEthernetUpdateSpec,
} from '#vapi/generated/types.js'
import { dataObject, patch } from '#vim25/data.js'
import type {
  VirtualDeviceBackingInfo,
  VirtualEthernetCard,
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualEthernetCardNetworkBackingInfo,
  VirtualEthernetCardOpaqueNetworkBackingInfo,
  VirtualVmxnet3,
} from '#vim25/generated/types.js'
import type { ServiceCall } from '../../core/call.js'
import { slotInfo, slotOf } from './adapters.js'
import { changedConnection, connectionInfo, newConnection } from './connection.js'
import { added, type Draft, nextKey } from './draft.js'
import { type DeviceKind, labelOf } from './kind.js'
import { backingOn, someNetwork } from './networks.js'

const TYPES: Readonly<Record<string, VcenterVmHardwareEthernetEmulationType>> = {
  VirtualE1000: 'E1000',
  VirtualE1000e: 'E1000E',
  VirtualPCNet32: 'PCNET32',
  VirtualVmxnet: 'VMXNET',
  VirtualVmxnet2: 'VMXNET2',
  VirtualVmxnet3: 'VMXNET3',
}

const MAC_TYPES: Readonly<Record<string, VcenterVmHardwareEthernetMacAddressType>> = {
  manual: 'MANUAL',
  generated: 'GENERATED',
  assigned: 'ASSIGNED',
}

/** Cards of these types; the Automation API has no word for passed-through ones. */
export const nics: DeviceKind<VcenterVmHardwareEthernetInfo> = {
  has: (device) => TYPES[device._typeName] !== undefined,
  info(device) {
    const card = device as VirtualEthernetCard
    const type = TYPES[card._typeName] ?? 'E1000'
    return {
      ...slotInfo(card),
      backing: nicBackingInfo(card.backing),
      ...(card.macAddress === undefined ? {} : { mac_address: card.macAddress }),
      mac_type: MAC_TYPES[card.addressType?.toLowerCase() ?? ''] ?? 'ASSIGNED',
      wake_on_lan_enabled: card.wakeOnLanEnabled ?? false,
      label: labelOf(card),
      type,
      ...connectionInfo(card),
      ...(type === 'VMXNET3' && {
        upt_compatibility_enabled: card.uptCompatibilityEnabled ?? false,
        upt_v2_compatibility_enabled: (card as VirtualVmxnet3).uptv2Enabled ?? false,
      }),
    }
  },
}

function nicBackingInfo(backing: VirtualDeviceBackingInfo | undefined): VcenterVmHardwareEthernetBackingInfo {
  switch (backing?._typeName) {
    case 'VirtualEthernetCardNetworkBackingInfo': {
      const { deviceName, network } = backing as VirtualEthernetCardNetworkBackingInfo
      return { type: 'STANDARD_PORTGROUP', network_name: deviceName, network: network?.value }
    }
    case 'VirtualEthernetCardDistributedVirtualPortBackingInfo': {
      const { port } = backing as VirtualEthernetCardDistributedVirtualPortBackingInfo
      return {
        type: 'DISTRIBUTED_PORTGROUP',
        distributed_switch_uuid: port.switchUuid,
        network: port.portgroupKey,
        distributed_port: port.portKey,
        connection_cookie: port.connectionCookie,
      }
    }
    case 'VirtualEthernetCardOpaqueNetworkBackingInfo': {
      const { opaqueNetworkId, opaqueNetworkType } = backing as VirtualEthernetCardOpaqueNetworkBackingInfo
      return {
        type: 'OPAQUE_NETWORK',
        opaque_network_type: opaqueNetworkType,
        opaque_network_id: opaqueNetworkId,
      }
    }
    default: {
      const { deviceName = '' } = (backing ?? {}) as Partial<VirtualEthernetCardNetworkBackingInfo>
      return { type: 'HOST_DEVICE', host_device: deviceName }
    }
  }
}

/** A card on the network that is asked for, else on one that the VM's host has. Throws NOT_FOUND, INVALID_ARGUMENT. */
export function addNic(draft: Draft, spec: VcenterVmHardwareEthernetCreateSpec): VirtualEthernetCard {
  const type = Object.keys(TYPES).find((name) => TYPES[name] === spec.type) ?? draft.guest.ethernetCard
  return added(
    draft,
    dataObject(type, {
      key: nextKey(draft, 4000),
      controllerKey: 100,
      slotInfo: slotOf(draft, spec.pci_slot_number),
      backing: spec.backing ? backingOn(draft.call, spec.backing) : someNetwork(draft.call, draft.host),
      connectable: newConnection(spec),
      addressType: spec.mac_type?.toLowerCase(),
      macAddress: spec.mac_address,
      wakeOnLanEnabled: spec.wake_on_lan_enabled ?? false,
      uptCompatibilityEnabled: spec.upt_compatibility_enabled ?? false,
      ...(type === 'VirtualVmxnet3' && { uptv2Enabled: spec.upt_v2_compatibility_enabled ?? false }),
    }) as VirtualEthernetCard,
  )
}

export function changedNic(
  call: ServiceCall,
  old: VirtualEthernetCard,
  spec: VcenterVmHardwareEthernetUpdateSpec,
): VirtualEthernetCard {
  const vmxnet3 = old._typeName === 'VirtualVmxnet3'
  return patch(old as VirtualVmxnet3, {
    backing: spec.backing ? backingOn(call, spec.backing) : old.backing,
    connectable: changedConnection(old, spec),
    addressType: spec.mac_type?.toLowerCase() ?? old.addressType,
    macAddress: spec.mac_address ?? (spec.mac_type === undefined ? old.macAddress : undefined),
    wakeOnLanEnabled: spec.wake_on_lan_enabled ?? old.wakeOnLanEnabled,
    uptCompatibilityEnabled: spec.upt_compatibility_enabled ?? old.uptCompatibilityEnabled,
    ...(vmxnet3 && {
      uptv2Enabled: spec.upt_v2_compatibility_enabled ?? (old as VirtualVmxnet3).uptv2Enabled,
    }),
  })
}
