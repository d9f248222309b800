import { data } from '#vim25/data.js'
import { setNetwork } from '#vsphere/vmkernel/hosts.js'
import { newPortGroup } from '#vsphere/vmkernel/network-info.js'
import type { FaultCase, Given } from './case.js'
import type { FaultLab } from './lab.js'

const system = (lab: FaultLab) => lab.manager('networkSystem')

const refused = (text: string) => ({ text })

const bridge = (...nicDevice: readonly string[]) => data('HostVirtualSwitchBondBridge', { nicDevice })

const switchSpec = (...uplinks: readonly string[]) =>
  data('HostVirtualSwitchSpec', {
    numPorts: 128,
    ...(uplinks.length === 0 ? {} : { bridge: bridge(...uplinks) }),
  })

const group = (name: string, vswitchName = 'vSwitch0') =>
  data('HostPortGroupSpec', { name, vlanId: 0, vswitchName, policy: data('HostNetworkPolicy', {}) })

const ip = (ipAddress: string) =>
  data('HostIpConfig', { dhcp: false, ipAddress, subnetMask: '255.255.255.0' })

/** Neither DHCP nor a fixed address alone: IPv6 too, which the lab's hosts have turned off. */
const ip6 = (ipAddress: string) =>
  data('HostIpConfig', {
    ...ip(ipAddress),
    ipV6Config: data('HostIpConfigIpV6AddressConfiguration', { dhcpV6Enabled: true }),
  })

const nic = (ipConfig: ReturnType<typeof ip>) => data('HostVirtualNicSpec', { ip: ipConfig })

/** The address of the first host's vmk0. */
const ADDRESS = '192.168.10.31'

const taken = refused(`IP address ${ADDRESS} is already used by vmk0.`)

const call = (lab: FaultLab, args: object, members: object = {}): Given => ({
  on: system(lab),
  args,
  members,
})

const addSwitch = (lab: FaultLab, vswitchName: string, ...uplinks: readonly string[]) =>
  lab.done<void>('HostNetworkSystem', system(lab), 'AddVirtualSwitch', {
    vswitchName,
    spec: switchSpec(...uplinks),
  })

const addGroup = (lab: FaultLab, name: string, vswitchName?: string) =>
  lab.done<void>('HostNetworkSystem', system(lab), 'AddPortGroup', { portgrp: group(name, vswitchName) })

/** 512 port groups are the most that a switch has. */
function fillSwitch(lab: FaultLab, vswitch: string): void {
  const network = lab.network()
  const groups = Array.from({ length: 512 }, (_, at) => newPortGroup(group(`Group ${at + 1}`, vswitch)))
  const portgroup = [...(network.portgroup ?? []), ...groups]
  lab.act((ctx) => setNetwork(ctx, lab.hosts[0] ?? '', { ...network, portgroup }))
}

/** vmk1 on a port group of its own. */
function addAdapter(lab: FaultLab): string {
  addGroup(lab, 'Second')
  const args = { portgroup: 'Second', nic: nic(ip('192.168.20.5')) }
  return lab.done<string>('HostNetworkSystem', system(lab), 'AddVirtualNic', args)
}

/** What is asked for by a name that the host does not have. */
const NAMED: readonly (readonly [method: string, args: object])[] = [
  ['UpdateVirtualSwitch', { vswitchName: 'vSwitch9', spec: switchSpec() }],
  ['RemoveVirtualSwitch', { vswitchName: 'vSwitch9' }],
  ['UpdatePortGroup', { pgName: 'Ninth', portgrp: group('Ninth') }],
  ['RemovePortGroup', { pgName: 'Ninth' }],
  ['UpdateVirtualNic', { device: 'vmk9', nic: nic(ip('192.168.20.5')) }],
  ['RemoveVirtualNic', { device: 'vmk9' }],
  ['QueryNetworkHint', { device: ['vmnic9'] }],
  ['AddPortGroup', { portgrp: group('Ninth', 'vSwitch9') }],
]

const missing: readonly FaultCase[] = NAMED.map(([name, args]) => ({
  method: `HostNetworkSystem.${name}`,
  fault: 'NotFound',
  when: name === 'AddPortGroup' ? 'the host has no such switch' : 'the host has nothing of that name',
  given: (lab) => call(lab, args),
}))

