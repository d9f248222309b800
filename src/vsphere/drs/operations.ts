import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { clusterOfVm } from '../cluster/config.js'
import { operations } from '../core/behaviour.js'
import { candidatesFor } from './candidates.js'
import { applyRecommendation, cancelRecommendation, refreshRecommendations } from './recommendations.js'

export const drsOperations = operations('ClusterComputeResource', {
  RecommendHostsForVm(ctx, self, { vm, pool }) {
    // A VM from elsewhere could be placed here as well, but only into a pool of this cluster.
    if (clusterOfVm(ctx.tx, vm.value) !== self.value) {
      if (!pool) throw fault('InvalidArgument', { invalidProperty: 'pool' })
      ctx.tx.get('VirtualMachine', vm.value)
    }
    if (pool && ctx.tx.get('ResourcePool', pool.value).owner.value !== self.value)
      throw fault('InvalidArgument', { invalidProperty: 'pool' })
    return candidatesFor(ctx.tx, vm.value, self.value).hosts.map(({ host, rating }) =>
      data('ClusterHostRecommendation', { host: ctx.tx.ref(host), rating }),
    )
  },

  ApplyRecommendation: (ctx, self, { key }) => applyRecommendation(ctx, self.value, key),

  CancelRecommendation: (ctx, self, { key }) => cancelRecommendation(ctx, self.value, key),

  RefreshRecommendation: (ctx, self) => refreshRecommendations(ctx, self.value),
})
