import type { Appliance } from './record.js'

/** What is known of a service of the appliance's operating system. */
interface SystemService {
  readonly description: string
  /** Whether it runs after a boot; for some that follows from settings. */
  readonly runs: boolean | ((appliance: Appliance) => boolean)
}

/**
 * Services of the operating system: a part of those that vCenter Server 7.0.2 lists, with its descriptions. The services
 * of vCenter Server itself are not among them (VCENTER_SERVICES).
 */
export const SYSTEM_SERVICES: Readonly<Record<string, SystemService>> = {
  'appliance-shutdown': { description: '/etc/rc.local.shutdown Compatibility', runs: false },
  atftpd: {
    description: 'The tftp server serves files using the trivial file transfer protocol.',
    runs: false,
  },
  auditd: { description: 'Security Auditing Service', runs: false },
  crond: { description: 'Command Scheduler', runs: true },
  dbus: { description: 'D-Bus System Message Bus', runs: true },
  dnsmasq: { description: 'A lightweight, caching DNS proxy', runs: true },
  'getty@tty2': { description: 'DCUI', runs: ({ dcui }) => dcui },
  irqbalance: { description: 'irqbalance daemon', runs: true },
  lsassd: { description: 'Likewise Security and Authentication Subsystem', runs: true },
  lwsmd: { description: 'Likewise Service Control Manager Service', runs: true },
  ntpd: { description: 'Network Time Service', runs: ({ timesync }) => timesync === 'NTP' },
  observability: { description: 'VMware Observability Service', runs: true },
  rsyslog: { description: 'System Logging Service', runs: true },
  sendmail: { description: 'Sendmail Mail Transport Agent', runs: true },
  sshd: { description: 'OpenSSH Daemon', runs: ({ ssh }) => ssh },
  'systemd-journald': { description: 'Journal Service', runs: true },
  'systemd-logind': { description: 'Login Service', runs: true },
  'systemd-networkd': { description: 'Network Service', runs: true },
  'systemd-resolved': { description: 'Network Name Resolution', runs: true },
  'vami-lighttp': { description: 'vami-lighttp.service', runs: true },
  vmafdd: { description: 'LSB: Authentication Framework Daemon', runs: true },
  vmcad: { description: 'LSB: Start and Stop vmca', runs: true },
  vmdird: { description: 'LSB: Start and Stop vmdir', runs: true },
  vmtoolsd: { description: 'Service for virtual machines hosted on VMware', runs: true },
  'vmware-firewall': { description: 'VMware Firewall service', runs: true },
  'vmware-pod': { description: 'VMware Pod Service.', runs: true },
  'vmware-vmon': { description: 'VMware Service Lifecycle Manager', runs: true },
}

type Message = readonly [id: string, text: string, ...args: string[]]

interface VcenterService {
  readonly startup: 'AUTOMATIC' | 'MANUAL' | 'DISABLED'
  /** What it says while it is healthy. */
  readonly healthy: readonly Message[]
}

const automatic = (...healthy: readonly Message[]): VcenterService => ({ startup: 'AUTOMATIC', healthy })
const green = (id: string) => automatic([`${id}.health.statuscode`, 'Health is {0}', 'GREEN'])
const manual: VcenterService = { startup: 'MANUAL', healthy: [] }
const DISABLED: VcenterService = { startup: 'DISABLED', healthy: [] }

/** Services of vCenter Server with the messages of a healthy one, recorded from 7.0.2. */
export const VCENTER_SERVICES: Readonly<Record<string, VcenterService>> = {
  analytics: automatic(),
  applmgmt: automatic(),
  certificateauthority: green('certificateathority'),
  certificatemanagement: green('certificatemanagement'),
  'cis-license': automatic(['cis.license.health.ok', 'The License Service is operational.']),
  'content-library': automatic([
    'com.vmware.vdcs.vsphere-cs-lib.db_health_green',
    'Database server connection is GREEN.',
  ]),
  eam: automatic(['cis.eam.statusOK', '']),
  envoy: automatic(),
  hvc: green('hvc'),
  imagebuilder: manual,
  infraprofile: green('infraprofile'),
  lookupsvc: automatic(),
  netdumper: manual,
  'observability-vapi': green('observability'),
  perfcharts: automatic(),
  pschealth: automatic(),
  rbd: manual,
  rhttpproxy: automatic(),
  sca: automatic(),
  sps: automatic(),
  statsmonitor: automatic([
    'com.vmware.applmgmt.mon.health.healthy',
    'Appliance monitoring service is healthy.',
  ]),
  sts: automatic(),
  topologysvc: green('topologysvc'),
  trustmanagement: green('trustmanagement'),
  updatemgr: automatic(),
  'vapi-endpoint': automatic(),
  vcha: DISABLED,
  vlcm: automatic(),
  vmcam: manual,
  vmonapi: automatic(),
  'vmware-postgres-archiver': automatic([
    'cis.vmware-postgres-archiver.health.healthy',
    'VMware Archiver service is healthy.',
  ]),
  'vmware-vpostgres': automatic([
    'cis.vmware-vpostgres.health.healthy',
    'Service vmware-vpostgres is healthy.',
  ]),
  vpxd: automatic(
    ['vc.health.statuscode', '{0} health is {1}', 'vCenter Server', 'GREEN'],
    ['vc.health.statuscode', '{0} health is {1}', 'VirtualCenter Database', 'GREEN'],
  ),
  'vpxd-svcs': automatic(['cis.tagging.health.status', 'Tagging service is in a healthy state']),
  'vsan-health': automatic(),
  vsm: automatic(),
  'vsphere-ui': automatic(),
  vstats: automatic(),
  vtsdb: automatic(['cis.vtsdb.health.healthy', 'Service vtsdb is healthy.']),
  wcp: automatic(),
}
