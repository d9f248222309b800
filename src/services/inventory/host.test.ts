import { describe, expect, it } from 'vitest'
import { addMachine } from '#vsphere/host/testing.js'
import { thumbprintOf } from '#world/installation.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'

const HOST = 'com.vmware.vcenter.host'

/** How to reach a machine of the lab; right in everything unless changed. */
const spec = (lab: ServiceLab, changes: object = {}) => ({
  hostname: 'esx1.lab.local',
  user_name: 'root',
  password: 'VMware1!',
  folder: lab.hostFolder,
  thumbprint_verification: 'NONE' as const,
  ...changes,
})
const add = (lab: ServiceLab, changes?: object) => lab.invoke(HOST, 'create', { spec: spec(lab, changes) })

describe('adding a standalone host', () => {
  it('takes the certificate as it is', async () => {
    const lab = createServiceLab()
    lab.newEvents()
    const host = await add(lab)
    const events = lab.newEvents()
    expect(events).toEqual(expect.arrayContaining(['TaskEvent', 'HostAddedEvent', 'HostConnectedEvent']))
    expect(events).not.toContain('HostAddFailedEvent')
    expect(await lab.invoke(HOST, 'list', { filter: { hosts: [host] } })).toEqual([
      { host, name: 'esx1.lab.local', connection_state: 'CONNECTED', power_state: 'POWERED_ON' },
    ])
    expect(lab.get('HostSystem', host, 'parent')).toMatchObject({ type: 'ComputeResource' })
  })

  it('or with the thumbprint that the client knows', async () => {
    const lab = createServiceLab()
    const known = { thumbprint_verification: 'THUMBPRINT', thumbprint: thumbprintOf('esx1') }
    expect(await add(lab, { port: 443, ...known })).toMatch(/^host-/)
  })

  const refusals: readonly (readonly [string, object, string, string])[] = [
    [
      'another thumbprint',
      { thumbprint_verification: 'THUMBPRINT', thumbprint: thumbprintOf('esx2') },
      'INVALID_ARGUMENT',
      'vmsg.SSLVerifyFault.summary',
    ],
    ['an address where nothing answers', { hostname: 'nowhere' }, 'ERROR', 'vmsg.NoHost.summary'],
    ['a wrong password', { password: 'x' }, 'UNAUTHENTICATED', 'vmsg.InvalidLogin.summary'],
    ['a host that is here', { hostname: 'vm1.lab.local' }, 'ALREADY_EXISTS', 'vmsg.AlreadyConnected.summary'],
    ['an empty name', { hostname: '' }, 'INVALID_ARGUMENT', 'vmsg.InvalidArgument.summary'],
  ]
  it.each(refusals)('refuses %s, as vim25 does', async (_what, changes, type, reason) => {
    const lab = createServiceLab()
    lab.create() // Leaves a finished task behind, as the refusal does.
    const before = lab.objects()
    const error = await lab.error(HOST, 'create', { spec: spec(lab, changes) })
    expect(error.type).toBe(type)
    expect(error.messages[1]?.id).toBe(reason)
    expect(lab.objects()).toEqual(before)
  })

  it('refuses a folder that is not one for hosts, and a thumbprint that is not given', async () => {
    const lab = createServiceLab()
    const refused = async (changes: object) =>
      (await lab.error(HOST, 'create', { spec: spec(lab, changes) })).type
    expect(await refused({ folder: lab.vmFolder })).toBe('INVALID_ELEMENT_TYPE')
    expect(await refused({ folder: 'group-h999' })).toBe('NOT_FOUND')
    expect(await refused({ folder: undefined })).toBe('INVALID_ARGUMENT')
    expect(await refused({ thumbprint_verification: 'THUMBPRINT' })).toBe('INVALID_ARGUMENT')
  })
})

describe('a host that something stands against', () => {
  it('is taken from another vCenter Server by force only', async () => {
    const lab = createServiceLab()
    lab.act((ctx) => addMachine(ctx, 'taken', '192.168.10.91', { managedBy: '10.0.0.9' }))
    const taken = { hostname: 'taken.lab.local' }
    expect(await lab.error(HOST, 'create', { spec: spec(lab, taken) })).toMatchObject({
      type: 'RESOURCE_IN_USE',
      messages: [{}, { id: 'vmsg.AlreadyBeingManaged.summary' }],
    })
    expect(await add(lab, { ...taken, force_add: true })).toMatch(/^host-/)
  })

  it('is UNSUPPORTED when its ESXi is too old for this vCenter Server', async () => {
    const lab = createServiceLab()
    lab.act((ctx) => addMachine(ctx, 'old', '192.168.10.92', { version: '6.0.0' }))
    expect(await lab.error(HOST, 'create', { spec: spec(lab, { hostname: 'old.lab.local' }) })).toMatchObject(
      {
        type: 'UNSUPPORTED',
        messages: [{}, { id: 'vmsg.NotSupportedHost.summary' }],
      },
    )
  })
})

