import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { patch } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { connectSpec, createLab, type Lab } from '../host/testing.js'
import { createVmLab } from '../vm/testing.js'

const refs = (value: unknown) => (value as ManagedObjectReference[]).map((ref) => ref.value)

const names = (lab: Lab, property: 'datastore' | 'network') =>
  lab
    .get<ManagedObjectReference[]>('Datacenter', lab.datacenter, property)
    .map((ref) => lab.get<string>(ref.type, ref.value, 'name'))

/** Adds a machine as a standalone host and returns it. */
function addHost(lab: Lab, machine: string): string {
  const before = new Set(lab.sandbox.inventory.read.ids('HostSystem'))
  lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
    spec: connectSpec(machine),
    addConnected: true,
  })
  return [...lab.sandbox.inventory.read.ids('HostSystem')].find((id) => !before.has(id)) ?? ''
}

describe('Datacenter.datastore and .network', () => {
  it('list what its hosts bring along, once, and lose it with them', () => {
    const lab = createLab()
    expect([names(lab, 'datastore'), names(lab, 'network')]).toEqual([[], []])
    const hosts = ['esx1', 'esx2'].map((machine) => addHost(lab, machine))
    expect(names(lab, 'network')).toEqual(['VM Network'])
    expect(names(lab, 'datastore')).toEqual(['datastore1', 'datastore1 (1)'])
    for (const host of hosts) {
      lab.task('HostSystem', host, 'DisconnectHost_Task')
      expect(lab.task('HostSystem', host, 'Destroy_Task').state).toBe('success')
    }
    expect([names(lab, 'datastore'), names(lab, 'network')]).toEqual([[], []])
  })

  it('find them in folders below their own, and only there', () => {
    const lab = createLab()
    addHost(lab, 'esx1')
    const { value: own } = lab.get<ManagedObjectReference>('Datacenter', lab.datacenter, 'datastoreFolder')
    const folder = lab.call('Folder', own, 'CreateFolder', { name: 'fast' }) as ManagedObjectReference
    const inner = lab.call('Folder', folder.value, 'CreateFolder', {
      name: 'faster',
    }) as ManagedObjectReference
    const [datastore = ''] = refs(lab.get('Datacenter', lab.datacenter, 'datastore'))
    const list = [moRef('Datastore', datastore)]
    expect(lab.task('Folder', inner.value, 'MoveIntoFolder_Task', { list }).state).toBe('success')
    expect(refs(lab.get('Datacenter', lab.datacenter, 'datastore'))).toEqual([datastore])
    const other = lab.call('Folder', 'group-d1', 'CreateDatacenter', {
      name: 'Two',
    }) as ManagedObjectReference
    expect(lab.get('Datacenter', other.value, 'datastore')).toEqual([])
  })
})

describe('Datacenter.Destroy_Task', () => {
  it('takes a datacenter with its hosts and leaves nothing but the machines', () => {
    const lab = createLab()
    const { read } = createLab().sandbox.inventory
    const bare = read.count('ManagedEntity')
    lab.task('Folder', lab.hostFolder, 'AddStandaloneHost_Task', {
      spec: connectSpec('esx1'),
      addConnected: true,
    })
    expect(lab.task('Datacenter', lab.datacenter, 'Destroy_Task').state).toBe('success')
    expect(bare).toBe(6)
    expect([...lab.sandbox.inventory.read.ids('ManagedEntity')]).toEqual(['group-d1'])
  })

  it('keeps one whose host cannot be disconnected', () => {
    const lab = createVmLab()
    const vm = lab.create()
    lab.act((ctx) => {
      const { runtime } = ctx.tx.get('VirtualMachine', vm)
      ctx.tx.set('VirtualMachine', vm, { runtime: patch(runtime, { faultToleranceState: 'running' }) })
    })
    const before = lab.objects()
    expect(lab.fault('Datacenter', lab.datacenter, 'Destroy_Task')).toMatchObject({
      _typeName: 'CannotDisconnectHostWithFaultToleranceVm',
      hostName: 'vm1.lab.local',
    })
    expect(lab.objects()).toEqual(before)
  })
})

describe('Datacenter.QueryConnectionInfo', () => {
  const query = { hostname: 'esx2.lab.local', port: 443, username: 'root', password: 'VMware1!' }

  it('describes a host that nobody manages, and changes nothing', () => {
    const lab = createLab()
    const { revision } = lab.sandbox.inventory.root
    const { sslThumbprint } = connectSpec('esx2')
    expect(
      lab.call('Datacenter', lab.datacenter, 'QueryConnectionInfo', { ...query, sslThumbprint }),
    ).toMatchObject({
      _typeName: 'HostConnectInfo',
      inDasCluster: false,
      host: { config: { name: 'esx2.lab.local', product: { version: '8.0.3' } } },
      network: [{ summary: { name: 'VM Network' } }],
    })
    expect(lab.sandbox.inventory.root.revision).toBe(revision)
  })

  it('refuses what a connection would', () => {
    const lab = createLab()
    const { sslThumbprint } = connectSpec('esx2')
    const fault = (changes: object) =>
      lab.fault('Datacenter', lab.datacenter, 'QueryConnectionInfo', { ...query, ...changes })
    expect(fault({})).toMatchObject({
      _typeName: 'SSLVerifyFault',
      selfSigned: true,
      thumbprint: sslThumbprint,
    })
    expect(fault({ sslThumbprint, password: '' })._typeName).toBe('InvalidLogin')
    expect(fault({ sslThumbprint, hostname: '10.0.0.1' })).toMatchObject({
      _typeName: 'NoHost',
      name: '10.0.0.1',
    })
  })

  it('says the same when it is asked with a specification', () => {
    const lab = createLab()
    const { sslThumbprint } = connectSpec('esx2')
    const spec = connectSpec('esx2')
    expect(lab.call('Datacenter', lab.datacenter, 'QueryConnectionInfoViaSpec', { spec })).toEqual(
      lab.call('Datacenter', lab.datacenter, 'QueryConnectionInfo', { ...query, sslThumbprint }),
    )
    expect(
      lab.fault('Datacenter', lab.datacenter, 'QueryConnectionInfoViaSpec', {
        spec: connectSpec('esx2', { hostName: undefined }),
      }),
    ).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'hostname' })
  })
})
