import { data } from '#vim25/data.js'
import type {
  HostHostBusAdapter,
  HostMultipathStateInfo,
  HostScsiDisk,
  HostStorageDeviceInfo,
} from '#vim25/generated/types.js'
import type { Disk, Hardware } from '#world/machine.js'
import { memo, share } from '../vm/share.js'
import { asOf, releaseOf } from './release.js'

/** Adapters of a nested host (fact sheet G.5) and of a server with one SAS controller. */
const NESTED_ADAPTERS = [
  ['HostParallelScsiHba', 'vmhba0', 'PVSCSI SCSI Controller', 'pvscsi', '0000:03:00.0', 3],
  ['HostBlockHba', 'vmhba64', 'PIIX4 for 430TX/440BX/MX IDE Controller', 'vmkata', '0000:00:07.1', 0],
] as const
const PHYSICAL_ADAPTERS = [
  ['HostParallelScsiHba', 'vmhba0', 'SAS3008 PCI-Express Fusion-MPT SAS-3', 'lsi_msgpt3', '0000:18:00.0', 24],
  ['HostBlockHba', 'vmhba1', 'Lewisburg SATA AHCI Controller', 'vmw_ahci', '0000:00:11.5', 0],
] as const

const PARALLEL_SCSI = data('HostParallelScsiTargetTransport', {})
const FIXED_PATH = data('HostMultipathInfoLogicalUnitPolicy', { policy: 'VMW_PSP_FIXED' })
const DISK_CAPABILITIES = data('ScsiLunCapabilities', { updateDisplayNameSupported: false })

/** HostConfigInfo.storageDevice: adapters, disks and the paths between them. */
export function storageDeviceInfo(hardware: Hardware, version: string): HostStorageDeviceInfo {
  const adapters = adaptersOf(hardware, version)
  const disks = hardware.disks.map((disk) => scsiDisk(disk, hardware, version))
  const adapter = `key-vim.host.ParallelScsiHba-${adapters[0]?.device}`
  return data('HostStorageDeviceInfo', {
    hostBusAdapter: adapters,
    scsiLun: disks,
    scsiTopology: data('HostScsiTopology', {
      adapter: [
        data('HostScsiTopologyInterface', {
          key: `key-vim.host.ScsiTopology.Interface-${adapters[0]?.device}`,
          adapter,
          target: disks.map((disk, at) =>
            data('HostScsiTopologyTarget', {
              key: `key-vim.host.ScsiTopology.Target-${adapters[0]?.device}:0:${at}`,
              target: at,
              lun: [
                data('HostScsiTopologyLun', {
                  key: `key-vim.host.ScsiTopology.Lun-${disk.uuid}`,
                  lun: 0,
                  scsiLun: disk.key ?? '',
                }),
              ],
              transport: PARALLEL_SCSI,
            }),
          ),
        }),
      ],
    }),
    multipathInfo: data('HostMultipathInfo', {
      lun: disks.map((disk, at) =>
        data('HostMultipathInfoLogicalUnit', {
          key: `key-vim.host.MultipathInfo.LogicalUnit-${disk.uuid}`,
          id: disk.uuid,
          lun: disk.key ?? '',
          path: [
            data('HostMultipathInfoPath', {
              key: `key-vim.host.MultipathInfo.Path-${pathName(adapters[0]?.device, at)}`,
              name: pathName(adapters[0]?.device, at),
              pathState: 'active',
              state: 'active',
              isWorkingPath: true,
              adapter,
              lun: `key-vim.host.MultipathInfo.LogicalUnit-${disk.uuid}`,
              transport: PARALLEL_SCSI,
            }),
          ],
          policy: FIXED_PATH,
        }),
      ),
    }),
    softwareInternetScsiEnabled: false,
  })
}

const statesKnown = memo<HostMultipathStateInfo>()

/** HostConfigInfo.multipathState: the state of each disk's path. */
export function multipathState(hardware: Hardware): HostMultipathStateInfo {
  const { length } = hardware.disks
  return statesKnown(`${length}`, () =>
    data('HostMultipathStateInfo', {
      path: Array.from({ length }, (_, at) =>
        data('HostMultipathStateInfoPath', { name: pathName('vmhba0', at), pathState: 'active' }),
      ),
    }),
  )
}

const pathName = (adapter: string | undefined, at: number) => `${adapter}:C0:T${at}:L0`

const adaptersKnown = memo<readonly HostHostBusAdapter[]>()

function adaptersOf({ nested }: Hardware, version: string): readonly HostHostBusAdapter[] {
  const release = releaseOf(version)
  return adaptersKnown(`${nested} ${release}`, () =>
    Object.freeze(
      (nested ? NESTED_ADAPTERS : PHYSICAL_ADAPTERS).map(([type, device, model, driver, pci, bus]) =>
        asOf(
          data(type, {
            key: `key-vim.host.${type.replace(/^Host/, '')}-${device}`,
            device,
            bus,
            status: 'unknown',
            model,
            driver,
            pci,
            storageProtocol: 'scsi',
          }),
          release,
        ),
      ),
    ),
  )
}

const BLOCK = 512

function scsiDisk(disk: Disk, hardware: Hardware, version: string): HostScsiDisk {
  const uuid = uuidOf(disk.canonicalName)
  return asOf(
    data('HostScsiDisk', {
      deviceName: `/vmfs/devices/disks/${disk.canonicalName}`,
      deviceType: 'disk',
      key: `key-vim.host.ScsiDisk-${uuid}`,
      uuid,
      descriptor: [
        data('ScsiLunDescriptor', {
          quality: disk.canonicalName.startsWith('mpx.') ? 'lowQuality' : 'highQuality',
          id: disk.canonicalName,
        }),
      ],
      canonicalName: disk.canonicalName,
      displayName: `Local ${hardware.nested ? 'VMware' : hardware.vendor} Disk (${disk.canonicalName})`,
      lunType: 'disk',
      vendor: (hardware.nested ? 'VMware' : 'ATA').padEnd(8),
      model: 'Virtual disk'.padEnd(16),
      revision: '2.0 ',
      scsiLevel: 6,
      serialNumber: 'unavailable',
      queueDepth: 1024,
      operationalState: ['ok'],
      capabilities: DISK_CAPABILITIES,
      vStorageSupport: 'vStorageUnsupported',
      protocolEndpoint: false,
      perenniallyReserved: false,
      clusteredVmdkSupported: false,
      capacity: share(
        data('HostDiskDimensionsLba', { blockSize: BLOCK, block: Math.floor(disk.capacityBytes / BLOCK) }),
      ),
      devicePath: `/vmfs/devices/disks/${disk.canonicalName}`,
      ssd: disk.ssd,
      localDisk: disk.local,
      emulatedDIXDIFEnabled: false,
      scsiDiskType: 'native512',
      usedByMemoryTiering: false,
    }),
    releaseOf(version),
  )
}

/** A disk's uuid on the host: a function of its name, as ESXi makes it of a path-named disk. */
function uuidOf(canonicalName: string): string {
  return `0000000000${Buffer.from(canonicalName).toString('hex')}`
}
