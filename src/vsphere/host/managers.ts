import type { ManagedName } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import type {
  HostConfigInfo,
  HostConfigManager,
  ManagedObjectReference,
  ManagedTypes,
} from '#vim25/generated/types.js'
import { isA, managedType } from '#vim25/schema.js'
import type { Context } from '../core/context.js'
import { hostOfNumber, numberOfHost } from '../core/well-known.js'
import { createDatastoreManagers, removeDatastoreManagers } from '../datastore/build.js'
import { createNetworkManagers, removeNetworkManagers } from '../vmkernel/build.js'
import { asOf, releaseOf } from './release.js'

type Member = Exclude<keyof HostConfigManager, '_typeName'>

/** The managers of a host but those of its networking (vmkernel) and datastores (datastore): member of HostConfigManager, managed type, prefix of the id (`<prefix>-<host's number>`). */
const MANAGERS: readonly (readonly [Member, ManagedName, string])[] = [
  ['cpuScheduler', 'HostCpuSchedulerSystem', 'cpuSchedulerSystem'],
  ['memoryManager', 'HostMemorySystem', 'memoryManagerSystem'],
  ['storageSystem', 'HostStorageSystem', 'storageSystem'],
  ['serviceSystem', 'HostServiceSystem', 'serviceSystem'],
  ['firewallSystem', 'HostFirewallSystem', 'firewallSystem'],
  ['advancedOption', 'OptionManager', 'EsxHostAdvSettings'],
  ['diagnosticSystem', 'HostDiagnosticSystem', 'diagnosticSystem'],
  ['autoStartManager', 'HostAutoStartManager', 'autoStartManager'],
  ['snmpSystem', 'HostSnmpSystem', 'snmpSystem'],
  ['dateTimeSystem', 'HostDateTimeSystem', 'dateTimeSystem'],
  ['patchManager', 'HostPatchManager', 'patchManager'],
  ['imageConfigManager', 'HostImageConfigManager', 'imageConfigManager'],
  ['firmwareSystem', 'HostFirmwareSystem', 'firmwareSystem'],
  ['healthStatusSystem', 'HostHealthStatusSystem', 'healthStatusSystem'],
  ['pciPassthruSystem', 'HostPciPassthruSystem', 'pciPassthruSystem'],
  ['kernelModuleSystem', 'HostKernelModuleSystem', 'kernelModuleSystem'],
  ['authenticationManager', 'HostAuthenticationManager', 'authenticationManager'],
  ['powerSystem', 'HostPowerSystem', 'powerSystem'],
  ['cacheConfigurationManager', 'HostCacheConfigurationManager', 'cacheConfigManager'],
  ['esxAgentHostManager', 'HostEsxAgentHostManager', 'esxAgentHostManager'],
  ['iscsiManager', 'IscsiManager', 'iscsiManager'],
  ['vFlashManager', 'HostVFlashManager', 'vFlashManager'],
  ['vsanSystem', 'HostVsanSystem', 'vsanSystem'],
  ['messageBusProxy', 'MessageBusProxy', 'messageBusProxy'],
  ['userDirectory', 'UserDirectory', 'userDirectory'],
  ['accountManager', 'HostLocalAccountManager', 'accountManager'],
  ['hostAccessManager', 'HostAccessManager', 'hostAccessManager'],
  ['graphicsManager', 'HostGraphicsManager', 'graphicsManager'],
  ['vsanInternalSystem', 'HostVsanInternalSystem', 'vsanInternalSystem'],
  ['certificateManager', 'HostCertificateManager', 'certificateManager'],
  ['cryptoManager', 'CryptoManagerHost', 'cryptoManager'],
  ['nvdimmSystem', 'HostNvdimmSystem', 'nvdimmSystem'],
  ['assignableHardwareManager', 'HostAssignableHardwareManager', 'assignableHardwareManager'],
]

export const numberOf = numberOfHost

/** The manager's id for a host: `managerId('networkSystem', 'host-12')` is `networkSystem-12`. */
export function managerId(prefix: string, host: string): string {
  return `${prefix}-${numberOf(host)}`
}

/** The host whose manager has this id. */
export function hostOfManager(manager: string): string {
  return hostOfNumber(manager.slice(manager.lastIndexOf('-') + 1))
}

/** Creates the host's managers and its datastore browser. What mirrors the host's config is derived (derive.ts). */
export function createManagers(
  ctx: Context,
  host: ManagedObjectReference,
  config: HostConfigInfo,
): { configManager: HostConfigManager; datastoreBrowser: ManagedObjectReference } {
  const release = releaseOf(config.product.version)
  const number = Number(numberOf(host.value))
  const { datastoreSystem, datastoreBrowser } = createDatastoreManagers(ctx, number)
  const refs: Partial<Record<Member, ManagedObjectReference>> = {
    datastoreSystem,
    ...createNetworkManagers(ctx, number),
  }
  for (const { member, type, prefix, initial } of managersOf(release))
    refs[member] = ctx.tx.create(type, `${prefix}-${number}`, initial(config) as never)
  return { configManager: asOf(data('HostConfigManager', refs), release), datastoreBrowser }
}

/** What a host gets when somebody first asks for it (esxcli family). */
const ON_DEMAND = ['ManagedMethodExecuter', 'DynamicTypeManager']

