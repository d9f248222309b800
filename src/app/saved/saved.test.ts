import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFauxsphere, type Fauxsphere } from '../fauxsphere.js'
import { Refusal } from '../refusal.js'
import { readSaved } from './read-saved.js'

const home = mkdtempSync(join(tmpdir(), 'fauxsphere-saved-'))
afterAll(() => rmSync(home, { recursive: true }))

const XSI = 'xmlns:_XMLSchema-instance="http://www.w3.org/2001/XMLSchema-instance" _XMLSchema-instance:type'

/** A file as govc writes it: indented, without namespaces but xsi's. */
function file(
  type: string,
  id: string,
  properties: Readonly<Record<string, readonly [type: string, xml: string]>>,
) {
  const sets = Object.entries(properties).map(
    ([name, [said, xml]]) => `  <propSet>
    <name>${name}</name>
    <val ${XSI}="${said}">${xml}</val>
  </propSet>
`,
  )
  return `<ObjectContent>
  <obj type="${type}">${id}</obj>
${sets.join('')}</ObjectContent>`
}

const FILES: Readonly<Record<string, string>> = {
  '0000-ServiceInstance-ServiceInstance.xml': file('ServiceInstance', 'ServiceInstance', {
    content: [
      'ServiceContent',
      `
      <rootFolder type="Folder">group-d1</rootFolder>
      <propertyCollector type="PropertyCollector">propertyCollector</propertyCollector>
      <viewManager type="ViewManager">ViewManager</viewManager>
      <about>
        <name>VMware vCenter Server</name>
        <fullName>VMware vCenter Server 7.0.0 build-1</fullName>
        <vendor>VMware, Inc.</vendor>
        <version>7.0.0</version>
        <build>1</build>
        <osType>linux-x64</osType>
        <productLineId>vpx</productLineId>
        <apiType>VirtualCenter</apiType>
        <apiVersion>7.0</apiVersion>
      </about>
      <sessionManager type="SessionManager">SessionManager</sessionManager>
      <searchIndex type="SearchIndex">SearchIndex</searchIndex>
    `,
    ],
  }),
  '0001-Folder-group-d1.xml': file('Folder', 'group-d1', {
    name: ['xsd:string', 'Datacenters'],
    childEntity: [
      'ArrayOfManagedObjectReference',
      '\n      <ManagedObjectReference type="Datacenter" _XMLSchema-instance:type="ManagedObjectReference">datacenter-9</ManagedObjectReference>\n    ',
    ],
    permission: ['ArrayOfPermission', ''],
  }),
  '0002-Datacenter-datacenter-9.xml': file('Datacenter', 'datacenter-9', {
    name: ['xsd:string', 'Berlin'],
    parent: ['ManagedObjectReference', 'group-d1'],
    overallStatus: ['ManagedEntityStatus', 'yellow'],
    oldProperty: ['xsd:string', 'x'],
  }).replace(`"ManagedObjectReference">group-d1`, `"ManagedObjectReference" type="Folder">group-d1`),
  '0003-VirtualMachine-vm-7.xml': file('VirtualMachine', 'vm-7', {
    name: ['xsd:string', 'web'],
    runtime: [
      'VirtualMachineRuntimeInfo',
      '<connectionState>connected</connectionState><powerState>poweredOn</powerState><toolsInstallerMounted>false</toolsInstallerMounted><faultToleranceState></faultToleranceState><recordReplayState>inactive</recordReplayState><onlineStandby>false</onlineStandby><consolidationNeeded>false</consolidationNeeded><numMksConnections>3</numMksConnections>',
    ],
    summary: ['VirtualMachineSummary', '<overallStatus>many</overallStatus>'],
  }),
  'readme.txt': 'not an object',
}

function saved(name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(home, name)
  mkdirSync(directory)
  for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text)
  return directory
}

async function reader({ app }: Fauxsphere) {
  const login = await app.inject({
    method: 'POST',
    url: '/sdk/vim25/8.0.3.0/SessionManager/SessionManager/Login',
    payload: { userName: 'me', password: 'x' },
  })
  const headers = { 'vmware-api-session-id': String(login.headers['vmware-api-session-id']) }
  return {
    get: async (path: string) => (await app.inject({ url: `/sdk/vim25/8.0.3.0/${path}`, headers })).json(),
    post: async (path: string, payload: object) =>
      (await app.inject({ method: 'POST', url: `/sdk/vim25/8.0.3.0/${path}`, headers, payload })).json(),
  }
}

describe('what govc saved', () => {
  const directory = saved('whole', FILES)

  it('is served as it was, and nothing is made of it', async () => {
    await using server = await createFauxsphere({ seed: directory, tls: false, logLevel: 'silent' })
    const { get, post } = await reader(server)
    expect((await get('ServiceInstance/ServiceInstance/content')).about.fullName).toBe(
      'VMware vCenter Server 7.0.0 build-1',
    )
    expect(await get('Folder/group-d1/childEntity')).toMatchObject([
      { type: 'Datacenter', value: 'datacenter-9' },
    ])
    expect(await get('Datacenter/datacenter-9/parent')).toMatchObject({ type: 'Folder', value: 'group-d1' })
    expect(await get('Datacenter/datacenter-9/overallStatus')).toBe('yellow')
    expect(await get('VirtualMachine/vm-7/runtime')).toMatchObject({
      powerState: 'poweredOn',
      numMksConnections: 3,
    })
    expect(
      await post('SearchIndex/SearchIndex/FindByInventoryPath', { inventoryPath: 'Berlin' }),
    ).toMatchObject({
      value: 'datacenter-9',
    })
    expect((await post('VirtualMachine/vm-7/PowerOffVM_Task', {}))._typeName).toBe('NotImplemented')
  })

  it('comes back after a reset', async () => {
    await using server = await createFauxsphere({ seed: directory, tls: false, logLevel: 'silent' })
    await server.reset()
    expect(server.sandbox.inventory.read.entity('vm-7')?.type).toBe('VirtualMachine')
  })

  it('leaves out what cannot be read, and says so', () => {
    expect(readSaved(directory).left).toEqual([
      '0002-Datacenter-datacenter-9.xml: Datacenter has no property oldProperty.',
      expect.stringMatching(/^0003-VirtualMachine-vm-7\.xml: summary: .*many/),
    ])
  })

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['nothing', {}, /holds no ServiceInstance: save it with 'govc object.save/],
    ['other', { 'a.xml': '<html/>' }, /a\.xml is no object that govc saved/],
    ['empty', { 'a.xml': '' }, /a\.xml is empty/],
    ['cut', { 'a.xml': '<ObjectContent><obj>' }, /a\.xml: /],
  ])('is refused when it is none: %s', (name, files, message) => {
    const path = saved(name, files)
    expect(() => readSaved(path)).toThrow(Refusal)
    expect(() => readSaved(path)).toThrow(message)
  })

  it('cannot be kept', async () => {
    const start = createFauxsphere({ seed: directory, data: join(home, 'data'), tls: false })
    await expect(start).rejects.toThrow('A saved inventory such as')
  })
})
