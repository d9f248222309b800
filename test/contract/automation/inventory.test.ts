import { describe, expect, it } from 'vitest'
import { askingServer } from './server.js'

const { ask } = askingServer()

describe('the inventory on /api, field by field as recorded', () => {
  const recorded: readonly (readonly [url: string, text: string])[] = [
    ['datacenter?names=Lab', '[{"name":"Lab","datacenter":"datacenter-2"}]'],
    [
      'datacenter/datacenter-2',
      '{"datastore_folder":"group-s5","host_folder":"group-h4","network_folder":"group-n6","name":"Lab","vm_folder":"group-v3"}',
    ],
    [
      'cluster?clusters=domain-c13',
      '[{"drs_enabled":true,"cluster":"domain-c13","name":"Nested-FT","ha_enabled":true}]',
    ],
    ['cluster/domain-c13', '{"name":"Nested-FT","resource_pool":"resgroup-14"}'],
    [
      'host?hosts=host-9&hosts=host-999',
      '[{"host":"host-9","name":"pesxi-01.lab.local","connection_state":"CONNECTED","power_state":"POWERED_ON"}]',
    ],
    [
      'datastore?names=nfs-heartbeat',
      '[{"datastore":"datastore-12","name":"nfs-heartbeat","type":"NFS","free_space":68719476736,"capacity":68719476736}]',
    ],
    [
      'datastore/datastore-12',
      '{"accessible":true,"multiple_host_access":true,"name":"nfs-heartbeat","type":"NFS","free_space":68719476736,"thin_provisioning_supported":true}',
    ],
    ['datastore/datastore-12/default-policy', ''],
    ['folder?type=NETWORK', '[{"folder":"group-n6","name":"network","type":"NETWORK"}]'],
    ['network', '[{"name":"VM Network","type":"STANDARD_PORTGROUP","network":"network-10"}]'],
    ['resource-pool?clusters=domain-c13', '[{"name":"Resources","resource_pool":"resgroup-14"}]'],
    ['inventory/network?networks=network-10', '{"network-10":{"type":"Network"}}'],
    ['system-config/deployment-type', '{"type":"VCSA_EMBEDDED"}'],
  ]
  it.each(recorded)('GET %s', async (url, text) => {
    expect(await ask('get', `/api/vcenter/${url}`)).toEqual([200, text])
  })

  it('creates with 201 and a bare id, changes and deletes with 204', async () => {
    const [status, id] = await ask('post', '/api/vcenter/resource-pool', {
      name: 'web',
      parent: 'resgroup-14',
    })
    expect([status, id]).toEqual([201, expect.stringMatching(/^"resgroup-\d+"$/)])
    const pool = `/api/vcenter/resource-pool/${JSON.parse(id)}`
    expect(
      await ask('patch', pool, { memory_allocation: { shares: { level: 'CUSTOM', shares: 7 } } }),
    ).toEqual([204, ''])
    const [, text] = await ask('get', pool)
    expect(JSON.parse(text)).toMatchObject({ name: 'web', memory_allocation: { shares: { shares: 7 } } })
    expect(await ask('delete', pool)).toEqual([204, ''])
    expect((await ask('get', pool))[0]).toBe(404)
  })

  it('disconnects and connects hosts with actions', async () => {
    const host = '/api/vcenter/host/host-9'
    expect(await ask('post', `${host}?action=disconnect`)).toEqual([204, ''])
    expect((await ask('get', '/api/vcenter/host?connection_states=DISCONNECTED'))[1]).toBe(
      '[{"host":"host-9","name":"pesxi-01.lab.local","connection_state":"DISCONNECTED"}]',
    )
    expect((await ask('post', `${host}?action=disconnect`))[0]).toBe(400)
    expect(await ask('post', `${host}?action=connect`)).toEqual([204, ''])
  })

  it('keeps a datacenter that is not empty, unless forced', async () => {
    const [status, text] = await ask('delete', '/api/vcenter/datacenter/datacenter-2')
    expect([status, JSON.parse(text).error_type]).toEqual([400, 'RESOURCE_IN_USE'])
    const [, id] = await ask('post', '/api/vcenter/datacenter', { name: 'Paris', folder: 'group-d1' })
    const paris = `/api/vcenter/datacenter/${JSON.parse(id)}`
    expect(await ask('delete', `${paris}?force=true`)).toEqual([204, ''])
    expect((await ask('get', paris))[1]).toContain('com.vmware.api.vcenter.datacenter.not_found')
  })

  it('is the same on /rest', async () => {
    expect(await ask('get', '/rest/vcenter/network?filter.types=STANDARD_PORTGROUP')).toEqual([
      200,
      '{"value":[{"name":"VM Network","type":"STANDARD_PORTGROUP","network":"network-10"}]}',
    ])
    expect(await ask('post', '/rest/vcenter/host/host-9/disconnect')).toEqual([200, ''])
    expect(await ask('post', '/rest/vcenter/host/host-9/connect')).toEqual([200, ''])
  })
})
