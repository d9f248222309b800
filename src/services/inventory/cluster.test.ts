import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'

const CLUSTER = 'com.vmware.vcenter.cluster'

describe('clusters', () => {
  it('tell whether HA and DRS are on, and their root pool', async () => {
    const lab = createServiceLab()
    const { cluster } = lab
    expect(await lab.invoke(CLUSTER, 'list', {})).toEqual([
      { cluster, name: 'C', ha_enabled: false, drs_enabled: true },
    ])
    expect(await lab.invoke(CLUSTER, 'get', { cluster })).toEqual({
      name: 'C',
      resource_pool: lab.pool.value,
    })
    lab.task('ClusterComputeResource', cluster, 'ReconfigureComputeResource_Task', {
      spec: {
        _typeName: 'ClusterConfigSpecEx',
        dasConfig: { _typeName: 'ClusterDasConfigInfo', enabled: true },
        drsConfig: { _typeName: 'ClusterDrsConfigInfo', enabled: false },
      },
      modify: true,
    })
    expect(await lab.invoke(CLUSTER, 'list', {})).toEqual([
      { cluster, name: 'C', ha_enabled: true, drs_enabled: false },
    ])
  })

  it('are found by identifier, name, folder and datacenter', async () => {
    const lab = createServiceLab()
    const ids = async (filter: object) =>
      (await lab.invoke(CLUSTER, 'list', { filter })).map(({ cluster }) => cluster)
    expect(await ids({ clusters: [lab.cluster] })).toEqual([lab.cluster])
    expect(await ids({ clusters: ['domain-c999'] })).toEqual([])
    expect(await ids({ names: ['B', 'C'] })).toEqual([lab.cluster])
    expect(await ids({ names: ['c'] })).toEqual([])
    expect(await ids({ folders: [lab.hostFolder], datacenters: [lab.datacenter] })).toEqual([lab.cluster])
    expect(await ids({ folders: ['group-d1'] })).toEqual([])
    expect(await ids({ datacenters: ['datacenter-99'] })).toEqual([])
  })

  it('are clusters: a host or nothing is NOT_FOUND', async () => {
    const lab = createServiceLab()
    for (const cluster of ['domain-c999', lab.hosts[0]]) {
      const error = await lab.error(CLUSTER, 'get', { cluster })
      expect(error.type).toBe('NOT_FOUND')
      expect(error.messages[0]?.id).toBe('com.vmware.api.vcenter.cluster.not_found')
    }
  })
})
