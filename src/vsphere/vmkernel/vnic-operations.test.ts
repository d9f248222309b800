import { describe, expect, it } from 'vitest'
import { machineOfHost } from '#world/hardware.js'
import { machines } from '#world/machine.js'
import { subnetId, subnets } from '#world/subnet.js'
import { createDvPortgroup, createDvs } from '../dvs/build.js'
import { hostWithVmkIp, linkSpeedBehind } from './build.js'
import { createNetLab, type NetLab, objectProblems } from './testing.js'

const NETWORK = 'HostNetworkSystem'
const group = (name: string, vswitchName = 'vSwitch0') => ({
  _typeName: 'HostPortGroupSpec',
  name,
  vlanId: 0,
  vswitchName,
  policy: { _typeName: 'HostNetworkPolicy' },
})
const ip = (ipAddress: string, subnetMask = '255.255.255.0', members: object = {}) => ({
  _typeName: 'HostIpConfig',
  dhcp: false,
  ipAddress,
  subnetMask,
  ...members,
})
const nic = (ipAddress: string, members: object = {}) => ({
  _typeName: 'HostVirtualNicSpec',
  ip: ip(ipAddress),
  ...members,
})

function labWithGroups(...names: string[]): NetLab {
  const lab = createNetLab()
  for (const name of names) lab.on(NETWORK, 'AddPortGroup', { portgrp: group(name) })
  return lab
}

