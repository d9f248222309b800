/** What the lab needs, by managed type: the promise that the README makes. */
export const PROMISED: Readonly<Record<string, string>> = {
  ServiceInstance: 'CurrentTime RetrieveServiceContent',
  SessionManager: 'Login Logout SessionIsActive TerminateSession',
  PropertyCollector:
    'RetrieveProperties RetrievePropertiesEx ContinueRetrievePropertiesEx CancelRetrievePropertiesEx CreateFilter WaitForUpdatesEx CancelWaitForUpdates',
  ViewManager: 'CreateContainerView CreateListView',
  View: 'DestroyView',
  SearchIndex:
    'FindByUuid FindByDatastorePath FindByDnsName FindByIp FindByInventoryPath FindChild FindAllByUuid FindAllByDnsName FindAllByIp',
  EventManager: 'QueryEvents',
  Task: 'CancelTask',
  Folder:
    'CreateFolder CreateDatacenter CreateClusterEx CreateVM_Task RegisterVM_Task AddStandaloneHost_Task MoveIntoFolder_Task',
  ManagedEntity: 'Rename_Task Destroy_Task',
  ClusterComputeResource: 'AddHost_Task MoveInto_Task MoveHostInto_Task RetrieveDasAdvancedRuntimeInfo',
  ComputeResource: 'ReconfigureComputeResource_Task',
  Datacenter: 'QueryConnectionInfo PowerOnMultiVM_Task',
  HostSystem:
    'DisconnectHost_Task ReconnectHost_Task EnterMaintenanceMode_Task ExitMaintenanceMode_Task RebootHost_Task ShutdownHost_Task ReconfigureHostForDAS_Task QueryHostConnectionInfo',
  HostNetworkSystem:
    'AddVirtualSwitch UpdateVirtualSwitch RemoveVirtualSwitch AddPortGroup UpdatePortGroup RemovePortGroup AddVirtualNic UpdateVirtualNic RemoveVirtualNic QueryNetworkHint',
  HostVirtualNicManager: 'QueryNetConfig SelectVnicForNicType DeselectVnicForNicType',
  HostVMotionSystem: 'SelectVnic DeselectVnic UpdateIpConfig',
  HostDatastoreSystem: 'CreateNasDatastore CreateLocalDatastore RemoveDatastore',
  ResourcePool: 'CreateResourcePool UpdateConfig DestroyChildren',
  VirtualMachine:
    'ReconfigVM_Task PowerOnVM_Task PowerOffVM_Task ResetVM_Task SuspendVM_Task ShutdownGuest RebootGuest UnregisterVM CreateSnapshot_Task RemoveAllSnapshots_Task MarkAsTemplate MarkAsVirtualMachine CreateSecondaryVM_Task CreateSecondaryVMEx_Task EnableSecondaryVM_Task DisableSecondaryVM_Task MakePrimaryVM_Task TerminateFaultTolerantVM_Task TurnOffFaultToleranceForVM_Task QueryFaultToleranceCompatibility QueryFaultToleranceCompatibilityEx',
  EnvironmentBrowser: 'QueryConfigOption QueryConfigOptionEx',
}

/** The same as `Type.Method`, one by one. */
export const promisedMethods: readonly string[] = Object.entries(PROMISED).flatMap(([type, methods]) =>
  methods.split(' ').map((method) => `${type}.${method}`),
)
