import { beforeAll, describe, expect, it } from 'vitest'
import type { Transaction } from '#inventory/transaction.js'
import { invoke } from '#services/core/dispatch.js'
import { createServiceRegistry } from '#services/core/registry.js'
import { service } from '#services/core/service.js'
import { operation } from '#vapi/schema.js'
import { data, patch } from '#vim25/data.js'
import { localizedFault } from '#vim25/fault.js'
import type { GuestInfo, ToolsConfigInfo, VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { ROLE } from '#vsphere/authorization/roles.js'
import { askingServer } from './server.js'

/** Bodies that real vCenters were recorded to answer with (rest-wire 1.6), byte for byte, over HTTP. */

const asking = askingServer('/api/')
const { ask } = asking
let uuid: string
/** A VM that is off, has VMware Tools, and is nobody's. */
let vm: string

beforeAll(async () => {
  uuid = asking.server.vc.sandbox.services.identity.instanceUuid
  const placement = { folder: 'group-v3', cluster: 'domain-c13', datastore: 'datastore-11' }
  const [, text] = await ask('post', 'vcenter/vm', { guest_OS: 'DEBIAN_12_64', name: 'off', placement })
  vm = JSON.parse(text)
})

const change = (make: (tx: Transaction) => void) =>
  asking.server.vc.sandbox.transact({}, ({ tx }) => make(tx))

/** `{"args":[...],"default_message":"...","id":"..."}` */
const said = (id: string, text: string, ...args: readonly string[]) =>
  JSON.stringify({ args, default_message: text, id })
const error = (type: string, ...messages: readonly string[]) =>
  `{"error_type":"${type}","messages":[${messages.join(',')}]}`
const OFF = said(
  'vmsg.InvalidPowerState.summary',
  'The attempted operation cannot be performed in the current state (Powered off).',
)

describe('recorded errors', () => {
  it.each([
    ['get', 'tools'],
    ['get', ''],
    ['delete', ''],
    ['get', 'power'],
    ['get', 'hardware/cpu'],
    ['get', 'guest/identity'],
  ])('a VM that is not there: %s %s', async (method, path) => {
    const id = `vm-3000000:${uuid}`
    expect(await ask(method, `vcenter/vm/vm-3000000${path && `/${path}`}`)).toEqual([
      404,
      error(
        'NOT_FOUND',
        said(
          'com.vmware.api.vcenter.vm.not_found',
          `Virtual machine with identifier '${id}' does not exist.`,
          id,
        ),
      ),
    ])
  })

  it('a datacenter that is not there, without the instance', async () => {
    expect(await ask('get', 'vcenter/datacenter/datacenter-21')).toEqual([
      404,
      error(
        'NOT_FOUND',
        said(
          'com.vmware.api.vcenter.datacenter.not_found',
          "Datacenter with identifier 'datacenter-21' does not exist.",
          'datacenter-21',
        ),
      ),
    ])
  })

  it('a VM that the caller may not read', async () => {
    const principal = 'VSPHERE.LOCAL\\jo'
    change((tx) => {
      const permission = {
        entity: tx.ref(vm),
        principal,
        group: false,
        roleId: ROLE.noAccess,
        propagate: true,
      }
      tx.set('VirtualMachine', vm, { permission: [data('Permission', permission)] })
    })
    const what = `object: ${vm}:${uuid} privileges: System.Read`
    const answer = await ask('get', `vcenter/vm/${vm}`)
    change((tx) => tx.set('VirtualMachine', vm, { permission: [] }))
    expect(answer).toEqual([
      403,
      error(
        'UNAUTHORIZED',
        said(
          'vapi.authz.error.no.privs',
          `The following (${what}) privileges are insufficient to user`,
          what,
        ),
      ),
    ])
  })

  it('power that is as asked for already', async () => {
    expect(await ask('post', `vcenter/vm/${vm}/power?action=stop`)).toEqual([
      400,
      error(
        'ALREADY_IN_DESIRED_STATE',
        said(
          'com.vmware.api.vcenter.vm.power.already_powered_off',
          'Virtual machine is already powered off.',
        ),
        OFF,
      ),
    ])
    expect((await ask('post', `vcenter/vm/${vm}/power?action=start`))[0]).toBe(204)
    const [status, text] = await ask('post', `vcenter/vm/${vm}/power?action=start`)
    expect([status, text]).toEqual([
      400,
      error(
        'ALREADY_IN_DESIRED_STATE',
        said('com.vmware.api.vcenter.vm.power.already_powered_on', 'Virtual machine is already powered on.'),
        OFF.replace('Powered off', 'Powered on'),
      ),
    ])
    expect((await ask('post', `vcenter/vm/${vm}/power?action=stop`))[0]).toBe(204)
  })

  it('guests whose tools do not run, or tell nothing', async () => {
    const id = `${vm}:${uuid}`
    expect(await ask('get', `vcenter/vm/${vm}/guest/identity`)).toEqual([
      503,
      error(
        'SERVICE_UNAVAILABLE',
        said(
          'com.vmware.api.vcenter.vm.guest.tools_not_running',
          `VMware Tools are not running in the virtual machine with identifier '${id}'.`,
          id,
        ),
      ),
    ])
    change((tx) =>
      tx.update('VirtualMachine', vm, ({ guest }) => ({
        guest: patch(guest as GuestInfo, { toolsRunningStatus: 'guestToolsRunning' }),
      })),
    )
    expect(await ask('get', `vcenter/vm/${vm}/guest/identity`)).toEqual([
      503,
      error(
        'SERVICE_UNAVAILABLE',
        said(
          'com.vmware.api.vcenter.vm.guest.information_not_available',
          `VMware Tools in the virtual machine with identifier '${id}' provided no information.`,
          id,
        ),
      ),
    ])
  })

  it('a console of a VM that is off', async () => {
    expect(await ask('post', `vcenter/vm/${vm}/console/tickets`, { type: 'WEBMKS' })).toEqual([
      400,
      error(
        'NOT_ALLOWED_IN_CURRENT_STATE',
        said(
          'com.vmware.api.vcenter.vm.console.tickets.not_allowed_in_current_state',
          'Unable to obtain console ticket because the virtual machine is powered off.',
        ),
        OFF,
      ),
    ])
  })

  it('a device that is not there', async () => {
    const id = `${vm}:${uuid}`
    expect(await ask('get', `vcenter/vm/${vm}/hardware/disk/9999`)).toEqual([
      404,
      error(
        'NOT_FOUND',
        said(
          'com.vmware.api.vcenter.vm.device.not_found',
          `Device with identifier '9999' does not exist on the virtual machine '${id}'.`,
          '9999',
          id,
        ),
      ),
    ])
  })

  it('how the last upgrade of VMware Tools failed', async () => {
    const fault = localizedFault('VmToolsUpgradeFault', {})
    change((tx) =>
      tx.update('VirtualMachine', vm, ({ config }) => {
        const { tools } = config as VirtualMachineConfigInfo
        const lastInstallInfo = data('ToolsConfigInfoToolsLastInstallInfo', { counter: 1, fault })
        const changed = patch(tools ?? (data('ToolsConfigInfo', {}) as ToolsConfigInfo), { lastInstallInfo })
        return { config: patch(config as VirtualMachineConfigInfo, { tools: changed }) }
      }),
    )
    const [status, text] = await ask('get', `vcenter/vm/${vm}/tools`)
    expect(status).toBe(200)
    expect(text).toContain(
      `"messages":[${said('com.vmware.api.vcenter.error', 'An error has occurred while invoking the operation.')},${said('vmsg.VmToolsUpgradeFault.summary', 'Error upgrading VMware Tools.')}]`,
    )
    expect(JSON.parse(text).error).toMatchObject({ error_type: 'ERROR' })
  })

  it('a VM without a place', async () => {
    const spec = { guest_OS: 'OTHER', name: 'nowhere' }
    expect(await ask('post', 'vcenter/vm', spec)).toEqual([400, error('INVALID_ARGUMENT')])
  })

  it('a service of the appliance that is not there', async () => {
    expect(await ask('get', 'appliance/services/toto')).toEqual([
      404,
      error(
        'NOT_FOUND',
        said('com.vmware.appliance.service.not_found', 'Service toto does not exist', 'toto'),
      ),
    ])
  })

  it('an upload that is said to be complete too early', async () => {
    const [, library] = await ask('post', 'content/local-library', {
      name: 'L',
      type: 'LOCAL',
      storage_backings: [{ type: 'DATASTORE', datastore_id: 'datastore-11' }],
    })
    const [, item] = await ask('post', 'content/library/item', {
      library_id: JSON.parse(library),
      name: 'I',
      type: 'iso',
    })
    const [, made] = await ask('post', 'content/library/item/update-session', {
      library_item_id: JSON.parse(item),
    })
    const session = JSON.parse(made)
    await ask('post', `content/library/item/update-session/${session}/file`, {
      name: 'a.iso',
      source_type: 'PUSH',
      size: 10,
    })
    const [status, text] = await ask('post', `content/library/item/update-session/${session}?action=complete`)
    expect([status, text]).toEqual([
      400,
      error(
        'NOT_ALLOWED_IN_CURRENT_STATE',
        said(
          'com.vmware.vdcs.cls-main.update_session_file_not_received',
          'File a.iso has transfer errors or has not been fully received yet (status: WAITING).',
          'a.iso',
          'WAITING',
        ),
      ),
    ])
  })

  it.each([
    ['no url', 'invalid_url_format'],
    ['ftp://host/lib.json', 'file_probe_unsupported_uri_scheme'],
  ])('a subscription that cannot be: %s', async (subscription_url, id) => {
    const [status, text] = await ask('post', 'content/subscribed-library?action=probe', {
      subscription_info: { authentication_method: 'NONE', subscription_url },
    })
    expect([status, JSON.parse(text).error_messages[0].id]).toEqual([200, `com.vmware.vdcs.cls-main.${id}`])
  })

  it('a mistake of ours, whatever it is', () => {
    const broken = service('com.vmware.cis.session', {
      get() {
        throw new Error('secret')
      },
    })
    const found = operation('com.vmware.cis.session', 'get')
    if (!found) throw new Error('There is no such operation.')
    const logged: string[] = []
    const { services } = asking.server.vc.sandbox
    const log = { error: (_: object, text: string) => logged.push(text) }
    const lenient = Object.create(asking.server.vc.sandbox, {
      strict: { value: false },
      services: { value: { ...services, log } },
    })
    const call = {
      operation: found,
      token: asking.token,
      client: { ip: '127.0.0.1', userAgent: 'test' },
      release: asking.server.release,
      input: () => ({}),
    }
    expect(() => invoke(lenient, createServiceRegistry([broken]), call)).toThrow(
      expect.objectContaining({
        type: 'INTERNAL_SERVER_ERROR',
        messages: [
          {
            args: ["internal error; the server's log says more."],
            default_message:
              "Provider method implementation threw unexpected exception: internal error; the server's log says more.",
            id: 'vapi.bindings.method.impl.unexpected',
          },
        ],
      }),
    )
    expect(logged).toEqual(['An operation broke.'])
  })

  it('more VMs than a list carries', async () => {
    change((tx) => {
      const value = tx.get('VirtualMachine', vm)
      for (let count = 0; count <= 4000; count++)
        tx.create('VirtualMachine', `vm-${100_000 + count}`, { ...value, name: `copy-${count}` })
    })
    const [status, text] = await ask('get', 'vcenter/vm')
    expect([status, JSON.parse(text)]).toEqual([
      500,
      {
        error_type: 'UNABLE_TO_ALLOCATE_RESOURCE',
        messages: [
          {
            args: [],
            default_message: 'Too many virtual machines. Add more filter criteria to reduce the number.',
            id: expect.any(String),
          },
        ],
      },
    ])
    expect((await ask('get', 'vcenter/vm?names=off'))[0]).toBe(200)
  })
})