describe('AddVirtualNic', () => {
  it('answers with the device and shows the adapter whole', () => {
    const lab = labWithGroups('vMotion')
    expect(lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'vMotion', nic: nic('192.168.20.11') })).toBe('vmk1')
    expect(lab.network().vnic?.[1]).toMatchObject({
      device: 'vmk1',
      key: 'key-vim.host.VirtualNic-vmk1',
      portgroup: 'vMotion',
      port: 'key-vim.host.PortGroup.Port-33554437',
      spec: { mtu: 1500, tsoEnabled: true, netStackInstanceKey: 'defaultTcpipStack', portgroup: 'vMotion' },
    })
    expect(lab.network().vnic?.[1]?.spec.mac).toMatch(/^00:50:56:6[0-9a-f]:/)
    expect(lab.network().routeTableInfo?.ipRoute?.map((route) => [route.network, route.deviceName])).toEqual([
      ['0.0.0.0', 'vmk0'],
      ['192.168.10.0', 'vmk0'],
      ['192.168.20.0', 'vmk1'],
    ])
    expect(hostWithVmkIp(lab.sandbox.inventory.read, '192.168.20.11')).toBe(lab.hosts[0])
    expect(objectProblems(lab, NETWORK, `networkSystem-${lab.number}`)).toEqual([])
  })

  it('takes the lowest free number, and a port of its switch', () => {
    const lab = labWithGroups('A', 'B', 'C')
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'A', nic: nic('192.168.21.11') })
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'B', nic: nic('192.168.22.11') })
    lab.on(NETWORK, 'RemoveVirtualNic', { device: 'vmk1' })
    lab.on(NETWORK, 'AddVirtualSwitch', { vswitchName: 'vSwitch1' })
    lab.on(NETWORK, 'AddPortGroup', { portgrp: group('D', 'vSwitch1') })
    expect(lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'D', nic: nic('192.168.23.11') })).toBe('vmk1')
    expect(lab.network().vnic?.map(({ device, port }) => [device, port])).toEqual([
      ['vmk0', 'key-vim.host.PortGroup.Port-33554436'],
      ['vmk1', 'key-vim.host.PortGroup.Port-50331652'],
      ['vmk2', 'key-vim.host.PortGroup.Port-33554438'],
    ])
  })

  it('is always selected for the service of its TCP/IP stack', () => {
    const lab = labWithGroups('vMotion')
    const spec = nic('192.168.20.11', { netStackInstanceKey: 'vmotion' })
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'vMotion', nic: spec })
    const vmotion = lab.get<{ netConfig: { nicType: string; selectedVnic?: string[] }[] }>(
      'HostVirtualNicManager',
      `virtualNicManager-${lab.number}`,
      'info',
    )
    expect(vmotion.netConfig.find((config) => config.nicType === 'vmotion')?.selectedVnic).toEqual([
      'vmotion.key-vim.host.VirtualNic-vmk1',
    ])
  })

  it('leases an address from the subnet behind the port group, else takes a link-local one', () => {
    const lab = labWithGroups('A', 'B')
    lab.transact((ctx) =>
      ctx.tx.create(subnets, subnetId('A'), {
        network: 'A',
        netmask: '255.255.255.0',
        gateway: undefined,
        first: '192.168.10.11',
        last: '192.168.10.99',
        domain: undefined,
      }),
    )
    const dhcp = { _typeName: 'HostVirtualNicSpec', ip: { _typeName: 'HostIpConfig', dhcp: true } }
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'A', nic: dhcp })
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'B', nic: dhcp })
    expect(lab.network().vnic?.[1]?.spec.ip).toMatchObject({ dhcp: true, ipAddress: '192.168.10.14' })
    expect(lab.network().vnic?.[2]?.spec.ip?.ipAddress).toMatch(/^169\.254\./)
  })

  it('connects to a distributed port group of the host', () => {
    const lab = createNetLab()
    const { dvs, key } = lab.transact((ctx) => {
      const { networkFolder } = ctx.tx.get('Datacenter', lab.datacenter)
      const ref = createDvs(ctx, networkFolder, 'DVS0', [lab.hosts[0]])
      return { dvs: ref.value, key: createDvPortgroup(ctx, ref, 'DPG').value }
    })
    const distributedVirtualPort = {
      _typeName: 'DistributedVirtualSwitchPortConnection',
      switchUuid: lab.get('VmwareDistributedVirtualSwitch', dvs, 'uuid'),
      portgroupKey: key,
    }
    const args = { portgroup: '', nic: nic('192.168.20.11', { distributedVirtualPort }) }
    expect(lab.on(NETWORK, 'AddVirtualNic', args)).toBe('vmk1')
    expect(lab.network().vnic?.[1]).toMatchObject({ portgroup: '', spec: { distributedVirtualPort } })
    const both = { portgroup: 'VM Network', nic: nic('192.168.20.12', { distributedVirtualPort }) }
    expect(lab.refused(NETWORK, 'AddVirtualNic', both)).toMatchObject({ invalidProperty: 'portgroup' })
    const other = { ...distributedVirtualPort, portgroupKey: 'dvportgroup-1' }
    const unknown = { portgroup: '', nic: nic('192.168.20.12', { distributedVirtualPort: other }) }
    expect(lab.refused(NETWORK, 'AddVirtualNic', unknown)).toMatchObject({
      invalidProperty: 'nic.distributedVirtualPort.portgroupKey',
    })
  })

  it('refuses a second adapter on a port group', () => {
    const args = { portgroup: 'Management Network', nic: nic('192.168.20.11') }
    expect(createNetLab().refused(NETWORK, 'AddVirtualNic', args)).toMatchObject({
      _typeName: 'AlreadyExists',
      name: 'Management Network',
    })
  })

  it('refuses IPv6 on a host without it', () => {
    const six = { _typeName: 'HostIpConfigIpV6AddressConfiguration', dhcpV6Enabled: true }
    const lab = labWithGroups('A')
    const args = {
      portgroup: 'A',
      nic: nic('192.168.20.11', { ip: ip('192.168.20.11', '255.255.255.0', { ipV6Config: six }) }),
    }
    expect(lab.refused(NETWORK, 'AddVirtualNic', args)._typeName).toBe('InvalidState')
  })

  it('refuses addresses that another adapter has', () => {
    const lab = labWithGroups('A')
    const fault = (spec: object) =>
      lab.refused(NETWORK, 'AddVirtualNic', { portgroup: 'A', nic: spec })._typeName
    expect(fault(nic('192.168.10.11'))).toBe('PlatformConfigFault')
    expect(fault(nic('192.168.20.11', { mac: '24:6E:96:00:00:00' }))).toBe('PlatformConfigFault')
  })

  it.each([
    ['portgroup', 'Nothing', nic('192.168.20.11')],
    ['nic.ip', 'A', { _typeName: 'HostVirtualNicSpec' }],
    ['nic.ip.ipAddress', 'A', nic('192.168.20')],
    ['nic.ip.ipAddress', 'A', nic('192.168.20.256')],
    ['nic.ip.ipAddress', 'A', nic('224.0.0.1')],
    ['nic.ip.subnetMask', 'A', nic('192.168.20.11', { ip: ip('192.168.20.11', '255.0.255.0') })],
    ['nic.mtu', 'A', nic('192.168.20.11', { mtu: 9001 })],
    ['nic.mac', 'A', nic('192.168.20.11', { mac: '01:00:00:00:00:01' })],
    ['nic.netStackInstanceKey', 'A', nic('192.168.20.11', { netStackInstanceKey: 'nothing' })],
  ])('refuses a wrong %s', (invalidProperty, portgroup, spec) => {
    expect(labWithGroups('A').refused(NETWORK, 'AddVirtualNic', { portgroup, nic: spec })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty,
    })
  })
})

