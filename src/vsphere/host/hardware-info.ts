import { data } from '#vim25/data.js'
import type {
  HostCpuPackage,
  HostHardwareInfo,
  HostNumaInfo,
  HostSystemIdentificationInfo,
} from '#vim25/generated/types.js'
import type { Hardware } from '#world/machine.js'
import { share } from '../vm/share.js'
import { cpuFeatures } from './cpu/cpuid.js'
import { processorOf } from './cpu/generations.js'
import { pciDevices } from './pci.js'
import { asOf, releaseOf } from './release.js'

/** HostSystem.hardware: what ESXi found when it booted. */
export function hardwareInfo(hardware: Hardware, version: string): HostHardwareInfo {
  const hz = hardware.mhz * 1_000_000
  const info = data('HostHardwareInfo', {
    systemInfo: asOf(
      data('HostSystemInfo', {
        vendor: hardware.vendor,
        model: hardware.model,
        uuid: hardware.uuid,
        otherIdentifyingInfo: identification(hardware),
        serialNumber: hardware.serial,
        qualifiedName: [
          data('HostQualifiedName', {
            value: `nqn.2014-08.org.nvmexpress:uuid:${hardware.uuid}`,
            type: 'nvmeQualifiedName',
          }),
        ],
        vvolHostNQN: data('HostQualifiedName', {
          value: `nqn.2021-01.com.vmware:vvol:${hardware.uuid}`,
          type: 'vvolNvmeQualifiedName',
        }),
        vvolHostId: hardware.uuid,
      }),
      releaseOf(version),
    ),
    cpuPowerManagementInfo: POWER_MANAGEMENT,
    cpuInfo: data('HostCpuInfo', {
      numCpuPackages: hardware.packages,
      numCpuCores: hardware.cores,
      numCpuThreads: hardware.threads,
      hz,
    }),
    cpuPkg: cpuPackages(hardware, version),
    memorySize: hardware.memoryBytes,
    numaInfo: numaInfo(hardware, version),
    smcPresent: false,
    pciDevice: pciDevices(hardware),
    cpuFeature: cpuFeatures(hardware, 0),
    biosInfo: biosInfo(hardware, version),
    reliableMemoryInfo: NO_RELIABLE_MEMORY,
    persistentMemoryInfo: NO_PERSISTENT_MEMORY,
    sgxInfo: hardware.nested ? NO_SGX : SGX_OFF,
    sevInfo: hardware.cpuVendor === 'amd' ? SEV_OFF : undefined,
    memoryTieringType: 'noTiering',
    memoryTierInfo: [
      share(
        data('HostMemoryTierInfo', {
          name: 'DRAM',
          type: 'DRAM',
          flags: ['memoryTier'],
          size: hardware.memoryBytes,
        }),
      ),
    ],
  })
  return asOf(info, releaseOf(version))
}

const NO_PERSISTENT_MEMORY = data('HostPersistentMemoryInfo', { capacityInMB: 0, volumeUUID: '' })

/** Secure enclaves: a VM has none, and servers come with them switched off in their firmware. */
const NO_SGX = data('HostSgxInfo', {
  sgxState: 'notPresent',
  totalEpcMemory: 0,
  flcMode: 'off',
  lePubKeyHash: '',
})
const SGX_OFF = data('HostSgxInfo', {
  sgxState: 'disabledBIOS',
  totalEpcMemory: 0,
  flcMode: 'off',
  lePubKeyHash: '',
})
const SEV_OFF = data('HostSevInfo', { sevState: 'uninitialized', maxSevEsGuests: 0 })

const POWER_MANAGEMENT = data('HostCpuPowerManagementInfo', {
  currentPolicy: 'Balanced',
  hardwareSupport: '',
})

const NO_RELIABLE_MEMORY = data('HostReliableMemoryInfo', { memorySize: 0 })

/** What a VM's firmware says beside its serial number (fact sheet G.5, recorded). */
const VM_OEM_STRINGS = [
  '[MS_VM_CERT/SHA1/27d66596a61c48dd3dc7216fd715126e33f59ae7]',
  'Welcome to the Virtual Machine',
]

/** Asset tag, service tag, OEM strings and serial number, as the firmware gives them. */
export function identification(hardware: Hardware): readonly HostSystemIdentificationInfo[] {
  return [
    identifier('AssetTag', 'Asset Tag', 'Asset tag of the system', hardware.nested ? 'No Asset Tag' : ' '),
    identifier('ServiceTag', 'Service tag', 'Service tag of the system', hardware.serial),
    ...(hardware.nested
      ? VM_OEM_STRINGS.map((text) =>
          identifier('OemSpecificString', 'OEM specific string', 'OEM specific string', text),
        )
      : []),
    identifier('SerialNumberTag', 'Serial number', 'Serial number of the system', hardware.serial),
  ]
}

