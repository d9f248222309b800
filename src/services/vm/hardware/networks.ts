import type { VcenterVmHardwareEthernetBackingSpec } from '#vapi/generated/types.js'
import { data } from '#vim25/data.js'
import type { ManagedObjectReference, VirtualDeviceBackingInfo } from '#vim25/generated/types.js'
import type { ServiceCall } from '../../core/call.js'
import { mayRead, requireObject } from '../../core/objects.js'
import { invalid } from './errors.js'

/** The managed object behind each kind of network; cards on devices of the host are of the past. */
const NETWORKS = {
  STANDARD_PORTGROUP: 'Network',
  DISTRIBUTED_PORTGROUP: 'DistributedVirtualPortgroup',
  OPAQUE_NETWORK: 'OpaqueNetwork',
} as const

/** The network that a spec names. Throws NOT_FOUND, UNAUTHORIZED; INVALID_ARGUMENT for one of another type. */
export function backingOn(
  call: ServiceCall,
  { type, network = '', distributed_port }: VcenterVmHardwareEthernetBackingSpec,
): VirtualDeviceBackingInfo {
  if (type === 'HOST_DEVICE') throw wrongNetwork(type, network)
  requireObject(call, 'Network', network)
  if (call.read.ref(network).type !== NETWORKS[type]) throw wrongNetwork(type, network)
  return backingOf(call, call.read.ref(network), distributed_port)
}

const wrongNetwork = (type: string, network: string) =>
  invalid('ethernet.invalid_backing', "A network adapter cannot have '{1}' as its {0}.", [type, network])

/** The first network of the host that the caller may see (deviation 70). Throws INVALID_ARGUMENT. */
export function someNetwork(call: ServiceCall, host: string | undefined): VirtualDeviceBackingInfo {
  const networks = host === undefined ? [] : (call.read.find('HostSystem', host)?.network ?? [])
  const found = networks.find(
    (ref) => ref.type !== 'OpaqueNetwork' && !isUplink(call, ref) && mayRead(call, ref),
  )
  if (!found) throw invalid('ethernet.no_network', 'No network was found for the network adapter; name one.')
  return backingOf(call, found, undefined)
}

const isUplink = ({ read }: ServiceCall, { value }: ManagedObjectReference): boolean =>
  read.find('DistributedVirtualPortgroup', value)?.config.uplink ?? false

function backingOf(
  { read }: ServiceCall,
  network: ManagedObjectReference,
  portKey: string | undefined,
): VirtualDeviceBackingInfo {
  if (network.type === 'DistributedVirtualPortgroup') {
    const { config } = read.get('DistributedVirtualPortgroup', network.value)
    const dvs = config.distributedVirtualSwitch
    const switchUuid = (dvs && read.find('DistributedVirtualSwitch', dvs.value)?.uuid) ?? ''
    return data('VirtualEthernetCardDistributedVirtualPortBackingInfo', {
      port: data('DistributedVirtualSwitchPortConnection', {
        switchUuid,
        portgroupKey: network.value,
        portKey,
      }),
    })
  }
  if (network.type === 'OpaqueNetwork') {
    const { summary } = read.get('OpaqueNetwork', network.value)
    const { opaqueNetworkId = '', opaqueNetworkType = '' } = summary as {
      opaqueNetworkId?: string
      opaqueNetworkType?: string
    }
    return data('VirtualEthernetCardOpaqueNetworkBackingInfo', { opaqueNetworkId, opaqueNetworkType })
  }
  return data('VirtualEthernetCardNetworkBackingInfo', {
    deviceName: read.get('Network', network.value).name,
    network,
  })
}
