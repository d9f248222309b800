import { beforeEach, describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { HostConfigInfo, ManagedObjectReference } from '#vim25/generated/types.js'
import { connectSpec, createLab, type Lab } from './testing.js'

let lab: Lab
let host: string
const manager = (prefix: string) => `${prefix}-${host.slice('host-'.length)}`

beforeEach(() => {
  lab = createLab()
  const added = lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
    spec: connectSpec('esx1'),
    addConnected: true,
  })
  const compute = (added.result as ManagedObjectReference).value
  host = lab.get<readonly ManagedObjectReference[]>('ComputeResource', compute, 'host')[0]?.value ?? ''
})

const config = () => lab.get<HostConfigInfo>('HostSystem', host, 'config')

describe('HostServiceSystem', () => {
  const call = (method: string, args: object) =>
    lab.call('HostServiceSystem', manager('serviceSystem'), method as 'StartService', args as { id: string })
  const service = (key: string) => config().service?.service?.find((one) => one.key === key)

  it('starts, stops and restarts services', () => {
    expect(service('TSM-SSH')).toMatchObject({ running: false, policy: 'off' })
    call('StartService', { id: 'TSM-SSH' })
    expect(service('TSM-SSH')).toMatchObject({ running: true, policy: 'off' })
    expect(lab.get('HostServiceSystem', manager('serviceSystem'), 'serviceInfo')).toEqual(config().service)
    call('StopService', { id: 'TSM-SSH' })
    expect(service('TSM-SSH')).toMatchObject({ running: false })
    call('RestartService', { id: 'TSM-SSH' })
    expect(service('TSM-SSH')).toMatchObject({ running: true })
    call('RefreshServices', {})
  })

  it('sets when they start', () => {
    call('UpdateServicePolicy', { id: 'ntpd', policy: 'automatic' })
    expect(service('ntpd')).toMatchObject({ running: false, policy: 'automatic' })
  })

  it.each([
    ['a service that is not there', 'StartService', { id: 'telnetd' }, 'NotFound'],
    ['to stop what is required', 'StopService', { id: 'vmsyslogd' }, 'HostConfigFault'],
    [
      'to keep down what is required',
      'UpdateServicePolicy',
      { id: 'vmsyslogd', policy: 'off' },
      'HostConfigFault',
    ],
    [
      'a policy that is none',
      'UpdateServicePolicy',
      { id: 'ntpd', policy: 'sometimes' },
      { name: 'InvalidArgument', detail: { invalidProperty: 'policy' } },
    ],
  ])('refuses %s', (_, method, args, wanted) => {
    const before = config()
    expect(() => call(method, args)).toThrow(
      expect.objectContaining(typeof wanted === 'string' ? { name: wanted } : { name: wanted.name }),
    )
    expect(config()).toBe(before)
  })

  it('is out of reach with its host', () => {
    lab.task('HostSystem', host, 'DisconnectHost_Task', {})
    expect(() => call('StartService', { id: 'ntpd' })).toThrow(
      expect.objectContaining({ name: 'HostNotConnected' }),
    )
  })
})

describe('HostFirewallSystem', () => {
  const self = () => manager('firewallSystem')
  const ruleset = (key: string) => config().firewall?.ruleset?.find((one) => one.key === key)

  it('opens and closes rulesets, for everyone or some', () => {
    lab.call('HostFirewallSystem', self(), 'EnableRuleset', { id: 'sshClient' })
    expect(ruleset('sshClient')?.enabled).toBe(true)
    lab.call('HostFirewallSystem', self(), 'DisableRuleset', { id: 'sshClient' })
    expect(ruleset('sshClient')?.enabled).toBe(false)
    const allowedHosts = data('HostFirewallRulesetIpList', { ipAddress: ['10.0.0.9'], allIp: false })
    const spec = data('HostFirewallRulesetRulesetSpec', { allowedHosts })
    lab.call('HostFirewallSystem', self(), 'UpdateRuleset', { id: 'sshServer', spec })
    expect(ruleset('sshServer')).toMatchObject({ allowedHosts: { ipAddress: ['10.0.0.9'], allIp: false } })
    lab.call('HostFirewallSystem', self(), 'RefreshFirewall', {})
    expect(lab.get('HostFirewallSystem', self(), 'firewallInfo')).toEqual(config().firewall)
  })

  it('changes of the default what it is told', () => {
    const before = config().firewall?.defaultPolicy
    const defaultPolicy = data('HostFirewallDefaultPolicy', { incomingBlocked: false })
    lab.call('HostFirewallSystem', self(), 'UpdateDefaultPolicy', { defaultPolicy })
    expect(config().firewall?.defaultPolicy).toEqual({ ...before, incomingBlocked: false })
  })

  it('does not know other rulesets', () => {
    expect(() => lab.call('HostFirewallSystem', self(), 'EnableRuleset', { id: 'telnet' })).toThrow(
      expect.objectContaining({ name: 'NotFound' }),
    )
  })
})

describe('HostDateTimeSystem', () => {
  const self = () => manager('dateTimeSystem')
  const update = (changes: object) =>
    lab.call('HostDateTimeSystem', self(), 'UpdateDateTimeConfig', {
      config: data('HostDateTimeConfig', changes),
    })

  it('tells the time and its zone', () => {
    expect(lab.call('HostDateTimeSystem', self(), 'QueryDateTime', {})).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    expect(lab.call('HostDateTimeSystem', self(), 'QueryAvailableTimeZones', {})).toMatchObject([
      { key: 'UTC', gmtOffset: 0 },
    ])
    lab.call('HostDateTimeSystem', self(), 'RefreshDateTimeSystem', {})
  })

  it('changes what is told, and nothing else', () => {
    const before = config().dateTimeInfo
    update({ ntpConfig: data('HostNtpConfig', { server: ['ntp.lab.local'] }), enabled: true })
    const after = { ...before, ntpConfig: { _typeName: 'HostNtpConfig', server: ['ntp.lab.local'] } }
    expect(config().dateTimeInfo).toEqual({ ...after, enabled: true })
    expect(lab.get('HostDateTimeSystem', self(), 'dateTimeInfo')).toEqual(config().dateTimeInfo)
  })

  it('keeps UTC', () => {
    expect(() => update({ timeZone: 'Europe/Berlin' })).toThrow(
      expect.objectContaining({ name: 'HostConfigFault' }),
    )
  })
})
