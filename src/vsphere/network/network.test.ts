import { describe, expect, it } from 'vitest'
import { recomputed } from '#inventory/inventory.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { createDvPortgroup, createDvs } from '../dvs/build.js'
import { joinHost, removeHost } from '../host/join.js'
import { createNetLab, networksOf, objectProblems } from '../vmkernel/testing.js'

function labWithDvs() {
  const lab = createNetLab()
  const made = lab.transact((ctx) => {
    const { networkFolder } = ctx.tx.get('Datacenter', lab.datacenter)
    const dvs = createDvs(ctx, networkFolder, 'DVS0', lab.hosts)
    return { dvs, group: createDvPortgroup(ctx, dvs, 'DC0_DVPG0', { vlanId: 7 }) }
  })
  return { lab, ...made }
}

describe('a Network', () => {
  it('goes only when no host and no VM has it', () => {
    const lab = createNetLab()
    const [network] = lab.get<ManagedObjectReference[]>('HostSystem', lab.hosts[0], 'network')
    const id = network?.value ?? ''
    expect(lab.fault('Network', id, 'DestroyNetwork')).toMatchObject({
      _typeName: 'ResourceInUse',
      name: 'VM Network',
    })
    const vm = lab.addVm('vm1', { network: [network], runtime: { powerState: 'poweredOff' } })
    for (const host of lab.hosts)
      lab.call('HostNetworkSystem', `networkSystem-${host.slice(5)}`, 'RemovePortGroup', {
        pgName: 'VM Network',
      })
    expect(lab.fault('Network', id, 'DestroyNetwork')._typeName).toBe('ResourceInUse')
    lab.transact((ctx) => ctx.tx.remove(vm.value))
    expect(lab.task('Network', id, 'Destroy_Task').state).toBe('success')
    expect(networksOf(lab)).toEqual([])
  })

  it('is not renamed but through its port groups', () => {
    const lab = createNetLab()
    const [network] = lab.get<ManagedObjectReference[]>('HostSystem', lab.hosts[0], 'network')
    const fault = lab.fault('Network', network?.value ?? '', 'Rename_Task', { newName: 'x' })
    expect(fault._typeName).toBe('NotSupported')
  })

  it('follows the hosts that have it', () => {
    const lab = createNetLab()
    for (const host of lab.hosts) lab.transact((ctx) => removeHost(ctx, host))
    expect(networksOf(lab)).toEqual([])
  })
})

describe('a distributed switch', () => {
  it('has its uplink group, port groups and hosts', () => {
    const { lab, dvs, group } = labWithDvs()
    expect(lab.get('VmwareDistributedVirtualSwitch', dvs.value, 'summary')).toMatchObject({
      name: 'DVS0',
      numPorts: 16,
      numHosts: 2,
      portgroupName: [`DVS0-DVUplinks-${dvs.value.slice(4)}`, 'DC0_DVPG0'],
    })
    expect(networksOf(lab)).toEqual([
      'VM Network',
      'DVS0',
      `DVS0-DVUplinks-${dvs.value.slice(4)}`,
      'DC0_DVPG0',
    ])
    expect(lab.get('DistributedVirtualPortgroup', group.value, 'host')).toHaveLength(2)
    expect(lab.get('HostSystem', lab.hosts[0], 'network')).toHaveLength(3)
    expect(objectProblems(lab, 'VmwareDistributedVirtualSwitch', dvs.value)).toEqual([])
    expect(objectProblems(lab, 'DistributedVirtualPortgroup', group.value)).toEqual([])
    expect(lab.network().proxySwitch?.[0]).toMatchObject({ dvsName: 'DVS0' })
    expect(objectProblems(lab, 'HostNetworkSystem', `networkSystem-${lab.number}`)).toEqual([])
  })

  it('loses a host that leaves, and keeps the others', () => {
    const { lab, dvs, group } = labWithDvs()
    lab.transact((ctx) => removeHost(ctx, lab.hosts[0]))
    expect(lab.get('VmwareDistributedVirtualSwitch', dvs.value, 'summary')).toMatchObject({ numHosts: 1 })
    expect(lab.get('DistributedVirtualPortgroup', group.value, 'host')).toHaveLength(1)
  })
})

describe('derived networking and storage', () => {
  it('equal a full recomputation after hosts came, changed and went', () => {
    const { lab } = labWithDvs()
    const machine = 'machine:3'
    const parent = lab.get<ManagedObjectReference>('HostSystem', lab.hosts[0], 'parent')
    const third = lab.transact((ctx) => joinHost(ctx, { machine, parent })).value
    lab.on('HostVirtualNicManager', 'SelectVnicForNicType', { nicType: 'vmotion', device: 'vmk0' })
    lab.on('HostDatastoreSystem', 'CreateLocalDatastore', { name: 'a', path: '/tmp' })
    lab.transact((ctx) => removeHost(ctx, lab.hosts[1]))
    lab.call('HostNetworkSystem', `networkSystem-${third.slice(5)}`, 'RemovePortGroup', {
      pgName: 'VM Network',
    })
    const { root, model } = lab.sandbox.inventory
    const fresh = recomputed(root, model)
    const values = (state: typeof root) =>
      Object.fromEntries([...state.entities].map(([id, { value }]) => [id, value]))
    expect(values(fresh)).toEqual(values(root))
  })
})
