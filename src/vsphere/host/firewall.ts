import { data } from '#vim25/data.js'
import type { HostFirewallInfo, HostFirewallRule } from '#vim25/generated/types.js'
import { memo } from '../vm/share.js'
import { asOf, releaseOf } from './release.js'

/**
 * Rulesets of an ESXi host: `key | label | enabled on a fresh host | rules | service | first release`. faultTolerance,
 * vMotion and vpxHeartbeats are recorded on 8.0.3 (fact sheet A.3), most others on other releases, the rest are the
 * documented ports of the services (VMware Ports and Protocols). A rule is `direction:protocol:port[-end][:src]`.
 */
const RULESETS = `
  CIMHttpServer | CIM Server | on | in:tcp:5988 | sfcbd-watchdog
  CIMHttpsServer | CIM Secure Server | on | in:tcp:5989 | sfcbd-watchdog
  CIMSLP | CIM SLP | on | in:udp:427 out:udp:427 in:tcp:427 out:tcp:427 | slpd
  DHCPv6 | DHCPv6 | on | out:tcp:547 in:tcp:546 out:udp:547 in:udp:546
  DVFilter | DVFilter | off | in:tcp:2222
  DVSSync | DVSSync | on | out:udp:8302 in:udp:8301 out:udp:8301 in:udp:8302
  HBR | HBR | on | out:tcp:31031 out:tcp:44046
  NFC | NFC | on | in:tcp:902 out:tcp:902
  WOL | WOL | on | out:udp:9
  activeDirectoryAll | Active Directory All | off | out:udp:88 out:tcp:88 out:udp:123 out:udp:137 out:tcp:139 out:tcp:389 out:udp:389 out:tcp:445 out:udp:464 out:tcp:464 out:tcp:3268 out:tcp:7476 in:tcp:2020 | lwsmd
  cmmds | Virtual SAN Clustering Service | off | in:udp:12345 in:udp:23451 out:udp:12345 out:udp:23451 in:udp:12321 out:udp:12321
  dhcp | DHCP Client | on | in:udp:68 out:udp:68:src
  dns | DNS Client | on | in:udp:53 out:udp:53 out:tcp:53
  dynamicruleset | dynamicruleset | on | out:tcp:0-65535 | | 7.0
  esxupdate | esxupdate | off | out:tcp:443
  etcdClientComm | etcdClientComm | off | in:tcp:2379 out:tcp:2379 | | 7.0
  etcdPeerComm | etcdPeerComm | off | in:tcp:2380 out:tcp:2380 | | 7.0
  faultTolerance | Fault Tolerance | on | in:tcp:8300 out:tcp:8300 out:tcp:80
  fdm | vSphere High Availability Agent | off | in:tcp:8182 in:udp:8182 out:tcp:8182 out:udp:8182
  ftpClient | FTP Client | off | out:tcp:21 in:tcp:20:src
  gdbserver | gdbserver | off | in:tcp:1000-9999 in:tcp:50000-50999
  gstored | gstored | off | in:tcp:9092 | | 7.0
  httpClient | httpClient | off | out:tcp:80 out:tcp:443
  iSCSI | Software iSCSI Client | off | out:tcp:3260
  iofiltervp | iofiltervp | on | in:tcp:9080
  ipfam | NSX Distributed Logical Router Service | off | in:udp:6999 out:udp:6999
  nfs41Client | nfs41Client | off | out:tcp:0-65535
  nfsClient | NFS Client | on | out:tcp:0-65535
  ntpClient | NTP Client | off | out:udp:123 | ntpd
  nvmetcp | NVMe over TCP | off | out:tcp:8009 out:tcp:4420 | | 7.0
  proxy | Proxy | off | out:tcp:0-65535 | | 7.0
  ptpd | PTP | off | in:udp:319-320 out:udp:319-320 | ptpd | 7.0
  pvrdma | pvrdma | off | out:tcp:28250-28761 in:tcp:28250-28761
  rabbitmqproxy | rabbitmqproxy | on | out:tcp:5671
  rdt | Virtual SAN Transport | off | in:tcp:2233 out:tcp:2233
  remoteSerialPort | VM serial port connected over network | off | out:tcp:0-65535 in:tcp:23 in:tcp:1024-65535
  settingsd | settingsd | off | in:tcp:8083 | | 7.0
  snmp | SNMP Server | on | in:udp:161 | snmpd
  sshClient | SSH Client | off | out:tcp:22
  sshServer | SSH Server | on | in:tcp:22
  syslog | syslog | off | out:udp:514 out:tcp:514 out:tcp:1514
  trusted-infrastructure-kmxa | Trusted infrastructure KMXA | off | out:tcp:0-65535 | | 7.0
  trusted-infrastructure-kmxd | Trusted infrastructure KMXD | off | out:tcp:0-65535 | | 7.0
  updateManager | vSphere Lifecycle Manager | on | out:tcp:80 out:tcp:9000-9100
  vMotion | vMotion | on | in:tcp:8000 out:tcp:8000
  vSPC | VM serial port connected to vSPC | off | out:tcp:0-65535
  vSphereClient | vSphere Web Client | on | in:tcp:902 in:tcp:443
  vdfs | vSAN File Service Transport | off | in:tcp:1564 out:tcp:1564 | | 7.0
  vit | vSAN iSCSI Target | off | in:tcp:3260 | | 7.0
  vltd | vCenter Server Lookup Table Daemon | off | out:tcp:0-65535 | vltd | 7.0
  vpxHeartbeats | VMware vCenter Agent | on | out:udp:902 | vpxa
  vsanEncryption | vsanEncryption | off | out:tcp:0-65535
  vsanhealth-unicasttest | vSAN Health Unicast Test | off | in:tcp:5201 out:tcp:5201 in:udp:5201 out:udp:5201
  vsanvp | vsanvp | off | in:tcp:8080 out:tcp:8080
  vvold | vvold | off | out:tcp:0-65535
  webAccess | vSphere Web Access | on | in:tcp:80
`

function rule(text: string): HostFirewallRule {
  const [direction, protocol = '', ports = '', source] = text.split(':')
  const [port = '0', endPort] = ports.split('-')
  return data('HostFirewallRule', {
    port: Number(port),
    endPort: endPort === undefined ? undefined : Number(endPort),
    direction: direction === 'in' ? 'inbound' : 'outbound',
    portType: source === 'src' ? 'src' : 'dst',
    protocol,
  })
}

const ALL_ADDRESSES = data('HostFirewallRulesetIpList', { allIp: true })
const POLICY = data('HostFirewallDefaultPolicy', { incomingBlocked: true, outgoingBlocked: true })

const known = memo<HostFirewallInfo>()

/** HostConfigInfo.firewall of a fresh host of a release (`8.0.3`), one value for all. */
export function firewallInfo(version: string): HostFirewallInfo {
  const release = releaseOf(version)
  return known(`${release}`, () => {
    const rows = RULESETS.trim()
      .split('\n')
      .map((row) => row.split('|').map((column) => column.trim()))
      .filter(([, , , , , since = '0']) => Number(since) <= Number.parseFloat(version))
    return data('HostFirewallInfo', {
      defaultPolicy: POLICY,
      ruleset: rows.map(([key = '', label = '', state, rules = '', service]) =>
        asOf(
          data('HostFirewallRuleset', {
            key,
            label,
            required: false,
            rule: rules.split(' ').map(rule),
            service: service || undefined,
            enabled: state === 'on',
            allowedHosts: ALL_ADDRESSES,
            userControllable: true,
            ipListUserConfigurable: true,
          }),
          release,
        ),
      ),
    })
  })
}
