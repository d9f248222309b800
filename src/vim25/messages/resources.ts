import { exact, type Messages, ours } from './message.js'

const CPI = 'the post about nested SMP-FT, and cloudfoundry/bosh-vsphere-cpi-release'
const LISTS = 'public rule lists of fault texts (fact sheet C.1)'

/** Admission: pools, hosts, licences, counts. */
export const resources: Messages = {
  InsufficientMemoryResourcesFault: exact(
    CPI,
    'The available Memory resources in the parent resource pool are insufficient for the operation.',
  ),
  // By analogy with the memory sentence; the form with "CPU" is widely seen.
  InsufficientCpuResourcesFault: ours(
    'The available CPU resources in the parent resource pool are insufficient for the operation.',
  ),
  InsufficientHostMemoryCapacityFault: exact(
    LISTS,
    'The host does not have sufficient memory resources to satisfy the reservation.',
  ),
  InsufficientHostCpuCapacityFault: exact(
    LISTS,
    'The host does not have sufficient CPU resources to satisfy the reservation.',
  ),
  NoCompatibleHost: exact(LISTS, 'No host is compatible with the virtual machine.'),
  InsufficientResourcesFault: ours('There are not enough resources for the operation.'),
  InsufficientHostCapacityFault: ours('The host does not have enough capacity for the virtual machine.'),
  InsufficientPerCpuCapacity: ours(
    'No single processor of the host is fast enough for the CPU reservation of one virtual CPU.',
  ),
  InsufficientStandbyResource: ours('The hosts in standby mode do not have enough resources.'),
  InsufficientStandbyCpuResource: ours(
    'The hosts in standby mode have {available} MHz of CPU; {requested} MHz are needed.',
  ),
  InsufficientStandbyMemoryResource: ours(
    'The hosts in standby mode have {available} bytes of memory; {requested} bytes are needed.',
  ),
  InsufficientAgentVmsDeployed: ours(
    'The host {hostName} runs {currentNumAgentVms} of the {requiredNumAgentVms} agent virtual machines that it needs.',
  ),
  InsufficientStorageSpace: ours('There is not enough free space on the datastore for the operation.'),
  InsufficientNetworkCapacity: ours(
    'The host does not have enough network bandwidth for the virtual machine.',
  ),
  InsufficientNetworkResourcePoolCapacity: ours(
    "The network resource pool '{resourcePoolKey}' of the switch {dvsName} has {available} Mb/s left; {requested} Mb/s are needed.",
  ),
  InsufficientGraphicsResourcesFault: ours('The host has no graphics device left for the virtual machine.'),
  InvalidResourcePoolStructureFault: ours(
    'The reservations of the children do not fit into the resource pool. Lower them, or raise the reservation of the pool.',
  ),
  NumVirtualCpusExceedsLimit: ours(
    'The host would run more than its {maxSupportedVcpus} virtual CPUs. Power off other virtual machines on it first.',
  ),
  TooManyHosts: ours('The cluster has as many hosts as it can have. Remove one first.'),
  HostInventoryFull: ours('The license allows only {capacity} hosts in the inventory. Remove a host first.'),
  VmLimitLicense: ours('The license allows only {limit} powered-on virtual machines.'),
  NoActiveHostInCluster: ours(
    "No host of the cluster '{computeResource}' is connected and out of maintenance mode.",
  ),
  NoCompatibleHostWithAccessToDevice: ours(
    'No compatible host can access the device of the virtual machine.',
  ),
  NoCompatibleDatastore: ours('No datastore is compatible with the virtual machine.'),
  NoConnectedDatastore: ours('No datastore is connected to the host.'),
  CannotDisableDrsOnClustersWithVApps: ours('DRS cannot be turned off while the cluster holds vApps.'),
  DrsDisabledOnVm: ours('DRS is turned off for this virtual machine.'),
  GenericDrsFault: ours('DRS could not find a host for the virtual machine.'),
}
