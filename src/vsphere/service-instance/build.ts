import { moRef } from '#inventory/entity.js'
import { boxedLong } from '#vim25/any.js'
import { data, dataObject, patch } from '#vim25/data.js'
import type { ManagedObjectReference, ManagedTypes, ServiceContent } from '#vim25/generated/types.js'
import { dataType, managedType } from '#vim25/schema.js'
import { grantDefaultPermissions } from '../authorization/build.js'
import type { Context } from '../core/context.js'
import { atLeast } from '../core/identity.js'
import { rootFolderOf, theOnly } from '../core/well-known.js'
import { ownExtensions } from '../extension/build.js'
import { createLicenseAssignmentManager, licenseManagerValue } from '../license/build.js'
import { vpxSettings } from '../option/settings.js'
import { OVF_MANAGER } from '../ovf/build.js'
import { HISTORICAL_INTERVALS } from '../performance/intervals.js'
import { DEFAULT_LOCALE, MESSAGE_LOCALES, SUPPORTED_LOCALES } from '../session/rules.js'
import { aboutInfo } from './about.js'
import { type Singleton, singletons } from './singletons.js'

const SERVICE_INSTANCE = 'ServiceInstance'

/**
 * Creates the objects that exist once in a vCenter: ServiceInstance and every manager that its content names, as far as
 * the identity's release knows them. The root folder, made before (createRootFolder), gets the permissions of a fresh
 * vCenter. Returns the ServiceInstance.
 */
export function createServiceObjects(ctx: Context): ManagedObjectReference {
  const { tx, identity } = ctx
  const members: Record<string, unknown> = {
    rootFolder: moRef('Folder', rootFolderOf(tx)),
    about: aboutInfo(identity),
  }
  for (const singleton of singletons(identity)) {
    if (!exists(singleton, identity.release)) continue
    const { member, type, id } = singleton
    members[member] = tx.create(type, id, (VALUES[type]?.(ctx) ?? {}) as never)
  }
  createGuestManagers(ctx)
  if (identity.kind === 'vcenter') createLicenseAssignmentManager(ctx)
  grantDefaultPermissions(tx)
  return tx.create('ServiceInstance', SERVICE_INSTANCE, {
    // Read from the clock (project.ts).
    serverClock: ctx.time,
    // Before, DRS left pairs alone where there is no EVC (fact sheet A.1).
    capability: patch(identity.kind === 'esxi' ? HOST_CAPABILITY : CAPABILITY, {
      ftDrsWithoutEvcSupported: atLeast(identity, '6.7'),
    }),
    content: dataObject('ServiceContent', members) as ServiceContent,
  })
}

function exists({ member, type }: Singleton, release: number): boolean {
  const since = Math.max(
    dataType('ServiceContent')?.byName.get(member)?.since ?? 0,
    managedType(type)?.since ?? 0,
  )
  return since <= release
}

const CAPABILITY = data('Capability', {
  provisioningSupported: true,
  multiHostSupported: true,
  userShellAccessSupported: false,
  networkBackupAndRestoreSupported: true,
  ftDrsWithoutEvcSupported: true,
  hciWorkflowSupported: true,
  computePolicyVersion: 1,
  clusterPlacementSupported: true,
  lifecycleManagementSupported: true,
  hostSeedingSupported: true,
  scalableSharesSupported: true,
  hadcsSupported: false,
  configMgmtSupported: true,
})

/** One host alone does what takes several for nobody. */
const HOST_CAPABILITY = patch(CAPABILITY, {
  provisioningSupported: false,
  multiHostSupported: false,
  userShellAccessSupported: true,
  hciWorkflowSupported: false,
  computePolicyVersion: undefined,
  clusterPlacementSupported: false,
  lifecycleManagementSupported: false,
  hostSeedingSupported: false,
  scalableSharesSupported: false,
  configMgmtSupported: false,
})

/** Options of the host's agent itself; those of its kernel are the host's advancedOption. */
const HOST_AGENT_SETTINGS = Object.freeze(
  (
    [
      ['Config.HostAgent.vmacore.soap.sessionTimeout', 30],
      ['Config.HostAgent.vmacore.soap.maxSessionCount', 500],
    ] as const
  ).map(([key, value]) => data('OptionValue', { key, value: boxedLong(value) })),
)

/** At most this many history collectors per client (soap-wire 6.3). */
const MAX_COLLECTORS = 32

/** Required properties of the managers that have any; descriptions are projections (project.ts). */
const VALUES: { readonly [K in keyof ManagedTypes]?: (ctx: Context) => Partial<ManagedTypes[K]> } = {
  OptionManager: ({ identity }) => ({
    supportedOption: [],
    setting: identity.kind === 'esxi' ? HOST_AGENT_SETTINGS : vpxSettings(identity),
  }),
  UserDirectory: ({ identity }) => ({
    domainList: Object.freeze(identity.kind === 'esxi' ? ['localos'] : ['vsphere.local', 'localos']),
  }),
  SessionManager: () => ({
    message: '',
    messageLocaleList: MESSAGE_LOCALES,
    supportedLocaleList: SUPPORTED_LOCALES,
    defaultLocale: DEFAULT_LOCALE,
  }),
  EventManager: () => ({ maxCollector: MAX_COLLECTORS }),
  TaskManager: () => ({ maxCollector: MAX_COLLECTORS }),
  ExtensionManager: (ctx) => ({ extensionList: ownExtensions(ctx) }),
  LicenseManager: (ctx) => licenseManagerValue(ctx),
  HostSnmpSystem: () => ({
    configuration: data('HostSnmpConfigSpec', { enabled: false, port: 161 }),
    limits: data('HostSnmpSystemAgentLimits', {
      maxReadOnlyCommunities: 10,
      maxTrapDestinations: 10,
      maxCommunityLength: 64,
      maxBufferSize: 4096,
      capability: 'COMPLETE',
    }),
  }),
  GuestOperationsManager: () => ({
    authManager: moRef('GuestAuthManager', 'guestOperationsAuthManager'),
    fileManager: moRef('GuestFileManager', 'guestOperationsFileManager'),
    processManager: moRef('GuestProcessManager', 'guestOperationsProcessManager'),
    guestWindowsRegistryManager: moRef(
      'GuestWindowsRegistryManager',
      'guestOperationsWindowsRegistryManager',
    ),
    aliasManager: moRef('GuestAliasManager', 'guestOperationsAliasManager'),
  }),
  OvfManager: () => OVF_MANAGER,
  PerformanceManager: () => ({ historicalInterval: HISTORICAL_INTERVALS }),
  CryptoManagerHost: () => ({ enabled: true }),
  CryptoManagerKmip: () => ({ enabled: true, kmipServers: [] }),
}

function createGuestManagers({ tx }: Context): void {
  const manager = tx.find('GuestOperationsManager', theOnly(tx, 'GuestOperationsManager') ?? '')
  for (const ref of Object.values(manager ?? {}) as readonly ManagedObjectReference[])
    tx.create(ref.type as 'GuestAuthManager', ref.value, {})
}
