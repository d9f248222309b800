import { describe, expect, it } from 'vitest'
import { createNetLab, networksOf, objectProblems } from './testing.js'

const bridge = (...nicDevice: string[]) => ({ _typeName: 'HostVirtualSwitchBondBridge', nicDevice })
const spec = (members: object = {}) => ({ _typeName: 'HostVirtualSwitchSpec', numPorts: 128, ...members })
const group = (name: string, vswitchName = 'vSwitch0', members: object = {}) => ({
  _typeName: 'HostPortGroupSpec',
  name,
  vlanId: 0,
  vswitchName,
  policy: { _typeName: 'HostNetworkPolicy' },
  ...members,
})
const nic = (ipAddress: string) => ({
  _typeName: 'HostVirtualNicSpec',
  ip: { _typeName: 'HostIpConfig', dhcp: false, ipAddress, subnetMask: '255.255.255.0' },
})
const NETWORK = 'HostNetworkSystem'

describe('a fresh host', () => {
  it('has vSwitch0 on its first NIC with the management adapter and VM Network, as recorded', () => {
    const lab = createNetLab()
    const { vswitch, portgroup, vnic, pnic, netStackInstance } = lab.network()
    expect(
      vswitch?.map(({ name, key, pnic, portgroup, mtu }) => ({ name, key, pnic, portgroup, mtu })),
    ).toEqual([
      {
        name: 'vSwitch0',
        key: 'key-vim.host.VirtualSwitch-vSwitch0',
        pnic: ['key-vim.host.PhysicalNic-vmnic0'],
        portgroup: ['key-vim.host.PortGroup-VM Network', 'key-vim.host.PortGroup-Management Network'],
        mtu: 1500,
      },
    ])
    expect(portgroup?.map(({ key, port }) => [key, port?.map((each) => each.key)])).toEqual([
      ['key-vim.host.PortGroup-VM Network', undefined],
      ['key-vim.host.PortGroup-Management Network', ['key-vim.host.PortGroup.Port-33554436']],
    ])
    expect(vnic?.[0]).toMatchObject({
      device: 'vmk0',
      key: 'key-vim.host.VirtualNic-vmk0',
      portgroup: 'Management Network',
      port: 'key-vim.host.PortGroup.Port-33554436',
      spec: { ip: { ipAddress: '192.168.10.11' }, mac: '24:6e:96:00:00:00' },
    })
    expect(pnic?.map((each) => each.linkSpeed?.speedMb)).toEqual([10_000, 10_000])
    expect(netStackInstance?.map((stack) => stack.key)).toEqual([
      'vSphereProvisioning',
      'vmotion',
      'defaultTcpipStack',
    ])
  })

  it('shows one network for both hosts, and none for the management port group', () => {
    const lab = createNetLab()
    expect(networksOf(lab)).toEqual(['VM Network'])
    const [network] = lab.get<{ value: string }[]>('HostSystem', lab.hosts[0], 'network')
    expect(lab.get('Network', network?.value ?? '', 'host')).toHaveLength(2)
    expect(lab.get('Network', network?.value ?? '', 'summary')).toMatchObject({ accessible: true })
    expect(objectProblems(lab, 'Network', network?.value ?? '')).toEqual([])
  })

  it('is whole by the schema, managers included', () => {
    const lab = createNetLab()
    const host = lab.sandbox.inventory.read.get('HostSystem', lab.hosts[0])
    expect(host.config?.network).toBe(lab.get(NETWORK, `networkSystem-${lab.number}`, 'networkInfo'))
    expect(objectProblems(lab, NETWORK, `networkSystem-${lab.number}`)).toEqual([])
    expect(objectProblems(lab, 'HostVirtualNicManager', `virtualNicManager-${lab.number}`)).toEqual([])
    expect(objectProblems(lab, 'HostVMotionSystem', `vmotionSystem-${lab.number}`)).toEqual([])
  })
})

