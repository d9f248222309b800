import { derivation, inverse } from '#inventory/derivation.js'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type {
  HostCacheConfigurationInfo,
  HostListSummary,
  HostSystemProperties,
  ManagedEntityStatus,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { memo } from '../vm/share.js'
import { networkOptions, selectionsOf, type VnicSelections } from '../vmkernel/selections.js'
import { type HostConnection, hostConnectionId, hostConnections } from './connection.js'
import { hostOfManager, managerId } from './managers.js'
import { networkRuntimeOf } from './network-runtime.js'
import { type ChangedOptions, changedOptions, changedOptionsId, optionsWith } from './options.js'

type Host = HostSystemProperties

/** red while vCenter cannot reach the host, gray while it does not want to. */
export function hostStatus(connectionState: Host['runtime']['connectionState']): ManagedEntityStatus {
  if (connectionState === 'notResponding') return 'red'
  return connectionState === 'disconnected' ? 'gray' : 'green'
}

export const overallStatus = derivation<Host>({
  name: 'HostSystem.overallStatus',
  type: 'HostSystem',
  outputs: ['overallStatus'],
  own: ['runtime.connectionState', 'configStatus'],
  compute({ runtime, configStatus }) {
    const status = hostStatus(runtime.connectionState)
    return { overallStatus: status === 'green' ? configStatus : status }
  },
})

/** HostSystem.summary repeats what the host says elsewhere; quickStats is project.ts's. */
export const summary = derivation<Host>({
  name: 'HostSystem.summary',
  type: 'HostSystem',
  outputs: ['summary'],
  own: [
    'name',
    'runtime',
    'overallStatus',
    'customValue',
    'hardware',
    'capability.maxSupportedVcpus',
    'config.product',
    'config.network.pnic',
    'config.storageDevice.hostBusAdapter',
    'config.virtualNicManagerInfo',
    'config.featureVersion',
  ],
  via: [
    {
      type: 'hostConnection',
      paths: ['thumbprint', 'port', 'maxEVCModeKey'],
      targets: (connection: HostConnection) => [connection.host],
    },
  ],
  compute: (host, read, id) => ({
    summary: summaryOf(host, moRef('HostSystem', id), read.find(hostConnections, hostConnectionId(id))),
  }),
})

const NO_STATS = data('HostListSummaryQuickStats', {})

type Described = Pick<Host, 'name' | 'runtime' | 'hardware' | 'config' | 'overallStatus' | 'customValue'>

/** Pure: the summary of a host; `self` and `connection` undefined for one that vCenter does not manage. */
export function summaryOf(
  host: Readonly<Described>,
  self: ManagedObjectReference | undefined,
  connection: Pick<HostConnection, 'port' | 'thumbprint' | 'maxEVCModeKey'> | undefined,
): HostListSummary {
  const { hardware, config } = host
  const { systemInfo, cpuInfo } = hardware ?? {}
  return data('HostListSummary', {
    host: self,
    hardware:
      hardware && systemInfo && cpuInfo
        ? data('HostHardwareSummary', {
            vendor: systemInfo.vendor,
            model: systemInfo.model,
            uuid: systemInfo.uuid,
            otherIdentifyingInfo: systemInfo.otherIdentifyingInfo,
            memorySize: hardware.memorySize,
            cpuModel: hardware.cpuPkg[0]?.description ?? '',
            cpuMhz: Math.round(Number(cpuInfo.hz) / 1_000_000),
            numCpuPkgs: cpuInfo.numCpuPackages,
            numCpuCores: cpuInfo.numCpuCores,
            numCpuThreads: cpuInfo.numCpuThreads,
            numNics: config?.network?.pnic?.length ?? 0,
            numHBAs: config?.storageDevice?.hostBusAdapter?.length ?? 0,
          })
        : undefined,
    runtime: host.runtime,
    config: data('HostConfigSummary', {
      name: host.name,
      port: connection?.port ?? 443,
      sslThumbprint: connection?.thumbprint,
      product: config?.product,
      vmotionEnabled: offers(host, 'vmotion'),
      faultToleranceEnabled: offers(host, 'faultToleranceLogging'),
      featureVersion: config?.featureVersion,
    }),
    quickStats: NO_STATS,
    overallStatus: host.overallStatus,
    rebootRequired: false,
    customValue: host.customValue,
    managementServerIp: self && host.runtime.connectionState === 'connected' ? SERVER_IP : undefined,
    maxEVCModeKey: connection?.maxEVCModeKey,
  })
}

/** Where this vCenter says that it is (deviation 27). */
export const SERVER_IP = '127.0.0.1'

/** A vmkernel adapter is selected for the traffic (fact sheet F.3). */
function offers(host: Readonly<Described>, nicType: string): boolean {
  const config = host.config?.virtualNicManagerInfo?.netConfig?.find((net) => net.nicType === nicType)
  return (config?.selectedVnic?.length ?? 0) > 0
}

/** HostSystem.vm is the other end of VirtualMachine.runtime.host. */
export const hostVm = inverse({
  name: 'HostSystem.vm',
  from: 'VirtualMachine',
  path: 'runtime.host',
  to: ['HostSystem'],
  property: 'vm',
})

/** Advanced options: those of a fresh host, what was changed, and the names of the selected adapters. */
export const option = derivation<Host>({
  name: 'HostSystem.config.option',
  type: 'HostSystem',
  outputs: ['config.option'],
  via: [
    { type: 'vnicSelections', paths: ['selected'], targets: ({ host }: VnicSelections) => [host] },
    { type: 'hostOptions', paths: ['changed'], targets: ({ host }: ChangedOptions) => [host] },
  ],
  compute: (_host, read, id) => ({
    'config.option': optionsWith([
      ...(read.find(changedOptions, changedOptionsId(id))?.changed ?? []),
      ...networkOptions(selectionsOf(read, id)),
    ]),
  }),
})

/** The stacks and network cards of a host as they run: what its network says, with what they carry. */
export const networkRuntime = derivation<Host>({
  name: 'HostSystem.runtime.networkRuntimeInfo',
  type: 'HostSystem',
  outputs: ['runtime.networkRuntimeInfo'],
  own: ['config.network.vnic', 'config.network.pnic', 'config.network.netStackInstance'],
  compute: ({ config }) => ({ 'runtime.networkRuntimeInfo': networkRuntimeOf(config?.network) }),
})

/** Any of its datastores could cache swapped pages; none does. */
export const swapCache = derivation<Host>({
  name: 'HostSystem.config.cacheConfigurationInfo',
  type: 'HostSystem',
  outputs: ['config.cacheConfigurationInfo'],
  own: ['datastore'],
  compute: ({ datastore = [] }) => ({
    'config.cacheConfigurationInfo': swapCacheOf(datastore),
  }),
})

const caches = memo<readonly HostCacheConfigurationInfo[]>()
const swapCacheOf = (datastores: readonly ManagedObjectReference[]) =>
  caches(datastores.map(({ value }) => value).join(' '), () =>
    Object.freeze(datastores.map((key) => data('HostCacheConfigurationInfo', { key, swapSize: 0 }))),
  )

/** A manager's property that is a part of its host's config, or of the host itself. */
function mirror(type: string, prefix: string, property: string, path: string) {
  const steps = path.split('.')
  return derivation({
    name: `${type}.${property}`,
    type,
    outputs: [property],
    via: [{ type: 'HostSystem', paths: [path], targets: (_host, _read, id) => [managerId(prefix, id)] }],
    compute: (_value, read, id) => {
      let value: unknown = read.find('HostSystem', hostOfManager(id))
      for (const step of steps) value = (value as Record<string, unknown> | undefined)?.[step]
      return { [property]: value }
    },
  })
}

/** The managers show what the host's config says (rest of the networking managers: vmkernel family). */
export const mirrors = [
  mirror('HostCpuSchedulerSystem', 'cpuSchedulerSystem', 'hyperthreadInfo', 'config.hyperThread'),
  mirror('HostStorageSystem', 'storageSystem', 'storageDeviceInfo', 'config.storageDevice'),
  mirror('HostStorageSystem', 'storageSystem', 'multipathStateInfo', 'config.multipathState'),
  mirror('HostStorageSystem', 'storageSystem', 'fileSystemVolumeInfo', 'config.fileSystemVolume'),
  mirror('HostServiceSystem', 'serviceSystem', 'serviceInfo', 'config.service'),
  mirror('HostFirewallSystem', 'firewallSystem', 'firewallInfo', 'config.firewall'),
  mirror('HostAutoStartManager', 'autoStartManager', 'config', 'config.autoStart'),
  mirror('HostDateTimeSystem', 'dateTimeSystem', 'dateTimeInfo', 'config.dateTimeInfo'),
  mirror('HostHealthStatusSystem', 'healthStatusSystem', 'runtime', 'runtime.healthSystemRuntime'),
  mirror(
    'HostCacheConfigurationManager',
    'cacheConfigManager',
    'cacheConfigurationInfo',
    'config.cacheConfigurationInfo',
  ),
  mirror('HostAccessManager', 'hostAccessManager', 'lockdownMode', 'config.lockdownMode'),
]