/** Takes the managers away with their host. */
export function removeManagers(ctx: Context, host: string): void {
  for (const prefix of [...MANAGERS.map(([, , own]) => own), ...ON_DEMAND]) {
    const id = managerId(prefix, host)
    if (ctx.tx.entity(id)) ctx.tx.remove(id)
  }
  removeNetworkManagers(ctx, Number(numberOf(host)))
  removeDatastoreManagers(ctx, Number(numberOf(host)))
}

const none: readonly never[] = Object.freeze([])
const NO_NVDIMMS = data('NvdimmSystemInfo', {
  summary: data('NvdimmSummary', {
    numDimms: 0,
    healthStatus: 'normal',
    totalCapacity: 0,
    persistentCapacity: 0,
    blockCapacity: 0,
    availableCapacity: 0,
    numInterleavesets: 0,
    numNamespaces: 0,
  }),
})

const NO_AGENTS = data('HostEsxAgentHostManagerConfigInfo', {})
const SNMP_LIMITS = data('HostSnmpSystemAgentLimits', {
  maxReadOnlyCommunities: 10,
  maxTrapDestinations: 3,
  maxCommunityLength: 64,
  maxBufferSize: 2048,
  capability: 'COMPLETE',
})
const CERTIFICATE = data('HostCertificateManagerCertificateInfo', { status: 'good' })

/** A manager of hosts of one release. */
interface Manager {
  readonly member: Member
  readonly type: ManagedName
  readonly prefix: string
  /** Properties that it has from the start: one value for all hosts whose configs say the same. */
  readonly initial: (config: HostConfigInfo) => object
}

const perRelease = new Map<number, readonly Manager[]>()

/** The managers that hosts of a release have. */
function managersOf(release: number): readonly Manager[] {
  let managers = perRelease.get(release)
  if (!managers) {
    managers = MANAGERS.filter(([, type]) => (managedType(type)?.since ?? 0) <= release).map(
      ([member, type, prefix]) => ({ member, type, prefix, initial: initialOf(type, release) }),
    )
    perRelease.set(release, managers)
  }
  return managers
}

function initialOf(type: ManagedName, release: number): Manager['initial'] {
  const isKnown = (name: string) => (managedType(type)?.byName.get(name)?.since ?? 0) <= release
  const known = (members: object) =>
    Object.fromEntries(Object.entries(members).filter(([name]) => isKnown(name)))
  const fixed = Object.freeze({
    ...(isA(type, 'ExtensibleManagedObject') ? { value: none, availableField: none } : {}),
    ...known(PROPERTIES[type] ?? {}),
  })
  const mirrored: Readonly<Record<string, keyof HostConfigInfo>> = MIRRORED[type] ?? {}
  const parts = Object.entries(mirrored).filter(([name]) => isKnown(name))
  if (parts.length === 0) return () => fixed
  // Most hosts are like the one before.
  let latest: Readonly<Record<string, unknown>> | undefined
  return (config) => {
    if (!latest || parts.some(([name, part]) => latest?.[name] !== config[part]))
      latest = Object.freeze({
        ...fixed,
        ...Object.fromEntries(parts.map(([name, part]) => [name, config[part]])),
      })
    return latest
  }
}

const PROPERTIES: { readonly [K in ManagedName]?: Partial<ManagedTypes[K]> } = {
  HostHealthStatusSystem: { runtime: data('HealthSystemRuntime', {}) },
  HostCacheConfigurationManager: { cacheConfigurationInfo: none },
  HostEsxAgentHostManager: { configInfo: NO_AGENTS },
  HostSnmpSystem: {
    configuration: data('HostSnmpConfigSpec', { enabled: false, port: 161 }),
    limits: SNMP_LIMITS,
  },
  HostCertificateManager: { certificateInfo: CERTIFICATE },
  CryptoManagerHost: { enabled: true },
  HostNvdimmSystem: { nvdimmSystemInfo: NO_NVDIMMS },
  HostAssignableHardwareManager: { binding: none },
  HostAuthenticationManager: { supportedStore: none },
  UserDirectory: { domainList: none },
}

/** Parts of the config that never change, and first values of those that derive.ts keeps equal to the config. */
const MIRRORED: {
  readonly [K in ManagedName]?: { readonly [P in keyof ManagedTypes[K]]?: keyof HostConfigInfo }
} = {
  HostAuthenticationManager: { info: 'authenticationManagerInfo' },
  HostPowerSystem: { capability: 'powerSystemCapability', info: 'powerSystemInfo' },
  HostMemorySystem: { virtualMachineReservationInfo: 'virtualMachineReservation' },
  HostCpuSchedulerSystem: { hyperthreadInfo: 'hyperThread' },
  HostStorageSystem: {
    storageDeviceInfo: 'storageDevice',
    multipathStateInfo: 'multipathState',
    fileSystemVolumeInfo: 'fileSystemVolume',
  },
  HostServiceSystem: { serviceInfo: 'service' },
  HostFirewallSystem: { firewallInfo: 'firewall' },
  HostAutoStartManager: { config: 'autoStart' },
  HostDateTimeSystem: { dateTimeInfo: 'dateTimeInfo' },
  HostAccessManager: { lockdownMode: 'lockdownMode' },
  HostPciPassthruSystem: { pciPassthruInfo: 'pciPassthruInfo' },
  HostVsanSystem: { config: 'vsanHostConfig' },
  HostGraphicsManager: { graphicsInfo: 'graphicsInfo', graphicsConfig: 'graphicsConfig' },
  HostVFlashManager: { vFlashConfigInfo: 'vFlashConfigInfo' },
  HostAssignableHardwareManager: { config: 'assignableHardwareConfig' },
}