describe('AddVirtualSwitch', () => {
  it('adds a switch with the defaults and the chosen uplink', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddVirtualSwitch', {
      vswitchName: 'vSwitch1',
      spec: spec({ bridge: bridge('vmnic1'), mtu: 9000 }),
    })
    const added = lab.network().vswitch?.[1]
    expect(added).toMatchObject({ name: 'vSwitch1', mtu: 9000, pnic: ['key-vim.host.PhysicalNic-vmnic1'] })
    expect(added?.spec.policy?.nicTeaming?.nicOrder?.activeNic).toEqual(['vmnic1'])
    expect(objectProblems(lab, NETWORK, `networkSystem-${lab.number}`)).toEqual([])
  })

  it('takes no specification at all', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddVirtualSwitch', { vswitchName: 'internal' })
    expect(lab.network().vswitch?.[1]).toMatchObject({ name: 'internal', mtu: 1500, spec: { numPorts: 128 } })
  })

  it('refuses a name that exists', () => {
    const lab = createNetLab()
    expect(lab.refused(NETWORK, 'AddVirtualSwitch', { vswitchName: 'vSwitch0' })).toMatchObject({
      _typeName: 'AlreadyExists',
      name: 'vSwitch0',
    })
  })

  it("refuses another switch's uplink", () => {
    const lab = createNetLab()
    const args = { vswitchName: 'vSwitch1', spec: spec({ bridge: bridge('vmnic0') }) }
    expect(lab.refused(NETWORK, 'AddVirtualSwitch', args)).toMatchObject({
      _typeName: 'ResourceInUse',
      name: 'vmnic0',
    })
  })

  it.each([
    ['vswitchName', { vswitchName: '' }],
    ['vswitchName', { vswitchName: 'a'.repeat(32) }],
    ['spec.mtu', { vswitchName: 'v', spec: spec({ mtu: 9001 }) }],
    ['spec.numPorts', { vswitchName: 'v', spec: spec({ numPorts: 5000 }) }],
    ['spec.bridge.nicDevice', { vswitchName: 'v', spec: spec({ bridge: bridge('vmnic7') }) }],
  ])('refuses a wrong %s', (invalidProperty, args) => {
    expect(createNetLab().refused(NETWORK, 'AddVirtualSwitch', args)).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty,
    })
  })
})

describe('UpdateVirtualSwitch', () => {
  it('changes uplinks and policy, which port groups then inherit', () => {
    const lab = createNetLab()
    const security = { _typeName: 'HostNetworkSecurityPolicy', allowPromiscuous: true }
    lab.on(NETWORK, 'UpdateVirtualSwitch', {
      vswitchName: 'vSwitch0',
      spec: spec({
        bridge: bridge('vmnic0', 'vmnic1'),
        policy: { _typeName: 'HostNetworkPolicy', security },
      }),
    })
    const { vswitch, portgroup } = lab.network()
    expect(vswitch?.[0]?.spec.policy?.nicTeaming?.nicOrder?.activeNic).toEqual(['vmnic0', 'vmnic1'])
    expect(portgroup?.[0]?.computedPolicy.security).toMatchObject({
      allowPromiscuous: true,
      macChanges: true,
    })
  })

  it('refuses unknown switches, uplinks in use and what would cut the host off', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddVirtualSwitch', { vswitchName: 'vSwitch1', spec: spec({ bridge: bridge('vmnic1') }) })
    const fault = (vswitchName: string, changes: object) =>
      lab.refused(NETWORK, 'UpdateVirtualSwitch', { vswitchName, spec: spec(changes) })._typeName
    expect(fault('vSwitch9', {})).toBe('NotFound')
    expect(fault('vSwitch1', { bridge: bridge('vmnic0') })).toBe('ResourceInUse')
    expect(fault('vSwitch0', {})).toBe('PlatformConfigFault')
    expect(fault('vSwitch0', { bridge: bridge('vmnic0'), mtu: 10 })).toBe('InvalidArgument')
  })
})

