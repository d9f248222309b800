/**
 * A vCenter of its own for each file of tests, back at its start before each test. Copy what is above `describe`.
 *
 *     npm install --save-dev fauxsphere vitest && npx vitest run
 */
import { createFauxsphere, type Fauxsphere } from 'fauxsphere'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

/** A reference to a managed object. */
interface Ref {
  readonly type: string
  readonly value: string
}

/** What the tests talk to the server with; yours will be the client that you test, given `vc.url` and `vc.ca`. */
interface Client {
  get<T>(ref: Ref, property: string): Promise<T>
  call<T>(ref: Ref, method: string, args?: object): Promise<T>
  /** A method that makes a task: its TaskInfo. With the default pace the task is over when we ask. */
  run(
    ref: Ref,
    method: string,
    args?: object,
  ): Promise<{ state: string; error?: { fault: { _typeName: string } } }>
  find(path: string): Promise<Ref>
}

async function logIn(vc: Fauxsphere): Promise<Client> {
  const authorization = `Basic ${btoa('administrator@vsphere.local:VMware1!')}`
  const login = await fetch(`${vc.url}/api/session`, { method: 'POST', headers: { authorization } })
  const token = (await login.json()) as string
  async function ask<T>(method: string, { type, value }: Ref, member: string, body?: object): Promise<T> {
    const answer = await fetch(`${vc.url}/sdk/vim25/8.0.3.0/${type}/${value}/${member}`, {
      method,
      headers: { 'vmware-api-session-id': token, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${member}: ${answer.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  const client: Client = {
    get: (ref, property) => ask('GET', ref, property),
    call: (ref, method, args = {}) => ask('POST', ref, method, args),
    run: async (ref, method, args) => client.get(await client.call<Ref>(ref, method, args), 'info'),
    find: (inventoryPath) =>
      client.call({ type: 'SearchIndex', value: 'SearchIndex' }, 'FindByInventoryPath', { inventoryPath }),
  }
  return client
}

// One server for the file: a start takes the better part of a second, going back to its seed some milliseconds. Who is
// logged in stays so.
let vc: Fauxsphere
let client: Client
beforeAll(async () => {
  vc = await createFauxsphere({ seed: 'smp-ft-nested', tls: false })
  client = await logIn(vc)
})
beforeEach(() => vc.reset())
afterAll(() => vc.close())

describe('a fault tolerant VM', () => {
  it('gets a secondary on another host', async () => {
    const vm = await client.find('Lab/vm/smp-ft-demo')
    expect(await client.run(vm, 'CreateSecondaryVMEx_Task')).toMatchObject({ state: 'success' })
    const { ftInfo } = await client.get<{ ftInfo: { secondaries: [Ref] } }>(vm, 'config')
    const hosts = [vm, ftInfo.secondaries[0]].map(async (half) => {
      const { host } = await client.get<{ host: Ref }>(half, 'runtime')
      return client.get<string>(host, 'name')
    })
    expect(await Promise.all(hosts)).toEqual(['vesxi-01.lab.local', 'vesxi-02.lab.local'])
  })

  it('is refused while its cluster has no HA', async () => {
    const cluster = await client.find('Lab/host/Nested-FT')
    const dasConfig = { _typeName: 'ClusterDasConfigInfo', enabled: false }
    await client.run(cluster, 'ReconfigureComputeResource_Task', {
      spec: { _typeName: 'ClusterConfigSpecEx', dasConfig },
      modify: true,
    })
    const vm = await client.find('Lab/vm/smp-ft-demo')
    expect(await client.run(vm, 'CreateSecondaryVMEx_Task')).toMatchObject({
      state: 'error',
      error: {
        fault: { _typeName: 'VmFaultToleranceOpIssuesList', errors: [{ fault: { reason: 'haNotEnabled' } }] },
      },
    })
  })

  it('starts unprotected: the tests before this one left nothing behind', async () => {
    const vm = await client.find('Lab/vm/smp-ft-demo')
    expect(await client.get(vm, 'runtime')).toMatchObject({ faultToleranceState: 'notConfigured' })
  })
})
