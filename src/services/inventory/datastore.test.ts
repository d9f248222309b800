import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'
import { datastoreType } from './datastore-type.js'

const DATASTORE = 'com.vmware.vcenter.datastore'

describe('datastores', () => {
  it('tell their type and sizes', async () => {
    const lab = createServiceLab()
    const { capacity, freeSpace } = lab.get<{ capacity: number; freeSpace: number }>(
      'Datastore',
      lab.datastore,
      'summary',
    )
    expect(await lab.invoke(DATASTORE, 'list', { filter: { names: ['nfs'] } })).toEqual([
      { datastore: lab.datastore, name: 'nfs', type: 'NFS', free_space: freeSpace, capacity },
    ])
    expect(await lab.invoke(DATASTORE, 'get', { datastore: lab.datastore })).toEqual({
      name: 'nfs',
      type: 'NFS',
      accessible: true,
      free_space: freeSpace,
      multiple_host_access: true,
      thin_provisioning_supported: true,
    })
  })

  it('have no sizes while no host reaches them', async () => {
    const lab = createServiceLab()
    for (const host of lab.hosts) lab.task('HostSystem', host, 'DisconnectHost_Task', {})
    expect(await lab.invoke(DATASTORE, 'list', { filter: { names: ['nfs'] } })).toEqual([
      { datastore: lab.datastore, name: 'nfs', type: 'NFS' },
    ])
    expect(await lab.invoke(DATASTORE, 'get', { datastore: lab.datastore })).toEqual({
      name: 'nfs',
      type: 'NFS',
      accessible: false,
      multiple_host_access: true,
      thin_provisioning_supported: true,
    })
  })

  it('are found by identifier, type, folder and datacenter', async () => {
    const lab = createServiceLab()
    const { datastoreFolder } = lab.sandbox.inventory.read.get('Datacenter', lab.datacenter)
    const names = async (filter: object) =>
      (await lab.invoke(DATASTORE, 'list', { filter })).map(({ name }) => name)
    expect(await names({ types: ['NFS', 'VSAN'] })).toEqual(['nfs'])
    expect(await names({ types: ['VMFS'] })).toEqual(['datastore1', 'datastore1 (1)'])
    expect(await names({ types: ['VVOL'] })).toEqual([])
    expect(await names({ datastores: [lab.datastore], types: ['VMFS'] })).toEqual([])
    expect(await names({ folders: [datastoreFolder.value], names: ['nfs'] })).toEqual(['nfs'])
    expect(await names({ datacenters: ['datacenter-99'] })).toEqual([])
  })

  it('have no default policy of their own, and types of their own', async () => {
    const lab = createServiceLab()
    const { datastore } = lab
    expect(
      await lab.invoke('com.vmware.vcenter.datastore.default_policy', 'get', { datastore }),
    ).toBeUndefined()
    expect(
      await lab.invoke('com.vmware.vcenter.inventory.datastore', 'find', { datastores: [datastore] }),
    ).toEqual({ [datastore]: { type: 'Datastore' } })
    expect(['vsan', 'NFS41', 'OTHER'].map(datastoreType)).toEqual(['VSAN', 'NFS41', 'VMFS'])
  })

  it('that are not there are NOT_FOUND', async () => {
    const lab = createServiceLab()
    const gone = { datastore: 'datastore-999' }
    const errors = [
      await lab.error(DATASTORE, 'get', gone),
      await lab.error('com.vmware.vcenter.datastore.default_policy', 'get', gone),
      await lab.error('com.vmware.vcenter.inventory.datastore', 'find', { datastores: ['datastore-999'] }),
    ]
    expect(errors.map(({ type }) => type)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'])
  })
})