describe('RemoveVirtualSwitch', () => {
  it('removes a switch with its unused port groups and their networks', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddVirtualSwitch', { vswitchName: 'vSwitch1' })
    lab.on(NETWORK, 'AddPortGroup', { portgrp: group('Inner', 'vSwitch1') })
    expect(networksOf(lab)).toEqual(['VM Network', 'Inner'])
    lab.on(NETWORK, 'RemoveVirtualSwitch', { vswitchName: 'vSwitch1' })
    expect(lab.network().vswitch?.map((each) => each.name)).toEqual(['vSwitch0'])
    expect(lab.network().portgroup?.map((each) => each.spec.name)).toEqual([
      'VM Network',
      'Management Network',
    ])
    expect(networksOf(lab)).toEqual(['VM Network'])
  })

  it('refuses unknown switches and those with adapters', () => {
    const lab = createNetLab()
    const fault = (vswitchName: string) => lab.refused(NETWORK, 'RemoveVirtualSwitch', { vswitchName })
    expect(fault('vSwitch9')._typeName).toBe('NotFound')
    expect(fault('vSwitch0')).toMatchObject({ _typeName: 'ResourceInUse', name: 'vSwitch0' })
  })
})

describe('AddPortGroup', () => {
  it('adds a port group, its key and a network that both hosts share', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddPortGroup', { portgrp: group('Lab/A', 'vSwitch0', { vlanId: 4095 }) })
    lab.call(NETWORK, `networkSystem-${lab.hosts[1].slice(5)}`, 'AddPortGroup', { portgrp: group('Lab/A') })
    expect(lab.network().portgroup?.[2]).toMatchObject({
      key: 'key-vim.host.PortGroup-Lab/A',
      vswitch: 'key-vim.host.VirtualSwitch-vSwitch0',
      spec: { vlanId: 4095 },
    })
    expect(networksOf(lab)).toEqual(['VM Network', 'Lab%2fA'])
    expect(lab.get('HostSystem', lab.hosts[1], 'network')).toHaveLength(2)
  })

  it('refuses what exists, unknown switches and bad values', () => {
    const lab = createNetLab()
    const fault = (portgrp: object) => lab.refused(NETWORK, 'AddPortGroup', { portgrp })
    expect(fault(group('VM Network'))).toMatchObject({ _typeName: 'AlreadyExists', name: 'VM Network' })
    expect(fault(group('A', 'vSwitch9'))._typeName).toBe('NotFound')
    expect(fault(group('A', 'vSwitch0', { vlanId: 4096 }))).toMatchObject({
      invalidProperty: 'portgrp.vlanId',
    })
    expect(fault(group('', 'vSwitch0'))).toMatchObject({ invalidProperty: 'portgrp.name' })
  })

  it('reaches only connected hosts', () => {
    const lab = createNetLab()
    lab.setConnection('notResponding')
    expect(lab.refused(NETWORK, 'AddPortGroup', { portgrp: group('A') })._typeName).toBe('HostNotReachable')
  })

  it('has room for 512 port groups on a switch', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddVirtualSwitch', { vswitchName: 'vSwitch1' })
    lab.transact((ctx) =>
      ctx.tx.update('HostSystem', lab.hosts[0], ({ config }) => {
        const present = config?.network?.portgroup?.[0]
        const many = Array.from({ length: 512 }, (_, at) => ({
          ...present,
          spec: { ...present?.spec, name: `pg${at}`, vswitchName: 'vSwitch1' },
        }))
        return { config: { ...config, network: { ...config?.network, portgroup: many } } } as never
      }),
    )
    expect(lab.refused(NETWORK, 'AddPortGroup', { portgrp: group('A', 'vSwitch1') })._typeName).toBe(
      'PlatformConfigFault',
    )
  })
})

