import { describe, expect, it } from 'vitest'
import { data } from '#vim25/data.js'
import type { IpPool, IpPoolIpPoolConfigInfo } from '#vim25/generated/types.js'
import { families } from '../families.js'
import { createLab } from '../host/testing.js'
import { ensureNetwork } from '../network/networks.js'
import { createServiceObjects } from '../service-instance/build.js'
import { firstFree, rangesOf, sizeOf } from './ranges.js'

const MANAGER = ['IpPoolManager', 'IpPoolManager'] as const

const ipv4 = (range: string, more: Partial<IpPoolIpPoolConfigInfo> = {}) =>
  data('IpPoolIpPoolConfigInfo', {
    subnetAddress: '192.0.2.0',
    netmask: '255.255.255.0',
    gateway: '192.0.2.1',
    range,
    ...more,
  })
const pool = (changes: Partial<IpPool> = {}) =>
  data('IpPool', { name: 'lab', ipv4Config: ipv4('192.0.2.10#2, 192.0.2.50#1'), ...changes })

function world() {
  const lab = createLab({ families, seed: createServiceObjects })
  const dc = lab.sandbox.inventory.read.ref(lab.datacenter)
  const call = (method: string, args: object) => lab.call(...MANAGER, method, { dc, ...args })
  const fault = (method: string, args: object) => lab.fault(...MANAGER, method, { dc, ...args })
  return {
    lab,
    call,
    fault,
    create: (changes: Partial<IpPool> = {}) => call('CreateIpPool', { pool: pool(changes) }) as number,
    pools: () => call('QueryIpPools', {}) as IpPool[],
    take: (poolId: number, allocationId: string, family = 4) =>
      call(`AllocateIpv${family}Address`, { poolId, allocationId }),
  }
}

