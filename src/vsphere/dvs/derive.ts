import { derivation, inverse } from '#inventory/derivation.js'
import { data } from '#vim25/data.js'
import type {
  DistributedVirtualPortgroupProperties,
  DistributedVirtualSwitchProperties,
  NetworkProperties,
} from '#vim25/generated/types.js'
import { portCount, portsIn } from './port-ranges.js'
import { type PortSet, portSetOf } from './ports.js'

const portgroups = inverse({
  name: 'DistributedVirtualSwitch.portgroup',
  from: 'DistributedVirtualPortgroup',
  path: 'config.distributedVirtualSwitch',
  to: ['DistributedVirtualSwitch'],
  property: 'portgroup',
})

const ownerOf = (_set: PortSet, _read: unknown, id: string) => [id.slice('dvPorts:'.length)]

/** The keys of its ports; a group with thousands of them keeps them as ranges. */
const portKeys = derivation<DistributedVirtualPortgroupProperties>({
  name: 'DistributedVirtualPortgroup.portKeys',
  type: 'DistributedVirtualPortgroup',
  outputs: ['portKeys', 'config.numPorts'],
  own: ['key'],
  via: [{ type: 'dvPorts', paths: ['ports'], targets: ownerOf }],
  compute: (_group, read, id) => {
    const { ports } = portSetOf(read, id)
    return { portKeys: Object.freeze(portsIn(ports).map(String)), 'config.numPorts': portCount(ports) }
  },
})

const ofPortgroup = ({ config }: DistributedVirtualPortgroupProperties) => [
  config.distributedVirtualSwitch?.value,
]

/** A switch has the ports of its groups and those that are in none. */
const numPorts = derivation<DistributedVirtualSwitchProperties>({
  name: 'DistributedVirtualSwitch.config.numPorts',
  type: 'DistributedVirtualSwitch',
  outputs: ['config.numPorts', 'config.numStandalonePorts'],
  own: ['portgroup'],
  via: [
    { type: 'DistributedVirtualPortgroup', paths: ['config.numPorts'], targets: ofPortgroup },
    { type: 'dvPorts', paths: ['ports'], targets: ownerOf },
  ],
  compute: ({ portgroup = [] }, read, id) => {
    const alone = portCount(portSetOf(read, id).ports)
    const grouped = portgroup.map(({ value }) => portCount(portSetOf(read, value).ports))
    return {
      'config.numPorts': grouped.reduce((sum, count) => sum + count, alone),
      'config.numStandalonePorts': alone,
    }
  },
})

/** The switch in short; its ports are those of its port groups. */
const summary = derivation<DistributedVirtualSwitchProperties>({
  name: 'DistributedVirtualSwitch.summary',
  type: 'DistributedVirtualSwitch',
  outputs: ['summary'],
  own: ['name', 'uuid', 'config', 'portgroup'],
  via: [{ type: 'DistributedVirtualPortgroup', paths: ['name', 'vm'], targets: ofPortgroup }],
  compute: ({ name, uuid, config, portgroup = [] }, read) => {
    const groups = portgroup.map(({ value }) => read.get('DistributedVirtualPortgroup', value))
    const hosts = (config.host ?? []).map((member) => member.config.host).filter((ref) => ref !== undefined)
    const vms = new Map(
      groups.flatMap((group: NetworkProperties) => (group.vm ?? []).map((vm) => [vm.value, vm])),
    )
    return {
      summary: data('DVSSummary', {
        name,
        uuid,
        numPorts: config.numPorts,
        productInfo: config.productInfo,
        hostMember: hosts,
        vm: [...vms.values()],
        host: hosts,
        portgroupName: groups.map((group) => group.name),
        description: config.description,
        contact: config.contact,
        numHosts: hosts.length,
      }),
    }
  },
})

/** How the members are, as far as they answer. */
const runtime = derivation<DistributedVirtualSwitchProperties>({
  name: 'DistributedVirtualSwitch.runtime',
  type: 'DistributedVirtualSwitch',
  outputs: ['runtime'],
  own: ['config.host'],
  compute: ({ config }) => ({
    runtime: data('DVSRuntimeInfo', {
      hostMemberRuntime: (config.host ?? []).flatMap((member) =>
        member.config.host
          ? [data('HostMemberRuntimeInfo', { host: member.config.host, status: member.status })]
          : [],
      ),
    }),
  }),
})

export const dvsDerivations = [portgroups, portKeys, numPorts, summary, runtime]
