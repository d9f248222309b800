import { describe, expect, it } from 'vitest'
import { createApplianceLab } from './testing.js'

const APPLIANCE = 'com.vmware.appliance'

describe('what is set is what is read', () => {
  it('for ways in', async () => {
    const lab = createApplianceLab()
    for (const way of ['ssh', 'dcui', 'consolecli'] as const) {
      const before = await lab.invoke(`${APPLIANCE}.access.${way}`, 'get', {})
      await lab.invoke(`${APPLIANCE}.access.${way}`, 'set', { enabled: !before })
      expect(await lab.invoke(`${APPLIANCE}.access.${way}`, 'get', {})).toBe(!before)
    }
    const SHELL = `${APPLIANCE}.access.shell` as const
    await lab.invoke(SHELL, 'set', { config: { enabled: true, timeout: 600 } })
    expect(await lab.invoke(SHELL, 'get', {})).toEqual({ enabled: true, timeout: 600 })
    lab.sandbox.clock.advance(600_000)
    expect(await lab.invoke(SHELL, 'get', {})).toEqual({ enabled: false, timeout: 0 })
    const wrong = { config: { enabled: true, timeout: 86_401 } }
    expect((await lab.error(SHELL, 'set', wrong)).type).toBe('INVALID_ARGUMENT')
  })

  it('for the time', async () => {
    const lab = createApplianceLab()
    const NTP = `${APPLIANCE}.ntp` as const
    await lab.invoke(NTP, 'set', { servers: ['time.google.com', '10.0.0.1'] })
    expect(await lab.invoke(NTP, 'get', {})).toEqual(['time.google.com', '10.0.0.1'])
    expect((await lab.error(NTP, 'set', { servers: ['a b'] })).type).toBe('INVALID_ARGUMENT')
    expect((await lab.error(NTP, 'set', { servers: ['a', 'a'] })).type).toBe('INVALID_ARGUMENT')
    expect(await lab.invoke(NTP, 'get', {})).toEqual(['time.google.com', '10.0.0.1'])
    const tested = await lab.invoke(NTP, 'test', { servers: ['time.google.com', '???'] })
    expect(tested.map(({ status }) => status)).toEqual(['SERVER_REACHABLE', 'SERVER_UNREACHABLE'])
    expect(await lab.invoke(`${APPLIANCE}.timesync`, 'get', {})).toBe('NTP')
    await lab.invoke(`${APPLIANCE}.timesync`, 'set', { mode: 'HOST' })
    expect(await lab.invoke(`${APPLIANCE}.timesync`, 'get', {})).toBe('HOST')
    const ntpd = await lab.invoke(`${APPLIANCE}.services`, 'get', { service: 'ntpd' })
    expect(ntpd.state).toBe('STOPPED')
  })

  it('for updates, of which there are none', async () => {
    const lab = createApplianceLab()
    const UPDATE = `${APPLIANCE}.update` as const
    const { version } = await lab.invoke(`${APPLIANCE}.system.version`, 'get', {})
    expect(await lab.invoke(UPDATE, 'get', {})).toMatchObject({ state: 'UP_TO_DATE', version })
    lab.sandbox.clock.advance(60_000)
    expect(await lab.invoke(`${UPDATE}.pending`, 'list', { source_type: 'LOCAL_AND_ONLINE' })).toEqual([])
    const { latest_query_time = '' } = await lab.invoke(UPDATE, 'get', {})
    expect(Date.parse(latest_query_time)).toBe(lab.sandbox.clock.now())
    expect((await lab.error(`${UPDATE}.pending`, 'install', { version: '9', user_data: {} })).type).toBe(
      'NOT_FOUND',
    )
    expect((await lab.error(`${UPDATE}.staged`, 'get')).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect((await lab.error(UPDATE, 'cancel')).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    const policy = {
      custom_URL: 'https://depot.lab.local/',
      check_schedule: [{ day: 'MONDAY' as const, hour: 3, minute: 30 }],
      auto_stage: true,
    }
    await lab.invoke(`${UPDATE}.policy`, 'set', { policy: { ...policy, password: 'secret' } })
    expect(await lab.invoke(`${UPDATE}.policy`, 'get', {})).toMatchObject({
      ...policy,
      certificate_check: true,
    })
    const late = { policy: { ...policy, check_schedule: [{ day: 'MONDAY', hour: 24, minute: 0 }] } }
    expect((await lab.error(`${UPDATE}.policy`, 'set', late)).type).toBe('INVALID_ARGUMENT')
  })

  it('for partitions', async () => {
    const lab = createApplianceLab()
    const list = await lab.invoke(`${APPLIANCE}.system.storage`, 'list', {})
    expect(list).toContainEqual({ disk: '5', partition: 'log' })
    expect(await lab.invoke(`${APPLIANCE}.system.storage`, 'resize_ex', {})).toEqual({})
  })
})

describe('local accounts', () => {
  const ACCOUNTS = 'com.vmware.appliance.local_accounts'

  it('are made, changed and removed, without their passwords', async () => {
    const lab = createApplianceLab()
    expect(await lab.invoke(ACCOUNTS, 'list', {})).toEqual(['root'])
    const config = {
      password: 'VMware1!secret',
      roles: ['operator'],
      full_name: 'Olga',
      email: 'o@lab.local',
    }
    await lab.invoke(ACCOUNTS, 'create', { username: 'olga', config })
    expect(await lab.invoke(ACCOUNTS, 'get', { username: 'olga' })).toMatchObject({
      fullname: 'Olga',
      roles: ['operator'],
      enabled: true,
      has_password: true,
      max_days_between_password_change: 90,
    })
    expect((await lab.error(ACCOUNTS, 'create', { username: 'olga', config })).type).toBe('ALREADY_EXISTS')
    const update = { enabled: false, password_expires: false }
    await lab.invoke(ACCOUNTS, 'update', { username: 'olga', config: update })
    const olga = await lab.invoke(ACCOUNTS, 'get', { username: 'olga' })
    expect(olga).toMatchObject({ fullname: 'Olga', enabled: false })
    expect(olga.password_expires_at).toBeUndefined()
    expect(JSON.stringify([...lab.sandbox.inventory.root.entities.values()])).not.toContain('VMware1!secret')
    await lab.invoke(ACCOUNTS, 'delete', { username: 'olga' })
    expect((await lab.error(ACCOUNTS, 'get', { username: 'olga' })).type).toBe('NOT_FOUND')
    expect((await lab.error(ACCOUNTS, 'delete', { username: 'root' })).type).toBe('INVALID_ARGUMENT')
    const king = { ...config, roles: ['king'] }
    expect((await lab.error(ACCOUNTS, 'create', { username: 'k', config: king })).type).toBe(
      'INVALID_ARGUMENT',
    )
    expect(await lab.invoke(ACCOUNTS, 'list', {})).toEqual(['root'])
  })

  it('age by the policy', async () => {
    const lab = createApplianceLab()
    await lab.invoke(`${ACCOUNTS}.policy`, 'set', { policy: { max_days: -1 } })
    expect(await lab.invoke(`${ACCOUNTS}.policy`, 'get', {})).toEqual({
      max_days: -1,
      min_days: 0,
      warn_days: 7,
    })
    await lab.invoke(ACCOUNTS, 'create', { username: 'old', config: { password: 'x', roles: ['admin'] } })
    expect((await lab.invoke(ACCOUNTS, 'get', { username: 'old' })).password_expires_at).toBeUndefined()
    const wrong = { policy: { min_days: -2 } }
    expect((await lab.error(`${ACCOUNTS}.policy`, 'set', wrong)).type).toBe('INVALID_ARGUMENT')
  })
})

describe('monitoring', () => {
  const MONITORING = 'com.vmware.appliance.monitoring'

  it('has a value for every interval of the world, the same each time', async () => {
    const lab = createApplianceLab()
    const began = lab.sandbox.clock.now()
    lab.sandbox.clock.advance(2 * 3_600_000)
    const at = (minutes: number) => new Date(began + minutes * 60_000).toISOString()
    const item = {
      names: ['cpu.util', 'mem.total'],
      interval: 'MINUTES30' as const,
      function: 'MAX' as const,
      start_time: at(-60),
      end_time: at(180),
    }
    const [cpu, memory] = await lab.invoke(MONITORING, 'query', { item })
    expect(cpu).toMatchObject({
      name: 'cpu.util',
      interval: 'MINUTES30',
      function: 'MAX',
      start_time: at(-60),
    })
    expect(cpu?.data.map((value) => value !== '')).toEqual([
      ...[false, false],
      ...[true, true, true, true, true],
      ...[false, false],
    ])
    expect(Math.max(...(cpu?.data ?? []).map(Number))).toBeLessThanOrEqual(18)
    expect(memory?.data[3]).toBe(String(14 * 1024 * 1024))
    expect((await lab.invoke(MONITORING, 'query', { item }))[0]).toEqual(cpu)
    const backwards = { item: { ...item, end_time: at(-90) } }
    expect((await lab.error(MONITORING, 'query', backwards)).type).toBe('INVALID_ARGUMENT')
    const endless = { item: { ...item, start_time: '1970-01-01T00:00:00.000Z' } }
    expect((await lab.error(MONITORING, 'query', endless)).type).toBe('INVALID_ARGUMENT')
  })

  it('lists what it measures', async () => {
    const lab = createApplianceLab()
    const list = await lab.invoke(MONITORING, 'list', {})
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
    const one = await lab.invoke(MONITORING, 'get', { stat_id: 'storage.util.filesystem.log' })
    expect(one).toEqual({
      category: 'com.vmware.applmgmt.mon.cat.storage',
      description: 'com.vmware.applmgmt.mon.descr.storage.util.filesystem.log',
      id: 'storage.util.filesystem.log',
      instance: '/storage/log',
      name: 'com.vmware.applmgmt.mon.name.storage.util.filesystem.log',
      units: 'com.vmware.applmgmt.mon.unit.percent',
    })
    expect((await lab.error(MONITORING, 'get', { stat_id: 'nonsense' })).type).toBe('INVALID_ARGUMENT')
  })
})
