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

/** The tenant manager's id carries the build (soap-wire 4.7). */
export function singletons(identity: Identity): readonly Singleton[] {
  return MANAGERS.map(([member, type, id]) => ({
    member,
    type,
    id: member === 'tenantManager' ? `TenantManager-${identity.build}` : (id ?? type),
  }))
}
