import type { Reader } from '#inventory/reader.js'
import type {
  ClusterConfigInfoEx,
  ClusterFailoverHostAdmissionControlPolicy,
  ClusterFailoverLevelAdmissionControlPolicy,
  ClusterFailoverResourcesAdmissionControlPolicy,
  ClusterFixedSizeSlotPolicy,
  HostSystemProperties,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { clusterConfig, hostsOf, runningOn } from '../cluster/config.js'
import { optionNumber } from '../cluster/options.js'
import { reservationOf } from '../resource-pool/admission.js'
import { vmOverheadBytes } from '../resource-pool/overhead.js'
import { hostPoolCapacity, isUsable } from './capacity.js'
import { effectivePercentages, type PercentageAccount, percentageAccount } from './percentage.js'
import {
  DEFAULT_SLOT_RULES,
  type HaHost,
  type HaVm,
  type SlotAccount,
  type SlotRules,
  slotAccount,
} from './slots.js'

/** The states of an HA agent that can neither restart VMs nor be counted on (fact sheet E.6). */
const AGENT_ERRORS: ReadonlySet<string> = new Set([
  'initializationError',
  'uninitializationError',
  'fdmUnreachable',
  'hostDown',
  'networkIsolated',
])

/** A host that admission control counts: usable and without HA errors. */
export function isGood(host: Pick<HostSystemProperties, 'runtime'>): boolean {
  return isUsable(host) && !AGENT_ERRORS.has(host.runtime.dasHostState?.state ?? '')
}

/** A VM as admission control counts it. */
export function haVm(id: string, config: VirtualMachineConfigInfo): HaVm {
  const need = reservationOf(config)
  const overhead = vmOverheadBytes(config.hardware.memoryMB, config.hardware.numCPU)
  return { id, ...need, reservedBytes: Math.max(0, need.memoryBytes - overhead) }
}

export interface HaInput {
  readonly hosts: readonly HaHost[]
  readonly vms: readonly HaVm[]
}

/** The hosts of a cluster and the VMs that run there, as the transaction has them now. */
export function haInput(read: Reader, cluster: string, without: ReadonlySet<string> = nobody): HaInput {
  const hosts: HaHost[] = []
  const vms: HaVm[] = []
  for (const id of hostsOf(read, cluster)) {
    const host = read.find('HostSystem', id)
    if (!host) continue
    hosts.push({ id, good: isGood(host), ...hostPoolCapacity(host.hardware) })
    for (const vm of runningOn(read, id)) {
      const config = without.has(vm) ? undefined : read.find('VirtualMachine', vm)?.config
      if (config) vms.push(haVm(vm, config))
    }
  }
  return { hosts, vms }
}

const nobody: ReadonlySet<string> = new Set()

/** The slot rules of a cluster: fixed by its policy, or bounded by das.* options (fact sheet E.3). */
export function slotRules(config: ClusterConfigInfoEx): SlotRules {
  const { option, admissionControlPolicy } = config.dasConfig
  const policy = admissionControlPolicy as ClusterFailoverLevelAdmissionControlPolicy | undefined
  const fixed =
    policy?.slotPolicy?._typeName === 'ClusterFixedSizeSlotPolicy'
      ? (policy.slotPolicy as ClusterFixedSizeSlotPolicy)
      : undefined
  return {
    fixed: fixed && { cpuMHz: fixed.cpu, memoryMB: fixed.memory },
    maxCpuMHz: optionNumber(option, 'das.slotCpuInMHz'),
    maxMemoryMB: optionNumber(option, 'das.slotMemInMB'),
    minCpuMHz: optionNumber(option, 'das.vmCpuMinMHz') ?? DEFAULT_SLOT_RULES.minCpuMHz,
    minMemoryMB: optionNumber(option, 'das.vmMemoryMinMB') ?? DEFAULT_SLOT_RULES.minMemoryMB,
  }
}

/** How a cluster stands with its admission control policy. */
export type Standing =
  | {
      readonly policy: 'slots'
      readonly level: number
      readonly account: SlotAccount
      readonly satisfied: boolean
    }
  | { readonly policy: 'percentage'; readonly account: PercentageAccount; readonly satisfied: boolean }
  | { readonly policy: 'hosts'; readonly failoverHosts: readonly string[]; readonly satisfied: boolean }

/** Pure: the standing of hosts and VMs under a cluster's configuration. */
export function standing(config: ClusterConfigInfoEx, input: HaInput): Standing {
  const policy = config.dasConfig.admissionControlPolicy
  switch (policy?._typeName) {
    case 'ClusterFailoverResourcesAdmissionControlPolicy': {
      const {
        cpuFailoverResourcesPercent,
        memoryFailoverResourcesPercent,
        autoComputePercentages,
        failoverLevel,
      } = policy as ClusterFailoverResourcesAdmissionControlPolicy
      const wanted = effectivePercentages(
        { cpuPercent: cpuFailoverResourcesPercent, memoryPercent: memoryFailoverResourcesPercent },
        (autoComputePercentages ?? true) ? { failoverLevel: failoverLevel ?? 1 } : undefined,
        input.hosts,
      )
      const account = percentageAccount(input.hosts, input.vms, wanted, slotRules(config).minCpuMHz)
      return { policy: 'percentage', account, satisfied: account.satisfied }
    }
    case 'ClusterFailoverHostAdmissionControlPolicy': {
      const failoverHosts = failoverHostsOf(config)
      const good = new Set(input.hosts.filter((host) => host.good).map((host) => host.id))
      return {
        policy: 'hosts',
        failoverHosts,
        satisfied: failoverHosts.length > 0 && failoverHosts.every((host) => good.has(host)),
      }
    }
    default: {
      const level =
        (policy as ClusterFailoverLevelAdmissionControlPolicy | undefined)?.failoverLevel ??
        config.dasConfig.failoverLevel ??
        1
      const account = slotAccount(input.hosts, input.vms, level, slotRules(config))
      return { policy: 'slots', level, account, satisfied: account.currentLevel >= level }
    }
  }
}

/** Ids of the dedicated failover hosts; none under the other policies. */
export function failoverHostsOf(config: ClusterConfigInfoEx | undefined): readonly string[] {
  const policy = config?.dasConfig.admissionControlPolicy
  if (policy?._typeName !== 'ClusterFailoverHostAdmissionControlPolicy') return []
  return ((policy as ClusterFailoverHostAdmissionControlPolicy).failoverHosts ?? []).map((host) => host.value)
}

/** True when HA is on and admission control with it. */
export function admissionControlled(config: ClusterConfigInfoEx | undefined): config is ClusterConfigInfoEx {
  return (config?.dasConfig.enabled ?? false) && (config?.dasConfig.admissionControlEnabled ?? false)
}

/** The cluster's standing as it is; undefined when it is not a cluster. */
export function standingOf(read: Reader, cluster: string): Standing | undefined {
  const config = clusterConfig(read, cluster)
  return config && standing(config, haInput(read, cluster))
}
