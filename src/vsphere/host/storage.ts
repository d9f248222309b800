import { data } from '#vim25/data.js'
import type {
  HostHostBusAdapter,
  HostMultipathInfoFixedLogicalUnitPolicy,
  HostMultipathStateInfo,
  HostPlugStoreTopology,
  HostScsiDisk,
  HostStorageDeviceInfo,
  HostTargetTransport,
} from '#vim25/generated/types.js'
import { dataType } from '#vim25/schema.js'
import type { Disk, Hardware } from '#world/machine.js'
import { memo, share } from '../vm/share.js'
import { asOf, releaseOf } from './release.js'

/** Adapters of a nested host (fact sheet G.5) and of a server with one SAS controller; the first has the disks. */
const NESTED_ADAPTERS = [
  ['HostParallelScsiHba', 'vmhba0', 'PVSCSI SCSI Controller', 'pvscsi', '0000:03:00.0', 3],
  ['HostBlockHba', 'vmhba64', 'PIIX4 for 430TX/440BX/MX IDE Controller', 'vmkata', '0000:00:07.1', 0],
] as const
const PHYSICAL_ADAPTERS = [
  [
    'HostSerialAttachedHba',
    'vmhba0',
    'SAS3008 PCI-Express Fusion-MPT SAS-3',
    'lsi_msgpt3',
    '0000:17:00.0',
    23,
  ],
  ['HostBlockHba', 'vmhba1', 'Lewisburg SATA AHCI Controller', 'vmw_ahci', '0000:00:11.5', 0],
] as const

/** How targets are reached, by adapter; what a topology calls them. */
const TRANSPORTS = {
  HostParallelScsiHba: [data('HostParallelScsiTargetTransport', {}), 'pscsi'],
  HostSerialAttachedHba: [data('HostSerialAttachedTargetTransport', {}), 'sas'],
} as const satisfies Record<string, readonly [HostTargetTransport, string]>

const LOCAL_ARRAY = data('HostMultipathInfoLogicalUnitStorageArrayTypePolicy', { policy: 'VMW_SATP_LOCAL' })
const DISK_CAPABILITIES = data('ScsiLunCapabilities', { updateDisplayNameSupported: false })

/** HostConfigInfo.storageDevice: adapters, disks and the paths between them. */
export function storageDeviceInfo(hardware: Hardware, version: string): HostStorageDeviceInfo {
  const adapters = adaptersOf(hardware, version)
  const disks = hardware.disks.map((disk) => scsiDisk(disk, hardware, version))
  const { device = 'vmhba0', key: adapter = '', _typeName } = adapters[0] ?? {}
  const [transport] = transportOf(_typeName)
  return data('HostStorageDeviceInfo', {
    hostBusAdapter: adapters,
    scsiLun: disks,
    scsiTopology: data('HostScsiTopology', {
      adapter: adapters.map((each, number) =>
        data('HostScsiTopologyInterface', {
          key: `key-vim.host.ScsiTopology.Interface-${each.device}`,
          adapter: each.key ?? '',
          target:
            number > 0
              ? []
              : disks.map((disk, at) =>
                  data('HostScsiTopologyTarget', {
                    key: `key-vim.host.ScsiTopology.Target-${device}:0:${at}`,
                    target: at,
                    lun: [
                      data('HostScsiTopologyLun', {
                        key: `key-vim.host.ScsiTopology.Lun-${disk.uuid}`,
                        lun: 0,
                        scsiLun: disk.key ?? '',
                      }),
                    ],
                    transport,
                  }),
                ),
        }),
      ),
    }),
    multipathInfo: data('HostMultipathInfo', {
      lun: disks.map((disk, at) =>
        data('HostMultipathInfoLogicalUnit', {
          key: `key-vim.host.MultipathInfo.LogicalUnit-${disk.uuid}`,
          id: disk.uuid,
          lun: disk.key ?? '',
          path: [
            data('HostMultipathInfoPath', {
              key: `key-vim.host.MultipathInfo.Path-${pathName(device, at)}`,
              name: pathName(device, at),
              pathState: 'active',
              state: 'active',
              isWorkingPath: true,
              adapter,
              lun: `key-vim.host.MultipathInfo.LogicalUnit-${disk.uuid}`,
              transport,
            }),
          ],
          policy: fixedPath(pathName(device, at)),
          storageArrayTypePolicy: LOCAL_ARRAY,
        }),
      ),
    }),
    plugStoreTopology: plugStore(adapters, disks),
    softwareInternetScsiEnabled: false,
  })
}

