import { describe, expect, it } from 'vitest'
import type {
  DiagnosticManagerLogDescriptor,
  DiagnosticManagerLogHeader,
  HostAutoStartManagerConfig,
  HostConfigInfo,
  HostConfigManager,
  HostDateTimeInfo,
} from '#vim25/generated/types.js'
import { TEST_TIME } from '../core/testing.js'
import { connectSpec } from '../host/testing.js'
import { createServiceObjects } from '../service-instance/build.js'
import { createVmLab } from '../vm/testing.js'
import { accountsOf } from './account-operations.js'

type Member = Exclude<keyof HostConfigManager, '_typeName'>

function lab() {
  const world = createVmLab()
  world.act((ctx) => createServiceObjects(ctx))
  const host = world.hosts[0] ?? ''
  const managers = world.get<HostConfigManager>('HostSystem', host, 'configManager')
  const manager = (member: Member) => {
    const ref = managers[member]
    if (!ref) throw new Error(`The host has no ${member}.`)
    return {
      id: ref.value,
      call: <T = void>(method: string, args: object = {}) =>
        world.call(ref.type, ref.value, method, args) as T,
      fault: (method: string, args: object = {}) => world.fault(ref.type, ref.value, method, args),
      task: (method: string, args: object = {}) => world.task(ref.type, ref.value, method, args),
      get: <T>(property: string) => world.get<T>(ref.type, ref.value, property),
    }
  }
  const config = () => world.get<HostConfigInfo>('HostSystem', host, 'config')
  return { world, host, manager, config }
}

describe('HostDateTimeSystem', () => {
  it('tells and sets the clock of the host', () => {
    const { manager, world } = lab()
    const clock = manager('dateTimeSystem')
    expect(clock.call<string>('QueryDateTime')).toBe('2026-01-01T00:00:00Z')
    clock.call('UpdateDateTime', { dateTime: '2020-02-29T12:00:00Z' })
    world.sandbox.clock.advance(60_000)
    expect(clock.call<string>('QueryDateTime')).toBe('2020-02-29T12:01:00Z')
    clock.call('UpdateDateTime', { dateTime: '2020-03-01T00:00:00Z' })
    expect(clock.call<string>('QueryDateTime')).toBe('2020-03-01T00:00:00Z')
    expect(world.sandbox.clock.now()).toBe(TEST_TIME + 60_000)
  })

  it('sets zone and servers', () => {
    const { manager } = lab()
    const clock = manager('dateTimeSystem')
    expect(clock.call<{ key: string }[]>('QueryAvailableTimeZones').map(({ key }) => key)).toContain('UTC')
    expect(clock.call('TestTimeService')).toMatchObject({ workingNormally: false })
    clock.call('UpdateDateTimeConfig', {
      config: {
        timeZone: 'UTC',
        protocol: 'ntp',
        enabled: true,
        ntpConfig: { server: ['a.example'] },
        disableEvents: true,
        disableFallback: true,
      },
    })
    clock.call('RefreshDateTimeSystem')
    expect(clock.get<HostDateTimeInfo>('dateTimeInfo')).toMatchObject({
      timeZone: { key: 'UTC' },
      enabled: true,
      ntpConfig: { server: ['a.example'] },
      disableEvents: true,
    })
    expect(clock.call('TestTimeService')).toMatchObject({ workingNormally: true })
  })
})

