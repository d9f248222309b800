import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type { ConfigTarget, ManagedObjectReference } from '#vim25/generated/types.js'
import { limitsOf, newestVersion } from '../hardware-version.js'

/** What VMs can use on these hosts: the largest host's CPUs, and the datastores and networks of any. */
export function configTarget(
  read: Reader,
  hosts: readonly string[],
  pool: ManagedObjectReference | undefined,
): ConfigTarget {
  const values = hosts.map((host) => read.get('HostSystem', host))
  const most = (of: (value: (typeof values)[number]) => number) => Math.max(0, ...values.map(of))
  const unique = (refs: readonly ManagedObjectReference[]) => [
    ...new Map(refs.map((ref) => [ref.value, ref])).values(),
  ]
  const networks = unique(values.flatMap((value) => value.network ?? []))
  const newest = Math.max(8, ...values.map((value) => newestVersion(value.config?.product.version ?? '')))
  return data('ConfigTarget', {
    numCpus: most(({ hardware }) => hardware?.cpuInfo.numCpuThreads ?? 0),
    numCpuCores: most(({ hardware }) => hardware?.cpuInfo.numCpuCores ?? 0),
    numNumaNodes: most(({ hardware }) => hardware?.numaInfo?.numNodes ?? 1),
    maxCpusPerHost: most(({ hardware }) => hardware?.cpuInfo.numCpuThreads ?? 0),
    smcPresent: false,
    datastore: unique(values.flatMap((value) => value.datastore ?? [])).flatMap(({ value }) =>
      datastoreInfo(read, value),
    ),
    network: networks.flatMap(({ value, type }) => (type === 'Network' ? networkInfo(read, value) : [])),
    distributedVirtualPortgroup: networks.flatMap(({ value }) => portgroupInfo(read, value)),
    maxMemMBOptimalPerf: most(({ hardware }) => Math.floor(Number(hardware?.memorySize ?? 0) / 2 ** 20)),
    supportedMaxMemMB: limitsOf(newest).memoryMB,
    resourcePool: pool && read.find('ResourcePool', pool.value)?.runtime,
    autoVmotion: false,
    sevSupported: false,
    maxSimultaneousThreads: 1,
  })
}

function datastoreInfo(read: Reader, id: string) {
  const datastore = read.find('Datastore', id)
  if (!datastore) return []
  const { summary, capability, info } = datastore
  return [
    data('VirtualMachineDatastoreInfo', {
      name: summary.name,
      datastore: summary,
      capability,
      maxFileSize: info.maxFileSize,
      maxVirtualDiskCapacity: info.maxVirtualDiskCapacity,
      mode: 'readWrite',
      vStorageSupport: 'vStorageUnsupported',
    }),
  ]
}

function networkInfo(read: Reader, id: string) {
  const network = read.find('Network', id)
  return network ? [data('VirtualMachineNetworkInfo', { name: network.name, network: network.summary })] : []
}

function portgroupInfo(read: Reader, id: string) {
  const group = read.find('DistributedVirtualPortgroup', id)
  const dvs = group?.config.distributedVirtualSwitch
  const found = dvs && read.find('DistributedVirtualSwitch', dvs.value)
  if (!group || !dvs || !found) return []
  return [
    data('DistributedVirtualPortgroupInfo', {
      switchName: found.name,
      switchUuid: found.uuid,
      portgroupName: group.name,
      portgroupKey: group.key,
      portgroupType: group.config.type,
      uplinkPortgroup: group.config.uplink ?? false,
      portgroup: read.ref(id),
    }),
  ]
}
