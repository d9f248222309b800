import { unboxed } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import { fault, localized, VimFault } from '#vim25/fault.js'
import type {
  ClusterPowerOnVmResult,
  FaultToleranceConfigSpec,
  FaultToleranceSecondaryOpResult,
  ManagedObjectReference,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { clusterConfig, clusterOfVm, drsBehaviorOf, haEnabled } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { admitHalves, admitPair } from './admission.js'
import { createGroup, type FoundGroup, type FtKind, groupOf, isSecondary } from './group.js'
import { hostIssues, hostWarnings, secondaryHostIssues, secondaryHosts, tooManyOnHost } from './hosts.js'
import { configIssue, disksOf, homeDatastore, type Issue, vmIssues } from './issues.js'
import { LEGACY_OPTION, legacyOffered } from './limits.js'
import { requireReached, writeMetadata } from './metadata.js'
import { createSecondary, protectedConfig } from './secondary.js'
import { startSecondary } from './start.js'
import { movePair } from './states.js'

/**
 * CreateSecondaryVMEx_Task: checks everything, then makes the secondary and, if the primary runs, starts it. All that
 * the VM, the cluster and the primary's host lack comes in one VmFaultToleranceOpIssuesList; if they lack nothing but no
 * host can take the secondary, in one with an FtIssuesOnHost per candidate (deviation 19; U2 of the fact sheet).
 */
export function turnOn(
  ctx: Context,
  self: ManagedObjectReference,
  host: ManagedObjectReference | undefined,
  spec: FaultToleranceConfigSpec | undefined,
): FaultToleranceSecondaryOpResult {
  const { tx } = ctx
  const primary = self.value
  refuseSecondary(ctx, primary)
  const { config, runtime } = tx.get('VirtualMachine', primary)
  if (!config) throw fault('InvalidState', {})
  const cluster = clusterOfVm(tx, primary)
  if (config.template || cluster === undefined || runtime.host === undefined) throw fault('NotSupported', {})
  const kind = kindOf(ctx, primary)
  // A VM that runs already is one more on its host from now on; one that is off is counted when it is powered on.
  const on = runtime.powerState === 'poweredOn'
  const tooMany = on ? tooManyOnHost(tx, runtime.host.value, primary) : undefined
  const metro = metroOf(config, spec)
  const issues = [
    ...(metro.metroFtEnabled && !hasHostGroup(ctx, cluster, metro.metroFtHostGroup)
      ? [configIssue(tx, 'noHostGroupConfigured', primary)]
      : []),
    ...(haEnabled(tx, cluster) ? [] : [configIssue(tx, 'haNotEnabled', primary)]),
    ...vmIssues(tx, primary, ctx.identity, kind === 'recordReplay'),
    ...hostIssues(tx, runtime.host.value, ctx.identity).filter(
      (issue) => haEnabled(tx, cluster) || !isAgentIssue(issue),
    ),
    ...(tooMany ? [localized(tooMany)] : []),
  ]
  const warnings = kind === 'checkpointing' ? hostWarnings(tx, runtime.host.value) : []
  if (issues.length > 0) throw fault('VmFaultToleranceOpIssuesList', { errors: issues, warnings })
  const place = host ? requireHost(ctx, primary, host) : chooseHost(ctx, primary, warnings)
  requireSpec(ctx, primary, spec)
  const metadata = spec?.metaDataPath?.metaDataDatastore.value ?? homeDatastore(tx, primary)
  requireShared(ctx, spec, runtime.host.value, place)

  tx.set('VirtualMachine', primary, { config: patch(protectedConfig(config, kind), metro) })
  if (on) admitHalves(tx, [primary])
  const secondary = createSecondary(ctx, primary, tx.ref(place), kind, spec)
  createGroup(tx, {
    kind,
    metadata,
    members: [
      { vm: primary, enabled: true },
      { vm: secondary.value, enabled: true },
    ],
  })
  if (kind === 'checkpointing' && metadata !== undefined)
    writeMetadata(ctx, metadata, [primary, secondary.value])
  emit(ctx, 'VmSecondaryAddedEvent', { entity: self })
  const pair = groupOf(tx, primary) as FoundGroup
  if (!on) {
    movePair(ctx, pair, 'atRest')
    return data('FaultToleranceSecondaryOpResult', { vm: secondary, powerOnAttempted: false })
  }
  movePair(ctx, pair, 'unprotected', 'initializing')
  return data('FaultToleranceSecondaryOpResult', {
    vm: secondary,
    powerOnAttempted: true,
    powerOnResult: attemptStart(ctx, pair, place),
  })
}

type Metro = Pick<VirtualMachineConfigInfo, 'metroFtEnabled' | 'metroFtHostGroup'>

/** FT Metro Cluster as the call wants it, else as the VM has it. */
function metroOf(config: VirtualMachineConfigInfo, spec: FaultToleranceConfigSpec | undefined): Metro {
  return {
    metroFtEnabled: spec?.metroFtEnabled ?? config.metroFtEnabled,
    metroFtHostGroup: spec?.metroFtHostGroup ?? config.metroFtHostGroup,
  }
}

function hasHostGroup(ctx: Context, cluster: string, name: string | undefined): boolean {
  return (
    clusterConfig(ctx.tx, cluster)?.group?.some(
      (group) => group._typeName === 'ClusterHostGroup' && group.name === name,
    ) ?? false
  )
}

/** Called on a secondary, every method of a primary gives this. */
export function refuseSecondary(ctx: Context, vm: string): void {
  if (!isSecondary(ctx.tx, vm)) return
  const instanceUuid = ctx.tx.get('VirtualMachine', vm).config?.instanceUuid ?? ''
  throw fault('InvalidOperationOnSecondaryVm', { instanceUuid })
}

/** Without HA there are no agents: haNotEnabled says it once, for all hosts. */
function isAgentIssue(issue: Issue): boolean {
  return (issue.fault as { reason?: string }).reason === 'haAgentIssue'
}

/** SMP-FT, unless the VM asks for the legacy kind, in any spelling, and the release still has it (deviation 23). */
export function kindOf(ctx: Context, vm: string): FtKind {
  const options = ctx.tx.get('VirtualMachine', vm).config?.extraConfig ?? []
  const option = options.find(({ key }) => key.toLowerCase() === LEGACY_OPTION)?.value
  return legacyOffered(ctx.identity) && String(unboxed(option)).toLowerCase() === 'true'
    ? 'recordReplay'
    : 'checkpointing'
}

export function requireHost(ctx: Context, primary: string, host: ManagedObjectReference): string {
  ctx.tx.get('HostSystem', host.value)
  const secondary = groupOf(ctx.tx, primary)?.secondary.vm ?? primary
  const error = secondaryHostIssues(ctx.tx, primary, secondary, host.value, ctx.identity)
  const inCluster = ctx.tx.get('HostSystem', host.value).parent?.value === clusterOfVm(ctx.tx, primary)
  if (!inCluster || error.length > 0) throw fault('IncompatibleHostForFtSecondary', { host, error })
  return host.value
}

function chooseHost(ctx: Context, primary: string, warnings: readonly Issue[]): string {
  const { suitable, unsuitable } = secondaryHosts(ctx.tx, primary, primary, ctx.identity)
  const [best] = suitable
  if (best !== undefined) return best
  // The primary's own host is no candidate; it is named only where it is the only host (deviation 10).
  const others = unsuitable.filter(
    ({ fault: issue }) =>
      (issue as { host?: ManagedObjectReference }).host?.value !==
      ctx.tx.get('VirtualMachine', primary).runtime.host?.value,
  )
  throw fault('VmFaultToleranceOpIssuesList', { errors: others.length > 0 ? others : unsuitable, warnings })
}

/** The datastores and disks that a spec names must be there; vSAN rules have no cause in this model. */
function requireSpec(ctx: Context, primary: string, spec: FaultToleranceConfigSpec | undefined): void {
  const { config } = ctx.tx.get('VirtualMachine', primary)
  for (const ref of [spec?.metaDataPath?.metaDataDatastore, spec?.secondaryVmSpec?.vmConfig])
    if (ref) ctx.tx.get('Datastore', ref.value)
  const keys = new Set(config ? disksOf(config).map(({ key }) => key) : [])
  for (const [at, { disk, datastore }] of (spec?.secondaryVmSpec?.disks ?? []).entries()) {
    ctx.tx.get('Datastore', datastore.value)
    if (!keys.has(disk.key))
      throw fault('InvalidArgument', { invalidProperty: `spec.secondaryVmSpec.disks[${at}].disk.key` })
  }
}

/** What both halves write to is on datastores that both hosts reach; a disk of the secondary on one that its host does. */
function requireShared(
  ctx: Context,
  spec: FaultToleranceConfigSpec | undefined,
  primaryHost: string,
  host: string,
): void {
  const { metaDataPath, secondaryVmSpec } = spec ?? {}
  const both = [primaryHost, host]
  if (metaDataPath)
    requireReached(ctx, metaDataPath.metaDataDatastore.value, both, 'spec.metaDataPath.metaDataDatastore')
  if (secondaryVmSpec?.vmConfig)
    requireReached(ctx, secondaryVmSpec.vmConfig.value, both, 'spec.secondaryVmSpec.vmConfig')
  for (const [at, { datastore }] of (secondaryVmSpec?.disks ?? []).entries())
    requireReached(ctx, datastore.value, [host], `spec.secondaryVmSpec.disks[${at}].datastore`)
}

/** Starts the secondary if it is admitted; that it is not does not undo the creation (fact sheet A.1). */
export function attemptStart(ctx: Context, pair: FoundGroup, host: string): ClusterPowerOnVmResult {
  const vm = ctx.tx.ref(pair.secondary.vm)
  try {
    admitPair(ctx.tx, pair)
  } catch (error) {
    if (!(error instanceof VimFault)) throw error
    emit(ctx, 'VmFailedStartingSecondaryEvent', { entity: ctx.tx.ref(pair.primary) })
    return data('ClusterPowerOnVmResult', {
      notAttempted: [data('ClusterNotAttemptedVmInfo', { vm, fault: localized(error) })],
    })
  }
  const task = startSecondary(ctx, pair.primary, { host })
  const config = clusterConfig(ctx.tx, clusterOfVm(ctx.tx, pair.primary))
  const placedByDrs = config !== undefined && drsBehaviorOf(config, pair.primary) !== undefined
  return data('ClusterPowerOnVmResult', {
    attempted: [data('ClusterAttemptedVmInfo', { vm, task: placedByDrs ? undefined : task })],
  })
}
