import { derivation, inverse } from '#inventory/derivation.js'
import { data } from '#vim25/data.js'
import type {
  DistributedVirtualPortgroupProperties,
  DistributedVirtualSwitchProperties,
  NetworkProperties,
} from '#vim25/generated/types.js'

const portgroups = inverse({
  name: 'DistributedVirtualSwitch.portgroup',
  from: 'DistributedVirtualPortgroup',
  path: 'config.distributedVirtualSwitch',
  to: ['DistributedVirtualSwitch'],
  property: 'portgroup',
})

const ofPortgroup = ({ config }: DistributedVirtualPortgroupProperties) => [
  config.distributedVirtualSwitch?.value,
]

/** The switch in short; its ports are those of its port groups. */
const summary = derivation<DistributedVirtualSwitchProperties>({
  name: 'DistributedVirtualSwitch.summary',
  type: 'DistributedVirtualSwitch',
  outputs: ['summary'],
  own: ['name', 'uuid', 'config', 'portgroup'],
  via: [{ type: 'DistributedVirtualPortgroup', paths: ['name', 'config', 'vm'], targets: ofPortgroup }],
  compute: ({ name, uuid, config, portgroup = [] }, read) => {
    const groups = portgroup.map(({ value }) => read.get('DistributedVirtualPortgroup', value))
    const hosts = (config.host ?? []).map((member) => member.config.host).filter((ref) => ref !== undefined)
    return {
      summary: data('DVSSummary', {
        name,
        uuid,
        numPorts: groups.reduce((sum, group) => sum + group.config.numPorts, 0),
        productInfo: config.productInfo,
        hostMember: hosts,
        vm: [...new Set(groups.flatMap((group: NetworkProperties) => group.vm ?? []))],
        host: hosts,
        portgroupName: groups.map((group) => group.name),
        contact: config.contact,
        numHosts: hosts.length,
      }),
    }
  },
})

export const dvsDerivations = [portgroups, summary]
