import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AutomationServer, startAutomation } from './server.js'

let server: AutomationServer
let token: string

beforeAll(async () => {
  server = await startAutomation()
  token = await server.login()
})
afterAll(() => server[Symbol.asyncDispose]())

type Answer = [status: number, body: unknown]

async function ask(method: string, url: string, body?: unknown): Promise<Answer> {
  const { status, text } = await server.ask(method, url, token, body)
  return [status, text === '' ? undefined : JSON.parse(text)]
}

/** One of the two doors with HTTP: status and body without the wrapping of `/rest`. */
interface Door {
  readonly name: string
  /** Statuses of success: of what is made, and of what answers nothing. */
  readonly created: number
  readonly nothing: number
  ask(method: string, path: string, spec?: object): Promise<Answer>
}

const doors: readonly Door[] = [
  {
    name: '/api',
    created: 201,
    nothing: 204,
    ask: (method, path, spec) => ask(method, `/api/${path}`, spec),
  },
  {
    name: '/rest',
    created: 200,
    nothing: 200,
    async ask(method, path, spec) {
      const [status, body] = await ask(method, `/rest/${path}`, spec && { spec })
      return [status, body && (body as { value: unknown }).value]
    },
  },
]

/** What maps are on the door: objects, or on `/rest` lists of pairs. */
const map = ({ name }: Door, key: string, value: unknown) =>
  name === '/api' ? { [key]: value } : [{ key, value }]

const placement = { folder: 'group-v3', cluster: 'domain-c13' }
const ID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
const VM = expect.stringMatching(/^vm-\d+$/)

async function library(name: string): Promise<string> {
  const storage_backings = [{ type: 'DATASTORE', datastore_id: 'datastore-11' }]
  const [, id] = await ask('post', '/api/content/local-library', { name, type: 'LOCAL', storage_backings })
  return String(id)
}

async function source(name: string): Promise<string> {
  const [, id] = await ask('post', '/api/vcenter/vm', {
    guest_OS: 'DEBIAN_12_64',
    name,
    placement: { ...placement, datastore: 'datastore-11' },
    memory: { size_MiB: 512 },
    disks: [{ new_vmdk: { capacity: 2 ** 30 } }],
  })
  return String(id)
}

/** An item with a template of a new VM, made through the door. */
async function template(door: Door, name: string) {
  const spec = { source_vm: await source(`${name}-source`), name, library: await library(name), placement }
  const [status, item] = await door.ask('post', 'vcenter/vm-template/library-items', spec)
  expect([status, item]).toEqual([door.created, ID])
  return { item: String(item), at: `vcenter/vm-template/library-items/${item}` }
}

describe.each(doors)('VM templates in libraries on $name', (door) => {
  const name = (text: string) => `${text}${door.name.replace('/', '-')}`

  it('are made, told of, and deployed', async () => {
    const { at } = await template(door, name('made'))
    expect(await door.ask('get', at)).toEqual([
      200,
      {
        guest_OS: 'DEBIAN_12_64',
        cpu: { count: 1, cores_per_socket: 1 },
        memory: { size_MiB: 512 },
        vm_home_storage: { datastore: 'datastore-11' },
        disks: map(door, '2000', { capacity: 2 ** 30, disk_storage: { datastore: 'datastore-11' } }),
        nics: door.name === '/api' ? {} : [],
        vm_template: VM,
      },
    ])
    const spec = {
      name: name('deployed'),
      placement,
      hardware_customization: { disks_to_update: map(door, '2000', { capacity: 2 ** 31 }) },
    }
    const [status, vm] = await door.ask('post', `${at}?action=deploy`, spec)
    expect([status, vm]).toEqual([200, VM])
    expect((await ask('get', `/api/vcenter/vm/${vm}`))[1]).toMatchObject({
      disks: { 2000: { capacity: 2 ** 31 } },
    })
    expect((await door.ask('post', `${at}?action=deploy`, spec))[1]).toMatchObject({
      messages: [
        {
          id: 'com.vmware.vdcs.util.duplicate_name',
          args: ['VirtualMachine', name('deployed')],
          default_message: `An object of type "VirtualMachine" named "${name('deployed')}" already exists.`,
        },
        { id: 'vmsg.DuplicateName.summary' },
      ],
    })
  })

  it('are checked out and in', async () => {
    const { at, item } = await template(door, name('checked'))
    const out = { name: name('work'), placement }
    const [status, vm] = await door.ask('post', `${at}/check-outs?action=check-out`, out)
    expect([status, vm]).toEqual([200, VM])
    expect(await door.ask('get', `${at}/check-outs`)).toEqual([200, [{ vm }]])
    expect(await door.ask('get', `${at}/check-outs/${vm}`)).toEqual([
      200,
      { time: expect.stringMatching(/Z$/), user: 'VSPHERE.LOCAL\\jo' },
    ])
    expect(await door.ask('get', `vcenter/vm/${vm}/library-item`)).toEqual([
      200,
      { check_out: { library_item: item } },
    ])
    const again = { name: name('more'), placement }
    expect((await door.ask('post', `${at}/check-outs?action=check-out`, again))[1]).toMatchObject({
      messages: [{ id: 'com.vmware.vdcs.vmtx-main.check_out_limit_exceeded' }],
    })
    const spec = { message: 'Newer.' }
    expect(await door.ask('post', `${at}/check-outs/${vm}?action=check-in`, spec)).toEqual([200, '2'])
    const [, next] = await door.ask('post', `${at}/check-outs?action=check-out`, again)
    expect(await door.ask('delete', `${at}/check-outs/${next}`)).toEqual([door.nothing, undefined])
    expect((await ask('get', `/api/vcenter/vm/${next}`))[0]).toBe(404)
  })

  it('have versions', async () => {
    const { at } = await template(door, name('versions'))
    const out = { name: name('second'), placement }
    const [, vm] = await door.ask('post', `${at}/check-outs?action=check-out`, out)
    await door.ask('post', `${at}/check-outs/${vm}?action=check-in`, { message: 'Newer.' })
    expect(await door.ask('get', `${at}/versions`)).toEqual([
      200,
      [
        { version: '2', vm_template: vm },
        { version: '1', vm_template: VM },
      ],
    ])
    const [, first] = await door.ask('get', `${at}/versions/1`)
    expect(await door.ask('post', `${at}/versions/1?action=rollback`, { message: 'Back.' })).toEqual([
      200,
      '3',
    ])
    expect(await door.ask('get', `${at}/versions/3`)).toEqual([200, first])
    expect((await door.ask('delete', `${at}/versions/3`))[0]).toBe(400)
    expect(await door.ask('delete', `${at}/versions/2`)).toEqual([door.nothing, undefined])
    expect((await door.ask('get', `${at}/versions/2`))[0]).toBe(404)
  })
})