describe('removing a host', () => {
  it('is for standalone ones: their compute resource goes too', async () => {
    const lab = createServiceLab()
    const host = await add(lab)
    const { value: parent } = lab.get<{ value: string }>('HostSystem', host, 'parent')
    lab.newEvents()
    await lab.invoke(HOST, 'delete', { host })
    expect(lab.newEvents()).toContain('HostRemovedEvent')
    expect([host, parent].map((id) => lab.sandbox.inventory.read.entity(id))).toEqual([undefined, undefined])
  })

  it('refuses one of a cluster', async () => {
    const lab = createServiceLab()
    const before = lab.objects()
    expect((await lab.error(HOST, 'delete', { host: lab.hosts[0] })).type).toBe('RESOURCE_IN_USE')
    expect((await lab.error(HOST, 'delete', { host: 'host-999' })).type).toBe('NOT_FOUND')
    expect(lab.objects()).toEqual(before)
  })
})

describe('the connection to a host', () => {
  it('is cut and made again', async () => {
    const lab = createServiceLab()
    const [host = ''] = lab.hosts
    lab.newEvents()
    await lab.invoke(HOST, 'disconnect', { host })
    expect(lab.newEvents()).toContain('HostDisconnectedEvent')
    expect(await lab.invoke(HOST, 'list', { filter: { hosts: [host] } })).toEqual([
      { host, name: 'vm1.lab.local', connection_state: 'DISCONNECTED' },
    ])
    await lab.invoke(HOST, 'connect', { host })
    expect(lab.newEvents()).toContain('HostConnectedEvent')
    expect(lab.get('HostSystem', host, 'runtime')).toMatchObject({ connectionState: 'connected' })
  })

  it('is what it is already, or of no host', async () => {
    const lab = createServiceLab()
    const [host = ''] = lab.hosts
    expect(await lab.error(HOST, 'connect', { host })).toMatchObject({
      type: 'ALREADY_IN_DESIRED_STATE',
      messages: [{ id: 'com.vmware.api.vcenter.host.already_connected' }],
    })
    await lab.invoke(HOST, 'disconnect', { host })
    expect(await lab.error(HOST, 'disconnect', { host })).toMatchObject({
      type: 'ALREADY_IN_DESIRED_STATE',
      messages: [{ id: 'com.vmware.api.vcenter.host.already_disconnected' }],
    })
    for (const operation of ['connect', 'disconnect'])
      expect((await lab.error(HOST, operation, { host: 'host-999' })).type).toBe('NOT_FOUND')
  })
})

describe('the list of hosts', () => {
  it('is narrowed by every property', async () => {
    const lab = createServiceLab()
    const [one = '', two = ''] = lab.hosts
    const alone = await add(lab)
    await lab.invoke(HOST, 'disconnect', { host: two })
    const ids = async (filter: object) => (await lab.invoke(HOST, 'list', { filter })).map(({ host }) => host)
    expect(await ids({})).toEqual([one, two, alone])
    expect(await ids({ hosts: [two, one] })).toEqual([two, one])
    expect(await ids({ names: ['vm1.lab.local', 'esx1.lab.local'] })).toEqual([one, alone])
    expect(await ids({ standalone: true })).toEqual([alone])
    expect(await ids({ standalone: false })).toEqual([one, two])
    expect(await ids({ clusters: [lab.cluster] })).toEqual([one, two])
    expect(await ids({ clusters: [lab.cluster], standalone: true })).toEqual([])
    expect(await ids({ connection_states: ['DISCONNECTED', 'NOT_RESPONDING'] })).toEqual([two])
    expect(await ids({ folders: [lab.hostFolder], datacenters: [lab.datacenter] })).toEqual([one, two, alone])
    expect(await ids({ folders: [lab.vmFolder] })).toEqual([])
  })
})
