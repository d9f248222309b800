import { exact, type Messages, ours, reasons } from './message.js'

/** vSphere HA: admission control, agents, configuration (fact sheet B.3, E). */
export const highAvailability: Messages = {
  InsufficientFailoverResourcesFault: exact(
    'the post about nested SMP-FT, and vendor documentation',
    'Insufficient resources to satisfy configured failover level for vSphere HA.',
  ),
  DisallowedOperationOnFailoverHost: ours(
    'The operation is not allowed on {hostname}: vSphere HA keeps this host free for failover.',
  ),
  DasConfigFault: ours(
    'vSphere HA could not be configured. {output}',
    'vSphere HA could not be configured. See the events of the cluster and its hosts.',
  ),
  ...reasons('DasConfigFault', 'vSphere HA could not be configured: ', {
    HostNetworkMisconfiguration:
      'the network of the host is not set up for it. Check its management network.',
    HostMisconfiguration: 'the host is not set up for it.',
    InsufficientPrivileges: 'the user lacks privileges on a host of the cluster.',
    NoPrimaryAgentAvailable: 'no running agent was found in the cluster. Reconfigure vSphere HA on a host.',
    Other: 'an unexpected problem came up. See the events of the host.',
    NoDatastoresConfigured: 'the host has no datastore. Mount one on it.',
    CreateConfigVvolFailed: 'the configuration volume could not be created.',
    VSanNotSupportedOnHost: 'the host does not support vSAN, which the cluster uses.',
    DasNetworkMisconfiguration:
      'the networks of the hosts do not match. Give all hosts the same management networks.',
    SetDesiredImageSpecFailed: 'the desired image of the cluster could not be set.',
    ApplyHAVibsOnClusterFailed: 'the agent could not be installed on the hosts.',
  }),
  InvalidDasConfigArgument: ours(
    "A specified parameter was not correct: {invalidProperty}. The {entry} settings of vSphere HA do not fit the cluster '{clusterName}'.",
    'A specified parameter was not correct: {invalidProperty}. The {entry} settings of vSphere HA are not valid.',
  ),
  NotSupportedHostInHACluster: ours(
    'The host {hostName} (build {build}) cannot be part of a cluster with vSphere HA. Upgrade the host first.',
  ),
  CannotEnableVmcpForCluster: ours(
    'VM component protection cannot be turned on: the host {hostName} does not support it.',
    'VM component protection cannot be turned on: a host of the cluster does not support it.',
  ),
  WillLoseHAProtection: ours('vSphere HA will no longer protect the virtual machine after this change.'),
  HAErrorsAtDest: ours('vSphere HA has errors on the destination host.'),
  QuiesceDatastoreIOForHAFailed: ours('Input and output to {dsName} could not be stopped on {hostName}.'),
}
