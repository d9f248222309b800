import type { Reader } from '#inventory/reader.js'
import { unboxed } from '#vim25/any.js'
import { fault, localized, localizedFault, type VimFault } from '#vim25/fault.js'
import { clusterConfig, clusterOfVm, hostsOf } from '../cluster/config.js'
import { atLeast, type Identity } from '../core/identity.js'
import { hostProblem } from '../drs/candidates.js'
import { linkSpeedBehind, selectedFor } from '../vmkernel/build.js'
import { allGroups, groupOf } from './group.js'
import { configIssue, type Issue } from './issues.js'
import { LOGGING_MB, MAX_FT_VCPUS_PER_HOST, MAX_FT_VMS_PER_HOST } from './limits.js'

/** What keeps a host from holding one half of a pair at all (fact sheet A.3, B.2). */
export function hostIssues(read: Reader, host: string, identity: Identity): readonly Issue[] {
  const { runtime, config } = read.get('HostSystem', host)
  if (runtime.connectionState !== 'connected' || runtime.inMaintenanceMode)
    return [configIssue(read, 'hostInactive', host)]
  const reasons = [
    ...(Number.parseFloat(config?.product.version ?? '0') < 6 ? (['ftUnsupportedProduct'] as const) : []),
    ...(hasAgent(read, host) ? [] : ([atLeast(identity, '7.0') ? 'haAgentIssue' : 'hostInactive'] as const)),
    ...(selectedFor(read, host, 'vmotion').length > 0 ? [] : (['missingVMotionNic'] as const)),
    ...(selectedFor(read, host, 'faultToleranceLogging').length > 0
      ? []
      : (['missingFTLoggingNic'] as const)),
  ]
  return reasons.map((reason) => configIssue(read, reason, host))
}

/** The host's vSphere HA agent runs. */
export function hasAgent(read: Reader, host: string): boolean {
  const state = read.get('HostSystem', host).runtime.dasHostState?.state
  return state === 'master' || state === 'connectedToMaster'
}

/** Warnings: an FT logging network slower than 10 Gb/s (deviation 7). */
export function hostWarnings(read: Reader, host: string): readonly Issue[] {
  const speeds = selectedFor(read, host, 'faultToleranceLogging').map(
    (device) => linkSpeedBehind(read, host, device) ?? 0,
  )
  return speeds.length > 0 && Math.max(...speeds) < LOGGING_MB
    ? [configIssue(read, 'insufficientBandwidth', host)]
    : []
}

/** The hosts that could hold a secondary, by their problems; those without any first, then as the cluster lists them. */
export interface SecondaryHosts {
  readonly suitable: readonly string[]
  /** FtIssuesOnHost of every other host. */
  readonly unsuitable: readonly Issue[]
}

/**
 * Every host of the cluster as a place for the secondary of `primary`. `vm` is the VM whose files and networks the host
 * must reach: the secondary, or the primary before there is one.
 */
export function secondaryHosts(
  read: Reader,
  primary: string,
  vm: string,
  identity: Identity,
): SecondaryHosts {
  const cluster = clusterOfVm(read, primary)
  const suitable: string[] = []
  const unsuitable: Issue[] = []
  for (const host of cluster === undefined ? [] : hostsOf(read, cluster)) {
    const errors = secondaryHostIssues(read, primary, vm, host, identity)
    if (errors.length === 0) suitable.push(host)
    else
      unsuitable.push(
        localizedFault('FtIssuesOnHost', {
          host: read.ref(host),
          hostName: read.get('HostSystem', host).name,
          errors,
        }),
      )
  }
  const load = new Map(suitable.map((host) => [host, ftLoad(read, host).vcpus]))
  return { suitable: suitable.sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0)), unsuitable }
}

/** Why this host cannot hold the secondary; empty: it can. */
export function secondaryHostIssues(
  read: Reader,
  primary: string,
  vm: string,
  host: string,
  identity: Identity,
): readonly Issue[] {
  if (read.get('VirtualMachine', primary).runtime.host?.value === host) return [antiAffinity(read, host)]
  const issues = hostIssues(read, host, identity)
  if (issues.length > 0) return issues
  const tooMany = tooManyOnHost(read, host, vm)
  if (tooMany) return [localized(tooMany)]
  const problem = hostProblem(read, vm, host)
  return problem ? [localized(problem)] : []
}

/**
 * The halves of a pair never run on one host; as a fault that power-on declares. Its cause is the fault of a migration.
 */
export function apart(read: Reader, vm: string, host: string): VimFault | undefined {
  if (!otherHalfRunsOn(read, vm, host)) return undefined
  return fault('VmConfigIncompatibleForFaultTolerance', { fault: antiAffinity(read, host) })
}

/** Throws FaultToleranceAntiAffinityViolated when a half of a pair would be moved to the other's host. */
export function requireOtherHost(read: Reader, vm: string, host: string): void {
  if (!otherHalfRunsOn(read, vm, host)) return
  const hostName = read.get('HostSystem', host).name
  throw fault('FaultToleranceAntiAffinityViolated', { hostName, host: read.ref(host) })
}

function otherHalfRunsOn(read: Reader, vm: string, host: string): boolean {
  const pair = groupOf(read, vm)
  const other = pair?.primary === vm ? pair.secondary.vm : pair?.primary
  const runtime = other === undefined ? undefined : read.get('VirtualMachine', other).runtime
  return runtime?.powerState === 'poweredOn' && runtime.host?.value === host
}

function antiAffinity(read: Reader, host: string): Issue {
  return localizedFault('FaultToleranceAntiAffinityViolated', {
    hostName: read.get('HostSystem', host).name,
    host: read.ref(host),
  })
}

/** Powered-on halves of pairs on a host and their vCPUs, `except` left out. */
export function ftLoad(read: Reader, host: string, except?: string): { vms: number; vcpus: number } {
  let vms = 0
  let vcpus = 0
  for (const { primary, secondary } of allGroups(read))
    for (const vm of [primary, secondary.vm]) {
      if (vm === except) continue
      const { runtime, config } = read.get('VirtualMachine', vm)
      if (runtime.host?.value !== host || runtime.powerState !== 'poweredOn') continue
      vms++
      vcpus += config?.hardware.numCPU ?? 0
    }
  return { vms, vcpus }
}

/** das.maxFtVmsPerHost and das.maxFtVCpusPerHost, checked independently; 0 switches one off (fact sheet D.1). */
export function tooManyOnHost(read: Reader, host: string, vm: string): VimFault | undefined {
  const { name, parent } = read.get('HostSystem', host)
  const config = parent && clusterConfig(read, parent.value)
  const limit = (key: string, usual: number) => {
    const set = config?.dasConfig?.option?.find((option) => option.key.toLowerCase() === key)?.value
    const number = Number(unboxed(set))
    return set === undefined || Number.isNaN(number) ? usual : number
  }
  const load = ftLoad(read, host, vm)
  const maxVms = limit('das.maxftvmsperhost', MAX_FT_VMS_PER_HOST)
  if (maxVms > 0 && load.vms + 1 > maxVms)
    return fault('VmFaultToleranceTooManyVMsOnHost', { hostName: name, maxNumFtVms: maxVms })
  const maxVcpus = limit('das.maxftvcpusperhost', MAX_FT_VCPUS_PER_HOST)
  const vcpus = read.get('VirtualMachine', vm).config?.hardware.numCPU ?? 0
  if (maxVcpus > 0 && load.vcpus + vcpus > maxVcpus)
    return fault('VmFaultToleranceTooManyFtVcpusOnHost', { hostName: name, maxNumFtVcpus: maxVcpus })
  return undefined
}