describe('UpdatePortGroup', () => {
  it('renames: adapters stay connected, the network follows', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'UpdatePortGroup', {
      pgName: 'Management Network',
      portgrp: group('Mgmt', 'vSwitch0', { vlanId: 10 }),
    })
    lab.on(NETWORK, 'UpdatePortGroup', { pgName: 'VM Network', portgrp: group('Guests') })
    expect(lab.network().vnic?.[0]).toMatchObject({ portgroup: 'Mgmt', spec: { portgroup: 'Mgmt' } })
    expect(networksOf(lab)).toEqual(['VM Network', 'Guests'])
    expect(lab.network().portgroup?.[1]).toMatchObject({
      key: 'key-vim.host.PortGroup-Mgmt',
      spec: { vlanId: 10 },
    })
  })

  it('refuses unknown port groups and switches, taken names and bad VLANs', () => {
    const lab = createNetLab()
    const fault = (pgName: string, portgrp: object) =>
      lab.refused(NETWORK, 'UpdatePortGroup', { pgName, portgrp })._typeName
    expect(fault('Nothing', group('Nothing'))).toBe('NotFound')
    expect(fault('VM Network', group('VM Network', 'vSwitch9'))).toBe('NotFound')
    expect(fault('VM Network', group('Management Network'))).toBe('AlreadyExists')
    expect(fault('VM Network', group('VM Network', 'vSwitch0', { vlanId: -1 }))).toBe('InvalidArgument')
  })
})

describe('RemovePortGroup', () => {
  it('removes the port group from this host and keeps the network of the other', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'RemovePortGroup', { pgName: 'VM Network' })
    expect(lab.get('HostSystem', lab.hosts[0], 'network')).toEqual([])
    expect(networksOf(lab)).toEqual(['VM Network'])
    lab.call(NETWORK, `networkSystem-${lab.hosts[1].slice(5)}`, 'RemovePortGroup', { pgName: 'VM Network' })
    expect(networksOf(lab)).toEqual([])
  })

  it('refuses unknown port groups, those with an adapter and those with running VMs', () => {
    const lab = createNetLab()
    const fault = (pgName: string) => lab.refused(NETWORK, 'RemovePortGroup', { pgName })
    expect(fault('Nothing')._typeName).toBe('NotFound')
    expect(fault('Management Network')).toMatchObject({
      _typeName: 'ResourceInUse',
      name: 'Management Network',
    })
    const network = lab.get<object[]>('HostSystem', lab.hosts[0], 'network')
    lab.addVm('vm1', { network })
    expect(fault('VM Network')._typeName).toBe('ResourceInUse')
  })

  it('lets VMs that are off keep the network', () => {
    const lab = createNetLab()
    const network = lab.get<{ value: string }[]>('HostSystem', lab.hosts[0], 'network')
    const vm = lab.addVm('vm1', { network, runtime: { powerState: 'poweredOff' } })
    lab.on(NETWORK, 'RemovePortGroup', { pgName: 'VM Network' })
    lab.call(NETWORK, `networkSystem-${lab.hosts[1].slice(5)}`, 'RemovePortGroup', { pgName: 'VM Network' })
    expect(lab.get('Network', network[0]?.value ?? '', 'vm')).toEqual([vm])
  })
})

describe('networks and adapters', () => {
  it('a port group that gets an adapter is no network any more, until the adapter goes', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddPortGroup', { portgrp: group('vMotion') })
    expect(networksOf(lab)).toEqual(['VM Network', 'vMotion'])
    expect(lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'vMotion', nic: nic('192.168.20.11') })).toBe('vmk1')
    expect(networksOf(lab)).toEqual(['VM Network'])
    lab.on(NETWORK, 'RemoveVirtualNic', { device: 'vmk1' })
    expect(networksOf(lab)).toEqual(['VM Network', 'vMotion'])
  })
})
