import { describe, expect, it } from 'vitest'
import { askingServer } from './server.js'

const { ask } = askingServer('/api/vcenter/')

const placement = { folder: 'group-v3', cluster: 'domain-c13', datastore: 'datastore-11' }

async function make(name: string): Promise<string> {
  const [status, id] = await ask('post', 'vm', { guest_OS: 'DEBIAN_12_64', name, placement })
  expect([status, id]).toEqual([201, expect.stringMatching(/^"vm-\d+"$/)])
  return JSON.parse(id)
}

describe('VMs on /api', () => {
  it('are created with 201, copied with 200, changed and deleted with 204', async () => {
    const vm = await make('web')
    const [status, copy] = await ask('post', 'vm?action=clone', { source: vm, name: 'web-2' })
    expect([status, copy]).toEqual([200, expect.stringMatching(/^"vm-\d+"$/)])
    const spec = { placement: { resource_pool: 'resgroup-14' } }
    expect(await ask('post', `vm/${vm}?action=relocate`, spec)).toEqual([204, ''])
    expect(await ask('post', `vm/${vm}?action=unregister`)).toEqual([204, ''])
    const register = {
      datastore_path: '[nfs-shared] web/web.vmx',
      placement: { ...placement, datastore: undefined },
    }
    const [registered, again] = await ask('post', 'vm?action=register', register)
    expect([registered, again]).toEqual([200, expect.stringMatching(/^"vm-\d+"$/)])
    expect(await ask('delete', `vm/${JSON.parse(again)}`)).toEqual([204, ''])
    expect(await ask('delete', `vm/${JSON.parse(copy)}`)).toEqual([204, ''])
    expect((await ask('delete', `vm/${vm}`))[0]).toBe(404)
  })

  it('are copied and moved by tasks with 202 and the id of the task', async () => {
    const vm = await make('app')
    const id = expect.stringMatching(/^"task-\d+:[0-9a-f-]{36}"$/)
    const spec = { source: vm, name: 'app-2' }
    expect(await ask('post', 'vm?action=clone&vmw-task=true', spec)).toEqual([202, id])
    expect(await ask('post', `vm/${vm}?action=relocate&vmw-task=true`, {})).toEqual([202, id])
  })

  it('are refused without a place, with the recorded body', async () => {
    expect(await ask('post', 'vm', { guest_OS: 'OTHER', name: 'nowhere' })).toEqual([
      400,
      '{"error_type":"INVALID_ARGUMENT","messages":[]}',
    ])
  })

  it('are not to be wrapped, nor spelled as 9.x does', async () => {
    const [status, text] = await ask('post', 'vm', { spec: { guest_OS: 'OTHER', placement } })
    expect([status, JSON.parse(text).error_type]).toEqual([400, 'UNEXPECTED_INPUT'])
  })
})

describe('guests, tools and consoles on /api', () => {
  it('answer 503 and 400 for a VM that is off, with the recorded bodies', async () => {
    const vm = await make('off')
    const [status, text] = await ask('get', `vm/${vm}/guest/identity`)
    expect(status).toBe(503)
    const [, uuid] = /vm-\d+:([0-9a-f-]{36})/.exec(text) ?? []
    expect(text).toBe(
      `{"error_type":"SERVICE_UNAVAILABLE","messages":[{"args":["${vm}:${uuid}"],"default_message":"VMware Tools are not running in the virtual machine with identifier '${vm}:${uuid}'.","id":"com.vmware.api.vcenter.vm.guest.tools_not_running"}]}`,
    )
    expect(await ask('post', `vm/${vm}/console/tickets`, { type: 'WEBMKS' })).toEqual([
      400,
      '{"error_type":"NOT_ALLOWED_IN_CURRENT_STATE","messages":[{"args":[],"default_message":"Unable to obtain console ticket because the virtual machine is powered off.","id":"com.vmware.api.vcenter.vm.console.tickets.not_allowed_in_current_state"},{"args":[],"default_message":"The attempted operation cannot be performed in the current state (Powered off).","id":"vmsg.InvalidPowerState.summary"}]}',
    ])
    expect(await ask('get', `vm/${vm}/guest/power`)).toEqual([
      200,
      '{"operations_ready":false,"state":"NOT_RUNNING"}',
    ])
    expect(await ask('get', `vm/${vm}/library-item`)).toEqual([200, '{}'])
  })

  it('tell of an ESXi in a VM what its tools tell', async () => {
    const [, list] = await ask('get', 'vm?names=vesxi-01')
    const [{ vm }] = JSON.parse(list)
    const [status, identity] = await ask('get', `vm/${vm}/guest/identity`)
    expect([status, JSON.parse(identity)]).toEqual([
      200,
      expect.objectContaining({ family: 'OTHER', host_name: 'vesxi-01.lab.local' }),
    ])
    const [, interfaces] = await ask('get', `vm/${vm}/guest/networking/interfaces`)
    expect(JSON.parse(interfaces)).toEqual([expect.objectContaining({ nic: '4000' })])
    expect((await ask('post', `vm/${vm}/console/tickets`, { type: 'VMRC' }))[0]).toBe(201)
    expect(await ask('patch', `vm/${vm}/tools`, { upgrade_policy: 'MANUAL' })).toEqual([204, ''])
    expect(await ask('get', `vm/${vm}/tools/installer`)).toEqual([200, '{"is_connected":false}'])
  })
})

describe('storage policies on /api', () => {
  it('are listed, chosen and taken off', async () => {
    const vm = await make('kept')
    const [status, text] = await ask('get', 'storage/policies')
    expect([status, JSON.parse(text).length]).toEqual([200, 4])
    const [{ policy }] = JSON.parse(text)
    const spec = { vm_home: { type: 'USE_SPECIFIED_POLICY', policy } }
    expect(await ask('patch', `vm/${vm}/storage/policy`, spec)).toEqual([204, ''])
    expect(await ask('get', `vm/${vm}/storage/policy`)).toEqual([200, `{"disks":{},"vm_home":"${policy}"}`])
    const [checked, compliance] = await ask('post', `vm/${vm}/storage/policy/compliance?action=check`)
    expect([checked, JSON.parse(compliance).overall_compliance]).toEqual([200, 'NON_COMPLIANT'])
    expect(await ask('get', `storage/policies/${policy}/vm`)).toEqual([
      200,
      `{"${vm}":{"disks":[],"vm_home":true}}`,
    ])
    expect((await ask('get', 'storage/policies/nope/vm'))[0]).toBe(404)
  })
})
