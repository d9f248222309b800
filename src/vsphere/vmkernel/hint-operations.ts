import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { HostNetworkInfo, PhysicalNicIpHint } from '#vim25/generated/types.js'
import { networkPart, prefixLength, toNumber, toText } from '#world/address.js'
import { operations } from '../core/behaviour.js'
import { connectedHost, networkOf } from './hosts.js'
import { uplinksOf } from './network-info.js'

export const hintOperations = operations('HostNetworkSystem', {
  /** What a NIC hears: the subnets of the adapters behind it. No switch in this world speaks CDP or LLDP. */
  QueryNetworkHint(ctx, self, { device }) {
    const network = networkOf(ctx.tx, connectedHost(ctx.tx, self))
    const known = (network.pnic ?? []).map((pnic) => pnic.device)
    const wanted = device?.length ? device : known
    if (!wanted.every((name) => known.includes(name))) throw fault('NotFound', {})
    return wanted.map((name) =>
      data('PhysicalNicHintInfo', { device: name, subnet: subnetsOn(network, name) }),
    )
  },
})

function subnetsOn(network: HostNetworkInfo, device: string): readonly PhysicalNicIpHint[] {
  if (!network.pnic?.find((pnic) => pnic.device === device)?.linkSpeed) return []
  const vswitch = network.vswitch?.find((item) => uplinksOf(item.spec).includes(device))
  const groups = (network.portgroup ?? []).filter((group) => group.spec.vswitchName === vswitch?.name)
  return groups.flatMap(({ spec: { name, vlanId } }) =>
    (network.vnic ?? [])
      .filter((vnic) => vnic.portgroup === name && vnic.spec.ip?.ipAddress && vnic.spec.ip.subnetMask)
      .map(({ spec: { ip } }) =>
        data('PhysicalNicIpHint', { vlanId, ipSubnet: rangeOf(ip?.ipAddress ?? '', ip?.subnetMask ?? '') }),
      ),
  )
}

/** `192.168.10.1-192.168.10.254` */
function rangeOf(address: string, netmask: string): string {
  const size = 2 ** (32 - prefixLength(netmask))
  const start = toNumber(networkPart(address, netmask))
  return `${toText(start + 1)}-${toText(start + size - 2)}`
}
