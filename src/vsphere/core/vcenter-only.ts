/**
 * Methods of objects that an ESXi has, which only a vCenter carries out: a host answers them with NotSupported (soap-wire 4.8;
 * the reference marks them so).
 */
const VCENTER_ONLY: Readonly<Record<string, readonly string[]>> = {
  Folder: [
    'AddStandaloneHost_Task',
    'BatchAddHostsToCluster_Task',
    'BatchAddStandaloneHosts_Task',
    'CreateCluster',
    'CreateClusterEx',
    'CreateDVS_Task',
    'CreateDatacenter',
    'CreateFolder',
    'CreateStoragePod',
    'MoveIntoFolder_Task',
    'UnregisterAndDestroy_Task',
  ],
  Datacenter: [
    'PowerOnMultiVM_Task',
    'QueryConnectionInfo',
    'QueryConnectionInfoViaSpec',
    'ReconfigureDatacenter_Task',
  ],
  VirtualMachine: [
    'CloneVM_Task',
    'CustomizeVM_Task',
    'CheckCustomizationSpec',
    'CreateSecondaryVMEx_Task',
    'CreateSecondaryVM_Task',
    'DisableSecondaryVM_Task',
    'EnableSecondaryVM_Task',
    'InstantClone_Task',
    'MakePrimaryVM_Task',
    'MarkAsTemplate',
    'MarkAsVirtualMachine',
    'MigrateVM_Task',
    'QueryFaultToleranceCompatibility',
    'QueryFaultToleranceCompatibilityEx',
    'RelocateVM_Task',
    'TerminateFaultTolerantVM_Task',
    'TurnOffFaultToleranceForVM_Task',
  ],
  HostSystem: [
    'DisconnectHost_Task',
    'ReconnectHost_Task',
    'ReconfigureHostForDAS_Task',
    'QueryHostConnectionInfo',
  ],
  ResourcePool: ['MoveIntoResourcePool', 'CreateVApp', 'ImportVApp'],
  ComputeResource: ['ReconfigureComputeResource_Task'],
  AuthorizationManager: ['MergePermissions'],
  TaskManager: ['CreateCollectorForTasks', 'CreateTask'],
  SessionManager: [
    'CloneSession',
    'LoginByToken',
    'LoginExtensionByCertificate',
    'LoginExtensionBySubjectName',
  ],
}

const keys = new Set(
  Object.entries(VCENTER_ONLY).flatMap(([type, methods]) => methods.map((method) => `${type}.${method}`)),
)

/** `owner` is the type that declares the method. */
export const isVcenterOnly = ({ owner, name }: { readonly owner: string; readonly name: string }) =>
  keys.has(`${owner}.${name}`)

/** Every method above, for the test that there are such. */
export const vcenterOnly: ReadonlySet<string> = keys
