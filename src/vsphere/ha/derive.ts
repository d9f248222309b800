import { type Derivation, derivation } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  ClusterComputeResourceProperties,
  ComputeResourceProperties,
  HostSystemProperties,
  VirtualMachineProperties,
} from '#vim25/generated/types.js'
import { clusterConfig, configOf, hostsOf, runningOn } from '../cluster/config.js'
import { computeResourceOfVm, HOST_INPUTS, VM_INPUTS } from '../cluster/derive.js'
import { extendedEvent, type HaEventId } from './events.js'
import { heartbeatRules, heartbeatsIgnored, heartbeatsOf } from './heartbeat.js'
import { isProtected } from './protection.js'
import { agentOf, type HaAgent, type HaCluster, haClusterId, haClusters } from './records.js'
import { admissionControlled, haInput, standing } from './state.js'

const PROTECTED = data('VirtualMachineRuntimeInfoDasProtectionState', { dasProtected: true })
const UNPROTECTED = data('VirtualMachineRuntimeInfoDasProtectionState', { dasProtected: false })

const vmsOfHost = (_host: unknown, read: Reader, host: string) => runningOn(read, host)
const hostsOfCluster = (_cluster: unknown, read: Reader, cluster: string) => hostsOf(read, cluster)

/** Set for the powered-on VMs of a cluster with HA: protected while their host's agent is at work. */
const dasVmProtection = derivation<VirtualMachineProperties>({
  name: 'VirtualMachine.runtime.dasVmProtection',
  type: 'VirtualMachine',
  outputs: ['runtime.dasVmProtection'],
  own: ['runtime.host', 'runtime.powerState'],
  via: [
    { type: 'HostSystem', paths: ['parent', 'runtime.dasHostState'], targets: vmsOfHost },
    {
      type: 'ClusterComputeResource',
      paths: ['configurationEx'],
      targets: (_value, read, id) => hostsOf(read, id).flatMap((host) => runningOn(read, host)),
    },
  ],
  compute({ runtime }, read) {
    const found = isProtected(read, runtime)
    return found === undefined ? {} : { 'runtime.dasVmProtection': found ? PROTECTED : UNPROTECTED }
  },
})

/** A host with fewer heartbeat datastores than its cluster wants has an issue (fact sheet E.7), and is yellow. */
const hostIssues = derivation<HostSystemProperties>({
  name: 'HostSystem.configIssue',
  type: 'HostSystem',
  outputs: ['configIssue', 'configStatus'],
  own: ['datastore', 'parent', 'name', 'runtime.dasHostState'],
  via: [
    {
      type: 'haAgent',
      paths: ['host', 'time', 'cluster'],
      targets: (agent: HaAgent, read) => [agent.host, ...hostsOf(read, agent.cluster)],
    },
    {
      type: 'HostSystem',
      paths: ['datastore', 'parent'],
      targets: ({ parent }: HostSystemProperties, read) => (parent ? hostsOf(read, parent.value) : []),
    },
    { type: 'ClusterComputeResource', paths: ['configurationEx'], targets: hostsOfCluster },
  ],
  compute(host, read, id) {
    const agent = agentOf(read, id)
    const config = clusterConfig(read, host.parent?.value)
    if (!agent || agent.cluster !== host.parent?.value || !config?.dasConfig.enabled) return NO_ISSUE
    if (host.runtime.dasHostState?.state === 'initializationError')
      return hostIssue(read, id, host.name, agent, 'com.vmware.vc.HA.HostAgentErrorEvent', {
        reason: 'its configuration failed',
      })
    if (heartbeatsIgnored(config)) return NO_ISSUE
    const selected = heartbeatsOf(read, agent.cluster).get(id)?.length ?? 0
    const { perHost } = heartbeatRules(config)
    if (selected >= perHost) return NO_ISSUE
    return hostIssue(read, id, host.name, agent, 'com.vmware.vc.HA.HeartbeatDatastoreNotSufficient', {
      selectedNum: String(selected),
      requiredNum: String(perHost),
    })
  },
})

function hostIssue(
  read: Reader,
  id: string,
  name: string,
  agent: HaAgent,
  event: HaEventId,
  values: Readonly<Record<string, string>>,
) {
  const host = read.ref(id)
  const fields = extendedEvent(event, host, name, { arguments: values })
  return issue(
    data('EventEx', {
      key: agent.eventKey,
      chainId: agent.eventKey,
      createdTime: agent.time,
      userName: '',
      fullFormattedMessage: fields.message,
      host: data('HostEventArgument', { name, host }),
      ...fields,
    }),
    fields.severity === 'error' ? 'red' : 'yellow',
  )
}

const NO_ISSUE = Object.freeze({ configIssue: Object.freeze([]), configStatus: 'green' })

const issue = (event: object, configStatus: 'yellow' | 'red' = 'yellow') => ({
  configIssue: Object.freeze([event]),
  configStatus,
})

/** A cluster that cannot keep what its admission control promises has an issue, and is yellow. */
const clusterIssues = derivation<ClusterComputeResourceProperties>({
  name: 'ClusterComputeResource.configIssue',
  type: 'ClusterComputeResource',
  outputs: ['configIssue', 'configStatus'],
  own: ['configurationEx', 'name'],
  via: [
    { type: 'haCluster', paths: ['time', 'cluster'], targets: (known: HaCluster) => [known.cluster] },
    {
      type: 'HostSystem',
      paths: HOST_INPUTS,
      targets: ({ parent }: HostSystemProperties) => [parent?.value],
    },
    { type: 'VirtualMachine', paths: VM_INPUTS, targets: computeResourceOfVm },
  ],
  compute(cluster, read, id) {
    const known = read.find(haClusters, haClusterId(id))
    const config = configOf(cluster)
    if (!known || !admissionControlled(config)) return NO_ISSUE
    const input = haInput(read, id)
    if (input.hosts.length === 0 || standing(config, input).satisfied) return NO_ISSUE
    return issue(
      data('InsufficientFailoverResourcesEvent', {
        key: known.eventKey,
        chainId: known.eventKey,
        createdTime: known.time,
        userName: '',
        fullFormattedMessage: `Insufficient configured resources to satisfy the desired vSphere HA failover level on the cluster ${cluster.name}`,
        computeResource: data('ComputeResourceEventArgument', {
          name: cluster.name,
          computeResource: read.ref(id),
        }),
      }),
    )
  },
})

/** A cluster is as healthy as its configuration; a standalone host's compute resource as its host. */
const overallStatus = derivation<ComputeResourceProperties>({
  name: 'ComputeResource.overallStatus',
  type: 'ComputeResource',
  outputs: ['overallStatus'],
  own: ['configStatus', 'configurationEx', 'host'],
  via: [
    {
      type: 'HostSystem',
      paths: ['overallStatus'],
      targets: ({ parent }: HostSystemProperties) => [parent?.value],
    },
  ],
  compute(value, read) {
    if (value.configurationEx._typeName === 'ClusterConfigInfoEx')
      return { overallStatus: value.configStatus }
    const host = value.host?.[0]
    return { overallStatus: (host && read.find('HostSystem', host.value)?.overallStatus) ?? 'green' }
  },
})

export const haDerivations: readonly Derivation[] = [
  dasVmProtection,
  hostIssues,
  clusterIssues,
  overallStatus,
]
