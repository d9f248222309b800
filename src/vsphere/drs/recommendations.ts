import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ClusterInitialPlacementAction,
  ClusterRecommendation,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { startTask } from '../task/task.js'
import type { Candidate } from './candidates.js'

/**
 * Puts recommendations for the power-on of a VM into its cluster, one per host, the best first, and returns them: what
 * Datacenter.PowerOnMultiVM_Task answers where DRS is on manual. Earlier ones for the VM go.
 */
export function recommendPowerOn(
  ctx: Context,
  cluster: string,
  vm: ManagedObjectReference,
  hosts: readonly Candidate[],
): readonly ClusterRecommendation[] {
  const pool = ctx.tx.get('VirtualMachine', vm.value).resourcePool
  const fresh = hosts.map(({ host, rating }) =>
    data('ClusterRecommendation', {
      key: String(ctx.tx.next('recommendation')),
      type: 'V1',
      time: ctx.time,
      rating,
      reason: 'powerOnVm',
      reasonText: 'Power on virtual machine',
      action: [
        data('ClusterInitialPlacementAction', {
          type: 'VmPowerV1',
          target: vm,
          targetHost: ctx.tx.ref(host),
          pool,
        }),
      ],
      target: ctx.tx.ref(cluster),
    }),
  )
  ctx.tx.update('ClusterComputeResource', cluster, ({ recommendation }) => ({
    recommendation: [...without(recommendation, vm), ...fresh],
  }))
  return fresh
}

/** Starts the power-on that a recommendation stands for; throws InvalidArgument for a key that there is not. */
export function applyRecommendation(ctx: Context, cluster: string, key: string): void {
  const { recommendation } = ctx.tx.get('ClusterComputeResource', cluster)
  const action = recommendation?.find((each) => each.key === key)?.action?.[0] as
    | ClusterInitialPlacementAction
    | undefined
  if (!action?.target) throw fault('InvalidArgument', { invalidProperty: 'key' })
  const vm = action.target
  ctx.tx.set('ClusterComputeResource', cluster, { recommendation: without(recommendation, vm) })
  startTask(ctx, {
    key: 'VirtualMachine.PowerOnVM_Task',
    self: vm,
    args: { host: action.targetHost },
    behaviour: { run() {} },
    descriptionId: 'Drm.ExecuteVmPowerOnLRO',
    entity: vm,
  })
}

/** Drops a recommendation; throws InvalidArgument for a key that there is not. */
export function cancelRecommendation(ctx: Context, cluster: string, key: string): void {
  const { recommendation = [] } = ctx.tx.get('ClusterComputeResource', cluster)
  if (!recommendation.some((each) => each.key === key))
    throw fault('InvalidArgument', { invalidProperty: 'key' })
  ctx.tx.set('ClusterComputeResource', cluster, {
    recommendation: recommendation.filter((each) => each.key !== key),
  })
}

/** Takes away the recommendations for VMs that are gone or run by now. */
export function refreshRecommendations(ctx: Context, cluster: string): void {
  const { recommendation = [] } = ctx.tx.get('ClusterComputeResource', cluster)
  const valid = recommendation.filter((each) => {
    const vm = each.action?.[0]?.target
    return vm !== undefined && ctx.tx.find('VirtualMachine', vm.value)?.runtime.powerState === 'poweredOff'
  })
  if (valid.length < recommendation.length)
    ctx.tx.set('ClusterComputeResource', cluster, { recommendation: valid })
}

function without(
  recommendations: readonly ClusterRecommendation[] | undefined,
  vm: ManagedObjectReference,
): readonly ClusterRecommendation[] {
  return (recommendations ?? []).filter((each) => each.action?.[0]?.target?.value !== vm.value)
}
