import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference, VirtualDevice } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Counter } from './counters.js'
import type { Provider } from './entity.js'

/** ESXi's own processes, as counters of `sys` name them. */
const SYSTEM_RESOURCES: readonly string[] = ['host/system', 'host/system/vmotion', 'host/vim']

/** What the disks of VMs on a datastore consist of, as counters of `disk` name it. */
const DISK_FILES: readonly string[] = ['DISKFILE', 'DELTAFILE', 'SWAPFILE', 'OTHERFILE']

const VFLASH: readonly string[] = ['vfc']

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `${at}`)

/** `ds:///vmfs/volumes/<uuid>/` is `<uuid>`. */
const volumeOf = (url: string | undefined) => url?.split('/').filter(Boolean).at(-1)

const volumesOf = (read: Reader, datastores: readonly ManagedObjectReference[] | undefined) =>
  (datastores ?? []).flatMap(({ value }) => volumeOf(read.find('Datastore', value)?.summary.url) ?? [])

/** The instances that an entity has of a counter, without the total. */
export function instancesOf(read: Reader, provider: Provider, counter: Counter): readonly string[] {
  if (!counter.offered.get(provider.kind)?.instances) return []
  const group = counter.info.groupInfo.key
  switch (provider.kind) {
    case 'V':
      return vmInstances(read, provider.ref.value, group)
    case 'H':
      return hostInstances(read, provider.ref.value, group)
    case 'S':
      return group === 'disk' ? DISK_FILES : []
    default:
      return []
  }
}

function vmInstances(read: Reader, id: string, group: string): readonly string[] {
  const { config, datastore } = read.get('VirtualMachine', id)
  switch (group) {
    case 'cpu':
      return numbered(config?.hardware.numCPU ?? 0)
    case 'net':
      return (config?.hardware.device ?? [])
        .filter((device) => isA(device._typeName, 'VirtualEthernetCard'))
        .map(({ key }) => `${key}`)
    case 'virtualDisk':
      return diskNames(config?.hardware.device ?? [])
    case 'datastore':
      return volumesOf(read, datastore)
    default:
      return []
  }
}

/** `scsi0:1`: the bus of a disk's controller, and its place there. */
function diskNames(devices: readonly VirtualDevice[]): readonly string[] {
  return devices
    .filter(({ _typeName }) => isA(_typeName, 'VirtualDisk'))
    .map((disk) => {
      const controller = devices.find(({ key }) => key === disk.controllerKey)
      const bus = (controller as { busNumber?: number } | undefined)?.busNumber ?? 0
      return `${busName(controller?._typeName ?? '')}${bus}:${disk.unitNumber ?? 0}`
    })
}

const BUSES = [
  ['VirtualIDEController', 'ide'],
  ['VirtualAHCIController', 'sata'],
  ['VirtualNVMEController', 'nvme'],
] as const

const busName = (controller: string) => BUSES.find(([type]) => isA(controller, type))?.[1] ?? 'scsi'

function hostInstances(read: Reader, id: string, group: string): readonly string[] {
  const host = read.get('HostSystem', id)
  switch (group) {
    case 'cpu':
      return numbered(host.hardware?.cpuInfo.numCpuThreads ?? 0)
    case 'net':
      return (host.config?.network?.pnic ?? []).map(({ device }) => device)
    case 'disk':
      return (host.config?.storageDevice?.scsiLun ?? []).map(({ canonicalName }) => canonicalName ?? '')
    case 'storageAdapter':
      return (host.config?.storageDevice?.hostBusAdapter ?? []).map(({ device }) => device)
    case 'storagePath':
      return (host.config?.multipathState?.path ?? []).map(({ name }) => name)
    case 'datastore':
      return volumesOf(read, host.datastore)
    case 'sys':
      return SYSTEM_RESOURCES
    case 'vflashModule':
      return VFLASH
    default:
      return []
  }
}