const policies = memo<HostMultipathInfoFixedLogicalUnitPolicy>()
const fixedPath = (prefer: string) =>
  policies(prefer, () => data('HostMultipathInfoFixedLogicalUnitPolicy', { policy: 'VMW_PSP_FIXED', prefer }))

function transportOf(adapter: string | undefined): readonly [HostTargetTransport, string] {
  return TRANSPORTS[adapter as keyof typeof TRANSPORTS] ?? TRANSPORTS.HostParallelScsiHba
}

const PLUG = 'key-vim.host.PlugStoreTopology'

/** The same paths as the pluggable storage architecture has them: adapter, path, target, device, plugin that claims them. */
function plugStore(
  adapters: readonly HostHostBusAdapter[],
  disks: readonly HostScsiDisk[],
): HostPlugStoreTopology {
  const [first] = adapters
  const [transport, name] = transportOf(first?._typeName)
  const paths = disks.map((_, at) => pathName(first?.device, at))
  const pathKeys = paths.map((path) => `${PLUG}.Path-${path}`)
  const deviceKeys = disks.map(({ uuid }) => `${PLUG}.Device-${uuid}`)
  return data('HostPlugStoreTopology', {
    adapter: adapters.map(({ device, key = '' }, at) =>
      data('HostPlugStoreTopologyAdapter', {
        key: `${PLUG}.Adapter-${device}`,
        adapter: key,
        path: at === 0 ? pathKeys : [],
      }),
    ),
    path: paths.map((path, at) =>
      data('HostPlugStoreTopologyPath', {
        key: pathKeys[at] ?? '',
        name: path,
        channelNumber: 0,
        targetNumber: at,
        lunNumber: 0,
        adapter: `${PLUG}.Adapter-${first?.device}`,
        target: `${PLUG}.Target-${name}.0:${at}`,
        device: deviceKeys[at],
      }),
    ),
    target: disks.map((_, at) =>
      data('HostPlugStoreTopologyTarget', { key: `${PLUG}.Target-${name}.0:${at}`, transport }),
    ),
    device: disks.map(({ key = '' }, at) =>
      data('HostPlugStoreTopologyDevice', {
        key: deviceKeys[at] ?? '',
        lun: key,
        path: pathKeys.slice(at, at + 1),
      }),
    ),
    plugin: [
      data('HostPlugStoreTopologyPlugin', {
        key: `${PLUG}.Plugin-NMP`,
        name: 'NMP',
        device: deviceKeys,
        claimedPath: pathKeys,
      }),
    ],
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
      (nested ? NESTED_ADAPTERS : PHYSICAL_ADAPTERS).map(([newest, device, model, driver, pci, bus]) => {
        // Releases before 6.5 have no type of their own for SAS.
        const type = (dataType(newest)?.since ?? 0) <= release ? newest : 'HostParallelScsiHba'
        const common = {
          key: `key-vim.host.${type.replace(/^Host/, '')}-${device}`,
          device,
          bus,
          status: 'unknown',
          model,
          driver,
          pci,
          storageProtocol: 'scsi',
        }
        const adapter =
          type === 'HostSerialAttachedHba'
            ? data(type, { ...common, nodeWorldWideName: SAS_ADDRESS })
            : data(type, common)
        return asOf(adapter, release)
      }),
    ),
  )
}

/** A SAS address of Broadcom's; every host's controller says the same, so that equal hosts share it. */
const SAS_ADDRESS = '500605b000000001'

