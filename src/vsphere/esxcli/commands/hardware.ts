import { dateTime } from '#ports/clock.js'
import type { HostScsiDisk } from '#vim25/generated/types.js'
import { type Command, Native, type Row } from '../command.js'

const MB = 2 ** 20

const isDisk = (lun: { readonly _typeName: string }): lun is HostScsiDisk => lun._typeName === 'HostScsiDisk'

/** Commands about the machine and its storage. */
export const hardwareCommands: readonly Command[] = [
  {
    path: 'hardware.platform.get',
    help: 'Shows what the machine is.',
    type: 'PlatformGet',
    fields:
      'UUID,Product Name,Vendor Name,Serial Number,Enclosure Serial Number,BIOS Asset Tag,IPMI Supported',
    formatter: 'simple',
    run: ({ host }) => {
      const info = host.hardware?.systemInfo
      const serial =
        info?.serialNumber ??
        info?.otherIdentifyingInfo?.find(({ identifierType }) => identifierType.key === 'ServiceTag')
          ?.identifierValue ??
        ''
      const bytes = (info?.uuid ?? '').replaceAll('-', '').match(/../g) ?? []
      return {
        BIOSAssetTag: 'unknown',
        EnclosureSerialNumber: serial,
        IPMISupported: false,
        ProductName: info?.model ?? '',
        SerialNumber: serial,
        UUID: bytes.map((byte) => `0x${byte.replace(/^0(?=.)/, '')}`).join(' '),
        VendorName: info?.vendor ?? '',
      }
    },
  },
  {
    path: 'hardware.memory.get',
    help: 'Shows how much memory there is.',
    type: 'MemoryGet',
    fields: 'Physical Memory,Reliable Memory,NUMA Node Count',
    formatter: 'simple',
    run: ({ host }) => ({
      NUMANodeCount: host.hardware?.numaInfo?.numNodes ?? 1,
      PhysicalMemory: Number(host.hardware?.memorySize ?? 0),
      ReliableMemory: 0,
    }),
  },
  {
    path: 'hardware.cpu.global.get',
    help: 'Shows how many processors there are.',
    type: 'CpuGlobalGet',
    fields:
      'CPU Packages,CPU Cores,CPU Threads,Hyperthreading Active,Hyperthreading Supported,Hyperthreading Enabled,HV Support',
    formatter: 'simple',
    run: ({ host }) => {
      const cpu = host.hardware?.cpuInfo
      const hyper = host.config?.hyperThread
      return {
        CPUCores: cpu?.numCpuCores ?? 0,
        CPUPackages: cpu?.numCpuPackages ?? 0,
        CPUThreads: cpu?.numCpuThreads ?? 0,
        HVSupport: 3,
        HyperthreadingActive: hyper?.active ?? false,
        HyperthreadingEnabled: hyper?.config ?? false,
        HyperthreadingSupported: hyper?.available ?? false,
      }
    },
  },
  {
    path: 'hardware.clock.get',
    help: "Shows the machine's clock.",
    type: 'string',
    fields: '',
    formatter: 'simple',
    run: ({ now }) => new Native('string', dateTime(Math.floor(now / 1000) * 1000)),
  },
  {
    path: 'storage.core.adapter.list',
    help: 'Lists the storage adapters.',
    type: 'Adapter',
    fields: 'HBA Name,Driver,Link State,UID,Capabilities,Description',
    run: ({ host }) =>
      (host.config?.storageDevice?.hostBusAdapter ?? []).map(
        (hba): Row => ({
          Capabilities: '',
          Description: `(${hba.pci ?? ''}) ${hba.model}`,
          Driver: hba.driver ?? '',
          HBAName: hba.device,
          LinkState: hba.status === 'online' ? 'link-up' : 'link-n/a',
          UID: `${hba.driver ?? ''}.${hba.device}`,
        }),
      ),
  },
  {
    path: 'storage.core.device.list',
    help: 'Lists the devices.',
    type: 'Device',
    fields: 'Device,Display Name,Device Type,Size,Devfs Path,Vendor,Model,Revision,Is SSD,Is Local,Status',
    formatter: 'simple',
    parameters: [{ name: 'device', aliases: '-d --device', help: 'One device.' }],
    run: ({ host, argument }) =>
      (host.config?.storageDevice?.scsiLun ?? [])
        .filter(({ canonicalName }) => (argument('device') ?? canonicalName) === canonicalName)
        .map((lun): Row => {
          const disk = isDisk(lun) ? lun : undefined
          const { block = 0, blockSize = 0 } = disk?.capacity ?? {}
          return {
            DevfsPath: lun.deviceName,
            Device: lun.canonicalName ?? '',
            DeviceType: disk ? 'Direct-Access' : 'CD-ROM',
            DisplayName: lun.displayName ?? '',
            IsLocal: disk?.localDisk ?? true,
            IsSSD: disk?.ssd ?? false,
            Model: lun.model ?? '',
            Revision: lun.revision ?? '',
            Size: Math.floor((Number(block) * blockSize) / MB),
            Status: lun.operationalState.includes('ok') ? 'on' : 'off',
            Vendor: lun.vendor ?? '',
          }
        }),
  },
  {
    path: 'storage.filesystem.list',
    help: 'Lists the volumes.',
    type: 'FileSystemVolume',
    fields: 'Mount Point,Volume Name,UUID,Mounted,Type,Size,Free',
    run: ({ read, host }) =>
      (host.datastore ?? []).map(({ value }): Row => {
        const { summary } = read.get('Datastore', value)
        const point = summary.url.replace(/^ds:\/\//, '').replace(/\/$/, '')
        return {
          Free: Number(summary.freeSpace),
          MountPoint: point,
          Mounted: summary.accessible,
          Size: Number(summary.capacity),
          Type: summary.type,
          UUID: point.slice(point.lastIndexOf('/') + 1),
          VolumeName: summary.name,
        }
      }),
  },
  {
    path: 'iscsi.software.get',
    help: 'Tells whether software iSCSI is enabled.',
    type: 'boolean',
    fields: '',
    formatter: 'simple',
    run: ({ host }) =>
      new Native('boolean', host.config?.storageDevice?.softwareInternetScsiEnabled ?? false),
  },
]
