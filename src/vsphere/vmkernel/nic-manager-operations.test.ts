import { describe, expect, it } from 'vitest'
import { nicTypesOf } from './nic-types.js'
import { createNetLab, type NetLab, objectProblems } from './testing.js'

const MANAGER = 'HostVirtualNicManager'
const VMOTION = 'HostVMotionSystem'
interface NetConfig {
  nicType: string
  multiSelectAllowed: boolean
  candidateVnic: { key: string; port?: string }[]
  selectedVnic?: string[]
}

function labWithTwoAdapters(): NetLab {
  const lab = createNetLab()
  const policy = { _typeName: 'HostNetworkPolicy' }
  lab.on('HostNetworkSystem', 'AddPortGroup', {
    portgrp: { _typeName: 'HostPortGroupSpec', name: 'A', vlanId: 0, vswitchName: 'vSwitch0', policy },
  })
  const ip = {
    _typeName: 'HostIpConfig',
    dhcp: false,
    ipAddress: '192.168.20.11',
    subnetMask: '255.255.255.0',
  }
  lab.on('HostNetworkSystem', 'AddVirtualNic', {
    portgroup: 'A',
    nic: { _typeName: 'HostVirtualNicSpec', ip },
  })
  return lab
}

const query = (lab: NetLab, nicType: string) => lab.on(MANAGER, 'QueryNetConfig', { nicType }) as NetConfig
const select = (lab: NetLab, nicType: string, device: string) =>
  lab.on(MANAGER, 'SelectVnicForNicType', { nicType, device })
const deselect = (lab: NetLab, nicType: string, device: string) =>
  lab.on(MANAGER, 'DeselectVnicForNicType', { nicType, device })

describe('nic types', () => {
  it('are 12 sorted ones on 8.0.3 and 7 on 6.0', () => {
    expect(nicTypesOf('8.0.3')).toEqual([
      'faultToleranceLogging',
      'management',
      'nvmeRdma',
      'nvmeTcp',
      'ptp',
      'vSphereBackupNFC',
      'vSphereProvisioning',
      'vSphereReplication',
      'vSphereReplicationNFC',
      'vmotion',
      'vsan',
      'vsanWitness',
    ])
    expect(nicTypesOf('6.0.0')).toHaveLength(7)
    expect(nicTypesOf('6.7.0')).toHaveLength(8)
    expect(nicTypesOf('7.0.3')).toHaveLength(12)
  })

  it("are those of the host's own release", () => {
    const lab = createNetLab({ second: '6.0.0' })
    const types = (host: string) =>
      lab
        .get<{ netConfig: NetConfig[] }>(MANAGER, `virtualNicManager-${host.slice(5)}`, 'info')
        .netConfig.map((config) => config.nicType)
    expect(types(lab.hosts[0])).toHaveLength(12)
    expect(types(lab.hosts[1])).toEqual([
      'faultToleranceLogging',
      'management',
      'vSphereProvisioning',
      'vSphereReplication',
      'vSphereReplicationNFC',
      'vmotion',
      'vsan',
    ])
  })
})

describe('QueryNetConfig', () => {
  it('lists candidates with prefixed keys and without ports', () => {
    const config = query(labWithTwoAdapters(), 'faultToleranceLogging')
    expect(config).toMatchObject({ nicType: 'faultToleranceLogging', multiSelectAllowed: true })
    expect(config.candidateVnic.map(({ key, port }) => [key, port])).toEqual([
      ['faultToleranceLogging.key-vim.host.VirtualNic-vmk0', undefined],
      ['faultToleranceLogging.key-vim.host.VirtualNic-vmk1', undefined],
    ])
    expect(config.selectedVnic).toBeUndefined()
  })

  it('refuses unknown types', () => {
    const fault = createNetLab().refused(MANAGER, 'QueryNetConfig', { nicType: 'warpDrive' })
    expect(fault).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'nicType' })
  })
})

