/** Label and, where it says more, summary of a task. */
type Label = readonly [label: string, summary?: string]

/**
 * What clients show for a task, by its descriptionId: labels of a real vCenter Server's TaskManager.description (fact
 * sheet A.7; govmomi's simulator/vpx/task_manager.go). Marked lines are ours.
 */
const LABELS: Readonly<Record<string, Label>> = {
  'ManagedEntity.rename': ['Rename managed entity', 'Rename this entity'],
  'ManagedEntity.destroy': ['Remove entity', 'Deletes the entity and removes it from parent folder'],

  'Folder.rename': ['Rename folder'],
  'Folder.destroy': ['Delete folder'],
  'Folder.createFolder': ['Create folder', 'Creates a new folder'],
  'Folder.createDatacenter': ['Create datacenter', 'Create a new datacenter with the given name'],
  'Folder.createCluster': ['Create cluster'],
  'Folder.createClusterEx': ['Create cluster'],
  'Folder.addStandaloneHost': ['Add standalone host', 'Create a new single-host compute-resource'],
  'Folder.createVm': ['Create virtual machine', 'Create a new virtual machine'],
  'Folder.registerVm': ['Register virtual machine', 'Adds an existing virtual machine to the folder'],
  'Folder.moveInto': ['Move entities', 'Moves a set of managed entities into this folder'],
  'Folder.unregisterAndDestroy': ['Unregister and Delete'],
  'Folder.createDistributedVirtualSwitch': ['Create a vSphere Distributed Switch'],
  'Folder.createStoragePod': ['Create a datastore cluster'],

  'Datacenter.rename': ['Rename datacenter'],
  'Datacenter.destroy': ['Remove datacenter'],
  'Datacenter.powerOnVm': ['Initialize powering On', 'Initialize tasks for powering on virtual machines'],
  'Datacenter.ExecuteVmPowerOnLRO': ['Power On virtual machine', 'Power On this virtual machine'],
  'Datacenter.reconfigure': ['Reconfigure datacenter', 'Reconfigures the datacenter'],
  'Datacenter.queryConnectionInfo': ['Query connection information'],

  'ClusterComputeResource.reconfigureEx': ['Reconfigure cluster'],
  'ClusterComputeResource.setSuspendedState': ['Set cluster suspended state'],
  // Ours, as are all of ComputeResource below.
  'ClusterComputeResource.rename': ['Rename cluster'],
  'ClusterComputeResource.destroy': ['Delete cluster'],
  'ClusterComputeResource.reconfigure': ['Reconfigure cluster'],
  'ClusterComputeResource.addHost': ['Add host', 'Adds a host to the cluster'],
  'ClusterComputeResource.moveInto': ['Move host into cluster', 'Moves hosts into the cluster'],
  'ClusterComputeResource.moveHostInto': [
    'Move host into cluster',
    'Moves a host and its pools into the cluster',
  ],
  'ComputeResource.reconfigureEx': ['Reconfigure compute resource'],
  'ComputeResource.rename': ['Rename compute resource'],
  'ComputeResource.destroy': ['Remove compute resource'],

  'HostSystem.rename': ['Rename host', 'Rename this host'],
  'HostSystem.destroy': ['Remove host', 'Removes the host'],
  'HostSystem.disconnect': ['Disconnect host', 'Disconnects from a host'],
  'HostSystem.reconnect': ['Reconnect host', 'Reconnects to a host'],
  'HostSystem.enterMaintenanceMode': ['Enter maintenance mode', 'Puts the host in maintenance mode'],
  'HostSystem.exitMaintenanceMode': ['Exit maintenance mode', 'Disables maintenance mode'],
  'HostSystem.reboot': ['Initiate host reboot', 'Initiates a host reboot'],
  'HostSystem.shutdown': ['Initiate host shutdown', 'Initiates a host shutdown'],
  'HostSystem.enterStandbyMode': ['Enter standby mode', 'Puts this host into standby mode'],
  'HostSystem.exitStandbyMode': ['Exit standby mode', 'Brings this host out of standby mode'],
  'HostSystem.reconfigureDAS': ['Reconfigure vSphere HA host', 'Reconfigures the host for vSphere HA'],
  'HostSystem.queryConnectionInfo': ['Query connection information', 'Connection information about a host'],
  'DasConfig.ConfigureHost': ['Configuring vSphere HA'],
  'DasConfig.UnconfigureHost': ['Unconfiguring vSphere HA'],
  'host.VirtualNicManager.selectVnic': ['Select virtual NIC'],
  'host.VirtualNicManager.deselectVnic': ['Deselect virtual NIC'],

  'ResourcePool.rename': ['Rename resource pool'],
  'ResourcePool.destroy': ['Delete resource pool'],
  'ResourcePool.updateConfig': [
    'Update resource pool configuration',
    'Updates the resource pool configuration',
  ],
  'ResourcePool.createResourcePool': ['Create resource pool', 'Creates a new resource pool'],
  'ResourcePool.destroyChildren': [
    'Delete resource pool children',
    'Removes all child resource pools recursively',
  ],
  'ResourcePool.moveInto': ['Move into resource pool'],
  'ResourcePool.createVm': ['Create virtual machine', 'Creates a virtual machine in this resource pool'],
  'ResourcePool.registerVm': ['Register virtual machine'],
  'ResourcePool.importVApp': ['Deploy OVF template', 'Deploys a virtual machine or vApp'],
  'ResourcePool.ImportVAppLRO': ['Deploy OVF template', 'Deploys a virtual machine or vApp'],
  'VirtualMachine.ExportVmLRO': ['Export OVF template', 'Exports a virtual machine'],

  'Network.rename': ['Rename network'],
  'Network.destroy': ['Delete network'],
  'dvs.DistributedVirtualPortgroup.rename': ['Rename Distributed Port Group'],
  'dvs.DistributedVirtualPortgroup.destroy': ['Delete Distributed Port Group'],
  'dvs.DistributedVirtualPortgroup.reconfigure': ['Reconfigure Distributed Port Group'],
  'dvs.DistributedVirtualPortgroup.rollback': ['Get Distributed Port Group configuration spec to rollback'],
  'dvs.DistributedVirtualSwitchManager.rectifyHost': ['Rectify vNetwork Distributed Switch host'],
  'dvs.DistributedVirtualSwitchManager.exportEntity': ['Export configuration of the entity'],
  'dvs.DistributedVirtualSwitchManager.importEntity': ['Import configuration of the entity'],
  'dvs.VmwareDistributedVirtualSwitch.rename': ['Rename vSphere Distributed Switch'],
  'dvs.VmwareDistributedVirtualSwitch.destroy': ['Remove vSphere Distributed Switch'],
  'dvs.VmwareDistributedVirtualSwitch.reconfigure': ['Reconfigure vSphere Distributed Switch'],
  'dvs.VmwareDistributedVirtualSwitch.performProductSpecOperation': [
    'vSphere Distributed Switch product specification operation',
  ],
  'dvs.VmwareDistributedVirtualSwitch.merge': ['Merge vSphere Distributed Switch'],
  'dvs.VmwareDistributedVirtualSwitch.addPortgroup': ['Add Distributed Port Group'],
  'dvs.VmwareDistributedVirtualSwitch.addPortgroups': ['Add Distributed Port Groups'],
  'dvs.VmwareDistributedVirtualSwitch.movePort': ['Move dvPort'],
  'dvs.VmwareDistributedVirtualSwitch.reconfigurePort': ['Reconfigure dvPort'],
  'dvs.VmwareDistributedVirtualSwitch.rectifyHost': ['Rectify vSphere Distributed Switch host'],
  'dvs.VmwareDistributedVirtualSwitch.rollback': [
    'Get vSphere Distributed Switch configuration spec to rollback',
  ],
  'dvs.VmwareDistributedVirtualSwitch.updateHealthCheckConfig': [
    'Update health check configuration on vSphere Distributed Switch',
  ],
  'dvs.VmwareDistributedVirtualSwitch.updateLacpGroupConfig': [
    'Update Link Aggregation Control Protocol groups on vSphere Distributed Switch',
  ],
  'StoragePod.rename': ['Rename a datastore cluster'],
  'StoragePod.destroy': ['Remove a datastore cluster'],
  'StoragePod.moveInto': ['Move datastores into a datastore cluster'],
  // Ours.
  'Datastore.rename': ['Rename datastore'],
  'Datastore.destroy': ['Remove datastore'],

  'VirtualMachine.rename': ['Rename virtual machine', 'Rename the virtual machine'],
  'VirtualMachine.destroy': ['Delete virtual machine'],
  'VirtualMachine.unregister': ['Unregister virtual machine'],
  'VirtualMachine.reconfigure': ['Reconfigure virtual machine', 'Reconfigure this virtual machine'],
  'VirtualMachine.upgradeVirtualHardware': ['Upgrade VM compatibility'],
  'VirtualMachine.powerOn': ['Power On virtual machine', 'Power On this virtual machine'],
  'VirtualMachine.powerOff': ['Power Off virtual machine', 'Power Off this virtual machine'],
  'VirtualMachine.suspend': ['Suspend virtual machine'],
  'VirtualMachine.reset': ['Reset virtual machine', 'Reset this virtual machine'],
  'VirtualMachine.terminate': ['Hard stop virtual machine'],
  'VirtualMachine.shutdownGuest': ['Initiate guest OS shutdown'],
  'VirtualMachine.rebootGuest': ['Initiate guest OS reboot'],
  'VirtualMachine.standbyGuest': ['Initiate guest OS standby'],
  'VirtualMachine.answer': ['Answer virtual machine question'],
  'VirtualMachine.createSnapshot': ['Create virtual machine snapshot'],
  'VirtualMachine.createSnapshotEx': ['Create virtual machine snapshot'],
  'VirtualMachine.revertToCurrentSnapshot': ['Revert to current snapshot'],
  'VirtualMachine.removeAllSnapshots': ['Remove all snapshots'],
  'VirtualMachine.consolidateDisks': ['Consolidate virtual machine disk files'],
  'VirtualMachine.markAsTemplate': [
    'Mark virtual machine as template',
    'Virtual machine is marked as a template',
  ],
  'VirtualMachine.markAsVirtualMachine': ['Mark as virtual machine'],
  'VirtualMachine.migrate': ['Migrate virtual machine'],
  'VirtualMachine.relocate': ['Relocate virtual machine'],
  'VirtualMachine.clone': ['Clone virtual machine', 'Creates a clone of this virtual machine'],
  'VirtualMachine.customize': ['Customize virtual machine guest OS'],
  'VirtualMachine.reloadFromPath': ['Reload virtual machine from new configuration'],
  'VirtualMachine.upgradeTools': ['Initiated VMware Tools install or upgrade'],
  'VirtualMachine.defragmentAllDisks': ['Defragment all disks'],
  'VirtualMachine.promoteDisks': ['Promote virtual machine disks'],
  'VirtualMachine.createScreenshot': ['Take virtual machine screenshot'],
  'VirtualMachine.applyEvcMode': ['Apply EVC Mode', 'Apply EVC Mode to a virtual machine'],
  'VirtualMachine.attachDisk': ['Attach a virtual disk'],
  'VirtualMachine.detachDisk': ['Detach a virtual disk'],
  // Ours.
  'vm.Snapshot.revert': ['Revert snapshot'],
  'vm.Snapshot.remove': ['Remove snapshot'],

  'VirtualMachine.createSecondary': ['Turn On Fault Tolerance', 'Secondary VM created'],
  'VirtualMachine.createSecondaryEx': ['Turn On Fault Tolerance', 'Creates a secondary VM'],
  'VirtualMachine.turnOffFaultTolerance': ['Turn Off Fault Tolerance'],
  'VirtualMachine.makePrimary': ['Test failover'],
  'VirtualMachine.terminateFaultTolerantVM': ['Test restarting Secondary VM'],
  'VirtualMachine.disableSecondary': ['Suspend Fault Tolerance'],
  'VirtualMachine.enableSecondary': ['Resume Fault Tolerance'],
  'VirtualMachine.queryFaultToleranceCompatibility': ['Query Virtual Machine Fault Tolerance Compatibility'],
  'FaultTolerance.PowerOnSecondaryLRO': [
    'Start Fault Tolerance Secondary VM',
    'Start Secondary VM as the Primary VM is powered on',
  ],

  'Drm.ExecuteVmPowerOnLRO': ['Power On virtual machine', 'Power on this virtual machine'],
  'Drm.ExecuteVMotionLRO': ['Migrate virtual machine', 'Migrates a virtual machine from one host to another'],

  'VirtualDiskManager.createVirtualDisk': ['Create virtual disk'],
  'VirtualDiskManager.deleteVirtualDisk': ['Delete virtual disk'],
  'VirtualDiskManager.moveVirtualDisk': ['Move virtual disk'],
  'VirtualDiskManager.copyVirtualDisk': ['Copy virtual disk'],
  'VirtualDiskManager.extendVirtualDisk': ['Extend virtual disk'],
  'VirtualDiskManager.defragmentVirtualDisk': ['Defragment virtual disk'],
  'VirtualDiskManager.shrinkVirtualDisk': ['Shrink virtual disk'],
  'VirtualDiskManager.inflateVirtualDisk': ['Inflate virtual disk'],
  'VirtualDiskManager.eagerZeroVirtualDisk': ['Zero out virtual disk'],
  'VirtualDiskManager.zeroFillVirtualDisk': ['Fill virtual disk'],
}

const known: ReadonlyMap<string, Label> = new Map(Object.entries(LABELS))

/** Every descriptionId with a label, sorted. */
export const labelledTasks: readonly string[] = [...known.keys()].sort()

/**
 * What clients show for a task, by its descriptionId. One without a label shows its method's name, as the real thing does
 * for methods that nobody described ("createForkChild").
 */
export function labelOf(descriptionId: string): string {
  return known.get(descriptionId)?.[0] ?? descriptionId.slice(descriptionId.lastIndexOf('.') + 1)
}

/** A sentence about a task; its label where there is no more to say. */
export function summaryOf(descriptionId: string): string {
  return known.get(descriptionId)?.[1] ?? labelOf(descriptionId)
}
