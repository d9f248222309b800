import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { descriptor } from '#vsphere/ovf/testing.js'

let server: Fauxsphere
let headers: Record<string, string> = {}
beforeAll(async () => {
  server = await createFauxsphere({ port: 0, tls: false })
  const login = await post('SessionManager/SessionManager/Login', {
    userName: 'administrator@vsphere.local',
    password: 'VMware1!',
  })
  headers = { 'vmware-api-session-id': String(login.headers['vmware-api-session-id']) }
})
afterAll(() => server.close())

const post = (path: string, body: object = {}) =>
  server.app.inject({ method: 'POST', url: `/sdk/vim25/8.0.3.0/${path}`, headers, payload: body })
const get = (path: string) => server.app.inject({ method: 'GET', url: `/sdk/vim25/8.0.3.0/${path}`, headers })
const ref = (type: string, value: string) => ({ _typeName: 'ManagedObjectReference', type, value })

/** The first object of a type. */
const first = (type: string) => [...server.sandbox.inventory.read.ids(type as 'Datastore')][0] ?? ''

async function importVm(name: string) {
  const pool = first('ResourcePool')
  const planned = await post('OvfManager/OvfManager/CreateImportSpec', {
    ovfDescriptor: descriptor(),
    resourcePool: ref('ResourcePool', pool),
    datastore: ref('Datastore', first('Datastore')),
    cisp: {
      _typeName: 'OvfCreateImportSpecParams',
      locale: '',
      deploymentOption: '',
      entityName: name,
      diskProvisioning: 'thin',
    },
  })
  expect(planned.statusCode).toBe(200)
  const lease = (await post(`ResourcePool/${pool}/ImportVApp`, { spec: planned.json().importSpec })).json()
  const info = (await get(`HttpNfcLease/${encodeURIComponent(lease.value)}/info`)).json()
  return { lease: encodeURIComponent(String(lease.value)), info, fileItem: planned.json().fileItem }
}

describe('the door of disks', () => {
  it('takes the bytes of an import and gives them back to an export', async () => {
    const { lease, info, fileItem } = await importVm('sent')
    const [url] = info.deviceUrl
    expect(url.importKey).toBe(fileItem[0].deviceId)
    const payload = Buffer.alloc(300_000, 'disk')
    const path = new URL(url.url).pathname
    const type = { 'content-type': 'application/x-vnd.vmware-streamVmdk' }
    // The token is all that is needed.
    expect((await server.app.inject({ method: 'POST', url: path, payload, headers: type })).statusCode).toBe(
      200,
    )
    expect((await server.app.inject({ method: 'PUT', url: path, payload })).statusCode).toBe(201)
    expect((await server.app.inject({ method: 'GET', url: path })).statusCode).toBe(404)
    expect((await post(`HttpNfcLease/${lease}/HttpNfcLeaseComplete`)).statusCode).toBe(204)
    expect((await server.app.inject({ method: 'PUT', url: path, payload })).statusCode).toBe(404)

    const vm = info.entity.value
    const again = (await post(`VirtualMachine/${vm}/ExportVm`)).json()
    const exported = (await get(`HttpNfcLease/${encodeURIComponent(again.value)}/info`)).json()
    const from = new URL(exported.deviceUrl[0].url).pathname
    const fetched = await server.app.inject({ method: 'GET', url: from })
    expect([fetched.statusCode, fetched.headers['content-length']]).toEqual([200, '300000'])
    expect(fetched.rawPayload.equals(payload)).toBe(true)
    const head = await server.app.inject({ method: 'HEAD', url: from })
    expect([head.statusCode, head.headers['content-length'], head.rawPayload.length]).toEqual([
      200,
      '300000',
      0,
    ])
    expect((await server.app.inject({ method: 'PUT', url: from, payload })).statusCode).toBe(405)
  })

  it('knows no other addresses', async () => {
    for (const url of ['/nfc/52000000-0000/disk-0.vmdk', '/nfc/x/..%2f..%2fetc', '/nfc/toString/constructor'])
      for (const method of ['GET', 'PUT', 'POST'] as const)
        expect((await server.app.inject({ method, url })).statusCode, `${method} ${url}`).toBe(404)
  })

  it('tells leases the address that the client uses', async () => {
    const { info } = await importVm('named')
    expect(info.deviceUrl[0].url).toMatch(/^http:\/\/localhost:80\/nfc\//)
  })
})
