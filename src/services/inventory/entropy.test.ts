import { expect, it } from 'vitest'
import { boxedLong } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import { createServiceLab } from '../core/testing.js'

const POOL = 'com.vmware.vcenter.host.entropy.external_pool'

it('takes entropy for hosts that are told to, up to what their pool holds', async () => {
  const lab = createServiceLab()
  const [host = ''] = lab.hosts
  const bytes = Buffer.alloc(100).toString('base64')
  expect(await lab.invoke(POOL, 'get', { host })).toEqual({ status: 'DISABLED' })
  expect((await lab.error(POOL, 'add', { host, spec: { data: bytes } })).type).toBe('ERROR')
  lab.call('OptionManager', `EsxHostAdvSettings-${host.slice(5)}`, 'UpdateOptions', {
    changedValue: [data('OptionValue', { key: 'VMkernel.Boot.entropySources', value: boxedLong(12) })],
  })
  expect(await lab.invoke(POOL, 'get', { host })).toMatchObject({ status: 'ENABLED', currently_available: 0 })
  const { capacity } = await lab.invoke(POOL, 'add', { host, spec: { data: bytes } })
  expect(await lab.invoke(POOL, 'get', { host })).toMatchObject({ currently_available: 100 })
  await lab.invoke(POOL, 'add', { host, spec: { data: Buffer.alloc(capacity).toString('base64') } })
  expect(await lab.invoke(POOL, 'get', { host })).toMatchObject({ currently_available: capacity })
  for (const [operation, more] of [
    ['get', {}],
    ['add', { spec: { data: '' } }],
  ] as const)
    expect((await lab.error(POOL, operation, { host: 'host-404', ...more })).type).toBe('NOT_FOUND')
})
