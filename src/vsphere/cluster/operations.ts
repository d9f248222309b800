import { fault } from '#vim25/fault.js'
import type { ClusterConfigSpecEx, ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { kindOf } from '../folder/rules.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { createCluster, evcManagerId } from './build.js'
import { clusterOfVm, configOf } from './config.js'
import { DEFAULT_CLUSTER_CONFIG } from './defaults.js'
import { clusterCreated, switched } from './events.js'
import { clusterSpec, extended, reconfigureCluster, reconfigureStandalone } from './reconfigure.js'
import { vmsOfRule } from './rules-spec.js'
import { validateClusterSpec } from './validate.js'

/** A new cluster in a host folder. Throws NotSupported elsewhere, InvalidName, DuplicateName, InvalidArgument. */
function create(
  ctx: Context,
  folder: ManagedObjectReference,
  wanted: string,
  spec: ClusterConfigSpecEx,
): ManagedObjectReference {
  if (kindOf(ctx.tx, folder) !== 'host') throw fault('NotSupported', {})
  const name = validName(wanted, folder)
  requireUniqueName(ctx.tx, folder.value, name)
  validateClusterSpec(
    { read: ctx.tx, cluster: undefined, name, identity: ctx.identity, config: DEFAULT_CLUSTER_CONFIG },
    spec,
  )
  const self = createCluster(ctx, folder, name, spec)
  clusterCreated(ctx, self, folder)
  switched(ctx, self, DEFAULT_CLUSTER_CONFIG, configOf(ctx.tx.get('ClusterComputeResource', self.value)))
  return self
}

export const folderOperations = operations('Folder', {
  CreateCluster: (ctx, self, { name, spec }) => create(ctx, self, name, extended(spec)),
  CreateClusterEx: (ctx, self, { name, spec }) => create(ctx, self, name, spec),
})

export const computeResourceOperations = operations('ComputeResource', {
  ReconfigureComputeResource_Task: {
    run: (ctx, self, { spec, modify }) => reconfigureStandalone(ctx, self, spec, modify),
  },
})

export const clusterOperations = operations('ClusterComputeResource', {
  ReconfigureComputeResource_Task: {
    run: (ctx, self, { spec, modify }) => reconfigureCluster(ctx, self, clusterSpec(spec), modify),
  },

  ReconfigureCluster_Task: {
    run: (ctx, self, { spec, modify }) => reconfigureCluster(ctx, self, extended(spec), modify),
  },

  FindRulesForVm(ctx, self, { vm }) {
    const config = configOf(ctx.tx.get('ClusterComputeResource', self.value))
    if (clusterOfVm(ctx.tx, vm.value) !== self.value)
      throw fault('InvalidArgument', { invalidProperty: 'vm' })
    return (config.rule ?? []).filter((rule) => vmsOfRule(config, rule).includes(vm.value))
  },

  EvcManager: (ctx, self) => ctx.tx.ref(evcManagerId(self.value)),
})