describe('SelectVnicForNicType', () => {
  it('shows everywhere: managers, config, summary, advanced options', () => {
    const lab = labWithTwoAdapters()
    const host = lab.hosts[0]
    select(lab, 'vmotion', 'vmk1')
    select(lab, 'faultToleranceLogging', 'vmk1')
    const info = lab.get(MANAGER, `virtualNicManager-${lab.number}`, 'info')
    const config = lab.sandbox.inventory.read.get('HostSystem', host).config
    expect(config?.virtualNicManagerInfo).toBe(info)
    expect(query(lab, 'vmotion').selectedVnic).toEqual(['vmotion.key-vim.host.VirtualNic-vmk1'])
    expect(config?.vmotion).toMatchObject({
      netConfig: { selectedVnic: 'VMotionConfig.vmotion.key-vim.host.VirtualNic-vmk1' },
      ipConfig: { ipAddress: '192.168.20.11' },
    })
    expect(lab.get(VMOTION, `vmotionSystem-${lab.number}`, 'netConfig')).toBe(config?.vmotion?.netConfig)
    expect(lab.get('HostSystem', host, 'summary')).toMatchObject({
      config: { vmotionEnabled: true, faultToleranceEnabled: true },
    })
    const options = new Map(
      config?.option?.map(({ key, value }) => [key, (value as { _value: unknown })._value]),
    )
    expect([options.get('Migrate.Vmknic'), options.get('FT.Vmknic')]).toEqual(['vmk1', 'vmk1'])
    expect(objectProblems(lab, MANAGER, `virtualNicManager-${lab.number}`)).toEqual([])
    expect(objectProblems(lab, VMOTION, `vmotionSystem-${lab.number}`)).toEqual([])
  })

  it('adds where several are allowed, and replaces where one is', () => {
    const lab = labWithTwoAdapters()
    for (const device of ['vmk0', 'vmk1', 'vmk0']) {
      select(lab, 'vmotion', device)
      select(lab, 'ptp', device)
    }
    expect(query(lab, 'vmotion').selectedVnic).toHaveLength(2)
    expect(query(lab, 'ptp')).toMatchObject({
      multiSelectAllowed: false,
      selectedVnic: ['ptp.key-vim.host.VirtualNic-vmk0'],
    })
  })

  it.each([
    ['nicType', 'warpDrive', 'vmk0'],
    ['nicType', 'vsan', 'vmk0'],
    ['device', 'vmotion', 'vmk9'],
    ['device', 'vmotion', 'vmnic0'],
  ])('refuses a wrong %s', (invalidProperty, nicType, device) => {
    const lab = createNetLab()
    lab.transact((ctx) =>
      ctx.tx.update('HostSystem', lab.hosts[0], ({ capability }) => ({
        capability: capability && { ...capability, vsanNicMgmtSupported: false },
      })),
    )
    expect(lab.refused(MANAGER, 'SelectVnicForNicType', { nicType, device })).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty,
    })
  })
})

describe('DeselectVnicForNicType', () => {
  it('takes one device away', () => {
    const lab = labWithTwoAdapters()
    select(lab, 'vmotion', 'vmk0')
    select(lab, 'vmotion', 'vmk1')
    deselect(lab, 'vmotion', 'vmk0')
    expect(query(lab, 'vmotion').selectedVnic).toEqual(['vmotion.key-vim.host.VirtualNic-vmk1'])
    deselect(lab, 'vmotion', 'vmk1')
    expect(lab.get('HostSystem', lab.hosts[0], 'summary')).toMatchObject({
      config: { vmotionEnabled: false },
    })
  })

  it('refuses what is not selected, unknown types, and to lose the host', () => {
    const lab = createNetLab()
    const fault = (nicType: string, device: string) =>
      lab.refused(MANAGER, 'DeselectVnicForNicType', { nicType, device })
    expect(fault('vmotion', 'vmk0')).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'device',
    })
    expect(fault('warpDrive', 'vmk0')).toMatchObject({ invalidProperty: 'nicType' })
    expect(fault('management', 'vmk0')._typeName).toBe('PlatformConfigFault')
  })
})

describe('HostVMotionSystem', () => {
  it('changes the same selection, one adapter at a time', () => {
    const lab = labWithTwoAdapters()
    lab.on(VMOTION, 'SelectVnic', { device: 'vmk0' })
    lab.on(VMOTION, 'SelectVnic', { device: 'vmk1' })
    expect(query(lab, 'vmotion').selectedVnic).toEqual(['vmotion.key-vim.host.VirtualNic-vmk1'])
    lab.on(VMOTION, 'DeselectVnic')
    expect(query(lab, 'vmotion').selectedVnic).toBeUndefined()
  })

  it('changes the IP configuration of the selected adapter', () => {
    const lab = labWithTwoAdapters()
    lab.on(VMOTION, 'SelectVnic', { device: 'vmk1' })
    const ipConfig = {
      _typeName: 'HostIpConfig',
      dhcp: false,
      ipAddress: '192.168.20.99',
      subnetMask: '255.255.255.0',
    }
    lab.on(VMOTION, 'UpdateIpConfig', { ipConfig })
    expect(lab.network().vnic?.[1]?.spec.ip?.ipAddress).toBe('192.168.20.99')
    expect(lab.get(VMOTION, `vmotionSystem-${lab.number}`, 'ipConfig')).toMatchObject({
      ipAddress: '192.168.20.99',
    })
  })

  it('refuses unknown devices, bad addresses, and to change what is not selected', () => {
    const lab = createNetLab()
    const ipConfig = { _typeName: 'HostIpConfig', dhcp: false, ipAddress: 'x', subnetMask: '255.255.255.0' }
    expect(lab.refused(VMOTION, 'SelectVnic', { device: 'vmk9' })).toMatchObject({
      invalidProperty: 'device',
    })
    expect(lab.refused(VMOTION, 'UpdateIpConfig', { ipConfig })._typeName).toBe('NotFound')
    lab.on(VMOTION, 'SelectVnic', { device: 'vmk0' })
    expect(lab.refused(VMOTION, 'UpdateIpConfig', { ipConfig })._typeName).toBe('InvalidArgument')
    const six = {
      ...ipConfig,
      ipV6Config: { _typeName: 'HostIpConfigIpV6AddressConfiguration', dhcpV6Enabled: true },
    }
    expect(lab.refused(VMOTION, 'UpdateIpConfig', { ipConfig: six })._typeName).toMatch(
      /HostConfig|PlatformConfig/,
    )
  })

  it('answers only for connected hosts', () => {
    const lab = createNetLab()
    lab.setConnection('disconnected')
    expect(lab.refused(VMOTION, 'DeselectVnic', {})._typeName).toBe('HostNotConnected')
  })
})
