import { data } from '#vim25/data.js'
import type { HostFirewallInfo } from '#vim25/generated/types.js'

type Rule = readonly [direction: 'inbound' | 'outbound', protocol: 'tcp' | 'udp', port: number, end?: number]

/**
 * Rulesets of an ESXi host: key, label, enabled, rules. faultTolerance, vMotion and vpxHeartbeats are recorded (fact sheet
 * A.3), the others are the documented ports of the services.
 */
const RULESETS: readonly (readonly [string, string, boolean, readonly Rule[], string?])[] = [
  ['sshServer', 'SSH Server', true, [['inbound', 'tcp', 22]]],
  ['sshClient', 'SSH Client', false, [['outbound', 'tcp', 22]]],
  ['nfsClient', 'NFS Client', true, [['outbound', 'tcp', 0, 65535]]],
  ['nfs41Client', 'nfs41Client', false, [['outbound', 'tcp', 2049]]],
  [
    'dhcp',
    'DHCP Client',
    true,
    [
      ['inbound', 'udp', 68],
      ['outbound', 'udp', 67],
    ],
  ],
  [
    'dns',
    'DNS Client',
    true,
    [
      ['inbound', 'udp', 53],
      ['outbound', 'udp', 53],
      ['outbound', 'tcp', 53],
    ],
  ],
  ['snmp', 'SNMP Server', true, [['inbound', 'udp', 161]], 'snmpd'],
  ['ntpClient', 'NTP Client', false, [['outbound', 'udp', 123]], 'ntpd'],
  ['CIMHttpServer', 'CIM Server', true, [['inbound', 'tcp', 5988]], 'sfcbd-watchdog'],
  ['CIMHttpsServer', 'CIM Secure Server', true, [['inbound', 'tcp', 5989]], 'sfcbd-watchdog'],
  [
    'CIMSLP',
    'CIM SLP',
    true,
    [
      ['inbound', 'udp', 427],
      ['inbound', 'tcp', 427],
      ['outbound', 'udp', 427],
      ['outbound', 'tcp', 427],
    ],
    'slpd',
  ],
  ['iSCSI', 'Software iSCSI Client', false, [['outbound', 'tcp', 3260]]],
  ['vpxHeartbeats', 'VMware vCenter Agent', true, [['outbound', 'udp', 902]], 'vpxa'],
  [
    'updateManager',
    'vSphere Lifecycle Manager',
    true,
    [
      ['outbound', 'tcp', 80],
      ['outbound', 'tcp', 9000, 9100],
    ],
  ],
  [
    'faultTolerance',
    'Fault Tolerance',
    true,
    [
      ['inbound', 'tcp', 8300],
      ['outbound', 'tcp', 8300],
      ['outbound', 'tcp', 80],
    ],
  ],
  ['webAccess', 'vSphere Web Access', true, [['inbound', 'tcp', 80]]],
  [
    'vMotion',
    'vMotion',
    true,
    [
      ['inbound', 'tcp', 8000],
      ['outbound', 'tcp', 8000],
    ],
  ],
  [
    'vSphereClient',
    'vSphere Web Client',
    true,
    [
      ['inbound', 'tcp', 902],
      ['inbound', 'tcp', 443],
    ],
  ],
  [
    'NFC',
    'NFC',
    true,
    [
      ['inbound', 'tcp', 902],
      ['outbound', 'tcp', 902],
    ],
  ],
  [
    'HBR',
    'HBR',
    true,
    [
      ['outbound', 'tcp', 31031],
      ['outbound', 'tcp', 44046],
    ],
  ],
  [
    'fdm',
    'vSphere High Availability Agent',
    false,
    [
      ['inbound', 'tcp', 8182],
      ['inbound', 'udp', 8182],
      ['outbound', 'tcp', 8182],
      ['outbound', 'udp', 8182],
    ],
  ],
  [
    'syslog',
    'syslog',
    false,
    [
      ['outbound', 'udp', 514],
      ['outbound', 'tcp', 514],
      ['outbound', 'tcp', 1514],
    ],
  ],
  [
    'httpClient',
    'httpClient',
    false,
    [
      ['outbound', 'tcp', 80],
      ['outbound', 'tcp', 443],
    ],
  ],
  [
    'gdbserver',
    'gdbserver',
    false,
    [
      ['inbound', 'tcp', 1000, 9999],
      ['inbound', 'tcp', 50000, 50999],
    ],
  ],
  ['WOL', 'WOL', true, [['outbound', 'udp', 9]]],
  [
    'remoteSerialPort',
    'VM serial port connected over network',
    false,
    [
      ['inbound', 'tcp', 23],
      ['inbound', 'tcp', 1024, 65535],
    ],
  ],
  [
    'activeDirectoryAll',
    'Active Directory All',
    false,
    [
      ['outbound', 'udp', 88],
      ['outbound', 'tcp', 88],
    ],
    'lwsmd',
  ],
]

const ALL_ADDRESSES = data('HostFirewallRulesetIpList', { allIp: true })

/** HostConfigInfo.firewall of a fresh host, one value for all. */
export const FIREWALL: HostFirewallInfo = data('HostFirewallInfo', {
  defaultPolicy: data('HostFirewallDefaultPolicy', { incomingBlocked: true, outgoingBlocked: true }),
  ruleset: RULESETS.map(([key, label, enabled, rules, service]) =>
    data('HostFirewallRuleset', {
      key,
      label,
      required: false,
      rule: rules.map(([direction, protocol, port, endPort]) =>
        data('HostFirewallRule', {
          port,
          endPort,
          direction,
          portType: 'dst',
          protocol,
        }),
      ),
      service,
      enabled,
      allowedHosts: ALL_ADDRESSES,
    }),
  ),
})
