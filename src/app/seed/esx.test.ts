import { describe, expect, it } from 'vitest'
import { managedType } from '#vim25/schema.js'
import { vcenterOnly } from '#vsphere/core/vcenter-only.js'
import { createFauxsphere, type Fauxsphere } from '../fauxsphere.js'
import { loadSeed } from './load.js'
import { built } from './testing.js'

/** Calls a method over VI JSON and gives its answer, or the fault's type. */
async function caller({ app }: Fauxsphere) {
  const post = (path: string, payload: object, token?: string) =>
    app.inject({
      method: 'POST',
      url: `/sdk/vim25/8.0.3.0/${path}`,
      payload,
      headers: token === undefined ? {} : { 'vmware-api-session-id': token },
    })
  const login = await post('SessionManager/ha-sessionmgr/Login', { userName: 'root', password: 'x' })
  const token = String(login.headers['vmware-api-session-id'])
  return async (path: string, args: object = {}) => {
    const { body } = await post(path, args, token)
    return body === '' ? undefined : JSON.parse(body)
  }
}

describe('an ESXi on its own', () => {
  it('has the objects that clients know by their ids, and no vCenter Server', () => {
    const read = built(loadSeed('esx'))
    const { content } = read.get('ServiceInstance', 'ServiceInstance')
    expect(content).toMatchObject({
      rootFolder: { value: 'ha-folder-root' },
      propertyCollector: { value: 'ha-property-collector' },
      viewManager: { value: 'ViewManager' },
      sessionManager: { value: 'ha-sessionmgr' },
      perfManager: { value: 'ha-perfmgr' },
      accountManager: { value: 'ha-localacctmgr', type: 'HostLocalAccountManager' },
      about: {
        name: 'VMware ESXi',
        apiType: 'HostAgent',
        productLineId: 'embeddedEsx',
        fullName: 'VMware ESXi 8.0.3 build-24022510',
      },
    })
    expect(content.about.instanceUuid).toBeUndefined()
    for (const member of [
      'extensionManager',
      'customFieldsManager',
      'alarmManager',
      'tenantManager',
    ] as const)
      expect(content[member]).toBeUndefined()
    expect(read.get('Datacenter', 'ha-datacenter')).toMatchObject({
      name: 'ha-datacenter',
      parent: { value: 'ha-folder-root' },
      vmFolder: { value: 'ha-folder-vm' },
      hostFolder: { value: 'ha-folder-host' },
    })
    expect(read.get('HostSystem', 'ha-host')).toMatchObject({
      name: 'localhost.localdomain',
      parent: { value: 'ha-compute-res' },
      vm: { length: 2 },
      configManager: { networkSystem: { value: 'networkSystem-0' } },
    })
    expect(read.get('ComputeResource', 'ha-compute-res').resourcePool?.value).toBe('ha-root-pool')
    expect([...read.ids('VirtualMachine')].map((id) => read.get('VirtualMachine', id).name)).toEqual([
      'ha-host_VM0',
      'ha-host_VM1',
    ])
  })

  it('works on its VMs and its host, and leaves to a vCenter Server what only that does', async () => {
    await using server = await createFauxsphere({ seed: 'esx', tls: false })
    const call = await caller(server)
    const { inventory } = server.sandbox
    const [vm = ''] = inventory.read.ids('VirtualMachine')
    const task = await call(`VirtualMachine/${vm}/PowerOffVM_Task`)
    expect(task.value).toMatch(new RegExp(`^haTask-${vm}-vim\\.VirtualMachine\\.powerOff-\\d+$`))
    expect(inventory.read.get('VirtualMachine', vm).runtime.powerState).toBe('poweredOff')
    await call('HostNetworkSystem/networkSystem-0/AddVirtualSwitch', { vswitchName: 'vSwitch1' })
    expect(
      inventory.read.get('HostSystem', 'ha-host').config?.network?.vswitch?.map(({ name }) => name),
    ).toContain('vSwitch1')
    for (const [path, args] of [
      ['Folder/ha-folder-root/CreateDatacenter', { name: 'x' }],
      ['Folder/ha-folder-host/CreateClusterEx', { name: 'x', spec: { _typeName: 'ClusterConfigSpecEx' } }],
    ] as const)
      expect((await call(path, args))._typeName).toBe('NotSupported')
  })

  it('has no Automation API, and says so at /about', async () => {
    await using server = await createFauxsphere({ seed: 'esx', tls: false })
    const about = (await server.app.inject('/about')).json()
    expect(about.doors.map(({ name }: { name: string }) => name)).not.toContain('automation')
    expect(about.vsphere).toMatchObject({ product: 'esxi', version: '8.0.3', build: '24022510' })
    expect((await server.app.inject({ method: 'POST', url: '/api/session' })).statusCode).toBe(404)
  })

  it('stays one when it is kept, and goes back to its seed', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const data = mkdtempSync(`${tmpdir()}/fauxsphere-esx-`)
    try {
      await (await createFauxsphere({ seed: 'esx', data, tls: false })).close()
      await using server = await createFauxsphere({ data, tls: false })
      expect(server.sandbox.services.identity.kind).toBe('esxi')
      await server.reset()
      expect(server.sandbox.inventory.read.entity('ha-host')?.type).toBe('HostSystem')
    } finally {
      rmSync(data, { recursive: true })
    }
  })
})

describe('what only a vCenter Server does', () => {
  it('are methods that there are', () => {
    const missing = [...vcenterOnly].filter((key) => {
      const [type = '', method = ''] = key.split('.')
      return managedType(type)?.methods.get(method)?.owner !== type
    })
    expect(missing).toEqual([])
  })
})