describe('HostAutoStartManager', () => {
  const info = (key: object, startOrder: number, changes: object = {}) => ({
    _typeName: 'AutoStartPowerInfo',
    key,
    startOrder,
    startDelay: -1,
    waitForHeartbeat: 'systemDefault',
    startAction: 'powerOn',
    stopDelay: -1,
    stopAction: 'systemDefault',
    ...changes,
  })

  it('starts VMs in order and stops them', () => {
    const { manager, world, host } = lab()
    const start = manager('autoStartManager')
    const [first, second] = ['one', 'two'].map((name) => {
      const vm = world.create({ name })
      world.task('VirtualMachine', vm, 'RelocateVM_Task', {
        spec: { host: world.sandbox.inventory.read.ref(host) },
      })
      return world.sandbox.inventory.read.ref(vm)
    })
    if (!first || !second) throw new Error('Two VMs are needed.')
    const states = () =>
      [first, second].map(
        ({ value }) => world.get<{ powerState: string }>('VirtualMachine', value, 'runtime').powerState,
      )
    const reconfigure = (spec: object) => start.call('ReconfigureAutostart', { spec })
    reconfigure({ powerInfo: [info(first, 1), info(second, 1)] })
    const config = () => start.get<HostAutoStartManagerConfig>('config')
    expect(config().powerInfo?.map(({ key, startOrder }) => [key.value, startOrder])).toEqual([
      [first.value, 2],
      [second.value, 1],
    ])
    start.call('AutoStartPowerOn')
    expect(states()).toEqual(['poweredOff', 'poweredOff'])
    reconfigure({ defaults: { enabled: true } })
    expect(config().defaults).toMatchObject({ enabled: true, startDelay: 120 })
    start.call('AutoStartPowerOn')
    expect(states()).toEqual(['poweredOn', 'poweredOn'])
    reconfigure({ powerInfo: [info(second, 1, { stopAction: 'suspend' })] })
    start.call('AutoStartPowerOff')
    expect(states()).toEqual(['poweredOff', 'suspended'])
  })
})

describe('HostLocalAccountManager', () => {
  it('makes, changes and removes users', () => {
    const { manager, world, host } = lab()
    const accounts = manager('accountManager')
    const names = () => accountsOf(world.sandbox.inventory.read, host).map(({ id }) => id)
    world.newEvents()
    const user = { _typeName: 'HostAccountSpec', id: 'ops', password: 'Secret!23', description: 'Operations' }
    accounts.call('CreateUser', { user })
    accounts.call('UpdateUser', { user: { ...user, description: 'On call' } })
    expect(accountsOf(world.sandbox.inventory.read, host).at(-1)).toMatchObject({ description: 'On call' })
    accounts.call('ChangePassword', { user: 'ops', oldPassword: 'Secret!23', newPassword: 'Other!23' })
    expect(
      accounts.fault('ChangePassword', { user: 'ops', oldPassword: 'Secret!23', newPassword: 'x' })._typeName,
    ).toBe('InvalidLogin')
    expect(names()).toEqual(['root', 'dcui', 'vpxuser', 'ops'])
    expect(accounts.fault('CreateUser', { user })._typeName).toBe('AlreadyExists')
    accounts.call('RemoveUser', { userName: 'ops' })
    expect(names()).not.toContain('ops')
    expect(world.newEvents()).toEqual(['AccountCreatedEvent', 'AccountUpdatedEvent', 'AccountRemovedEvent'])
    expect(accounts.fault('RemoveUser', { userName: 'ops' })._typeName).toBe('UserNotFound')
    expect(accounts.fault('UpdateUser', { user })._typeName).toBe('UserNotFound')
    expect(accounts.fault('RemoveUser', { userName: 'root' })._typeName).toBe('InvalidArgument')
    expect(accounts.fault('CreateUser', { user: { ...user, id: 'not good' } })._typeName).toBe(
      'InvalidArgument',
    )
    expect(accounts.fault('CreateUser', { user: { ...user, password: '' } })._typeName).toBe(
      'InvalidArgument',
    )
  })

  it("keeps root's password, with which the host is connected again", () => {
    const { manager, world, host } = lab()
    manager('accountManager').call('UpdateUser', {
      user: { _typeName: 'HostAccountSpec', id: 'root', password: 'Fresh!23' },
    })
    world.task('HostSystem', host, 'DisconnectHost_Task')
    const reconnect = (password: string) =>
      world.task('HostSystem', host, 'ReconnectHost_Task', { cnxSpec: connectSpec('vm1', { password }) })
    expect(reconnect('VMware1!').error?.fault._typeName).toBe('InvalidLogin')
    expect(reconnect('Fresh!23').state).toBe('success')
  })
})

