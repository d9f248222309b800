import { clusterOfHost } from '../cluster/config.js'
import { operations } from '../core/behaviour.js'
import { configureTask, requireConfigurable } from './agents.js'
import { advancedRuntimeInfo } from './runtime-info.js'

export const clusterHaOperations = operations('ClusterComputeResource', {
  RetrieveDasAdvancedRuntimeInfo: (ctx, self) => advancedRuntimeInfo(ctx.tx, self.value),
})

export const hostHaOperations = operations('HostSystem', {
  ReconfigureHostForDAS_Task: {
    ...configureTask,
    before(ctx, self) {
      if (clusterOfHost(ctx.tx, self.value) === undefined) requireConfigurable(ctx, self.value)
    },
  },
})
