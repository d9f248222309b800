import { describe, expect, it } from 'vitest'
import { createApplianceLab } from './testing.js'

const SYSTEM = 'com.vmware.appliance.system'

describe('the appliance itself', () => {
  it('tells release and build of the identity, as AboutInfo does', async () => {
    const lab = createApplianceLab()
    const { build, productVersion } = lab.sandbox.services.identity
    const version = await lab.invoke(`${SYSTEM}.version`, 'get', {})
    expect(version).toMatchObject({ build, product: 'VMware vCenter Server', releasedate: 'June 25, 2024' })
    expect(version.version.startsWith(`${productVersion}.`)).toBe(true)
    expect(version.install_time).toMatch(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/)
  })

  it('counts the seconds since the world began, and from the last boot', async () => {
    const lab = createApplianceLab()
    const before = await lab.invoke(`${SYSTEM}.uptime`, 'get', {})
    lab.sandbox.clock.advance(90_500)
    expect(await lab.invoke(`${SYSTEM}.uptime`, 'get', {})).toBe(before + 90.5)
    await lab.invoke('com.vmware.appliance.shutdown', 'reboot', { delay: 10, reason: 'patch day' })
    lab.sandbox.clock.advance(9 * 60_000)
    expect(await lab.invoke(`${SYSTEM}.uptime`, 'get', {})).toBe(before + 90.5 + 540)
    lab.sandbox.clock.advance(61_000)
    expect(await lab.invoke(`${SYSTEM}.uptime`, 'get', {})).toBe(1)
    // A later plan does not undo the boot that was.
    await lab.invoke('com.vmware.appliance.shutdown', 'poweroff', { delay: 5, reason: '' })
    await lab.invoke('com.vmware.appliance.shutdown', 'cancel', {})
    expect(await lab.invoke(`${SYSTEM}.uptime`, 'get', {})).toBe(1)
  })

  it('plans a shutdown and calls it off', async () => {
    const lab = createApplianceLab()
    const SHUTDOWN = 'com.vmware.appliance.shutdown'
    expect(await lab.invoke(SHUTDOWN, 'get', {})).toEqual({ action: '', reason: '' })
    await lab.invoke(SHUTDOWN, 'poweroff', { delay: 2, reason: 'moving house' })
    expect(await lab.invoke(SHUTDOWN, 'get', {})).toEqual({
      action: 'poweroff',
      reason: 'moving house',
      shutdown_time: new Date(lab.sandbox.clock.now() + 120_000).toISOString(),
    })
    await lab.invoke(SHUTDOWN, 'cancel', {})
    expect(await lab.invoke(SHUTDOWN, 'get', {})).toEqual({ action: '', reason: '' })
    expect((await lab.error(SHUTDOWN, 'reboot', { delay: -1, reason: '' })).type).toBe('INVALID_ARGUMENT')
  })

  it('shows its clock in its time zone', async () => {
    const lab = createApplianceLab()
    const now = lab.sandbox.clock.now()
    lab.sandbox.clock.advance(Date.parse('2030-01-15T23:58:15Z') - now)
    expect(await lab.invoke(`${SYSTEM}.time`, 'get', {})).toEqual({
      seconds_since_epoch: Date.parse('2030-01-15T23:58:15Z') / 1000,
      date: 'Tue 01-15-2030',
      time: '11:58:15 PM',
      timezone: 'UTC',
    })
    await lab.invoke(`${SYSTEM}.time.timezone`, 'set', { name: 'Europe/Berlin' })
    expect(await lab.invoke(`${SYSTEM}.time.timezone`, 'get', {})).toBe('Europe/Berlin')
    expect(await lab.invoke(`${SYSTEM}.time`, 'get', {})).toMatchObject({
      date: 'Wed 01-16-2030',
      time: '12:58:15 AM',
    })
    expect((await lab.error(`${SYSTEM}.time.timezone`, 'set', { name: 'Mars/Base' })).type).toBe(
      'INVALID_ARGUMENT',
    )
    expect(await lab.invoke(`${SYSTEM}.time.timezone`, 'get', {})).toBe('Europe/Berlin')
  })

  it('goes back with the world', async () => {
    const lab = createApplianceLab()
    const before = lab.sandbox.snapshot()
    await lab.invoke(`${SYSTEM}.time.timezone`, 'set', { name: 'Asia/Tokyo' })
    lab.sandbox.restore(before)
    expect(await lab.invoke(`${SYSTEM}.time.timezone`, 'get', {})).toBe('Etc/UTC')
  })

  it('boots when FIPS is turned on', async () => {
    const lab = createApplianceLab()
    const FIPS = `${SYSTEM}.security.global_fips` as const
    lab.sandbox.clock.advance(5000)
    await lab.invoke(FIPS, 'update', { spec: {} })
    expect(await lab.invoke(`${SYSTEM}.uptime`, 'get', {})).toBeGreaterThanOrEqual(5)
    await lab.invoke(FIPS, 'update', { spec: { enabled: true } })
    expect(await lab.invoke(FIPS, 'get', {})).toEqual({ enabled: true })
    expect(await lab.invoke(`${SYSTEM}.uptime`, 'get', {})).toBe(0)
  })
})