describe('HostNetworkSystem', () => {
  it('changes name service and gateway', () => {
    const { manager, config } = lab()
    const network = manager('networkSystem')
    const dns = { _typeName: 'HostDnsConfig', dhcp: false, hostName: 'esx9', domainName: 'lab.local' }
    network.call('UpdateDnsConfig', {
      config: { ...dns, address: ['10.0.0.2'], searchDomain: ['lab.local'] },
    })
    network.call('UpdateIpRouteConfig', {
      config: { _typeName: 'HostIpRouteConfig', defaultGateway: '192.168.10.254' },
    })
    network.call('RefreshNetworkSystem')
    expect(config().network?.dnsConfig).toMatchObject({ hostName: 'esx9', address: ['10.0.0.2'] })
    expect(config().network?.ipRouteConfig?.defaultGateway).toBe('192.168.10.254')
    const refused = (method: string, wrong: object) => network.fault(method, { config: wrong })._typeName
    expect(refused('UpdateDnsConfig', { ...dns, hostName: '-' })).toBe('InvalidArgument')
    expect(refused('UpdateDnsConfig', { ...dns, address: ['there'] })).toBe('InvalidArgument')
    expect(refused('UpdateDnsConfig', { ...dns, dhcp: true, virtualNicDevice: 'vmk9' })).toBe('NotFound')
    expect(refused('UpdateIpRouteConfig', { defaultGateway: 'there' })).toBe('InvalidArgument')
    expect(refused('UpdateIpRouteConfig', { ipV6DefaultGateway: '10.0.0.1' })).toBe('InvalidArgument')
    expect(refused('UpdateConsoleIpRouteConfig', {})).toBe('NotSupported')
  })
})

describe('a host', () => {
  it('says how much memory a VM costs it, and has no TPM', () => {
    const { world, host } = lab()
    const overhead = (memorySize: number, numVcpus: number) =>
      Number(world.call('HostSystem', host, 'QueryMemoryOverhead', { memorySize, numVcpus }))
    expect(overhead(2 ** 30, 2)).toBe(Math.round(29.91 * 2 ** 20))
    expect(overhead(2 ** 30, 8)).toBeGreaterThan(overhead(2 ** 30, 2))
    const vmConfigInfo = world.config(world.create())
    expect(Number(world.call('HostSystem', host, 'QueryMemoryOverheadEx', { vmConfigInfo }))).toBe(
      overhead(2 ** 30, 2),
    )
    expect(world.call('HostSystem', host, 'QueryTpmAttestationReport')).toBeUndefined()
    expect(
      world.fault('HostSystem', host, 'QueryMemoryOverhead', { memorySize: 1, numVcpus: 0 })._typeName,
    ).toBe('InvalidArgument')
    expect(
      world.fault('HostSystem', host, 'QueryMemoryOverhead', { memorySize: -1, numVcpus: 1 })._typeName,
    ).toBe('InvalidArgument')
  })

  it('keeps its health and its empty event log', () => {
    const { manager } = lab()
    const health = manager('healthStatusSystem')
    const before = health.get('runtime')
    for (const method of ['RefreshHealthStatusSystem', 'ResetSystemHealthInfo', 'ClearSystemEventLog'])
      health.call(method)
    expect(health.get('runtime')).toEqual(before)
    expect(health.call('FetchSystemEventLog')).toEqual([])
  })

  it('lets its logs be read', () => {
    const { world, host } = lab()
    const ref = world.sandbox.inventory.read.ref(host)
    const diagnose = <T>(method: string, args: object) =>
      world.call('DiagnosticManager', 'DiagMgr', method, args) as T
    const keys = diagnose<DiagnosticManagerLogDescriptor[]>('QueryDescriptions', { host: ref }).map(
      ({ key }) => key,
    )
    expect(keys).toContain('hostd')
    world.task('HostSystem', host, 'EnterMaintenanceMode_Task', { timeout: 0 })
    const log = (args: object) => diagnose<DiagnosticManagerLogHeader>('BrowseDiagnosticLog', args)
    expect(log({ host: ref, key: 'hostd' }).lineText?.at(-1)).toContain('aintenance')
    expect(log({ key: 'vpxd:vpxd.log', start: 2, lines: 1 })).toMatchObject({ lineStart: 2, lineEnd: 2 })
    expect(
      world.fault('DiagnosticManager', 'DiagMgr', 'BrowseDiagnosticLog', { key: 'diary' })._typeName,
    ).toBe('InvalidArgument')
    expect(
      world.fault('DiagnosticManager', 'DiagMgr', 'BrowseDiagnosticLog', { key: 'vpxd:vpxd.log', lines: -1 })
        ._typeName,
    ).toBe('InvalidArgument')
  })
})
