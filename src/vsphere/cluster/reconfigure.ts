import { dataObject } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ClusterConfigSpec,
  ClusterConfigSpecEx,
  ComputeResourceConfigInfo,
  ComputeResourceConfigSpec,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { haReconfigured } from '../ha/reconfigured.js'
import { applyClusterSpec, merged } from './apply-spec.js'
import { configOf } from './config.js'
import { DEFAULT_CLUSTER_CONFIG, DEFAULT_STANDALONE_CONFIG } from './defaults.js'
import { clusterReconfigured } from './events.js'
import { flattenPools } from './flatten.js'
import { invalid, validateClusterSpec } from './validate.js'

/**
 * Gives a cluster a new configuration: checks the spec, applies it, tells of it and lets HA and DRS act on what changed.
 * Throws InvalidArgument and the faults of validate.ts; nothing is changed then.
 */
export function reconfigureCluster(
  ctx: Context,
  self: ManagedObjectReference,
  spec: ClusterConfigSpecEx,
  modify: boolean,
): void {
  const cluster = ctx.tx.get('ClusterComputeResource', self.value)
  const before = configOf(cluster)
  validateClusterSpec(
    {
      read: ctx.tx,
      identity: ctx.identity,
      cluster: self.value,
      name: cluster.name,
      config: modify ? before : DEFAULT_CLUSTER_CONFIG,
    },
    spec,
  )
  const after = applyClusterSpec(before, spec, modify)
  ctx.tx.set('ClusterComputeResource', self.value, { configurationEx: after })
  clusterReconfigured(ctx, self, before, after)
  if (before.drsConfig.enabled && !after.drsConfig.enabled) flattenPools(ctx, self.value)
  haReconfigured(ctx, self.value, before, after)
}

/** A standalone host's compute resource: only the base spec's members. Throws InvalidArgument for a cluster's. */
export function reconfigureStandalone(
  ctx: Context,
  self: ManagedObjectReference,
  spec: ComputeResourceConfigSpec,
  modify: boolean,
): void {
  if (spec._typeName !== 'ComputeResourceConfigSpec') throw invalid('spec')
  const { vmSwapPlacement } = spec
  if (vmSwapPlacement !== undefined && vmSwapPlacement !== 'vmDirectory' && vmSwapPlacement !== 'hostLocal')
    throw invalid('spec.vmSwapPlacement')
  const present = modify
    ? ctx.tx.get('ComputeResource', self.value).configurationEx
    : DEFAULT_STANDALONE_CONFIG
  const change = dataObject('ComputeResourceConfigInfo', {
    ...(spec as unknown as Record<string, unknown>),
  }) as ComputeResourceConfigInfo
  ctx.tx.set('ComputeResource', self.value, { configurationEx: merged(present, change) ?? present })
}

/** A cluster's spec as it may come: the current one, or the base type, which says less. Throws InvalidArgument. */
export function clusterSpec(spec: ComputeResourceConfigSpec): ClusterConfigSpecEx {
  if (spec._typeName === 'ClusterConfigSpecEx') return spec as ClusterConfigSpecEx
  if (spec._typeName !== 'ComputeResourceConfigSpec') throw invalid('spec')
  return extended(spec)
}

/** The spec of releases before 2.5, as the current one. */
export function extended(spec: ClusterConfigSpec | ComputeResourceConfigSpec): ClusterConfigSpecEx {
  if (spec === undefined) throw fault('InvalidArgument', { invalidProperty: 'spec' })
  return dataObject('ClusterConfigSpecEx', {
    ...(spec as unknown as Record<string, unknown>),
  }) as ClusterConfigSpecEx
}
