import { ours } from './format.js'

/** Clusters, HA, DRS and resource pools; none of these formats is public. */
export const clusterFormats = ours([
  [
    'ClusterCreatedEvent',
    'info',
    'Cluster created',
    'Created cluster {computeResource.name} in folder {parent.name}',
  ],
  [
    'ClusterDestroyedEvent',
    'info',
    'Cluster deleted',
    'Removed cluster {computeResource.name} in datacenter {datacenter.name}',
  ],
  [
    'ClusterReconfiguredEvent',
    'info',
    'Cluster reconfigured',
    'Reconfigured cluster {computeResource.name} in datacenter {datacenter.name}',
  ],
  [
    'ClusterStatusChangedEvent',
    'warning',
    'Cluster status changed',
    'Configuration status on cluster {computeResource.name} changed from {oldStatus} to {newStatus} in {datacenter.name}',
  ],
  [
    'ClusterOvercommittedEvent',
    'error',
    'Cluster overcommitted',
    'Insufficient capacity in cluster {computeResource.name} to satisfy resource configuration in {datacenter.name}',
  ],
  [
    'DasEnabledEvent',
    'info',
    'vSphere HA enabled for cluster',
    'vSphere HA enabled for cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasDisabledEvent',
    'info',
    'vSphere HA disabled for cluster',
    'vSphere HA disabled for cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasAdmissionControlEnabledEvent',
    'info',
    'vSphere HA admission control enabled',
    'vSphere HA admission control is enabled for cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasAdmissionControlDisabledEvent',
    'info',
    'vSphere HA admission control disabled',
    'vSphere HA admission control is disabled for cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasAgentFoundEvent',
    'info',
    'vSphere HA agent found',
    'vCenter Server reestablished contact with a vSphere HA agent in cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasAgentUnavailableEvent',
    'error',
    'No vSphere HA agents available',
    'vCenter Server cannot contact any vSphere HA agent in cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasHostFailedEvent',
    'error',
    'vSphere HA host failed',
    'vSphere HA detected a failure of host {failedHost.name} in cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasHostIsolatedEvent',
    'warning',
    'vSphere HA host isolated',
    'Host {isolatedHost.name} has been isolated from cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DasClusterIsolatedEvent',
    'error',
    'All vSphere HA hosts isolated',
    'All hosts in the vSphere HA cluster {computeResource.name} in {datacenter.name} were isolated from the network',
  ],
  [
    'InsufficientFailoverResourcesEvent',
    'error',
    'vSphere HA failover resources are insufficient',
    'Insufficient resources to satisfy vSphere HA failover level on cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'FailoverLevelRestored',
    'info',
    'vSphere HA failover resources are sufficient',
    'Sufficient resources are available to satisfy vSphere HA failover level in cluster {computeResource.name} in {datacenter.name}',
  ],
  [
    'DrsEnabledEvent',
    'info',
    'DRS enabled',
    'Enabled DRS on {computeResource.name} with automation level {behavior} in {datacenter.name}',
  ],
  [
    'DrsDisabledEvent',
    'info',
    'DRS disabled',
    'Disabled DRS on cluster {computeResource.name} in datacenter {datacenter.name}',
  ],
  [
    'ResourcePoolCreatedEvent',
    'info',
    'Resource pool created',
    'Created resource pool {resourcePool.name} in compute-resource {computeResource.name} in {datacenter.name}',
  ],
  [
    'ResourcePoolDestroyedEvent',
    'info',
    'Resource pool deleted',
    'Removed resource pool {resourcePool.name} on {computeResource.name} in {datacenter.name}',
  ],
  [
    'ResourcePoolMovedEvent',
    'info',
    'Resource pool moved',
    'Moved resource pool {resourcePool.name} from {oldParent.name} to {newParent.name} on {computeResource.name} in {datacenter.name}',
  ],
  [
    'ResourcePoolReconfiguredEvent',
    'info',
    'Resource pool reconfigured',
    'Updated configuration for {resourcePool.name} in compute-resource {computeResource.name} in {datacenter.name}',
  ],
  [
    'ResourceViolatedEvent',
    'info',
    'Resource usage exceeds configuration',
    'Resource usage exceeds configuration for resource pool {resourcePool.name} in compute-resource {computeResource.name} in {datacenter.name}',
  ],
])
