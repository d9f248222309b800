import { describe, expect, it } from 'vitest'
import { createDvPortgroup, createDvs } from '#vsphere/dvs/build.js'
import { createServiceLab } from '../core/testing.js'

const NETWORK = 'com.vmware.vcenter.network'
const INVENTORY = 'com.vmware.vcenter.inventory.network'

function withSwitch() {
  const lab = createServiceLab()
  const [standard = ''] = lab.sandbox.inventory.read.ids('Network')
  const group = lab.act((ctx) => {
    const { networkFolder } = ctx.tx.get('Datacenter', lab.datacenter)
    return createDvPortgroup(ctx, createDvs(ctx, networkFolder, 'DVS', lab.hosts), 'VLAN 7', { vlanId: 7 })
  })
  return { lab, standard, group: group.value }
}

describe('networks', () => {
  it('are standard and distributed port groups', async () => {
    const { lab, standard, group } = withSwitch()
    const list = (filter: object) => lab.invoke(NETWORK, 'list', { filter })
    const one = { network: standard, name: 'VM Network', type: 'STANDARD_PORTGROUP' }
    const seven = { network: group, name: 'VLAN 7', type: 'DISTRIBUTED_PORTGROUP' }
    const { networkFolder } = lab.sandbox.inventory.read.get('Datacenter', lab.datacenter)
    expect(await lab.invoke(NETWORK, 'list', {})).toEqual(expect.arrayContaining([one, seven]))
    expect(await list({ types: ['STANDARD_PORTGROUP', 'OPAQUE_NETWORK'] })).toEqual([one])
    expect(await list({ types: ['OPAQUE_NETWORK'] })).toEqual([])
    expect(await list({ names: ['VLAN 7'], folders: [networkFolder.value] })).toEqual([seven])
    expect(await list({ networks: [standard, group], datacenters: [lab.datacenter] })).toEqual([one, seven])
    expect(await list({ names: ['VLAN 7'], datacenters: ['datacenter-99'] })).toEqual([])
  })

  it('are found with their types', async () => {
    const { lab, standard, group } = withSwitch()
    expect(await lab.invoke(INVENTORY, 'find', { networks: [group, standard] })).toEqual({
      [group]: { type: 'DistributedVirtualPortgroup' },
      [standard]: { type: 'Network' },
    })
    const error = await lab.error(INVENTORY, 'find', { networks: [standard, 'network-999'] })
    expect(error.type).toBe('NOT_FOUND')
    expect(error.messages[0]?.id).toBe('com.vmware.api.vcenter.network.not_found')
  })
})
