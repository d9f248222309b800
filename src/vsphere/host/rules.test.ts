import { describe, expect, it } from 'vitest'
import { nestedHardware } from '#world/hardware.js'
import { capabilityOf } from './capability.js'
import { hardwareInfo } from './hardware-info.js'
import { aboutOf, apiVersionOf, compareVersions, isManageable } from './release.js'
import { sameThumbprint } from './rules.js'
import { storageDeviceInfo } from './storage.js'
import { server } from './testing.js'

describe('which hosts a vCenter manages', () => {
  it.each([
    ['8.0.3', '8.0.3', true],
    ['8.0.3', '8.0.2', true],
    ['8.0.3', '8.0.4', false],
    ['8.0.3', '6.7.0', true],
    ['8.0.3', '6.5.0', false],
    ['6.7.0', '6.0.0', true],
    ['6.7.0', '7.0.3', false],
    ['6.0.0', '5.5.0', true],
    ['7.0.3', '6.0.0', false],
  ])('vCenter %s, ESXi %s: %s', (productVersion, esxi, expected) => {
    expect(isManageable({ productVersion }, esxi)).toBe(expected)
  })

  it('versions are compared by number', () => {
    expect(compareVersions('6.10.0', '6.7.0')).toBeGreaterThan(0)
    expect(compareVersions('8.0', '8.0.0')).toBe(0)
  })

  it('8.0.3 calls its API 8.0.2.0, as recorded', () => {
    expect(apiVersionOf('8.0.3')).toBe('8.0.2.0')
    expect(aboutOf({ version: '8.0.3', build: '24022510' })).toMatchObject({
      fullName: 'VMware ESXi 8.0.3 build-24022510',
      licenseProductVersion: '8.0',
      osType: 'vmnix-x86',
      productLineId: 'embeddedEsx',
    })
  })
})

describe('thumbprints', () => {
  it.each([
    ['AA:BB', 'aa:bb', true],
    ['AABB', 'AA:BB', true],
    ['AA:BC', 'AA:BB', false],
    ['', 'AA:BB', false],
    [undefined, 'AA:BB', false],
  ])('%s for %s: %s', (given, right, expected) => {
    expect(sameThumbprint(given, right)).toBe(expected)
  })
})

describe('a nested host', () => {
  const config = {
    uuid: '4201b7a6-5f62-4ee0-edf6-05098f74aff3',
    firmware: 'efi',
    nestedHVEnabled: true,
    hardware: {
      numCPU: 8,
      numCoresPerSocket: 1,
      memoryMB: 16_384,
      device: [{ _typeName: 'VirtualDisk', key: 2000, capacityInBytes: 40 * 2 ** 30 }],
    },
  } as unknown as Parameters<typeof nestedHardware>[0]
  const hardware = nestedHardware(config, server('below'), true, '8.0.3')

  it('looks like the recorded one', () => {
    const info = hardwareInfo(hardware, '8.0.3')
    expect(info.systemInfo).toMatchObject({
      vendor: 'VMware, Inc.',
      model: 'VMware7,1',
      uuid: 'a6b70142-625f-e04e-edf6-05098f74aff3',
      serialNumber: 'VMware-42 01 b7 a6 5f 62 4e e0-ed f6 05 09 8f 74 af f3',
    })
    expect(info.systemInfo.otherIdentifyingInfo?.map(({ identifierValue }) => identifierValue)).toEqual([
      'No Asset Tag',
      'VMware-42 01 b7 a6 5f 62 4e e0-ed f6 05 09 8f 74 af f3',
      '[MS_VM_CERT/SHA1/27d66596a61c48dd3dc7216fd715126e33f59ae7]',
      'Welcome to the Virtual Machine',
      'VMware-42 01 b7 a6 5f 62 4e e0-ed f6 05 09 8f 74 af f3',
    ])
    expect(info.cpuInfo).toMatchObject({ numCpuPackages: 8, numCpuCores: 8, numCpuThreads: 8 })
    expect(info.biosInfo).toMatchObject({ majorRelease: 255, vendor: 'VMware, Inc.' })
    const { hostBusAdapter, scsiLun } = storageDeviceInfo(hardware, '8.0.3')
    expect(hostBusAdapter?.map(({ device, driver }) => [device, driver])).toEqual([
      ['vmhba0', 'pvscsi'],
      ['vmhba64', 'vmkata'],
    ])
    expect(scsiLun).toHaveLength(1)
  })

  it('has the recorded limits of a host of its size, and no nesting below it without hardware virtualization', () => {
    expect(capabilityOf('8.0.3', hardware)).toMatchObject({
      maxHostRunningVms: 78,
      maxRegisteredVMs: 312,
      maxHostSupportedVcpus: 256,
      maxSupportedVcpus: 768,
      maxRunningVMs: 0,
      nestedHVSupported: true,
      maxMemMBPerFtVm: 131_072,
    })
    const plain = nestedHardware({ ...config, nestedHVEnabled: false }, server('below'), true, '8.0.3')
    expect(capabilityOf('8.0.3', plain)).toMatchObject({ nestedHVSupported: false, cpuHwMmuSupported: false })
  })
})
