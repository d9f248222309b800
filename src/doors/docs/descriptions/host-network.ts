import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const HOST = 'vesxi-01.lab.local'
const network = (lab: Lab) => lab.ref('HostSystem', HOST, 'configManager.networkSystem')
const nics = (lab: Lab) => lab.ref('HostSystem', HOST, 'configManager.virtualNicManager')
const vmotion = (lab: Lab) => lab.ref('HostSystem', HOST, 'configManager.vmotionSystem')

const address = (ipAddress: string) =>
  data('HostIpConfig', { dhcp: false, ipAddress, subnetMask: '255.255.255.0' })

const group = (name: string, vlanId: number) =>
  data('HostPortGroupSpec', {
    name,
    vlanId,
    vswitchName: 'vSwitch0',
    policy: data('HostNetworkPolicy', {}),
  })

const SWITCH = 'HostNetworkSystem.AddVirtualSwitch'
const GROUP = 'HostNetworkSystem.AddPortGroup'
const NIC = 'HostNetworkSystem.AddVirtualNic'

export const hostNetworkDescriptions: Descriptions = {
  'HostNetworkSystem.AddVirtualSwitch': {
    summary: 'Adds a standard switch to a host',
    text: 'With the physical adapters of its `bridge`, each of which belongs to one switch only.',
    example: {
      on: network,
      body: () => ({ vswitchName: 'vSwitch2', spec: data('HostVirtualSwitchSpec', { numPorts: 128 }) }),
    },
  },
  'HostNetworkSystem.UpdateVirtualSwitch': {
    summary: 'Changes a standard switch',
    text: 'The specification is taken whole: what it leaves out of `bridge` is unplugged.',
    example: {
      on: network,
      first: [SWITCH],
      body: () => ({
        vswitchName: 'vSwitch2',
        spec: data('HostVirtualSwitchSpec', { numPorts: 128, mtu: 9000 }),
      }),
    },
  },
  'HostNetworkSystem.RemoveVirtualSwitch': {
    summary: 'Removes a standard switch',
    text: '`ResourceInUse` while a VM or a vmkernel adapter is on it.',
    example: { on: network, first: [SWITCH], body: () => ({ vswitchName: 'vSwitch2' }) },
  },
  'HostNetworkSystem.AddPortGroup': {
    summary: 'Adds a port group to a standard switch',
    text: 'Port groups of one name in a datacenter are one network to the VMs.',
    example: { on: network, body: () => ({ portgrp: group('Backup', 30) }) },
  },
  'HostNetworkSystem.UpdatePortGroup': {
    summary: 'Changes or renames a port group',
    example: {
      on: network,
      first: [GROUP],
      body: () => ({ pgName: 'Backup', portgrp: group('Backup', 31) }),
    },
  },
  'HostNetworkSystem.RemovePortGroup': {
    summary: 'Removes a port group',
    text: '`ResourceInUse` while a VM or a vmkernel adapter is on it.',
    example: { on: network, first: [GROUP], body: () => ({ pgName: 'Backup' }) },
  },
  'HostNetworkSystem.AddVirtualNic': {
    summary: 'Adds a vmkernel adapter',
    text: 'Answers its name (`vmk2`). Which services it carries is a matter of `HostVirtualNicManager`.',
    example: {
      on: network,
      first: [GROUP],
      body: () => ({
        portgroup: 'Backup',
        nic: data('HostVirtualNicSpec', { ip: address('192.168.30.21') }),
      }),
    },
  },
  'HostNetworkSystem.UpdateVirtualNic': {
    summary: 'Changes the address or MTU of a vmkernel adapter',
    example: {
      on: network,
      first: [NIC],
      body: () => ({
        device: 'vmk2',
        nic: data('HostVirtualNicSpec', { ip: address('192.168.30.22'), mtu: 9000 }),
      }),
    },
  },
  'HostNetworkSystem.RemoveVirtualNic': {
    summary: 'Removes a vmkernel adapter',
    text: 'The services that it carried lose it. The last one for management stays.',
    example: { on: network, first: [NIC], body: () => ({ device: 'vmk2' }) },
  },
  'HostNetworkSystem.QueryNetworkHint': {
    summary: 'Tells which subnets the physical adapters hear',
    example: { on: network, body: () => ({ device: ['vmnic0'] }) },
  },

  'HostVirtualNicManager.QueryNetConfig': {
    summary: 'Tells which vmkernel adapters a service may use, and which it does',
    text: 'Services are `vmotion`, `faultToleranceLogging`, `management`, `vSphereReplication`, `vsan` and others.',
    example: { on: nics, body: () => ({ nicType: 'faultToleranceLogging' }) },
  },
  'HostVirtualNicManager.SelectVnicForNicType': {
    summary: 'Enables a service on a vmkernel adapter',
    text: 'This is the tick box "Fault Tolerance logging" (`faultToleranceLogging`) or "vMotion" (`vmotion`) of an adapter.',
    example: {
      on: nics,
      body: () => ({ nicType: 'faultToleranceLogging', device: 'vmk0' }),
    },
  },
  'HostVirtualNicManager.DeselectVnicForNicType': {
    summary: 'Disables a service on a vmkernel adapter',
    example: { on: nics, body: () => ({ nicType: 'faultToleranceLogging', device: 'vmk1' }) },
  },
  'HostVMotionSystem.SelectVnic': {
    summary: 'Chooses the vmkernel adapter for vMotion',
    text: 'The older way to say `SelectVnicForNicType`, on the same state.',
    example: { on: vmotion, body: () => ({ device: 'vmk0' }) },
  },
  'HostVMotionSystem.DeselectVnic': {
    summary: 'Leaves vMotion without an adapter',
    example: { on: vmotion },
  },
  'HostVMotionSystem.UpdateIpConfig': {
    summary: 'Changes the address of the vMotion adapter',
    example: { on: vmotion, body: () => ({ ipConfig: address('192.168.20.121') }) },
  },
}
