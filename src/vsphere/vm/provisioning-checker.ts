import { data } from '#vim25/data.js'
import { fault, localized, VimFault } from '#vim25/fault.js'
import type {
  CheckResult,
  LocalizedMethodFault,
  ManagedObjectReference,
  VirtualMachineRelocateSpec,
} from '#vim25/generated/types.js'
import { enumType } from '#vim25/schema.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { requirePowerState } from './admit.js'
import { planClone } from './clone-operations.js'
import { planMove } from './relocate.js'
import { vMotionWarnings } from './vmotion.js'

/** The group that a test is in, where a caller wants some of them only (CheckTestType): they are all made here. */
function requireTestTypes(testType: readonly string[] | undefined): void {
  const unknown = testType?.find((type) => !enumType('CheckTestType')?.values.includes(type))
  if (unknown !== undefined) throw fault('InvalidArgument', { invalidProperty: 'testType' })
}

/** Faults of the question, not of what is asked for. */
const OF_THE_CALL = new Set(['InvalidArgument', 'InvalidState', 'ManagedObjectNotFound'])

/** What keeps something from being done, or nothing; what is wrong with the question itself is thrown. */
function problemsOf(attempt: () => void): readonly LocalizedMethodFault[] {
  try {
    attempt()
    return []
  } catch (error) {
    if (!(error instanceof VimFault) || OF_THE_CALL.has(error.fault._typeName)) throw error
    return [localized(error)]
  }
}

/** Whether a VM could be moved like this, by the rules of the method that does it. */
function checkMove(
  ctx: Context,
  vm: ManagedObjectReference,
  spec: VirtualMachineRelocateSpec,
  prefix: string,
): CheckResult {
  let host = spec.host ?? ctx.tx.get('VirtualMachine', vm.value).runtime.host
  let warning: readonly LocalizedMethodFault[] = []
  const error = problemsOf(() => {
    const { to, from, running, host: changes } = planMove(ctx, vm, spec, prefix)
    host = to.host
    if (running && changes) warning = vMotionWarnings(ctx.tx, from.host.value, to.host.value)
  })
  return data('CheckResult', { vm, host, warning, error })
}

export const provisioningCheckerOperations = operations('VirtualMachineProvisioningChecker', {
  CheckRelocate_Task: {
    entity: (_ctx, _self, { vm }) => vm,
    run(ctx, _self, { vm, spec, testType }) {
      requireTestTypes(testType)
      return [checkMove(ctx, vm, spec, 'spec')]
    },
  },

  CheckMigrate_Task: {
    entity: (_ctx, _self, { vm }) => vm,
    run(ctx, _self, { vm, host, pool, state, testType }) {
      requireTestTypes(testType)
      if (!host && !pool) throw fault('InvalidArgument', { invalidProperty: 'host' })
      if (state) requirePowerState(ctx.tx, vm.value, [state], state)
      return [checkMove(ctx, vm, data('VirtualMachineRelocateSpec', { host, pool }), '')]
    },
  },

  CheckClone_Task: {
    entity: (_ctx, _self, { vm }) => vm,
    run(ctx, _self, { vm, folder, name, spec, testType }) {
      requireTestTypes(testType)
      let host = spec.location.host
      const error = problemsOf(() => {
        host = planClone(ctx, vm, { folder, name, spec }).destination.host
      })
      return [data('CheckResult', { vm, host, error })]
    },
  },

  /** Every VM with every host, as far as the two go together. */
  QueryVMotionCompatibilityEx_Task: {
    entity: () => undefined,
    run: (ctx, _self, { vm, host }) =>
      vm.flatMap((each) =>
        host.map((to) =>
          checkMove(
            ctx,
            each,
            data('VirtualMachineRelocateSpec', { host: to, pool: rootOf(ctx, each, to) }),
            '',
          ),
        ),
      ),
  },
})

/** A host elsewhere is looked at with its own root pool. */
function rootOf(ctx: Context, vm: ManagedObjectReference, host: ManagedObjectReference) {
  const { parent } = ctx.tx.get('HostSystem', host.value)
  const { resourcePool } = ctx.tx.get('VirtualMachine', vm.value)
  const owner = resourcePool && ctx.tx.get('ResourcePool', resourcePool.value).owner
  if (!parent || owner?.value === parent.value) return undefined
  return ctx.tx.get('ComputeResource', parent.value).resourcePool
}
