import { data } from '#vim25/data.js'
import type { HostConfigInfo, HostNetworkInfo, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Hardware, Installation } from '#world/machine.js'
import { datastoreCapabilities } from '../datastore/build.js'
import { share } from '../vm/share.js'
import { netCapabilities } from '../vmkernel/capabilities.js'
import { offloadCapabilities } from '../vmkernel/policy.js'
import { firewallInfo } from './firewall.js'
import { OPTION_DEFINITIONS, OPTION_VALUES } from './options.js'
import { platformConfig } from './platform-config.js'
import { aboutOf, asOf, releaseOf } from './release.js'
import { serviceInfo } from './services.js'
import { multipathState, storageDeviceInfo } from './storage.js'
import { systemResources } from './system-resources.js'

/** No volumes yet: the datastore family keeps the mounts. */
const FILE_SYSTEM_VOLUME = data('HostFileSystemVolumeInfo', {
  volumeTypeList: ['VMFS', 'NFS', 'NFS41', 'vsan', 'VVOL', 'VFFS', 'OTHER', 'PMEM'],
})

const AUTO_START = data('HostAutoStartManagerConfig', {
  defaults: data('AutoStartDefaults', {
    enabled: false,
    startDelay: 120,
    stopDelay: 120,
    waitForHeartbeat: false,
    stopAction: 'PowerOff',
  }),
})

const UTC = data('HostDateTimeSystemTimeZone', { key: 'UTC', name: 'UTC', description: 'UTC', gmtOffset: 0 })

const DATE_TIME = data('HostDateTimeInfo', {
  timeZone: UTC,
  systemClockProtocol: 'ntp',
  ntpConfig: data('HostNtpConfig', { configFile: ['server pool.ntp.org'] }),
  enabled: false,
  disableEvents: false,
  disableFallback: false,
  inFallbackState: false,
  serviceSync: false,
})

const SWAP = data('HostSystemSwapConfiguration', {
  option: [
    data('HostSystemSwapConfigurationHostLocalSwapOption', { key: 1 }),
    data('HostSystemSwapConfigurationHostCacheOption', { key: 0 }),
  ],
})

/** ESXi's power policies: key, short name, name and description key, description. */
const POLICIES = [
  [1, 'static', 'PowerPolicy.static'],
  [2, 'dynamic', 'PowerPolicy.dynamic'],
  [3, 'low', 'PowerPolicy.low'],
  [4, 'custom', 'PowerPolicy.custom'],
].map(([key, shortName, name]) =>
  data('HostPowerPolicy', {
    key: key as number,
    name: `${name}.name`,
    shortName: shortName as string,
    description: `${name}.description`,
  }),
)

const POWER_CAPABILITY = data('PowerSystemCapability', { availablePolicy: POLICIES })
const POWER_INFO = data('PowerSystemInfo', {
  currentPolicy: POLICIES[1] ?? data('HostPowerPolicy', { key: 2, name: '', shortName: '', description: '' }),
})

const AUTHENTICATION = data('HostAuthenticationManagerInfo', {
  authConfig: [
    data('HostLocalAuthenticationInfo', { enabled: true }),
    data('HostActiveDirectoryInfo', { enabled: false, smartCardAuthenticationEnabled: false }),
  ],
})

const FLAGS = data('HostFlagInfo', { backgroundSnapshotsEnabled: false })

/** Everything that ESXi tells of its configuration; network from the networking family. */
export function configInfo(
  host: ManagedObjectReference,
  installation: Installation,
  hardware: Hardware,
  network: HostNetworkInfo | undefined,
): HostConfigInfo {
  const { version } = installation
  const release = releaseOf(version)
  const hyperThreading = hardware.threads > hardware.cores
  return asOf(
    data('HostConfigInfo', {
      host,
      product: aboutOf(installation),
      hyperThread: share(
        data('HostHyperThreadScheduleInfo', {
          available: hyperThreading,
          active: hyperThreading,
          config: true,
        }),
      ),
      virtualMachineReservation: share(
        data('VirtualMachineMemoryReservationInfo', {
          virtualMachineMin: 0,
          virtualMachineMax: hardware.memoryBytes,
          virtualMachineReserved: 0,
          allocationPolicy: 'swapSome',
        }),
      ),
      storageDevice: storageDeviceInfo(hardware, version),
      multipathState: multipathState(hardware),
      fileSystemVolume: FILE_SYSTEM_VOLUME,
      network,
      capabilities: asOf(netCapabilities, release),
      datastoreCapabilities: datastoreCapabilities,
      offloadCapabilities,
      service: serviceInfo(version),
      firewall: firewallInfo(version),
      autoStart: AUTO_START,
      option: OPTION_VALUES,
      optionDef: OPTION_DEFINITIONS,
      systemResources: systemResources(hardware),
      systemSwapConfiguration: SWAP,
      dateTimeInfo: asOf(DATE_TIME, release),
      flags: FLAGS,
      adminDisabled: false,
      lockdownMode: 'lockdownDisabled',
      authenticationManagerInfo: AUTHENTICATION,
      powerSystemCapability: POWER_CAPABILITY,
      powerSystemInfo: POWER_INFO,
      wakeOnLanCapable: true,
      ...platformConfig(host, hardware, installation),
    }),
    release,
  )
}
