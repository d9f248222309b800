import { describe, expect, it } from 'vitest'
import { unboxed } from '#vim25/any.js'
import type { HostSystemResourceInfo, LongOption } from '#vim25/generated/types.js'
import type { Hardware } from '#world/machine.js'
import { cpuFeatures } from './cpu/cpuid.js'
import { featureCapabilities } from './cpu/feature-capability.js'
import { firewallInfo } from './firewall.js'
import { healthOf } from './health.js'
import { OPTION_DEFINITIONS, OPTION_VALUES } from './options.js'
import { pciDevices, pciPassthru } from './pci.js'
import { serviceInfo } from './services.js'
import { multipathState, storageDeviceInfo } from './storage.js'
import { systemResources } from './system-resources.js'
import { server } from './testing.js'

const physical = server('esx1')
const nested: Hardware = {
  ...physical,
  nested: true,
  nics: ['0000:0b:00.0', '0000:13:00.0', '0000:04:00.0'].map((pci) => ({
    mac: '00:50:56:01:02:03',
    driver: 'nvmxnet3',
    pci,
    speedMb: 10_000,
    linkUp: true,
  })),
  disks: [{ canonicalName: 'mpx.vmhba0:C0:T0:L0', capacityBytes: 40e9, local: true, ssd: false }],
}

