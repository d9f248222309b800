import { derivation, inverse } from '#inventory/derivation.js'
import type { HostSystemProperties, NetworkProperties } from '#vim25/generated/types.js'
import { ipPools, networksOfPool, poolOfNetwork } from '../ip-pool/pools.js'
import { opaqueNetworkId, opaqueNetworks, opaqueSummary } from './opaque.js'
import { networkSummary } from './summary.js'

const hosts = inverse({
  name: 'Network.host',
  from: 'HostSystem',
  path: 'network',
  to: ['Network'],
  property: 'host',
})

const vms = inverse({
  name: 'Network.vm',
  from: 'VirtualMachine',
  path: 'network',
  to: ['Network'],
  property: 'vm',
})

/** A network is accessible while a connected host has it; it names the pool that its addresses are from. */
const summary = derivation<NetworkProperties>({
  name: 'Network.summary',
  type: 'Network',
  outputs: ['summary'],
  own: ['name', 'host'],
  via: [
    {
      type: 'HostSystem',
      paths: ['runtime.connectionState'],
      targets: ({ network }: HostSystemProperties) => (network ?? []).map((ref) => ref.value),
    },
    { type: ipPools.kind, paths: ['pool'], targets: networksOfPool },
  ],
  compute({ name, host = [] }, read, id) {
    const accessible = host.some(
      ({ value }) => read.find('HostSystem', value)?.runtime.connectionState === 'connected',
    )
    const summary = networkSummary(read.ref(id), name, accessible, poolOfNetwork(read, id))
    const opaque = read.find(opaqueNetworks, opaqueNetworkId(id))
    return { summary: opaque ? opaqueSummary(summary, opaque) : summary }
  },
})

export const networkDerivations = [hosts, vms, summary]
