import { describe, expect, it } from 'vitest'
import { askingServer } from './server.js'

const { ask } = askingServer('/api/appliance/')

describe('the appliance on /api', () => {
  it.each([
    ['access/consolecli', '{"enabled":false}', 'false'],
    ['access/dcui', '{"enabled":false}', 'false'],
    ['access/ssh', '{"enabled":true}', 'true'],
    ['access/shell', '{"enabled":true,"timeout":600}', '{"enabled":true,"timeout":600}'],
    ['ntp', '{"servers":["ntp.lab.local","192.168.10.1"]}', '["ntp.lab.local","192.168.10.1"]'],
    ['timesync', '{"mode":"NTP"}', '"NTP"'],
    ['system/time/timezone', '{"name":"Europe/Berlin"}', '"Europe/Berlin"'],
    [
      'networking/dns/servers',
      '{"mode":"is_static","servers":["192.168.10.2"]}',
      '{"mode":"is_static","servers":["192.168.10.2"]}',
    ],
    ['networking/dns/domains', '{"domains":["lab.local"]}', '["lab.local"]'],
    ['networking/dns/hostname', '{"name":"vc2.lab.local"}', '"vc2.lab.local"'],
    ['networking/noproxy', '{"servers":["localhost","10.0.0.1"]}', '["localhost","10.0.0.1","127.0.0.1"]'],
    [
      'networking/proxy/https',
      '{"enabled":true,"server":"http://proxy.lab.local","port":3128}',
      '{"server":"http://proxy.lab.local","port":3128,"enabled":true}',
    ],
    [
      'networking/firewall/inbound',
      '{"rules":[{"address":"10.0.0.0","prefix":8,"interface_name":"*","policy":"REJECT"}]}',
      '[{"address":"10.0.0.0","prefix":8,"interface_name":"*","policy":"REJECT"}]',
    ],
    [
      'local-accounts/global-policy',
      '{"max_days":90,"min_days":1,"warn_days":7}',
      '{"max_days":90,"min_days":1,"warn_days":7}',
    ],
  ])('keeps what is PUT to %s', async (url, sent, kept) => {
    expect(await ask('put', url, JSON.parse(sent))).toEqual([204, ''])
    const [status, text] = await ask('get', url)
    expect([status, JSON.parse(text)]).toEqual([200, JSON.parse(kept)])
  })

  it.each([
    ['health/system', '"green"'],
    ['health/mem', '"green"'],
    ['health/database-storage', '"green"'],
    ['health/mem/messages', '[]'],
    ['networking/dns/servers?extra=1', undefined],
    ['shutdown', '{"reason":"","action":""}'],
  ])('answers GET %s', async (url, text) => {
    const [status, answered] = await ask('get', url)
    if (text === undefined)
      expect([status, JSON.parse(answered).error_type]).toEqual([400, 'UNEXPECTED_INPUT'])
    else expect([status, answered]).toEqual([200, text])
  })

  it('tells its release, field by field as recorded, and its age', async () => {
    const [status, text] = await ask('get', 'system/version')
    expect(status).toBe(200)
    expect(Object.keys(JSON.parse(text)).sort()).toEqual([
      'build',
      'install_time',
      'product',
      'releasedate',
      'summary',
      'type',
      'version',
    ])
    expect(await ask('get', 'system/uptime')).toEqual([200, expect.stringMatching(/^\d+(\.\d+)?$/)])
  })

  it('changes a local account with POST, PATCH and DELETE', async () => {
    const config = { password: 'VMware1!', full_name: 'Operator', roles: ['operator'] }
    expect(await ask('post', 'local-accounts', { username: 'op', config })).toEqual([204, ''])
    expect((await ask('post', 'local-accounts', { username: 'op', config }))[0]).toBe(400)
    expect(await ask('patch', 'local-accounts/op', { full_name: 'Other' })).toEqual([204, ''])
    expect(JSON.parse((await ask('get', 'local-accounts/op'))[1])).toMatchObject({ fullname: 'Other' })
    expect(JSON.parse((await ask('get', 'local-accounts'))[1])).toContain('op')
    expect(await ask('delete', 'local-accounts/op')).toEqual([204, ''])
    expect((await ask('get', 'local-accounts/op'))[0]).toBe(404)
  })

  it('stops and starts services, and plans a shutdown, with actions', async () => {
    const state = async () => JSON.parse((await ask('get', 'services/sshd'))[1]).state
    expect(await ask('post', 'services/sshd?action=start')).toEqual([204, ''])
    expect(await state()).toBe('STARTED')
    expect(await ask('post', 'services/sshd?action=stop')).toEqual([204, ''])
    expect(await state()).toBe('STOPPED')
    expect(await ask('post', 'shutdown?action=reboot', { delay: 10, reason: 'test' })).toEqual([204, ''])
    expect(JSON.parse((await ask('get', 'shutdown'))[1])).toMatchObject({ action: 'reboot', reason: 'test' })
    expect(await ask('post', 'shutdown?action=cancel')).toEqual([204, ''])
    expect(JSON.parse((await ask('get', 'shutdown'))[1]).action ?? '').not.toBe('reboot')
  })

  it.each([
    ['ntp', { servers: ['no host!'] }],
    ['access/shell', { enabled: true, timeout: -5 }],
    ['networking/dns/hostname', { name: '-' }],
    ['timesync', { mode: 'SUNDIAL' }],
    ['ntp', { server: [] }],
  ])('keeps what it had when PUT to %s makes no sense', async (url, body) => {
    const before = await ask('get', url)
    const [status, text] = await ask('put', url, body)
    expect([status, JSON.parse(text).error_type]).toEqual([
      400,
      expect.stringMatching(/^(INVALID_ARGUMENT|UNEXPECTED_INPUT)$/),
    ])
    expect(await ask('get', url)).toEqual(before)
  })
})