describe('UpdateVirtualNic', () => {
  it('changes what it is given and keeps the rest', () => {
    const lab = labWithGroups('A', 'B')
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'A', nic: nic('192.168.20.11') })
    const before = lab.network().vnic?.[1]
    lab.on(NETWORK, 'UpdateVirtualNic', {
      device: 'vmk1',
      nic: { _typeName: 'HostVirtualNicSpec', mtu: 9000 },
    })
    lab.on(NETWORK, 'UpdateVirtualNic', {
      device: 'vmk1',
      nic: { _typeName: 'HostVirtualNicSpec', portgroup: 'B', ip: ip('192.168.20.12') },
    })
    const after = lab.network().vnic?.[1]
    expect(after).toMatchObject({ portgroup: 'B', spec: { mtu: 9000, ip: { ipAddress: '192.168.20.12' } } })
    expect(after?.spec.mac).toBe(before?.spec.mac)
  })

  it('moves the management address: the installation answers there from now on', () => {
    const lab = createNetLab()
    lab.newEvents()
    lab.on(NETWORK, 'UpdateVirtualNic', {
      device: 'vmk0',
      nic: { _typeName: 'HostVirtualNicSpec', ip: ip('192.168.10.77') },
    })
    const { read } = lab.sandbox.inventory
    expect(read.get(machines, machineOfHost(read, lab.hosts[0]) ?? '').esxi?.address).toBe('192.168.10.77')
    expect(lab.newEvents()).toEqual(['HostIpChangedEvent'])
  })

  it('refuses unknown devices, taken port groups and addresses, IPv6, another stack', () => {
    const lab = labWithGroups('A', 'B')
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'A', nic: nic('192.168.20.11') })
    const fault = (device: string, members: object) =>
      lab.refused(NETWORK, 'UpdateVirtualNic', {
        device,
        nic: { _typeName: 'HostVirtualNicSpec', ...members },
      })
    const six = { _typeName: 'HostIpConfigIpV6AddressConfiguration', autoConfigurationEnabled: true }
    expect(fault('vmk7', {})._typeName).toBe('NotFound')
    expect(fault('vmk1', { portgroup: 'Management Network' })).toMatchObject({
      invalidProperty: 'nic.portgroup',
    })
    expect(fault('vmk1', { portgroup: 'Nothing' })).toMatchObject({ invalidProperty: 'portgroup' })
    expect(fault('vmk1', { ip: ip('192.168.10.11') })._typeName).toBe('PlatformConfigFault')
    expect(fault('vmk1', { ip: ip('192.168.20.11', '255.255.255.0', { ipV6Config: six }) })._typeName).toBe(
      'InvalidState',
    )
    expect(fault('vmk1', { netStackInstanceKey: 'vmotion' })._typeName).toBe('InvalidArgument')
  })
})

describe('RemoveVirtualNic', () => {
  it('drops what the adapter was selected for', () => {
    const lab = labWithGroups('A')
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'A', nic: nic('192.168.20.11') })
    lab.on('HostVirtualNicManager', 'SelectVnicForNicType', { nicType: 'vmotion', device: 'vmk1' })
    expect(lab.get('HostSystem', lab.hosts[0], 'summary')).toMatchObject({ config: { vmotionEnabled: true } })
    lab.on(NETWORK, 'RemoveVirtualNic', { device: 'vmk1' })
    expect(lab.network().vnic?.map((vnic) => vnic.device)).toEqual(['vmk0'])
    expect(lab.get('HostSystem', lab.hosts[0], 'summary')).toMatchObject({
      config: { vmotionEnabled: false },
    })
  })

  it('refuses unknown devices and the only management adapter', () => {
    const lab = createNetLab()
    expect(lab.refused(NETWORK, 'RemoveVirtualNic', { device: 'vmk1' })._typeName).toBe('NotFound')
    expect(lab.refused(NETWORK, 'RemoveVirtualNic', { device: 'vmk0' })._typeName).toBe('PlatformConfigFault')
  })
})

describe('QueryNetworkHint', () => {
  it('tells the subnets behind each NIC', () => {
    const lab = createNetLab()
    const hints = lab.on(NETWORK, 'QueryNetworkHint') as { device: string; subnet?: { ipSubnet: string }[] }[]
    expect(hints.map((hint) => [hint.device, hint.subnet?.map((subnet) => subnet.ipSubnet)])).toEqual([
      ['vmnic0', ['192.168.10.1-192.168.10.254']],
      ['vmnic1', undefined],
    ])
    expect(lab.on(NETWORK, 'QueryNetworkHint', { device: ['vmnic1'] })).toHaveLength(1)
  })

  it('refuses unknown NICs', () => {
    expect(createNetLab().refused(NETWORK, 'QueryNetworkHint', { device: ['vmnic9'] })._typeName).toBe(
      'NotFound',
    )
  })
})

describe('linkSpeedBehind', () => {
  it('is the speed of the uplinks behind an adapter', () => {
    const lab = labWithGroups()
    const { read } = lab.sandbox.inventory
    expect(linkSpeedBehind(read, lab.hosts[0], 'vmk0')).toBe(10_000)
    expect(linkSpeedBehind(read, lab.hosts[0], 'vmk9')).toBeUndefined()
  })

  it('is unknown without an uplink', () => {
    const lab = createNetLab()
    lab.on(NETWORK, 'AddVirtualSwitch', { vswitchName: 'vSwitch1' })
    lab.on(NETWORK, 'AddPortGroup', { portgrp: group('A', 'vSwitch1') })
    lab.on(NETWORK, 'AddVirtualNic', { portgroup: 'A', nic: nic('192.168.20.11') })
    expect(linkSpeedBehind(lab.sandbox.inventory.read, lab.hosts[0], 'vmk1')).toBeUndefined()
  })
})