const BLOCK = 512

/** Bytes of the unit's INQUIRY answer and of its vital product data, as signed bytes: recorded (vim25 inventory). */
const INQUIRY_HEAD = [0, 0, 6, 2, 31, 0, 0, 114]
const VITAL_PAGES = [
  [0, 0, 0, 4, 0, -80, -79, -78],
  [0, -78, 0, 4, 1, 96, 0, 0],
]
const VITAL_DATA = VITAL_PAGES.map((bytes) =>
  data('ScsiLunDurableName', { namespace: 'GENERIC_VPD', namespaceId: 5, data: bytes }),
)

function scsiDisk(disk: Disk, hardware: Hardware, version: string): HostScsiDisk {
  const { canonicalName } = disk
  const vendor = (hardware.nested ? 'VMware' : 'ATA').padEnd(8)
  const model = 'Virtual disk'.padEnd(16)
  const revision = '2.0 '
  const uuid = uuidOf(canonicalName, model)
  const quality = canonicalName.startsWith('mpx.') ? 'lowQuality' : 'highQuality'
  return asOf(
    data('HostScsiDisk', {
      deviceName: `/vmfs/devices/disks/${canonicalName}`,
      deviceType: 'disk',
      key: `key-vim.host.ScsiDisk-${uuid}`,
      uuid,
      descriptor: [canonicalName, `vml.${uuid}`, uuid].map((id) =>
        data('ScsiLunDescriptor', { quality, id }),
      ),
      canonicalName,
      displayName: `Local ${hardware.nested ? 'VMware' : hardware.vendor} Disk (${canonicalName})`,
      lunType: 'disk',
      vendor,
      model,
      revision,
      scsiLevel: 6,
      serialNumber: 'unavailable',
      durableName: durableName(canonicalName),
      alternateName: VITAL_DATA,
      standardInquiry: inquiryOf(`${vendor}${model}${revision}`),
      queueDepth: 1024,
      operationalState: ['ok'],
      capabilities: DISK_CAPABILITIES,
      vStorageSupport: 'vStorageUnsupported',
      protocolEndpoint: false,
      perenniallyReserved: false,
      clusteredVmdkSupported: false,
      applicationProtocol: 'SCSI',
      capacity: share(
        data('HostDiskDimensionsLba', { blockSize: BLOCK, block: Math.floor(disk.capacityBytes / BLOCK) }),
      ),
      devicePath: `/vmfs/devices/disks/${canonicalName}`,
      ssd: disk.ssd,
      localDisk: disk.local,
      emulatedDIXDIFEnabled: false,
      scsiDiskType: 'native512',
      usedByMemoryTiering: false,
    }),
    releaseOf(version),
  )
}

const inquiries = memo<readonly number[]>()
const inquiryOf = (text: string) =>
  inquiries(text, () => Object.freeze([...INQUIRY_HEAD, ...Buffer.from(text, 'latin1')]))

/** The name that a disk itself carries; one that is named by its path carries none. */
function durableName(canonicalName: string) {
  const digits = /^naa\.((?:[\da-f]{2})+)$/.exec(canonicalName)?.[1]
  return digits === undefined
    ? undefined
    : data('ScsiLunDurableName', {
        namespace: 'NAA',
        namespaceId: 3,
        data: [...Int8Array.from(Buffer.from(digits, 'hex'))],
      })
}

/** A disk's uuid on the host: a function of its own name and model, or of its path where it has none, as ESXi makes it. */
function uuidOf(canonicalName: string, model: string): string {
  const hex = (text: string) => Buffer.from(text).toString('hex')
  const [, adapter, target, lun] = /^mpx\.(vmhba\d+):C\d+:T(\d+):L(\d+)$/.exec(canonicalName) ?? []
  if (adapter) return `0000000000${hex(`${adapter}:${target}:${lun}`)}`
  const name = canonicalName.startsWith('naa.') ? canonicalName.slice(4) : hex(canonicalName)
  return `0200000000${name}${hex(model.slice(0, 6))}`
}
