import { describe, expect, it } from 'vitest'
import { createApplianceLab } from './testing.js'

const SERVICES = 'com.vmware.appliance.services'
const VCENTER = 'com.vmware.vcenter.services.service'
const HEALTH = 'com.vmware.appliance.health'

describe('services of the appliance', () => {
  it('start and stop, and one is what its setting says', async () => {
    const lab = createApplianceLab()
    const all = await lab.invoke(SERVICES, 'list', {})
    expect(all.ntpd).toEqual({ description: 'Network Time Service', state: 'STARTED' })
    expect(all.sshd?.state).toBe('STOPPED')
    await lab.invoke('com.vmware.appliance.access.ssh', 'set', { enabled: true })
    expect(await lab.invoke(SERVICES, 'get', { service: 'sshd' })).toMatchObject({ state: 'STARTED' })
    await lab.invoke(SERVICES, 'stop', { service: 'sshd' })
    expect(await lab.invoke('com.vmware.appliance.access.ssh', 'get', {})).toBe(false)
    await lab.invoke(SERVICES, 'stop', { service: 'crond' })
    expect((await lab.invoke(SERVICES, 'list', {})).crond?.state).toBe('STOPPED')
    await lab.invoke(SERVICES, 'restart', { service: 'crond' })
    expect((await lab.invoke(SERVICES, 'list', {})).crond?.state).toBe('STARTED')
  })

  it('says what does not exist, as recorded', async () => {
    const lab = createApplianceLab()
    for (const operation of ['get', 'start', 'stop', 'restart']) {
      const error = await lab.error(SERVICES, operation, { service: 'toto' })
      expect(error.type).toBe('NOT_FOUND')
      expect(error.messages).toEqual([
        {
          args: ['toto'],
          default_message: 'Service toto does not exist',
          id: 'com.vmware.appliance.service.not_found',
        },
      ])
    }
    expect((await lab.error(SERVICES, 'get', { service: 'constructor' })).type).toBe('NOT_FOUND')
    expect((await lab.error(VCENTER, 'get', { service: 'constructor' })).type).toBe('NOT_FOUND')
  })
})

describe('services of vCenter Server', () => {
  it('carry the health of the appliance', async () => {
    const lab = createApplianceLab()
    expect(await lab.invoke(`${HEALTH}.system`, 'get', {})).toBe('green')
    expect(await lab.invoke(HEALTH, 'messages', { item: 'system' })).toEqual([])
    await lab.invoke(VCENTER, 'stop', { service: 'vsphere-ui' })
    expect(await lab.invoke(VCENTER, 'get', { service: 'vsphere-ui' })).toEqual({
      name_key: 'cis.vsphere-ui.ServiceName',
      description_key: 'cis.vsphere-ui.ServiceDescription',
      startup_type: 'AUTOMATIC',
      state: 'STOPPED',
    })
    expect(await lab.invoke(`${HEALTH}.system`, 'get', {})).toBe('yellow')
    await lab.invoke(VCENTER, 'stop', { service: 'vpxd' })
    expect(await lab.invoke(`${HEALTH}.system`, 'get', {})).toBe('red')
    const why = await lab.invoke(HEALTH, 'messages', { item: 'system' })
    expect(why.map(({ message }) => message.args)).toEqual([['vpxd'], ['vsphere-ui']])
    await lab.invoke(VCENTER, 'start', { service: 'vpxd' })
    await lab.invoke(VCENTER, 'restart', { service: 'vsphere-ui' })
    expect(await lab.invoke(`${HEALTH}.system`, 'get', {})).toBe('green')
    expect(await lab.invoke(VCENTER, 'get', { service: 'vpxd' })).toMatchObject({
      state: 'STARTED',
      health: 'HEALTHY',
      health_messages: [
        { id: 'vc.health.statuscode', default_message: 'vCenter Server health is GREEN' },
        {},
      ],
    })
  })

  it('make the database unhealthy without its own', async () => {
    const lab = createApplianceLab()
    expect(await lab.invoke(`${HEALTH}.database`, 'get', {})).toEqual({ status: 'HEALTHY', messages: [] })
    await lab.invoke(VCENTER, 'stop', { service: 'vmware-vpostgres' })
    expect(await lab.invoke(`${HEALTH}.database`, 'get', {})).toMatchObject({ status: 'UNHEALTHY' })
    expect(await lab.invoke(`${HEALTH}.databasestorage`, 'get', {})).toBe('red')
    expect(await lab.invoke(`${HEALTH}.mem`, 'get', {})).toBe('green')
    expect((await lab.error(HEALTH, 'messages', { item: 'nose' })).type).toBe('NOT_FOUND')
  })

  it('start as they are told, and a boot starts them anew', async () => {
    const lab = createApplianceLab()
    expect((await lab.error(VCENTER, 'start', { service: 'vcha' })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    await lab.invoke(VCENTER, 'update', { service: 'vcha', spec: { startup_type: 'MANUAL' } })
    await lab.invoke(VCENTER, 'start', { service: 'vcha' })
    expect((await lab.invoke(VCENTER, 'list_details', {})).vcha?.state).toBe('STARTED')
    await lab.invoke(VCENTER, 'stop', { service: 'eam' })
    await lab.invoke('com.vmware.appliance.shutdown', 'reboot', { delay: 0, reason: '' })
    const booted = await lab.invoke(VCENTER, 'list_details', {})
    expect([booted.vcha?.state, booted.eam?.state]).toEqual(['STOPPED', 'STARTED'])
  })
})

describe('health', () => {
  it('is looked at every minute', async () => {
    const lab = createApplianceLab()
    const check = await lab.invoke(`${HEALTH}.system`, 'lastcheck', {})
    expect(check).toMatch(/:00\.000Z$/)
    expect(lab.sandbox.clock.now() - Date.parse(check)).toBeLessThan(60_000)
  })

  it('keeps what backups check', async () => {
    const lab = createApplianceLab()
    const SETTINGS = 'com.vmware.appliance.health_check_settings'
    const health_settings = { db_health_check_state_manual_backup: false }
    await lab.invoke(SETTINGS, 'update', { health_settings })
    expect(await lab.invoke(SETTINGS, 'get', {})).toEqual({
      db_health_check_state_manual_backup: false,
      db_health_check_state_scheduled_backup: true,
    })
  })
})