export const hostNetworkCases: readonly FaultCase[] = [
  ...missing,
  {
    method: 'HostNetworkSystem.AddVirtualSwitch',
    fault: 'AlreadyExists',
    when: 'the host has a switch of that name',
    given: (lab) => call(lab, { vswitchName: 'vSwitch0', spec: switchSpec() }, { name: 'vSwitch0' }),
  },
  {
    method: 'HostNetworkSystem.AddVirtualSwitch',
    fault: 'ResourceInUse',
    when: 'its uplink is another switch’s',
    given: (lab) =>
      call(
        lab,
        { vswitchName: 'vSwitch1', spec: switchSpec('vmnic0') },
        { type: 'PhysicalNic', name: 'vmnic0' },
      ),
  },
  {
    method: 'HostNetworkSystem.UpdateVirtualSwitch',
    fault: 'ResourceInUse',
    when: 'its new uplink is another switch’s',
    given(lab) {
      addSwitch(lab, 'vSwitch1', 'vmnic1')
      return call(
        lab,
        { vswitchName: 'vSwitch0', spec: switchSpec('vmnic0', 'vmnic1') },
        { type: 'PhysicalNic', name: 'vmnic1' },
      )
    },
  },
  {
    method: 'HostNetworkSystem.UpdateVirtualSwitch',
    fault: 'PlatformConfigFault',
    when: 'the management adapter would lose its last uplink',
    given: (lab) =>
      call(
        lab,
        { vswitchName: 'vSwitch0', spec: switchSpec() },
        refused('Without an uplink, vSwitch0 would disconnect the host from vCenter Server.'),
      ),
  },
  {
    method: 'HostNetworkSystem.RemoveVirtualSwitch',
    fault: 'ResourceInUse',
    when: 'a vmkernel adapter is on one of its port groups',
    given: (lab) => call(lab, { vswitchName: 'vSwitch0' }, { type: 'VirtualSwitch', name: 'vSwitch0' }),
  },
  {
    method: 'HostNetworkSystem.AddPortGroup',
    fault: 'AlreadyExists',
    when: 'the host has a port group of that name',
    given: (lab) => call(lab, { portgrp: group('VM Network') }, { name: 'VM Network' }),
  },
  {
    method: 'HostNetworkSystem.AddPortGroup',
    fault: 'PlatformConfigFault',
    when: 'the switch has 512 port groups',
    given(lab) {
      addSwitch(lab, 'vSwitch1')
      fillSwitch(lab, 'vSwitch1')
      return call(
        lab,
        { portgrp: group('Group 513', 'vSwitch1') },
        refused('vSwitch1 has 512 port groups, which is the most.'),
      )
    },
  },
  {
    method: 'HostNetworkSystem.UpdatePortGroup',
    fault: 'AlreadyExists',
    when: 'the host has a port group of the new name',
    given(lab) {
      addGroup(lab, 'Second')
      return call(lab, { pgName: 'Second', portgrp: group('VM Network') }, { name: 'VM Network' })
    },
  },
  {
    method: 'HostNetworkSystem.UpdatePortGroup',
    fault: 'PlatformConfigFault',
    when: 'it would move the management adapter to a switch without an uplink',
    given(lab) {
      addSwitch(lab, 'vSwitch1')
      const text =
        'On vSwitch1, which has no uplink, Management Network would disconnect the host from vCenter Server.'
      const portgrp = group('Management Network', 'vSwitch1')
      return call(lab, { pgName: 'Management Network', portgrp }, refused(text))
    },
  },
  {
    method: 'HostNetworkSystem.RemovePortGroup',
    fault: 'ResourceInUse',
    when: 'a vmkernel adapter is on it',
    given: (lab) =>
      call(lab, { pgName: 'Management Network' }, { type: 'PortGroup', name: 'Management Network' }),
  },
  {
    method: 'HostNetworkSystem.RemovePortGroup',
    fault: 'ResourceInUse',
    when: 'a running VM is on it',
    given: (lab) => call(lab, { pgName: 'VM Network' }, { type: 'PortGroup', name: 'VM Network' }),
  },
  {
    method: 'HostNetworkSystem.AddVirtualNic',
    fault: 'AlreadyExists',
    when: 'another adapter is on the port group',
    given: (lab) =>
      call(
        lab,
        { portgroup: 'Management Network', nic: nic(ip('192.168.20.5')) },
        { name: 'Management Network' },
      ),
  },
  {
    method: 'HostNetworkSystem.AddVirtualNic',
    fault: 'PlatformConfigFault',
    when: 'another adapter has the address',
    given(lab) {
      addGroup(lab, 'Second')
      return call(lab, { portgroup: 'Second', nic: nic(ip(ADDRESS)) }, taken)
    },
  },
  {
    method: 'HostNetworkSystem.AddVirtualNic',
    fault: 'InvalidState',
    when: 'it asks for IPv6, and the host has IPv6 turned off',
    given(lab) {
      addGroup(lab, 'Second')
      return call(lab, { portgroup: 'Second', nic: nic(ip6('192.168.20.5')) })
    },
  },
  {
    method: 'HostNetworkSystem.UpdateVirtualNic',
    fault: 'PlatformConfigFault',
    when: 'another adapter has the address',
    given: (lab) => call(lab, { device: addAdapter(lab), nic: nic(ip(ADDRESS)) }, taken),
  },
  {
    method: 'HostNetworkSystem.UpdateVirtualNic',
    fault: 'InvalidState',
    when: 'it asks for IPv6, and the host has IPv6 turned off',
    given: (lab) => call(lab, { device: addAdapter(lab), nic: nic(ip6('192.168.20.5')) }),
  },
  {
    method: 'HostNetworkSystem.RemoveVirtualNic',
    fault: 'PlatformConfigFault',
    when: 'it is the only management adapter',
    given: (lab) =>
      call(
        lab,
        { device: 'vmk0' },
        refused('Without vmk0, the host would be disconnected from vCenter Server.'),
      ),
  },
  {
    method: 'HostVirtualNicManager.QueryNetConfig',
    fault: 'InvalidArgument',
    when: 'the host knows no such service',
    given: (lab) => ({
      on: lab.manager('virtualNicManager'),
      args: { nicType: 'telephony' },
      members: { invalidProperty: 'nicType' },
    }),
  },
  {
    method: 'HostVirtualNicManager.SelectVnicForNicType',
    fault: 'InvalidArgument',
    when: 'the host has no such adapter',
    given: (lab) => ({
      on: lab.manager('virtualNicManager'),
      args: { nicType: 'vmotion', device: 'vmk9' },
      members: { invalidProperty: 'device' },
    }),
  },
  {
    method: 'HostVirtualNicManager.DeselectVnicForNicType',
    fault: 'InvalidArgument',
    when: 'the adapter does not carry the service',
    given: (lab) => ({
      on: lab.manager('virtualNicManager'),
      args: { nicType: 'vSphereReplication', device: 'vmk0' },
      members: { invalidProperty: 'device' },
    }),
  },
  {
    method: 'HostVirtualNicManager.DeselectVnicForNicType',
    fault: 'PlatformConfigFault',
    when: 'no other adapter carries management traffic',
    given: (lab) => ({
      on: lab.manager('virtualNicManager'),
      args: { nicType: 'management', device: 'vmk0' },
      members: refused('Without vmk0, the host would be disconnected from vCenter Server.'),
    }),
  },
  {
    method: 'HostVMotionSystem.UpdateIpConfig',
    fault: 'NotFound',
    when: 'no adapter carries vMotion',
    given(lab) {
      lab.done('HostVMotionSystem', lab.manager('vmotionSystem'), 'DeselectVnic')
      return { on: lab.manager('vmotionSystem'), args: { ipConfig: ip('192.168.20.5') } }
    },
  },
  {
    method: 'HostVMotionSystem.UpdateIpConfig',
    fault: 'PlatformConfigFault',
    when: 'another adapter has the address',
    given(lab) {
      const device = addAdapter(lab)
      lab.done('HostVMotionSystem', lab.manager('vmotionSystem'), 'SelectVnic', { device })
      return { on: lab.manager('vmotionSystem'), args: { ipConfig: ip(ADDRESS) }, members: taken }
    },
  },
]
