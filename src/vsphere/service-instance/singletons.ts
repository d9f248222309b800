import type { ManagedTypes } from '#vim25/generated/types.js'
import type { Identity } from '../core/identity.js'

/** A manager that exists once: the member of ServiceContent that names it, its type and its id (soap-wire 4.7). */
export interface Singleton {
  readonly member: string
  readonly type: keyof ManagedTypes & string
  readonly id: string
}

/** Managers whose id is not their type's name, and those whose type is not the declared one. */
const MANAGERS: readonly (readonly [member: string, type: keyof ManagedTypes & string, id?: string])[] = [
  ['propertyCollector', 'PropertyCollector', 'propertyCollector'],
  ['viewManager', 'ViewManager'],
  ['setting', 'OptionManager', 'VpxSettings'],
  ['userDirectory', 'UserDirectory'],
  ['sessionManager', 'SessionManager'],
  ['authorizationManager', 'AuthorizationManager'],
  ['serviceManager', 'ServiceManager', 'ServiceMgr'],
  ['perfManager', 'PerformanceManager', 'PerfMgr'],
  ['scheduledTaskManager', 'ScheduledTaskManager'],
  ['alarmManager', 'AlarmManager'],
  ['eventManager', 'EventManager'],
  ['taskManager', 'TaskManager'],
  ['extensionManager', 'ExtensionManager'],
  ['customizationSpecManager', 'CustomizationSpecManager'],
  ['guestCustomizationManager', 'VirtualMachineGuestCustomizationManager'],
  ['customFieldsManager', 'CustomFieldsManager'],
  ['diagnosticManager', 'DiagnosticManager', 'DiagMgr'],
  ['licenseManager', 'LicenseManager'],
  ['searchIndex', 'SearchIndex'],
  ['fileManager', 'FileManager'],
  ['datastoreNamespaceManager', 'DatastoreNamespaceManager'],
  ['virtualDiskManager', 'VirtualDiskManager', 'virtualDiskManager'],
  ['snmpSystem', 'HostSnmpSystem', 'SnmpSystem'],
  ['vmProvisioningChecker', 'VirtualMachineProvisioningChecker', 'ProvChecker'],
  ['vmCompatibilityChecker', 'VirtualMachineCompatibilityChecker', 'CompatChecker'],
  ['ovfManager', 'OvfManager'],
  ['ipPoolManager', 'IpPoolManager'],
  ['dvSwitchManager', 'DistributedVirtualSwitchManager', 'DVSManager'],
  ['hostProfileManager', 'HostProfileManager'],
  ['clusterProfileManager', 'ClusterProfileManager'],
  ['complianceManager', 'ProfileComplianceManager', 'MoComplianceManager'],
  ['localizationManager', 'LocalizationManager'],
  ['storageResourceManager', 'StorageResourceManager'],
  ['guestOperationsManager', 'GuestOperationsManager', 'guestOperationsManager'],
  ['overheadMemoryManager', 'OverheadMemoryManager'],
  ['certificateManager', 'CertificateManager', 'certificateManager'],
  ['ioFilterManager', 'IoFilterManager'],
  ['vStorageObjectManager', 'VcenterVStorageObjectManager', 'VStorageObjectManager'],
  ['hostSpecManager', 'HostSpecificationManager'],
  ['cryptoManager', 'CryptoManagerKmip', 'CryptoManager'],
  ['healthUpdateManager', 'HealthUpdateManager'],
  ['failoverClusterConfigurator', 'FailoverClusterConfigurator'],
  ['failoverClusterManager', 'FailoverClusterManager'],
  ['tenantManager', 'TenantTenantManager', 'TenantManager'],
  ['siteInfoManager', 'SiteInfoManager'],
  ['storageQueryManager', 'StorageQueryManager'],
  ['directPathProfileManager', 'DirectPathProfileManager'],
]

/** The managers of an ESXi on its own and what it calls them (soap-wire 4.8); the others it does not have. */
const HOST_MANAGERS: typeof MANAGERS = [
  ['propertyCollector', 'PropertyCollector', 'ha-property-collector'],
  ['viewManager', 'ViewManager'],
  ['setting', 'OptionManager', 'HostAgentSettings'],
  ['userDirectory', 'UserDirectory', 'ha-user-directory'],
  ['sessionManager', 'SessionManager', 'ha-sessionmgr'],
  ['authorizationManager', 'AuthorizationManager', 'ha-authmgr'],
  ['serviceManager', 'ServiceManager', 'ha-servicemanager'],
  ['perfManager', 'PerformanceManager', 'ha-perfmgr'],
  ['eventManager', 'EventManager', 'ha-eventmgr'],
  ['taskManager', 'TaskManager', 'ha-taskmgr'],
  ['accountManager', 'HostLocalAccountManager', 'ha-localacctmgr'],
  ['diagnosticManager', 'DiagnosticManager', 'ha-diagnosticmgr'],
  ['licenseManager', 'LicenseManager', 'ha-license-manager'],
  ['searchIndex', 'SearchIndex', 'ha-searchindex'],
  ['fileManager', 'FileManager', 'ha-nfc-file-manager'],
  ['datastoreNamespaceManager', 'DatastoreNamespaceManager', 'ha-datastore-namespace-manager'],
  ['virtualDiskManager', 'VirtualDiskManager', 'ha-vdiskmanager'],
  ['ovfManager', 'OvfManager', 'ha-ovf-manager'],
  ['dvSwitchManager', 'DistributedVirtualSwitchManager', 'ha-dvsmanager'],
  ['localizationManager', 'LocalizationManager', 'ha-l10n-manager'],
  ['storageResourceManager', 'StorageResourceManager', 'ha-storage-resource-manager'],
  ['guestOperationsManager', 'GuestOperationsManager', 'ha-guest-operations-manager'],
  ['vStorageObjectManager', 'HostVStorageObjectManager', 'ha-vstorage-object-manager'],
  ['cryptoManager', 'CryptoManagerHost', 'ha-crypto-manager'],
]

/** The tenant manager's id carries the build (soap-wire 4.7). */
export function singletons(identity: Identity): readonly Singleton[] {
  if (identity.kind === 'esxi')
    return HOST_MANAGERS.map(([member, type, id]) => ({ member, type, id: id ?? type }))
  return MANAGERS.map(([member, type, id]) => ({
    member,
    type,
    id: member === 'tenantManager' ? `TenantManager-${identity.build}` : (id ?? type),
  }))
}