describe('advanced options', () => {
  it('are those of an 8.0.3, each with its definition, sorted by key', () => {
    const keys = OPTION_VALUES.map(({ key }) => key)
    expect(keys).toHaveLength(1213)
    expect(OPTION_DEFINITIONS.map(({ key }) => key)).toEqual(keys)
    expect(keys).toEqual(keys.toSorted())
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('have a value of the type and in the range that the definition says', () => {
    const types = { LongOption: 'number', StringOption: 'string', BoolOption: 'boolean' } as const
    const wrong = OPTION_DEFINITIONS.filter(({ optionType }, at) => {
      const value = unboxed(OPTION_VALUES[at]?.value)
      if (typeof value !== types[optionType._typeName as keyof typeof types]) return true
      if (typeof value !== 'number') return false
      const { min, max, defaultValue } = optionType as LongOption
      return [value, Number(defaultValue)].some((each) => each < Number(min) || each > Number(max))
    })
    expect(wrong.map(({ key }) => key)).toEqual([])
  })

  it('keep what their tables say', () => {
    const value = (key: string) => unboxed(OPTION_VALUES.find((option) => option.key === key)?.value)
    expect(value('NFS.MaxVolumes')).toBe(32)
    expect(value('Security.PasswordQualityControl')).toBe('retry=3 min=disabled,disabled,disabled,7,7')
    expect(value('Config.HostAgent.plugins.solo.enableMob')).toBe(false)
    expect(value('Syslog.loggers.hostd.size')).toBe(10_240)
    expect(OPTION_DEFINITIONS.find(({ key }) => key === 'Net.MaxBeaconVlans')?.summary).toBe(
      'Net: max beacon vlans',
    )
  })
})

describe('services and firewall', () => {
  it.each(['8.0.3', '6.7.0', '6.0.0'])('name each other: %s', (version) => {
    const { ruleset } = firewallInfo(version)
    const { service } = serviceInfo(version)
    const rulesets = new Set(ruleset?.map(({ key }) => key))
    const services = new Set(service?.map(({ key }) => key))
    expect(rulesets.size).toBeGreaterThan(40)
    expect(service?.flatMap((each) => each.ruleset ?? []).filter((key) => !rulesets.has(key))).toEqual([])
    expect(ruleset?.flatMap((each) => each.service ?? []).filter((key) => !services.has(key))).toEqual([])
  })

  it('have the recorded ports of vMotion', () => {
    const vMotion = firewallInfo('8.0.3').ruleset?.find(({ key }) => key === 'vMotion')
    expect(vMotion?.rule.map(({ direction, protocol, port }) => [direction, protocol, port])).toEqual([
      ['inbound', 'tcp', 8000],
      ['outbound', 'tcp', 8000],
    ])
  })
})

describe.each([
  ['a server', physical],
  ['a nested host', nested],
])('the devices of %s', (_name, hardware) => {
  const ids = pciDevices(hardware).map(({ id }) => id)
  const { hostBusAdapter, scsiLun, multipathInfo, plugStoreTopology } = storageDeviceInfo(hardware, '8.0.3')

  it('are on the bus once, the NICs and storage adapters among them', () => {
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(ids.toSorted())
    const used = [...hardware.nics.map(({ pci }) => pci), ...(hostBusAdapter ?? []).map(({ pci }) => pci)]
    expect(used.filter((pci) => pci === undefined || !ids.includes(pci))).toEqual([])
  })

  it('are below bridges that are there, and are what could be passed through', () => {
    const bridges = pciDevices(hardware).flatMap(({ parentBridge }) => parentBridge ?? [])
    expect(bridges.filter((id) => !ids.includes(id))).toEqual([])
    expect(pciPassthru(hardware).map(({ id }) => id)).toEqual(ids)
  })

  it('have the same paths in every view of storage', () => {
    const paths = multipathInfo?.lun?.flatMap(({ path }) => path.map(({ name }) => name))
    expect(paths).toHaveLength(hardware.disks.length)
    expect(plugStoreTopology?.path?.map(({ name }) => name)).toEqual(paths)
    expect(multipathState(hardware).path?.map(({ name }) => name)).toEqual(paths)
    expect(multipathInfo?.lun?.map(({ lun }) => lun)).toEqual(scsiLun?.map(({ key }) => key))
    expect(plugStoreTopology?.device?.map(({ lun }) => lun)).toEqual(scsiLun?.map(({ key }) => key))
    expect(multipathInfo?.lun?.map(({ policy }) => policy)).toMatchObject(
      (paths ?? []).map((prefer) => ({ policy: 'VMW_PSP_FIXED', prefer })),
    )
  })
})

describe('a disk', () => {
  it('that is named by its path has the uuid that ESXi makes of it (recorded)', () => {
    const [disk] = storageDeviceInfo(nested, '8.0.3').scsiLun ?? []
    expect(disk?.uuid).toBe('0000000000766d686261303a303a30')
    expect(disk?.descriptor?.[1]?.id).toBe('vml.0000000000766d686261303a303a30')
  })
})

describe('processors', () => {
  const value = (hardware: Hardware, key: string) =>
    featureCapabilities(hardware).find((feature) => feature.key === key)?.value

  it('have the features of their generation', () => {
    expect(value(physical, 'cpuid.AVX512VNNI')).toBe('1')
    expect(value({ ...physical, evcModeKey: 'intel-haswell' }, 'cpuid.AVX512F')).toBe('0')
    expect(value({ ...physical, evcModeKey: 'intel-haswell' }, 'cpuid.AVX2')).toBe('1')
    expect(value({ ...physical, evcModeKey: 'amd-zen3', cpuVendor: 'amd' }, 'cpuid.SVM')).toBe('1')
    expect(value(physical, 'cpuid.model')).toBe('106')
  })

  it('hide virtualization where it is switched off', () => {
    const off = { ...physical, hv: false }
    expect([value(off, 'cpuid.VMX'), value(off, 'hv.capable')]).toEqual(['0', '0'])
    const ecx = (hardware: Hardware) => cpuFeatures(hardware, 0)[1]?.ecx?.replaceAll(':', '') ?? ''
    expect([ecx(physical).at(-6), ecx(off).at(-6)]).toEqual(['1', '0'])
  })

  it('spell the name of their maker', () => {
    const [zero] = cpuFeatures(physical, 0)
    expect(zero).toMatchObject({
      ebx: '0111:0101:0110:1110:0110:0101:0100:0111',
      ecx: '0110:1100:0110:0101:0111:0100:0110:1110',
      edx: '0100:1001:0110:0101:0110:1110:0110:1001',
    })
  })
})

describe('resource groups', () => {
  const keysOf = ({ key, child = [] }: HostSystemResourceInfo): readonly string[] => [
    key,
    ...child.flatMap(keysOf),
  ]

  it('are a tree of paths', () => {
    const keys = keysOf(systemResources(physical))
    expect(keys).toEqual(
      expect.arrayContaining([
        'host',
        'host/vim/vmvisor/hostd-probe/stats/sh',
        'host/system/kernel/kmanaged',
      ]),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('sensors', () => {
  it('are the board’s on a server, and the software’s in a VM', () => {
    const esxi = { version: '8.0.3', build: '24022510' }
    const types = (hardware: Hardware) =>
      new Set(
        healthOf(hardware, esxi).systemHealthInfo?.numericSensorInfo?.map(({ sensorType }) => sensorType),
      )
    expect(types(physical)).toEqual(
      new Set(['system', 'temperature', 'fan', 'power', 'voltage', 'Software Components']),
    )
    expect(types(nested)).toEqual(new Set(['system', 'Processors', 'Software Components']))
  })
})
