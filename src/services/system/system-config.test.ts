import { describe, expect, it } from 'vitest'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { createServiceLab } from '../core/testing.js'

const TYPE = 'com.vmware.vcenter.system_config.deployment_type'
const DEPLOYMENT = 'com.vmware.vcenter.deployment'
const PSC = 'com.vmware.vcenter.system_config.psc_registration'

describe('the configuration of the vCenter Server', () => {
  it('has its Platform Services Controller within itself', async () => {
    const lab = createServiceLab()
    lab.act(createServiceObjects)
    expect(await lab.invoke(TYPE, 'get', {})).toEqual({ type: 'VCSA_EMBEDDED' })
    expect(await lab.invoke(PSC, 'get', {})).toEqual({
      address: 'vcenter.lab.local',
      https_port: 443,
      sso_domain: 'vsphere.local',
    })
  })

  it('was deployed when the world began, for good', async () => {
    const lab = createServiceLab()
    lab.act(createServiceObjects)
    expect(await lab.invoke(DEPLOYMENT, 'get', {})).toMatchObject({
      state: 'CONFIGURED',
      status: 'SUCCEEDED',
      progress: { total: 100, completed: 100 },
      end_time: '2026-01-01T00:00:00.000Z',
    })
    expect((await lab.error(DEPLOYMENT, 'rollback')).type).toBe('UNSUPPORTED')
  })

  it('and keeps it there', async () => {
    const lab = createServiceLab()
    const away = { psc_hostname: 'psc.lab.local', sso_admin_password: 'secret' }
    const errors = [
      await lab.error(TYPE, 'reconfigure', { spec: { type: 'VCSA_EXTERNAL', remote_psc: away } }),
      await lab.error(PSC, 'repoint', { spec: away }),
    ]
    expect(errors.map(({ messages: [message] }) => message?.id)).toEqual([
      `${TYPE}.unsupported`,
      `${PSC}.unsupported`,
    ])
    expect(errors.map(({ type }) => type)).toEqual(['UNSUPPORTED', 'UNSUPPORTED'])
  })
})
