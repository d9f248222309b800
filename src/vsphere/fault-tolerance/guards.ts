import { fault, localizedFault } from '#vim25/fault.js'
import type { VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { clusterOfVm, haEnabled } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import type { VmGuard, VmOperation } from '../vm/guards.js'
import { admitPair } from './admission.js'
import { groupOf } from './group.js'
import { configIssue } from './issues.js'
import { refuseSecondary } from './turn-on.js'

/** What Fault Tolerance refuses to have done to its VMs (fact sheet A.1). */
export const faultToleranceGuard: VmGuard = (ctx, vm, operation, args) => {
  const pair = groupOf(ctx.tx, vm.value)
  if (!pair) return
  // Both halves may go to other hosts, each by itself.
  if (operation === 'Migrate') return
  refuseSecondary(ctx, vm.value)
  PRIMARY_RULES[operation]?.(ctx, vm.value, args)
}

type Rule = (ctx: Context, vm: string, args: Readonly<Record<string, unknown>>) => void

const notSupported: Rule = () => {
  throw fault('NotSupported', {})
}

/** A pair is taken apart first: its secondary would be left without a primary. */
const invalidState: Rule = (ctx, vm) => {
  const { powerState } = ctx.tx.get('VirtualMachine', vm).runtime
  if (powerState === 'poweredOff') throw fault('InvalidState', {})
  throw fault('InvalidPowerState', { requestedState: 'poweredOff', existingState: powerState })
}

const PRIMARY_RULES: Readonly<Partial<Record<VmOperation, Rule>>> = {
  CreateSnapshot: notSupported,
  MarkAsTemplate: invalidState,
  Destroy: invalidState,
  Unregister: (ctx, vm) => {
    // UnregisterVM declares InvalidPowerState alone of the states.
    const { powerState } = ctx.tx.get('VirtualMachine', vm).runtime
    throw fault('InvalidPowerState', { requestedState: 'poweredOff', existingState: powerState })
  },
  Relocate: notSupported,
  InstantClone: notSupported,
  MoveIntoResourcePool: (ctx, vm) => {
    const { name } = ctx.tx.get('VirtualMachine', vm)
    throw fault('NotSupported', {
      faultCause: localizedFault('CannotMoveFaultToleranceVm', { moveType: 'resourcePool', vmName: name }),
    })
  },
  Reconfig: (ctx, vm, args) => refuseReconfiguration(ctx, vm, args.spec as VirtualMachineConfigSpec),
  PowerOn: (ctx, vm) => {
    const pair = groupOf(ctx.tx, vm)
    // That it runs already is said by whoever powers it on.
    if (ctx.tx.get('VirtualMachine', vm).runtime.powerState === 'poweredOn') return
    if (!haEnabled(ctx.tx, clusterOfVm(ctx.tx, vm)))
      throw fault('VmConfigIncompatibleForFaultTolerance', { fault: configIssue(ctx.tx, 'haNotEnabled', vm) })
    // The secondary starts with its primary: both are admitted, or neither.
    if (pair?.secondary.enabled) admitPair(ctx.tx, pair)
  },
}

/** Pure but for the reads: what of a configuration must stay while FT is on. */
function refuseReconfiguration(ctx: Context, vm: string, spec: VirtualMachineConfigSpec): void {
  const { config, name } = ctx.tx.get('VirtualMachine', vm)
  if (!config) return
  const memory = spec.memoryAllocation
  const before = config.memoryAllocation
  const editsMemory =
    (spec.memoryMB !== undefined && Number(spec.memoryMB) !== config.hardware.memoryMB) ||
    (memory?.reservation !== undefined && memory.reservation !== before?.reservation) ||
    (memory?.limit !== undefined && memory.limit !== before?.limit) ||
    (memory?.shares !== undefined && memory.shares.level !== before?.shares?.level) ||
    spec.memoryReservationLockedToMax === false
  if (editsMemory) throw fault('FaultToleranceCannotEditMem', { vmName: name, vm: ctx.tx.ref(vm) })
  if (spec.numCPUs !== undefined && spec.numCPUs !== config.hardware.numCPU)
    throw fault('NumVirtualCpusIncompatible', { reason: 'faultTolerance', numCpu: spec.numCPUs })
  const change = spec.deviceChange?.find(({ operation }) => operation === 'add' || operation === 'remove')
  if (change) {
    const known = config.hardware.device?.find(({ key }) => key === change.device.key) ?? change.device
    const device = known.deviceInfo?.label ?? known._typeName
    throw fault('VmConfigIncompatibleForFaultTolerance', {
      fault: localizedFault('DeviceNotSupported', { device, reason: 'ft' }),
    })
  }
  const metro = {
    metroFtEnabled: spec.metroFtEnabled ?? config.metroFtEnabled ?? false,
    metroFtHostGroup: spec.metroFtHostGroup ?? config.metroFtHostGroup,
  }
  if (
    metro.metroFtEnabled !== (config.metroFtEnabled ?? false) ||
    metro.metroFtHostGroup !== config.metroFtHostGroup
  )
    throw fault('VmConfigIncompatibleForFaultTolerance', {
      fault: configIssue(ctx.tx, 'ftMetroClusterNotEditable', vm),
    })
  if (spec.instanceUuid !== undefined && spec.instanceUuid !== config.instanceUuid)
    throw fault('InvalidArgument', { invalidProperty: 'spec.instanceUuid' })
}
