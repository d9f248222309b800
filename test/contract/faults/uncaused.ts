/**
 * Declared faults that nothing in this world can bring about, by fault and method, with the reason. A test keeps it
 * complete: what is declared has a case or stands here, never both.
 */
export const UNCAUSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'PropertyCollector.ContinueRetrievePropertiesEx': {
    InvalidProperty: 'the properties were checked when the retrieval began',
  },
  'PropertyCollector.CancelRetrievePropertiesEx': {
    InvalidProperty: 'the properties were checked when the retrieval began',
  },
  'Folder.CreateVM_Task': {
    OutOfBounds: 'the hosts set no limit (HostCapability.maxSupportedVMs is 0)',
    InsufficientResourcesFault: 'a VM that is off reserves nothing',
  },
  'Folder.RegisterVM_Task': {
    OutOfBounds: 'the hosts set no limit (HostCapability.maxSupportedVMs is 0)',
    InsufficientResourcesFault: 'a VM that is off reserves nothing',
    FileFault: 'a file is there and can be read, or it is NotFound',
  },
  'HostSystem.ExitMaintenanceMode_Task': { Timedout: 'there is nothing to wait for' },
  'HostNetworkSystem.AddVirtualSwitch': {
    HostConfigFault: 'a host makes every switch that can be described, with as many ports as it needs',
  },
  'HostNetworkSystem.RemoveVirtualSwitch': {
    HostConfigFault: 'what would cut the host off has an adapter on it, which is ResourceInUse',
  },
  'HostNetworkSystem.RemovePortGroup': {
    HostConfigFault: 'what would cut the host off has an adapter on it, which is ResourceInUse',
  },
  'HostNetworkSystem.QueryNetworkHint': { HostConfigFault: 'a host that is connected always answers' },
  'HostVirtualNicManager.QueryNetConfig': { HostConfigFault: 'a host that is connected always answers' },
  'HostVirtualNicManager.SelectVnicForNicType': {
    HostConfigFault: 'every candidate takes every service that its host knows',
  },
  'HostVMotionSystem.SelectVnic': { HostConfigFault: 'every candidate takes vMotion' },
  'HostVMotionSystem.DeselectVnic': { HostConfigFault: 'a host can do without vMotion' },
  'HostDatastoreSystem.RemoveDatastore': { HostConfigFault: 'an unmount never fails on its own' },
  'VirtualMachine.RemoveAllSnapshots_Task': {
    SnapshotFault: 'snapshots can always be merged, whatever else is configured',
  },
  'VirtualMachine.MarkAsTemplate': {
    VmConfigFault: 'every configuration can be a template’s',
    FileFault: 'the vmx file keeps its name',
  },
  'VirtualMachine.MarkAsVirtualMachine': {
    FileFault: 'the vmx file keeps its name',
  },
  'VirtualMachine.CreateSecondaryVM_Task': {
    InvalidState: 'a VM always has its configuration; its state is in the list of issues',
    VmConfigFault: 'what the configuration lacks is in the list of issues',
  },
  'VirtualMachine.CreateSecondaryVMEx_Task': {
    InvalidState: 'a VM always has its configuration; its state is in the list of issues',
    VmConfigFault: 'what the configuration lacks is in the list of issues',
  },
  'VirtualMachine.EnableSecondaryVM_Task': {
    VmConfigFault: 'a protected VM’s configuration is kept fit for FT',
  },
  'VirtualMachine.QueryFaultToleranceCompatibility': {
    InvalidState: 'a VM always has its configuration',
    VmConfigFault: 'what the configuration lacks is the answer',
  },
  'VirtualMachine.QueryFaultToleranceCompatibilityEx': {
    InvalidState: 'a VM always has its configuration',
    VmConfigFault: 'what the configuration lacks is the answer',
  },
}
