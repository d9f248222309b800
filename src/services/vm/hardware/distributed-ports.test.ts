import { describe, expect, it } from 'vitest'
import { createDvPortgroup, createDvs } from '#vsphere/dvs/build.js'
import { createServiceLab } from '../../core/testing.js'

const ETHERNET = 'com.vmware.vcenter.vm.hardware.ethernet'

function lab() {
  const world = createServiceLab()
  const { dvs, group } = world.act((ctx) => {
    const { networkFolder } = ctx.tx.get('Datacenter', world.datacenter)
    const made = createDvs(ctx, networkFolder, 'DVS', world.hosts)
    return { dvs: made.value, group: createDvPortgroup(ctx, made, 'VLAN 7', { vlanId: 7 }).value }
  })
  const vm = world.create({ guestId: 'debian12_64Guest' })
  const reading = () => world.sandbox.inventory.read
  const keys = () => reading().get('DistributedVirtualPortgroup', group).portKeys ?? []
  const backing = (distributed_port?: string) => ({
    type: 'DISTRIBUTED_PORTGROUP' as const,
    network: group,
    ...(distributed_port === undefined ? {} : { distributed_port }),
  })
  return { world, dvs, group, vm, keys, backing, reading }
}

describe('network adapters on distributed port groups', () => {
  it('get a port, the one that is asked for if there is one', async () => {
    const { world, dvs, group, vm, keys, backing, reading } = lab()
    const first = await world.invoke(ETHERNET, 'create', { vm, spec: { backing: backing() } })
    const second = await world.invoke(ETHERNET, 'create', { vm, spec: { backing: backing(keys()[5]) } })
    expect(await world.invoke(ETHERNET, 'get', { vm, nic: first })).toMatchObject({
      backing: {
        type: 'DISTRIBUTED_PORTGROUP',
        network: group,
        distributed_switch_uuid: reading().get('DistributedVirtualSwitch', dvs).uuid,
        distributed_port: keys()[0],
        connection_cookie: expect.any(Number),
      },
    })
    expect(await world.invoke(ETHERNET, 'get', { vm, nic: second })).toMatchObject({
      backing: { distributed_port: keys()[5] },
    })
  })

  it('are refused a port that another has', async () => {
    const { world, vm, keys, backing } = lab()
    await world.invoke(ETHERNET, 'create', { vm, spec: { backing: backing(keys()[0]) } })
    const error = await world.error(ETHERNET, 'create', { vm, spec: { backing: backing(keys()[0]) } })
    expect(error.type).toBe('INVALID_ARGUMENT')
  })
})
