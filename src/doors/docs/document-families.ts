/** Which managed types share a document: enough for a task, few enough to open at once. */
export interface DocumentFamily {
  /** Part of the document's URL. */
  readonly name: string
  readonly title: string
  /** The one that matters most first. */
  readonly types: readonly string[]
}

const family = (name: string, title: string, types: string): DocumentFamily => ({
  name,
  title,
  types: types.split(' '),
})

export const documentFamilies: readonly DocumentFamily[] = [
  family('virtual-machine', 'VirtualMachine', 'VirtualMachine VirtualMachineSnapshot'),
  family('host-system', 'HostSystem', 'HostSystem'),
  family(
    'cluster',
    'ClusterComputeResource',
    'ClusterComputeResource ComputeResource ClusterEVCManager EnvironmentBrowser',
  ),
  family(
    'host-network',
    'HostNetworkSystem, HostVirtualNicManager, HostVMotionSystem',
    'HostNetworkSystem HostVirtualNicManager HostVMotionSystem',
  ),
  family(
    'host-datastore',
    'HostDatastoreSystem, HostDatastoreBrowser',
    'HostDatastoreSystem HostDatastoreBrowser',
  ),
  family(
    'service-instance',
    'ServiceInstance, SessionManager',
    'ServiceInstance SessionManager ServiceManager SimpleCommand SiteInfoManager',
  ),
  family('property-collector', 'PropertyCollector, PropertyFilter', 'PropertyCollector PropertyFilter'),
  family(
    'view',
    'SearchIndex, ViewManager and views',
    'SearchIndex ViewManager ContainerView ListView InventoryView ManagedObjectView View',
  ),
  family(
    'task',
    'Task, TaskManager',
    'Task TaskManager TaskHistoryCollector HistoryCollector ScheduledTask ScheduledTaskManager',
  ),
  family('event', 'EventManager, AlarmManager', 'EventManager EventHistoryCollector AlarmManager Alarm'),
  family(
    'folder',
    'Folder, Datacenter, ManagedEntity',
    'Folder Datacenter StoragePod ManagedEntity ExtensibleManagedObject',
  ),
  family('resource-pool', 'ResourcePool, VirtualApp', 'ResourcePool VirtualApp ResourcePlanningManager'),
  family(
    'datastore',
    'Datastore, FileManager, VirtualDiskManager',
    'Datastore FileManager VirtualDiskManager DatastoreNamespaceManager StorageResourceManager StorageQueryManager IoFilterManager',
  ),
  family(
    'network',
    'Network, port groups',
    'Network DistributedVirtualPortgroup OpaqueNetwork IpPoolManager',
  ),
  family(
    'distributed-switch',
    'DistributedVirtualSwitch',
    'DistributedVirtualSwitch VmwareDistributedVirtualSwitch DistributedVirtualSwitchManager',
  ),
  family(
    'authorization',
    'AuthorizationManager, UserDirectory',
    'AuthorizationManager UserDirectory TenantTenantManager',
  ),
  family(
    'option',
    'Options, licences, extensions, custom fields',
    'OptionManager LicenseManager LicenseAssignmentManager ExtensionManager CustomFieldsManager LocalizationManager',
  ),
  family('performance', 'PerformanceManager', 'PerformanceManager'),
  family('esxcli', 'esxcli of hosts', 'ReflectManagedMethodExecuter InternalDynamicTypeManager'),
  family(
    'host-storage',
    'HostStorageSystem and storage of hosts',
    'HostStorageSystem IscsiManager HostNvdimmSystem HostVFlashManager HostCacheConfigurationManager HostDiagnosticSystem',
  ),
  family(
    'host-service',
    'Services and settings of hosts',
    'HostServiceSystem HostFirewallSystem HostDateTimeSystem HostAutoStartManager HostBootDeviceSystem HostCpuSchedulerSystem HostMemorySystem HostPowerSystem HostHealthStatusSystem HostSnmpSystem HostKernelModuleSystem HostFirmwareSystem HostImageConfigManager HostPatchManager HostEsxAgentHostManager MessageBusProxy OverheadMemoryManager',
  ),
  family(
    'host-device',
    'Devices of hosts',
    'HostPciPassthruSystem HostGraphicsManager HostAssignableHardwareManager DirectPathProfileManager',
  ),
  family(
    'host-access',
    'Accounts and certificates of hosts',
    'HostAccessManager HostLocalAccountManager HostAuthenticationManager HostAuthenticationStore HostDirectoryStore HostActiveDirectoryAuthentication HostLocalAuthentication HostCertificateManager',
  ),
  family('host-vsan', 'vSAN of hosts', 'HostVsanSystem HostVsanInternalSystem VsanUpgradeSystem'),
  family(
    'guest-operations',
    'Guest operations',
    'GuestOperationsManager GuestAuthManager GuestFileManager GuestProcessManager GuestAliasManager GuestWindowsRegistryManager',
  ),
  family(
    'provisioning',
    'Compatibility checks, customization, OVF',
    'VirtualMachineCompatibilityChecker VirtualMachineProvisioningChecker CustomizationSpecManager VirtualMachineGuestCustomizationManager VirtualizationManager OvfManager HttpNfcLease',
  ),
  family(
    'first-class-disk',
    'Storage objects (first class disks)',
    'VcenterVStorageObjectManager HostVStorageObjectManager VStorageObjectManagerBase',
  ),
  family(
    'profile',
    'Host and cluster profiles',
    'HostProfile HostProfileManager ClusterProfile ClusterProfileManager Profile ProfileManager ProfileComplianceManager HostSpecificationManager',
  ),
  family(
    'crypto',
    'Encryption and certificates',
    'CryptoManagerKmip CryptoManager CryptoManagerHost CryptoManagerHostKMS CertificateManager',
  ),
  family(
    'operation',
    'vCenter HA, health, diagnostics',
    'FailoverClusterConfigurator FailoverClusterManager HealthUpdateManager DiagnosticManager TransitGateway',
  ),
]
