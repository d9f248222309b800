import type { Reader } from '#inventory/reader.js'
import { fault, type VimFault } from '#vim25/fault.js'
import type {
  ArrayUpdateSpec,
  ClusterConfigInfoEx,
  ClusterConfigSpecEx,
  ClusterDasConfigInfo,
  ClusterDasVmSettings,
  ClusterFailoverHostAdmissionControlPolicy,
  ClusterFailoverLevelAdmissionControlPolicy,
  ClusterFailoverResourcesAdmissionControlPolicy,
  ClusterFixedSizeSlotPolicy,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { enumType } from '#vim25/schema.js'
import type { Identity } from '../core/identity.js'
import { clusterOfVm } from './config.js'
import { mostFailures } from './limits.js'
import { optionText } from './options.js'
import { checkGroups, checkRules } from './validate-rules.js'

/** What a spec is checked against. */
export interface Place {
  readonly read: Reader
  /** The cluster; undefined while it is being created, when nothing can be in it yet. */
  readonly cluster: string | undefined
  readonly name: string
  readonly identity: Identity
  readonly config: ClusterConfigInfoEx
}

/**
 * Throws for what a cluster cannot be: InvalidArgument with the path, InvalidDasConfigArgument for HA's parts, the faults
 * for FT VMs (fact sheet A.1, B.3).
 */
export function validateClusterSpec(place: Place, spec: ClusterConfigSpecEx): void {
  oneOf('VirtualMachineConfigInfoSwapPlacementType', spec.vmSwapPlacement, 'spec.vmSwapPlacement')
  if (spec.vmSwapPlacement === 'inherit') throw invalid('spec.vmSwapPlacement')
  if (spec.dasConfig) checkDas(place, spec.dasConfig)
  between(1, 5, spec.drsConfig?.vmotionRate, 'spec.drsConfig.vmotionRate')
  oneOf(
    'ResourceConfigSpecScaleSharesBehavior',
    spec.drsConfig?.scaleDescendantsShares,
    'spec.drsConfig.scaleDescendantsShares',
  )
  between(1, 5, spec.dpmConfig?.hostPowerActionRate, 'spec.dpmConfig.hostPowerActionRate')
  checkDasOverrides(place, spec)
  checkDrsOverrides(place, spec)
  checkGroups(place, spec.groupSpec)
  checkRules(place, spec.rulesSpec, spec.groupSpec)
}

function checkDas(place: Place, das: ClusterDasConfigInfo): void {
  const at = 'spec.dasConfig'
  oneOf('ClusterDasConfigInfoServiceState', das.hostMonitoring, `${at}.hostMonitoring`)
  oneOf('ClusterDasConfigInfoVmMonitoringState', das.vmMonitoring, `${at}.vmMonitoring`)
  oneOf('ClusterDasConfigInfoServiceState', das.vmComponentProtecting, `${at}.vmComponentProtecting`)
  oneOf(
    'ClusterDasConfigInfoHBDatastoreCandidate',
    das.hBDatastoreCandidatePolicy,
    `${at}.hBDatastoreCandidatePolicy`,
  )
  between(1, mostFailures(place.identity), das.failoverLevel, `${at}.failoverLevel`)
  checkVmSettings(das.defaultVmSettings, `${at}.defaultVmSettings`)
  if (das.defaultVmSettings?.restartPriority === 'clusterRestartPriority')
    throw invalid(`${at}.defaultVmSettings.restartPriority`)
  checkPolicy(place, das)
  const perHost = optionText(das.option, 'das.heartbeatDsPerHost')
  if (perHost !== undefined && perHost !== '' && !/^[2-5]$/.test(perHost)) throw invalid(`${at}.option`)
  for (const store of das.heartbeatDatastore ?? [])
    if (!isMounted(place, store))
      throw fault('InvalidDasConfigArgument', {
        invalidProperty: `${at}.heartbeatDatastore`,
        entry: 'userHeartbeatDs',
        clusterName: place.name,
      })
}

function checkPolicy(place: Place, das: ClusterDasConfigInfo): void {
  const policy = das.admissionControlPolicy
  const at = 'spec.dasConfig.admissionControlPolicy'
  const refuse = (member: string) =>
    fault('InvalidDasConfigArgument', {
      invalidProperty: `${at}.${member}`,
      entry: 'admissionControl',
      clusterName: place.name,
    })
  const inside = (low: number, high: number, value: number | undefined, member: string) => {
    if (value !== undefined && (value < low || value > high)) throw refuse(member)
  }
  inside(0, 100, policy?.resourceReductionToToleratePercent, 'resourceReductionToToleratePercent')
  switch (policy?._typeName) {
    case 'ClusterFailoverLevelAdmissionControlPolicy': {
      const { failoverLevel, slotPolicy } = policy as ClusterFailoverLevelAdmissionControlPolicy
      inside(1, mostFailures(place.identity), failoverLevel, 'failoverLevel')
      if (slotPolicy?._typeName !== 'ClusterFixedSizeSlotPolicy') return
      const { cpu, memory } = slotPolicy as ClusterFixedSizeSlotPolicy
      inside(1, Number.MAX_SAFE_INTEGER, cpu, 'slotPolicy.cpu')
      inside(1, Number.MAX_SAFE_INTEGER, memory, 'slotPolicy.memory')
      return
    }
    case 'ClusterFailoverResourcesAdmissionControlPolicy': {
      const percent = policy as ClusterFailoverResourcesAdmissionControlPolicy
      inside(0, 100, percent.cpuFailoverResourcesPercent, 'cpuFailoverResourcesPercent')
      inside(0, 100, percent.memoryFailoverResourcesPercent, 'memoryFailoverResourcesPercent')
      inside(1, mostFailures(place.identity), percent.failoverLevel, 'failoverLevel')
      return
    }
    case 'ClusterFailoverHostAdmissionControlPolicy': {
      const { failoverHosts } = policy as ClusterFailoverHostAdmissionControlPolicy
      for (const host of failoverHosts ?? []) if (!isMember(place, host)) throw refuse('failoverHosts')
    }
  }
}

function checkDasOverrides(place: Place, spec: ClusterConfigSpecEx): void {
  const at = 'spec.dasVmConfigSpec'
  for (const { operation, info, removeKey } of spec.dasVmConfigSpec ?? []) {
    if (operation === 'remove') {
      requireKey(info ?? removeKey, `${at}.removeKey`)
      continue
    }
    if (!info) throw invalid(`${at}.info`)
    const vm = place.read.find('VirtualMachine', info.key.value)
    if (!vm || clusterOfVm(place.read, info.key.value) !== place.cluster)
      throw fault('InvalidDasConfigArgument', {
        invalidProperty: `${at}.info.key`,
        entry: 'vmConfig',
        clusterName: place.name,
      })
    checkVmSettings(info.dasSettings, `${at}.info.dasSettings`)
    const role = vm.config?.ftInfo?.role
    const named = { vm: info.key, vmName: vm.name }
    if (role !== undefined && role > 1) throw fault('CannotChangeHaSettingsForFtSecondary', named)
    const priority = info.dasSettings?.restartPriority ?? info.restartPriority
    if (priority === 'disabled' && role !== undefined)
      throw fault('InvalidDasRestartPriorityForFtVm', {
        ...named,
        invalidProperty: `${at}.info.dasSettings.restartPriority`,
      })
  }
}

function checkDrsOverrides(place: Place, spec: ClusterConfigSpecEx): void {
  const at = 'spec.drsVmConfigSpec'
  for (const { operation, info, removeKey } of spec.drsVmConfigSpec ?? []) {
    if (operation === 'remove') {
      requireKey(info ?? removeKey, `${at}.removeKey`)
      continue
    }
    if (!info) throw invalid(`${at}.info`)
    const vm = place.read.find('VirtualMachine', info.key.value)
    if (!vm || clusterOfVm(place.read, info.key.value) !== place.cluster) throw invalid(`${at}.info.key`)
    if ((vm.config?.ftInfo?.role ?? 0) > 1)
      throw fault('CannotChangeDrsBehaviorForFtSecondary', { vm: info.key, vmName: vm.name })
  }
}

function checkVmSettings(settings: ClusterDasVmSettings | undefined, at: string): void {
  if (!settings) return
  oneOf('ClusterDasVmSettingsRestartPriority', settings.restartPriority, `${at}.restartPriority`)
  oneOf('ClusterDasVmSettingsIsolationResponse', settings.isolationResponse, `${at}.isolationResponse`)
  const { restartPriorityTimeout, vmToolsMonitoringSettings: tools } = settings
  if (restartPriorityTimeout !== undefined && restartPriorityTimeout < -1)
    throw invalid(`${at}.restartPriorityTimeout`)
  oneOf(
    'ClusterDasConfigInfoVmMonitoringState',
    tools?.vmMonitoring,
    `${at}.vmToolsMonitoringSettings.vmMonitoring`,
  )
  for (const member of ['failureInterval', 'minUpTime', 'maxFailures'] as const)
    if ((tools?.[member] ?? 0) < 0) throw invalid(`${at}.vmToolsMonitoringSettings.${member}`)
}

function requireKey(key: unknown, path: string): void {
  if (key === undefined || key === null) throw invalid(path)
}

/** InvalidArgument{invalidProperty}. */
export function invalid(invalidProperty: string): VimFault {
  return fault('InvalidArgument', { invalidProperty })
}

/** A member that is declared as a string but has the values of an enumeration. */
function oneOf(enumeration: string, value: string | undefined, path: string): void {
  if (value !== undefined && !enumType(enumeration)?.values.includes(value)) throw invalid(path)
}

function between(low: number, high: number, value: number | undefined, path: string): void {
  if (value !== undefined && (value < low || value > high)) throw invalid(path)
}

/** True for a host of the cluster. */
export function isMember({ read, cluster }: Place, host: ManagedObjectReference): boolean {
  return cluster !== undefined && read.find('HostSystem', host.value)?.parent?.value === cluster
}

function isMounted({ read, cluster }: Place, store: ManagedObjectReference): boolean {
  if (cluster === undefined) return false
  return (read.find('ClusterComputeResource', cluster)?.datastore ?? []).some(
    (ref) => ref.value === store.value,
  )
}

/** What an update list entry must be to have a sense: `edit` and `remove` name something that is there, `add` does not. */
export function checkUpdate(
  spec: ArrayUpdateSpec & { readonly info?: object | undefined },
  exists: boolean,
  path: string,
): void {
  if (spec.operation !== 'remove' && !spec.info) throw invalid(`${path}.info`)
  if (spec.operation === 'remove' && !exists) throw invalid(`${path}.removeKey`)
  if (spec.operation === 'edit' && !exists) throw invalid(`${path}.info`)
}
