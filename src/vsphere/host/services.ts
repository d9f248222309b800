import { data } from '#vim25/data.js'
import type { HostServiceInfo } from '#vim25/generated/types.js'

/** Services of an ESXi host: key, label, runs, policy, firewall rulesets, first release; vmsyslogd is the one that is required. */
const SERVICES = [
  ['DCUI', 'Direct Console UI', true, 'on', [], '5.0'],
  ['TSM', 'ESXi Shell', false, 'off', [], '5.0'],
  ['TSM-SSH', 'SSH', false, 'off', ['sshServer'], '5.0'],
  ['attestd', 'attestd', false, 'off', [], '7.0'],
  ['kmxd', 'kmxd', false, 'off', [], '7.0'],
  ['lbtd', 'Load-Based Teaming Daemon', true, 'on', [], '5.0'],
  ['lwsmd', 'Active Directory Service', false, 'off', ['activeDirectoryAll'], '5.0'],
  ['ntpd', 'NTP Daemon', false, 'off', ['ntpClient'], '5.0'],
  ['pcscd', 'PC/SC Smart Card Daemon', false, 'off', [], '6.0'],
  ['ptpd', 'PTP Daemon', false, 'off', ['ptpd'], '7.0'],
  ['sfcbd-watchdog', 'CIM Server', false, 'on', ['CIMHttpServer', 'CIMHttpsServer'], '5.0'],
  ['slpd', 'slpd', false, 'off', ['CIMSLP'], '5.0'],
  ['snmpd', 'SNMP Server', false, 'on', ['snmp'], '5.0'],
  ['vltd', 'vltd', false, 'on', ['vltd'], '7.0'],
  ['vmsyslogd', 'Syslog Server', true, 'on', [], '5.0'],
  ['vpxa', 'VMware vCenter Agent', true, 'on', ['vpxHeartbeats'], '5.0'],
  ['xorg', 'X.Org Server', false, 'on', [], '5.0'],
] as const

const known = new Map<string, HostServiceInfo>()

/** HostConfigInfo.service of a fresh host of a release (`6.7.0`). */
export function serviceInfo(version: string): HostServiceInfo {
  const major = Number(version.split('.')[0])
  const key = String(major)
  let info = known.get(key)
  if (!info) {
    info = data('HostServiceInfo', {
      service: SERVICES.filter(([, , , , , since]) => Number(since) <= Number.parseFloat(version)).map(
        ([serviceKey, label, running, policy, ruleset]) =>
          data('HostService', {
            key: serviceKey,
            label,
            required: serviceKey === 'vmsyslogd',
            uninstallable: false,
            running,
            ruleset,
            policy,
            sourcePackage: serviceKey === 'xorg' ? ESX_XSERVER : ESX_BASE,
          }),
      ),
    })
    known.set(key, info)
  }
  return info
}

const ESX_BASE = data('HostServiceSourcePackage', {
  sourcePackageName: 'esx-base',
  description: 'This VIB contains all of the base functionality of vSphere ESXi.',
})

const ESX_XSERVER = data('HostServiceSourcePackage', {
  sourcePackageName: 'esx-xserver',
  description: 'This VIB contains X Server used for virtual machine 3D hardware acceleration.',
})
