import type { Reader } from '#inventory/reader.js'
import type { ClusterConfigInfoEx, ComputeResourceProperties, DrsBehavior } from '#vim25/generated/types.js'
import { hostsByParent, runningByHost } from './indexes.js'

/** A cluster's configuration; `configurationEx` is declared with its base type. */
export function configOf(value: Pick<ComputeResourceProperties, 'configurationEx'>): ClusterConfigInfoEx {
  return value.configurationEx as ClusterConfigInfoEx
}

/** The configuration of the cluster with this id; undefined when it is none (a standalone host's compute resource). */
export function clusterConfig(read: Reader, id: string | undefined): ClusterConfigInfoEx | undefined {
  const cluster = id === undefined ? undefined : read.find('ClusterComputeResource', id)
  return cluster && configOf(cluster)
}

/** The cluster that a host is in; undefined for a standalone one. */
export function clusterOfHost(read: Reader, host: string | undefined): string | undefined {
  const parent = host === undefined ? undefined : read.find('HostSystem', host)?.parent?.value
  return parent !== undefined && read.find('ClusterComputeResource', parent) ? parent : undefined
}

/** The cluster that a VM is in: its pool's owner, or its host's parent (templates have no pool). */
export function clusterOfVm(read: Reader, vm: string): string | undefined {
  const value = read.find('VirtualMachine', vm)
  const owner =
    value?.resourcePool === undefined
      ? undefined
      : read.find('ResourcePool', value.resourcePool.value)?.owner.value
  if (owner === undefined) return clusterOfHost(read, value?.runtime.host?.value)
  return read.find('ClusterComputeResource', owner) ? owner : undefined
}

/** Ids of the hosts in a compute resource, oldest first, as the transaction has them now. */
export function hostsOf(read: Reader, computeResource: string): readonly string[] {
  return read.lookup(hostsByParent, computeResource)
}

/** Ids of the powered-on VMs on a host, oldest first, as the transaction has them now. */
export function runningOn(read: Reader, host: string): readonly string[] {
  return read.lookup(runningByHost, host)
}

/** The DRS automation level of a VM: its override, else the cluster's; undefined when DRS leaves it alone. */
export function drsBehaviorOf(config: ClusterConfigInfoEx, vm: string): DrsBehavior | undefined {
  const { drsConfig } = config
  if (!drsConfig.enabled) return undefined
  const override =
    drsConfig.enableVmBehaviorOverrides === false
      ? undefined
      : config.drsVmConfig?.find(({ key }) => key.value === vm)
  if (override?.enabled === false) return undefined
  return override?.behavior ?? drsConfig.defaultVmBehavior ?? 'fullyAutomated'
}

/** True when vSphere HA is turned on in the cluster. */
export function haEnabled(read: Reader, cluster: string | undefined): boolean {
  return clusterConfig(read, cluster)?.dasConfig.enabled ?? false
}
