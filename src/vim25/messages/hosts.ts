import { exact, type Messages, ours, reasons } from './message.js'

/** Hosts: connecting, networks, storage configuration, EVC. */
export const hosts: Messages = {
  HostConfigFault: exact('VMware product documentation', 'An error occurred during host configuration.'),
  // The frame with a text behind the colon occurs in logs; that it is this type is our guess.
  PlatformConfigFault: ours('An error occurred during host configuration: {text}'),
  HostConfigFailed: ours('An error occurred during host configuration: {failure}'),
  SSLVerifyFault: exact(
    'terraform and migration-tool reports',
    "Authenticity of the host's SSL certificate is not verified.",
  ),
  InvalidHostState: exact(
    'cloudfoundry/bosh-vsphere-cpi-release',
    'The operation is not allowed in the current state of the host.',
  ),

  HostConnectFault: ours('The host could not be connected.'),
  NoHost: ours(
    'Cannot contact the specified host ({name}). Check its name, that it is powered on, and that its network is up.',
    'Cannot contact the specified host. Check its name, that it is powered on, and that its network is up.',
  ),
  AlreadyConnected: ours("The host is already in this inventory, with the name '{name}'."),
  AlreadyBeingManaged: ours(
    'The host is already managed by the vCenter Server at {ipAddress}. Disconnect it there, or set force.',
  ),
  NoPermissionOnHost: ours('The user name and password are not allowed to manage the host.'),
  NotSupportedHost: ours(
    'The host runs {productName} {productVersion}, which this vCenter Server cannot manage.',
    'This vCenter Server cannot manage the version of the host.',
  ),
  NotSupportedHostInCluster: ours('The version of the host is not supported in this cluster.'),
  NotSupportedHostInDvs: ours('The version of the host is not supported by the distributed switch.'),
  TooManyConsecutiveOverrides: ours('Too many changes in a row overrode each other.'),
  AgentInstallFailed: ours('The agent could not be installed on the host.'),
  ...reasons('AgentInstallFailed', 'The agent could not be installed on the host: ', {
    NotEnoughSpaceOnDevice: 'there is not enough free space.',
    PrepareToUpgradeFailed: 'the upgrade could not be prepared.',
    AgentNotRunning: 'the agent does not run.',
    AgentNotReachable: 'the agent cannot be reached.',
    InstallTimedout: 'the installation took too long.',
    SignatureVerificationFailed: 'its signature could not be verified.',
    AgentUploadFailed: 'it could not be uploaded.',
    AgentUploadTimedout: 'the upload took too long.',
    UnknownInstallerError: 'the installer gave an unknown error.',
  }),
  ReadHostResourcePoolTreeFailed: ours('The resource pools of the host could not be read.'),
  SSLDisabledFault: ours('The host does not answer over TLS.'),
  MultipleCertificatesVerifyFault: ours('Authenticity of the certificates of the host is not verified.'),
  InvalidHostConnectionState: ours(
    'The operation is not allowed in the current connection state of the host. Connect the host first.',
  ),
  HostPowerOpFailed: ours('The power operation failed on the host.'),
  HostHasComponentFailure: ours(
    "The component '{componentName}' ({componentType}) of {hostName} has failed.",
  ),
  InvalidHostName: ours('The host name is not valid.'),
  HostInDomain: ours('The host is already in a domain.'),
  RebootRequired: ours('The host must be restarted first.'),
  HostAccessRestrictedToManagementServer: ours(
    'The host is managed by the vCenter Server at {managementServer}. Make the change there.',
  ),
  VmAlreadyExistsInDatacenter: ours(
    'A virtual machine of the host {hostname} is already registered in the datacenter.',
  ),
  NoVirtualNic: ours('The host has no VMkernel network adapter for this.'),
  NoGateway: ours('No default gateway is set.'),
  BlockedByFirewall: ours('A rule of the firewall of the host blocks the operation.'),
  ClockSkew: ours('The clocks of the host and the server differ too much. Set the time of the host.'),
  NetworkDisruptedAndConfigRolledBack: ours(
    'The change cut the host {host} off from vCenter Server and was undone.',
  ),
  AdminDisabled: ours('Direct access to the host is disabled because it is in lockdown mode.'),
  AdminNotDisabled: ours('The host is not in lockdown mode.'),
  NasConfigFault: ours("The network storage '{name}' could not be configured on the host."),
  NasVolumeNotMounted: ours("The volume '{remotePath}' of {remoteHost} is not mounted."),
  NasConnectionLimitReached: ours(
    "The volume '{remotePath}' of {remoteHost} cannot be mounted: the host has as many mounts as it may have.",
  ),
  NasSessionCredentialConflict: ours(
    "The volume '{remotePath}' of {remoteHost} is already mounted with other credentials.",
  ),
  NoPermissionOnNasVolume: ours(
    "The host may not access the network storage '{name}'. Check its export list.",
  ),
  InvalidNetworkResource: ours(
    "The volume '{remotePath}' was not found on {remoteHost}. Check the path and that the server exports it.",
  ),
  InvalidNasCredentials: ours("The user '{userName}' may not access the network storage '{name}'."),
  NetworkInaccessible: ours("The server of the network storage '{name}' cannot be reached."),
  VmfsMountFault: ours('The VMFS volume {uuid} could not be mounted.'),
  VmfsAlreadyMounted: ours('The VMFS volume {uuid} is already mounted.'),
  InvalidDatastore: ours(
    "The datastore '{name}' is not valid for the operation.",
    'The datastore is not valid for the operation.',
  ),
  InaccessibleDatastore: ours(
    "The datastore '{name}' is not accessible. {detail}",
    "The datastore '{name}' is not accessible.",
    'The datastore is not accessible.',
  ),
  DatastoreNotWritableOnHost: ours("The datastore '{name}' is read-only on the host '{host}'."),
  InvalidDatastoreState: ours(
    "The operation is not allowed in the current state of the datastore '{datastoreName}'.",
  ),
  DvsFault: ours('The operation on the distributed switch failed.'),
  DvsOperationBulkFault: ours('The operation on the distributed switch failed on one or more hosts.'),
  EVCConfigFault: ours('The EVC mode of the cluster cannot be set.'),
  EVCAdmissionFailed: ours('The host does not fit the EVC mode of the cluster.'),
  EVCAdmissionFailedCPUModelForMode: ours(
    "The processor of the host lacks the EVC mode '{currentEVCModeKey}' of the cluster.",
  ),
  EVCAdmissionFailedCPUVendor: ours(
    'The host has processors of {hostCPUVendor}; EVC of the cluster needs processors of {clusterCPUVendor}.',
  ),
  EVCAdmissionFailedVmActive: ours(
    'The host has powered-on virtual machines that use features beyond the EVC mode.',
  ),
  EVCModeIllegalByVendor: ours(
    'The EVC mode is for processors of {modeCPUVendor}; the cluster has processors of {clusterCPUVendor}.',
  ),
  EVCModeUnsupportedByHosts: ours(
    "The EVC mode '{evcMode}' is not supported by: {hostName}.",
    'The EVC mode is not supported by a host of the cluster.',
  ),
  ActiveVMsBlockingEVC: ours(
    'Powered-on virtual machines use features beyond the EVC mode. Power them off first.',
  ),
}
