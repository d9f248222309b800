import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { descriptor } from '#vsphere/ovf/testing.js'

let server: Fauxsphere
let session: Record<string, string> = {}
beforeAll(async () => {
  server = await createFauxsphere({ port: 0, tls: false })
  const authorization = `Basic ${Buffer.from('administrator@vsphere.local:VMware1!').toString('base64')}`
  const login = await server.app.inject({ method: 'POST', url: '/api/session', headers: { authorization } })
  session = { 'vmware-api-session-id': login.json<string>() }
})
afterAll(() => server.close())

async function call(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object | Buffer) {
  const answer = await server.app.inject({ method, url, headers: session, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}

const api = async (method: 'GET' | 'POST', path: string, payload?: object) =>
  (await call(method, `/api${path}`, payload)).body

/** Puts files into an item of a library, byte by byte over HTTP. */
async function upload(files: Readonly<Record<string, string>>): Promise<string> {
  const [{ datastore }] = await api('GET', '/vcenter/datastore')
  const library_id = await api('POST', '/content/local-library', {
    name: 'images',
    storage_backings: [{ type: 'DATASTORE', datastore_id: datastore }],
  })
  const item = await api('POST', '/content/library/item', { library_id, name: 'appliance', type: 'ovf' })
  const update = await api('POST', '/content/library/item/update-session', { library_item_id: item })
  const at = `/content/library/item/update-session/${update}`
  for (const [name, text] of Object.entries(files)) {
    const file = await api('POST', `${at}/file`, { name, source_type: 'PUSH' })
    const sent = await call('PUT', new URL(file.upload_endpoint.uri).pathname, Buffer.from(text))
    expect(sent.status).toBe(200)
  }
  await api('POST', `${at}?action=complete`)
  return item
}

describe('a package in a content library', () => {
  it('is sent, looked into, deployed and seen, over HTTP', async () => {
    const item = await upload({ 'vm.ovf': descriptor(), 'disk1.vmdk': 'the bytes of a disk' })
    const pools = await api('GET', '/vcenter/resource-pool')
    const target = { resource_pool_id: pools[0].resource_pool }
    const path = `/api/vcenter/ovf/library-item/${item}`
    const filtered = await call('POST', `${path}?action=filter`, { target })
    expect([filtered.status, filtered.body.networks]).toEqual([200, ['nat']])
    const older = await call('POST', `/rest/com/vmware/vcenter/ovf/library-item/id:${item}?~action=filter`, {
      target,
    })
    expect([older.status, older.body.value.name]).toEqual([200, 'The VM'])

    const deployed = await call('POST', `${path}?action=deploy`, {
      target,
      deployment_spec: {
        name: 'web',
        accept_all_EULA: true,
        storage_provisioning: 'thin',
        additional_parameters: [
          {
            '@class': 'com.vmware.vcenter.ovf.property_params',
            type: 'PropertyParams',
            properties: [{ class_id: 'app', id: 'host', instance_id: '', value: 'web' }],
          },
        ],
      },
    })
    expect(deployed).toMatchObject({
      status: 200,
      body: { succeeded: true, resource_id: { type: 'VirtualMachine' } },
    })
    const vm = await api('GET', `/vcenter/vm/${deployed.body.resource_id.id}`)
    expect(vm).toMatchObject({
      name: 'web',
      cpu: { count: 2 },
      memory: { size_MiB: 1024 },
      guest_OS: 'UBUNTU_64',
    })
    expect(Object.values(vm.disks)).toMatchObject([{ capacity: 8 * 2 ** 30 }, { capacity: 2 ** 30 }])
    expect(Object.values(vm.nics)).toMatchObject([{ type: 'VMXNET3', state: 'NOT_CONNECTED' }])

    const again = await call('POST', `${path}?action=deploy`, {
      target,
      deployment_spec: { name: 'web', accept_all_EULA: true },
    })
    expect(again.body).toMatchObject({
      succeeded: false,
      error: { errors: [{ category: 'SERVER', error: { error_type: 'ALREADY_EXISTS' } }] },
    })
  })
})
