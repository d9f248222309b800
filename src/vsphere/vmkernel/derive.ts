import { derivation } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type {
  HostNetworkConfig,
  HostNetworkInfo,
  HostSystemProperties,
  HostVirtualNic,
  HostVirtualNicManagerInfo,
  HostVMotionInfo,
} from '#vim25/generated/types.js'
import { hostOfManager, managerOfHost } from './hosts.js'
import { DEFAULT_STACK, multiSelectAllowed, nicTypesOf, STACK_SERVICE } from './nic-types.js'
import { type Selections, selectionsOf, type VnicSelections } from './selections.js'

/** Candidates of a service: adapters of the default TCP/IP stack, and those of a stack that is the service's own. */
export function candidatesFor(vnics: readonly HostVirtualNic[], nicType: string): readonly HostVirtualNic[] {
  return vnics.filter(({ spec }) => {
    const stack = spec.netStackInstanceKey ?? DEFAULT_STACK
    return stack === DEFAULT_STACK || STACK_SERVICE[stack] === nicType
  })
}

/** Adapters as the managers list them, but for their keys: no port (fact sheet F.2). */
const listable = (vnics: readonly HostVirtualNic[]) => vnics.map((vnic) => patch(vnic, { port: undefined }))

/** The key prefixed (fact sheet F.2). */
const listed = (vnics: readonly HostVirtualNic[], prefix: string) =>
  vnics.map((vnic) => patch(vnic, { key: `${prefix}.${vnic.key}` }))

/** Pure: HostVirtualNicManagerInfo of a host's adapters and selections. */
export function managerInfo(
  vnics: readonly HostVirtualNic[],
  selections: Selections,
  version: string,
): HostVirtualNicManagerInfo {
  const shown = listable(vnics)
  return data('HostVirtualNicManagerInfo', {
    netConfig: nicTypesOf(version).map((nicType) =>
      data('VirtualNicManagerNetConfig', {
        nicType,
        multiSelectAllowed: multiSelectAllowed(nicType),
        candidateVnic: listed(candidatesFor(shown, nicType), nicType),
        selectedVnic: (selections[nicType] ?? [])
          .filter((device) => vnics.some((vnic) => vnic.device === device))
          .map((device) => `${nicType}.key-vim.host.VirtualNic-${device}`),
      }),
    ),
  })
}

/** Pure: the older view of the vMotion selection, which knows one adapter only. */
export function vmotionInfo(vnics: readonly HostVirtualNic[], selections: Selections): HostVMotionInfo {
  const device = selections.vmotion?.[0]
  const selected = vnics.find((vnic) => vnic.device === device)
  return data('HostVMotionInfo', {
    netConfig: data('HostVMotionNetConfig', {
      candidateVnic: listed(candidatesFor(listable(vnics), 'vmotion'), 'VMotionConfig.vmotion'),
      selectedVnic: selected && `VMotionConfig.vmotion.${selected.key}`,
    }),
    ipConfig: selected?.spec.ip,
  })
}

const ofHost = ({ host }: VnicSelections) => [host]

/** The two views of vmkernel services on the host itself; everything else shows them from there (fact sheet F.3). */
const services = derivation<HostSystemProperties>({
  name: 'HostSystem.config.virtualNicManagerInfo',
  type: 'HostSystem',
  outputs: ['config.virtualNicManagerInfo', 'config.vmotion'],
  own: ['config.network.vnic', 'config.product'],
  via: [{ type: 'vnicSelections', paths: ['selected'], targets: ofHost }],
  compute: ({ config }, read, id) => {
    if (!config) return {}
    const vnics = config.network?.vnic ?? []
    const selections = selectionsOf(read, id)
    return {
      'config.virtualNicManagerInfo': managerInfo(vnics, selections, config.product.version),
      'config.vmotion': vmotionInfo(vnics, selections),
    }
  },
})

const toManager = (prefix: string) => (_value: HostSystemProperties, _read: Reader, id: string) => [
  managerOfHost(prefix, id),
]

const hostConfig = (read: Reader, manager: string) => read.find('HostSystem', hostOfManager(manager))?.config

const nicManager = derivation({
  name: 'HostVirtualNicManager.info',
  type: 'HostVirtualNicManager',
  outputs: ['info'],
  via: [
    {
      type: 'HostSystem',
      paths: ['config.virtualNicManagerInfo'],
      targets: toManager('virtualNicManager'),
    },
  ],
  compute: (_value, read, id) => ({ info: hostConfig(read, id)?.virtualNicManagerInfo ?? noServices }),
})

const noServices = data('HostVirtualNicManagerInfo', {})

const vmotionSystem = derivation({
  name: 'HostVMotionSystem',
  type: 'HostVMotionSystem',
  outputs: ['netConfig', 'ipConfig'],
  via: [{ type: 'HostSystem', paths: ['config.vmotion'], targets: toManager('vmotionSystem') }],
  compute: (_value, read, id) => ({ ...hostConfig(read, id)?.vmotion }),
})

const networkSystem = derivation({
  name: 'HostNetworkSystem',
  type: 'HostNetworkSystem',
  outputs: ['networkInfo', 'networkConfig', 'dnsConfig', 'ipRouteConfig'],
  via: [{ type: 'HostSystem', paths: ['config.network'], targets: toManager('networkSystem') }],
  compute: (_value, read, id) => {
    const network = hostConfig(read, id)?.network
    if (!network) return {}
    return {
      networkInfo: network,
      networkConfig: configOf(network),
      dnsConfig: network.dnsConfig,
      ipRouteConfig: network.ipRouteConfig,
    }
  },
})

/** Pure: the network as a specification of itself. */
export function configOf(network: HostNetworkInfo): HostNetworkConfig {
  return data('HostNetworkConfig', {
    vswitch: network.vswitch?.map(({ name, spec }) => data('HostVirtualSwitchConfig', { name, spec })),
    portgroup: network.portgroup?.map(({ spec }) => data('HostPortGroupConfig', { spec })),
    pnic: network.pnic?.map(({ device, spec }) => data('PhysicalNicConfig', { device, spec })),
    vnic: network.vnic?.map(({ device, portgroup, spec }) =>
      data('HostVirtualNicConfig', { device, portgroup, spec }),
    ),
    dnsConfig: network.dnsConfig,
    ipRouteConfig: network.ipRouteConfig,
    ipV6Enabled: network.ipV6Enabled,
  })
}

export const vmkernelDerivations = [services, nicManager, vmotionSystem, networkSystem]
