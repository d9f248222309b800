import type { HostNetworkInfo } from '#vim25/generated/types.js'
import { type Call, type Command, CommandError, type Row } from '../command.js'

const networkOf = ({ host }: Call): HostNetworkInfo | undefined => host.config?.network

/** `key-vim.host.PhysicalNic-vmnic0` is `vmnic0`. */
const deviceOf = (key: string) => key.slice(key.lastIndexOf('-') + 1)

const mac = (text: string | undefined) => text ?? '00:00:00:00:00:00'

/** The address part of a subnet. */
const masked = (address: string, netmask: string): string => {
  const mask = netmask.split('.').map(Number)
  return address
    .split('.')
    .map((part, at) => Number(part) & (mask[at] ?? 0))
    .join('.')
}

const INTERFACE = {
  name: 'interfacename',
  aliases: '-i --interface-name',
  help: 'Name of one vmkernel interface.',
}

export const networkCommands: readonly Command[] = [
  {
    path: 'network.nic.list',
    help: 'Lists the physical network adapters.',
    type: 'Nic',
    fields: 'Name,PCI Device,Driver,Admin Status,Link Status,Speed,Duplex,MAC Address,MTU,Description',
    run: (call) =>
      (networkOf(call)?.pnic ?? []).map(
        (pnic): Row => ({
          AdminStatus: 'Up',
          DPUId: 'N/A',
          Description: `${pnic.driver ?? ''} network adapter`,
          Driver: pnic.driver ?? '',
          Duplex: pnic.linkSpeed?.duplex ? 'Full' : 'Half',
          Link: pnic.linkSpeed ? 'Up' : 'Down',
          LinkStatus: pnic.linkSpeed ? 'Up' : 'Down',
          MACAddress: pnic.mac,
          MTU: 1500,
          Name: pnic.device,
          PCIDevice: pnic.pci,
          Speed: pnic.linkSpeed?.speedMb ?? 0,
        }),
      ),
  },
  {
    path: 'network.vswitch.standard.list',
    help: 'Lists the standard switches.',
    type: 'VirtualSwitch',
    fields:
      'Name,Class,Num Ports,Used Ports,Configured Ports,MTU,CDP Status,Beacon Enabled,Uplinks,Portgroups',
    formatter: 'simple',
    run: (call) =>
      (networkOf(call)?.vswitch ?? []).map(
        (item): Row => ({
          BeaconEnabled: false,
          CDPStatus: 'listen',
          Class: 'cswitch',
          ConfiguredPorts: item.spec.numPorts,
          MTU: item.mtu ?? 1500,
          Name: item.name,
          NumPorts: item.numPorts,
          Portgroups: (networkOf(call)?.portgroup ?? [])
            .filter(({ spec }) => spec.vswitchName === item.name)
            .map(({ spec }) => spec.name),
          Uplinks: (item.pnic ?? []).map(deviceOf),
          UsedPorts: item.numPorts - item.numPortsAvailable,
        }),
      ),
  },
  {
    path: 'network.vswitch.standard.portgroup.list',
    help: 'Lists the port groups of the standard switches.',
    type: 'PortGroup',
    fields: 'Name,Virtual Switch,Active Clients,VLAN ID',
    run: (call) =>
      (networkOf(call)?.portgroup ?? []).map(
        ({ spec, port }): Row => ({
          ActiveClients: port?.length ?? 0,
          Name: spec.name,
          VLANID: spec.vlanId,
          VirtualSwitch: spec.vswitchName,
        }),
      ),
  },
  {
    path: 'network.ip.interface.list',
    help: 'Lists the vmkernel interfaces.',
    type: 'NetworkInterface',
    fields:
      'Name,MAC Address,Enabled,Portset,Portgroup,Netstack Instance,VDS Name,VDS Port,MTU,TSO MSS,Port ID',
    formatter: 'simple',
    run: (call) =>
      (networkOf(call)?.vnic ?? []).map(({ device, portgroup, spec }): Row => {
        const group = networkOf(call)?.portgroup?.find((item) => item.spec.name === portgroup)
        return {
          Enabled: true,
          MACAddress: mac(spec.mac),
          MTU: spec.mtu ?? 1500,
          Name: device,
          NetstackInstance: spec.netStackInstanceKey ?? 'defaultTcpipStack',
          Portgroup: portgroup === '' ? 'N/A' : portgroup,
          Portset: group?.spec.vswitchName ?? 'N/A',
          TSOMSS: 65_535,
          VDSName: 'N/A',
          VDSPort: spec.distributedVirtualPort?.portKey ?? 'N/A',
        }
      }),
  },
  {
    path: 'network.ip.interface.ipv4.get',
    help: 'Shows the IPv4 settings of vmkernel interfaces.',
    type: 'IPv4Interface',
    fields: 'Name,IPv4 Address,IPv4 Netmask,IPv4 Broadcast,Address Type,Gateway,DHCP DNS',
    formatter: 'table',
    parameters: [INTERFACE],
    run: (call) => {
      const wanted = call.argument('interfacename')
      const vnics = (networkOf(call)?.vnic ?? []).filter(({ device }) => !wanted || device === wanted)
      if (wanted && vnics.length === 0) throw new CommandError(`Unknown interface name: ${wanted}`)
      return vnics.map(({ device, spec }): Row => {
        const { ipAddress = '0.0.0.0', subnetMask = '0.0.0.0', dhcp } = spec.ip ?? {}
        const mask = subnetMask.split('.').map(Number)
        return {
          AddressType: dhcp ? 'DHCP' : 'STATIC',
          DHCPDNS: false,
          Gateway: networkOf(call)?.ipRouteConfig?.defaultGateway ?? '0.0.0.0',
          IPv4Address: ipAddress,
          IPv4Broadcast: ipAddress
            .split('.')
            .map((part, at) => Number(part) | (255 - (mask[at] ?? 0)))
            .join('.'),
          IPv4Netmask: subnetMask,
          Name: device,
        }
      })
    },
  },
  {
    path: 'network.ip.dns.server.list',
    help: 'Lists the DNS servers in the order in which they are asked.',
    type: 'DNSServers',
    fields: 'DNS Servers',
    formatter: 'simple',
    run: (call) => ({ DNSServers: networkOf(call)?.dnsConfig?.address ?? [] }),
  },
  {
    path: 'network.ip.dns.search.list',
    help: 'Lists the search domains.',
    type: 'DNSSearch',
    fields: 'DNS Search Domains',
    formatter: 'simple',
    run: (call) => ({ DNSSearchDomains: networkOf(call)?.dnsConfig?.searchDomain ?? [] }),
  },
  {
    path: 'network.ip.route.ipv4.list',
    help: 'Lists the IPv4 routes.',
    type: 'IPv4Route',
    fields: 'Network,Netmask,Gateway,Interface,Source',
    run: (call) => {
      const network = networkOf(call)
      const vnics = (network?.vnic ?? []).filter(({ spec }) => spec.ip?.ipAddress && spec.ip.subnetMask)
      const gateway = network?.ipRouteConfig?.defaultGateway
      const first = vnics[0]?.device ?? 'vmk0'
      return [
        ...(gateway
          ? [{ Gateway: gateway, Interface: first, Netmask: '0.0.0.0', Network: 'default', Source: 'MANUAL' }]
          : []),
        ...vnics.map(({ device, spec }) => ({
          Gateway: '0.0.0.0',
          Interface: device,
          Netmask: spec.ip?.subnetMask ?? '',
          Network: masked(spec.ip?.ipAddress ?? '', spec.ip?.subnetMask ?? ''),
          Source: 'MANUAL',
        })),
      ]
    },
  },
  {
    path: 'network.firewall.get',
    help: 'Shows the state of the firewall.',
    type: 'Firewall',
    fields: 'Default Action,Enabled,Loaded',
    formatter: 'simple',
    run: ({ host }) => {
      const policy = host.config?.firewall?.defaultPolicy
      const blocks = policy?.incomingBlocked || policy?.outgoingBlocked
      return { DefaultAction: blocks ? 'DROP' : 'PASS', Enabled: true, Loaded: true }
    },
  },
  {
    path: 'network.firewall.ruleset.list',
    help: 'Lists the rulesets of the firewall.',
    type: 'Ruleset',
    fields: 'Name,Enabled',
    parameters: [{ name: 'rulesetid', aliases: '-r --ruleset-id', help: 'One ruleset.' }],
    run: ({ host, argument }) =>
      (host.config?.firewall?.ruleset ?? [])
        .filter(({ key }) => (argument('rulesetid') ?? key) === key)
        .map(({ key, enabled }) => ({ Enabled: enabled, Name: key })),
  },
]