describe('pools of addresses', () => {
  it('are made, changed and destroyed', () => {
    const { call, create, pools } = world()
    expect(pools()).toEqual([])
    const id = create({ dnsDomain: 'lab.local' })
    expect(pools()).toMatchObject([
      {
        id,
        name: 'lab',
        dnsDomain: 'lab.local',
        availableIpv4Addresses: 3,
        allocatedIpv4Addresses: 0,
        availableIpv6Addresses: 0,
      },
    ])
    call('UpdateIpPool', { pool: data('IpPool', { id, hostPrefix: 'vm', availableIpv4Addresses: 99 }) })
    expect(pools()).toMatchObject([
      { id, name: 'lab', dnsDomain: 'lab.local', hostPrefix: 'vm', availableIpv4Addresses: 3 },
    ])
    call('DestroyIpPool', { id, force: false })
    expect(pools()).toEqual([])
  })

  it('give out the lowest free address, the same to the same, until none is left', () => {
    const { call, create, fault, pools, take } = world()
    const id = create()
    expect([take(id, 'a'), take(id, 'b'), take(id, 'a'), take(id, 'c')]).toEqual([
      '192.0.2.10',
      '192.0.2.11',
      '192.0.2.10',
      '192.0.2.50',
    ])
    expect(pools()).toMatchObject([{ availableIpv4Addresses: 0, allocatedIpv4Addresses: 3 }])
    expect(fault('AllocateIpv4Address', { poolId: id, allocationId: 'd' })).toMatchObject({
      invalidProperty: 'poolId',
    })
    call('ReleaseIpAllocation', { poolId: id, allocationId: 'b' })
    expect(take(id, 'd')).toBe('192.0.2.11')
    expect(call('QueryIPAllocations', { poolId: id, extensionKey: 'd' })).toMatchObject([
      { ipAddress: '192.0.2.11', allocationId: 'd' },
    ])
    expect(call('QueryIPAllocations', { poolId: id, extensionKey: 'b' })).toEqual([])
  })

  it('give out addresses of IPv6', () => {
    const { create, pools, take } = world()
    const id = create({ ipv6Config: data('IpPoolIpPoolConfigInfo', { range: '2001:db8::fffe#3' }) })
    expect(['a', 'b', 'c'].map((each) => take(id, each, 6))).toEqual([
      '2001:db8::fffe',
      '2001:db8::ffff',
      '2001:db8::1:0',
    ])
    expect(pools()).toMatchObject([{ allocatedIpv6Addresses: 3, availableIpv6Addresses: 0 }])
  })

  it('that are in use go by force alone, and keep the addresses that they gave', () => {
    const { call, create, fault, pools, take } = world()
    const id = create()
    take(id, 'a')
    expect(fault('DestroyIpPool', { id, force: false })._typeName).toBe('InvalidState')
    expect(fault('UpdateIpPool', { pool: pool({ id, ipv4Config: ipv4('192.0.2.50#1') }) })).toMatchObject({
      invalidProperty: 'pool.ipv4Config.range',
    })
    expect(pools()).toHaveLength(1)
    call('DestroyIpPool', { id, force: true })
    expect(pools()).toEqual([])
  })

  it.each([
    ['a name that is taken', 'name', {}],
    ['no name', 'name', { name: '' }],
    ['a range that is none', 'ipv4Config.range', { name: 'b', ipv4Config: ipv4('192.0.2.10-20') }],
    ['a range of nothing', 'ipv4Config.range', { name: 'b', ipv4Config: ipv4('192.0.2.10#0') }],
    ['a range of another family', 'ipv4Config.range', { name: 'b', ipv4Config: ipv4('2001:db8::1#2') }],
    ['a range beyond its subnet', 'ipv4Config.range', { name: 'b', ipv4Config: ipv4('192.0.2.250#10') }],
    [
      'a range beyond a subnet in bits',
      'ipv4Config.range',
      { name: 'b', ipv4Config: ipv4('192.0.2.10#10', { netmask: '28' }) },
    ],
    [
      'a range beyond all addresses',
      'ipv4Config.range',
      { name: 'b', ipv4Config: data('IpPoolIpPoolConfigInfo', { range: '255.255.255.255#2' }) },
    ],
  ])('refuse %s', (_what, name, changes) => {
    const { create, fault, pools } = world()
    create()
    expect(fault('CreateIpPool', { pool: pool(changes) })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: `pool.${name}`,
    })
    expect(pools()).toHaveLength(1)
  })

  it('refuse pools, addresses and datacenters that there are not', () => {
    const { lab, create, fault } = world()
    const id = create()
    const missing: readonly (readonly [string, object, string])[] = [
      ['UpdateIpPool', { pool: pool({ id: 99 }) }, 'pool.id'],
      ['DestroyIpPool', { id: 99, force: true }, 'id'],
      ['AllocateIpv4Address', { poolId: 99, allocationId: 'a' }, 'poolId'],
      ['AllocateIpv6Address', { poolId: id, allocationId: 'a' }, 'poolId'],
      ['AllocateIpv4Address', { poolId: id, allocationId: '' }, 'allocationId'],
      ['ReleaseIpAllocation', { poolId: id, allocationId: 'a' }, 'allocationId'],
      ['QueryIPAllocations', { poolId: 99, extensionKey: 'a' }, 'poolId'],
    ]
    for (const [method, args, invalidProperty] of missing)
      expect(fault(method, args)).toMatchObject({ invalidProperty })
    const other = { type: 'Datacenter', value: 'datacenter-99' }
    expect(lab.fault(...MANAGER, 'QueryIpPools', { dc: other })._typeName).toBe('ManagedObjectNotFound')
  })

  it('are named by their networks, which have no other', () => {
    const { lab, call, create, fault } = world()
    const network = lab.sandbox.transact({}, (ctx) => ensureNetwork(ctx, lab.datacenter, 'VM Network'))
    const networkAssociation = [data('IpPoolAssociation', { network, networkName: 'VM Network' })]
    const shown = () => lab.get<object>('Network', network.value, 'summary')
    expect(shown()).toMatchObject({ ipPoolName: '' })
    const id = create({ networkAssociation })
    expect(shown()).toMatchObject({ ipPoolName: 'lab', ipPoolId: id })
    const refused = { invalidProperty: 'pool.networkAssociation' }
    expect(fault('CreateIpPool', { pool: pool({ name: 'b', networkAssociation }) })).toMatchObject(refused)
    call('DestroyIpPool', { id, force: false })
    expect(shown()).toMatchObject({ ipPoolName: '' })
    const nowhere = data('IpPoolAssociation', {
      network: { ...network, value: 'network-99' },
      networkName: 'x',
    })
    expect(fault('CreateIpPool', { pool: pool({ name: 'b', networkAssociation: [nowhere] }) })).toMatchObject(
      refused,
    )
  })
})

it('reads ranges of any length', () => {
  const huge = rangesOf(data('IpPoolIpPoolConfigInfo', { range: '::#9999999999' }), 6)
  expect(sizeOf(huge)).toBe(2 ** 31 - 1)
  expect(firstFree(huge, new Set(['::']), 6)).toBe('::1')
})