function identifier(
  key: string,
  label: string,
  summary: string,
  value: string,
): HostSystemIdentificationInfo {
  return data('HostSystemIdentificationInfo', {
    identifierValue: value,
    identifierType: data('ElementDescription', { label, summary, key }),
  })
}

const packages = new Map<string, readonly HostCpuPackage[]>()

function cpuPackages(hardware: Hardware, version: string): readonly HostCpuPackage[] {
  const release = releaseOf(version)
  const { family, model, stepping } = processorOf(hardware)
  const { cpuModel, evcModeKey, mhz, packages: sockets, threads, hv, hwMmu } = hardware
  const key = [cpuModel, evcModeKey, mhz, sockets, threads, hv, hwMmu, version].join('\0')
  let made = packages.get(key)
  if (!made) {
    const each = Math.max(1, Math.floor(hardware.threads / hardware.packages))
    made = Array.from({ length: hardware.packages }, (_, at) =>
      asOf(
        data('HostCpuPackage', {
          index: at,
          vendor: hardware.cpuVendor,
          hz: hardware.mhz * 1_000_000,
          busHz: hardware.nested ? 66_000_000 : 100_000_000,
          description: hardware.cpuModel,
          threadId: Array.from({ length: each }, (_thread, thread) => at * each + thread),
          cpuFeature: cpuFeatures(hardware, at),
          family,
          model,
          stepping,
        }),
        release,
      ),
    )
    packages.set(key, Object.freeze(made))
  }
  return made
}

const numas = new Map<string, HostNumaInfo>()

function numaInfo(hardware: Hardware, version: string): HostNumaInfo {
  const nodes = hardware.nested ? 1 : hardware.packages
  const devices = pciDevices(hardware).map(({ id }) => id)
  const key = [nodes, hardware.threads, hardware.memoryBytes, releaseOf(version), ...devices].join(' ')
  let made = numas.get(key)
  if (!made) {
    const memory = Math.floor(hardware.memoryBytes / nodes)
    const threads = Math.floor(hardware.threads / nodes)
    made = data('HostNumaInfo', {
      type: 'NUMA',
      numNodes: nodes,
      numaNode: Array.from({ length: nodes }, (_, at) =>
        asOf(
          data('HostNumaNode', {
            typeId: at,
            cpuID: Array.from({ length: threads }, (_cpu, cpu) => at * threads + cpu).reverse(),
            memorySize: memory,
            memoryRangeBegin: at * memory,
            memoryRangeLength: memory,
            // The chipset and all slots are the first processor's.
            pciId: at === 0 ? devices : [],
          }),
          releaseOf(version),
        ),
      ),
    })
    numas.set(key, made)
  }
  return made
}

/** Firmware of a VM (fact sheet G.5, recorded for EFI), or of a server. */
function biosInfo(hardware: Hardware, version: string) {
  const info = !hardware.nested
    ? data('HostBIOSInfo', {
        biosVersion: '2.19.1',
        releaseDate: '2023-06-04T00:00:00Z',
        vendor: hardware.vendor,
        majorRelease: 2,
        minorRelease: 19,
        firmwareMajorRelease: 255,
        firmwareMinorRelease: 255,
        firmwareType: hardware.firmware === 'efi' ? 'UEFI' : 'BIOS',
      })
    : hardware.firmware === 'efi'
      ? data('HostBIOSInfo', {
          biosVersion: 'VMW71.00V.18227214.B64.2106252220',
          releaseDate: '2021-06-25T00:00:00Z',
          vendor: 'VMware, Inc.',
          majorRelease: 255,
          minorRelease: 255,
          firmwareMajorRelease: 255,
          firmwareMinorRelease: 255,
          firmwareType: 'UEFI',
        })
      : data('HostBIOSInfo', {
          biosVersion: '6.00',
          releaseDate: '2020-11-12T00:00:00Z',
          vendor: 'Phoenix Technologies LTD',
          majorRelease: 4,
          minorRelease: 6,
          firmwareMajorRelease: 0,
          firmwareMinorRelease: 0,
          firmwareType: 'BIOS',
        })
  return asOf(info, releaseOf(version))
}
