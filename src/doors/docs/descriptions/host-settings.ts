import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const HOST = 'vesxi-01.lab.local'
const services = (lab: Lab) => lab.ref('HostSystem', HOST, 'configManager.serviceSystem')
const firewall = (lab: Lab) => lab.ref('HostSystem', HOST, 'configManager.firewallSystem')
const dateTime = (lab: Lab) => lab.ref('HostSystem', HOST, 'configManager.dateTimeSystem')
const autoStart = (lab: Lab) => lab.ref('HostSystem', HOST, 'configManager.autoStartManager')
const ssh = () => ({ id: 'TSM-SSH' })

export const hostSettingsDescriptions: Descriptions = {
  'HostServiceSystem.StartService': {
    summary: 'Starts a service of a host',
    text: 'One that runs already stays as it is.',
    example: { on: services, body: ssh },
  },
  'HostServiceSystem.StopService': {
    summary: 'Stops a service of a host',
    text: '`HostConfigFault` for a service that is `required`.',
    example: { on: services, body: ssh },
  },
  'HostServiceSystem.RestartService': {
    summary: 'Stops and starts a service of a host',
    example: { on: services, body: ssh },
  },
  'HostServiceSystem.UpdateServicePolicy': {
    summary: 'Says when a service starts',
    text: '`on`: with the host; `automatic`: with the first port that is opened for it; `off`: only when somebody starts it.',
    example: { on: services, body: () => ({ id: 'TSM-SSH', policy: 'on' }) },
  },
  'HostServiceSystem.RefreshServices': {
    summary: 'Looks anew at the services of a host',
    text: 'What is shown is always as it is: nothing changes.',
    example: { on: services },
  },
  'HostFirewallSystem.EnableRuleset': {
    summary: 'Opens the ports of a ruleset',
    example: { on: firewall, body: () => ({ id: 'sshClient' }) },
  },
  'HostFirewallSystem.DisableRuleset': {
    summary: 'Closes the ports of a ruleset',
    text: '`HostConfigFault` for a ruleset that is `required`.',
    example: { on: firewall, body: () => ({ id: 'sshServer' }) },
  },
  'HostFirewallSystem.UpdateRuleset': {
    summary: 'Says from which addresses a ruleset lets traffic in',
    example: {
      on: firewall,
      body: () => ({
        id: 'sshServer',
        spec: data('HostFirewallRulesetRulesetSpec', {
          allowedHosts: data('HostFirewallRulesetIpList', { ipAddress: ['192.168.10.5'], allIp: false }),
        }),
      }),
    },
  },
  'HostFirewallSystem.UpdateDefaultPolicy': {
    summary: 'Says what becomes of traffic that no ruleset speaks of',
    text: 'Members that are left out stay as they are.',
    example: {
      on: firewall,
      body: () => ({ defaultPolicy: data('HostFirewallDefaultPolicy', { outgoingBlocked: true }) }),
    },
  },
  'HostFirewallSystem.RefreshFirewall': {
    summary: 'Looks anew at the firewall of a host',
    text: 'What is shown is always as it is: nothing changes.',
    example: { on: firewall },
  },
  'HostDateTimeSystem.QueryDateTime': {
    summary: 'Tells the time on a host',
    text: 'The time of the world, as everywhere in it.',
    example: { on: dateTime },
  },
  'HostDateTimeSystem.QueryAvailableTimeZones': {
    summary: 'Lists the time zones of a host',
    text: 'ESXi has one: UTC.',
    example: { on: dateTime },
  },
  'HostDateTimeSystem.UpdateDateTimeConfig': {
    summary: 'Says where a host gets its time from',
    text: 'What is left out stays as it is; `HostConfigFault` for any time zone but UTC.',
    example: {
      on: dateTime,
      body: () => ({
        config: data('HostDateTimeConfig', {
          ntpConfig: data('HostNtpConfig', { server: ['ntp.lab.local'] }),
        }),
      }),
    },
  },
  'HostDateTimeSystem.RefreshDateTimeSystem': {
    summary: 'Looks anew at the time settings of a host',
    text: 'What is shown is always as it is: nothing changes.',
    example: { on: dateTime },
  },
  'HostAutoStartManager.ReconfigureAutostart': {
    summary: 'Says which VMs start and stop with a host',
    text: 'Defaults that are left out and VMs that are not named keep what they have. `InvalidArgument` for VMs of other hosts.',
    example: {
      on: autoStart,
      body: () => ({
        spec: data('HostAutoStartManagerConfig', {
          defaults: data('AutoStartDefaults', { enabled: true, startDelay: 60 }),
        }),
      }),
    },
  },
}
