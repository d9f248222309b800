import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { FaultToleranceSecondaryOpResult, ManagedObjectReference } from '#vim25/generated/types.js'
import { clusterOfVm, haEnabled } from '../cluster/config.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { promote } from './failover.js'
import { type FoundGroup, groupOf, setSecondaryEnabled } from './group.js'
import { secondaryHosts } from './hosts.js'
import { vmIssues } from './issues.js'
import { needSecondary, stopSecondary } from './start.js'
import { movePair, stateOf } from './states.js'
import { requireReachable, turnOff } from './turn-off.js'
import { attemptStart, kindOf, refuseSecondary, requireHost, turnOn } from './turn-on.js'

type Vm = ManagedObjectReference

/** The nine methods of fact sheet A.1. */
export const faultToleranceOperations = operations('VirtualMachine', {
  CreateSecondaryVM_Task: { seconds: 30, run: (ctx, self, { host }) => turnOn(ctx, self, host, undefined) },
  CreateSecondaryVMEx_Task: {
    seconds: 30,
    run: (ctx, self, { host, spec }) => turnOn(ctx, self, host, spec),
  },
  TurnOffFaultToleranceForVM_Task: { seconds: 10, run: (ctx, self) => turnOff(ctx, pairOf(ctx, self)) },
  DisableSecondaryVM_Task: { seconds: 5, run: (ctx, self, { vm }) => disable(ctx, self, vm) },
  EnableSecondaryVM_Task: { seconds: 5, run: (ctx, self, { vm, host }) => enable(ctx, self, vm, host) },
  MakePrimaryVM_Task: { seconds: 10, run: (ctx, self, { vm }) => makePrimary(ctx, self, vm) },
  TerminateFaultTolerantVM_Task: { seconds: 5, run: (ctx, self, { vm }) => terminate(ctx, self, vm) },

  // Since 6.0 it knows of the legacy kind only (fact sheet A.1).
  QueryFaultToleranceCompatibility: (ctx, self) => compatibility(ctx, self, true),
  QueryFaultToleranceCompatibilityEx: (ctx, self, { forLegacyFt }) =>
    compatibility(ctx, self, forLegacyFt ?? kindOf(ctx, self.value) === 'recordReplay'),
})

/** Only what of the VM itself speaks against FT; empty: nothing (fact sheet A.1). */
function compatibility(ctx: Context, self: Vm, legacy: boolean) {
  const { config } = ctx.tx.get('VirtualMachine', self.value)
  if (!config) throw fault('InvalidState', {})
  if (config.template) throw fault('NotSupported', {})
  return [...vmIssues(ctx.tx, self.value, ctx.identity, legacy)]
}

/** The pair that this VM is the primary of. */
function pairOf(ctx: Context, self: Vm): FoundGroup {
  refuseSecondary(ctx, self.value)
  if (!ctx.tx.get('VirtualMachine', self.value).config) throw fault('InvalidState', {})
  const pair = groupOf(ctx.tx, self.value)
  if (!pair) throw fault('InvalidState', {})
  return pair
}

/** `vm` must be the pair's secondary. */
function requireMember(ctx: Context, pair: FoundGroup, vm: Vm): void {
  if (vm.value === pair.secondary.vm) return
  const instanceUuid = ctx.tx.get('VirtualMachine', vm.value).config?.instanceUuid ?? ''
  throw fault('SecondaryVmNotRegistered', { instanceUuid })
}

function secondaryUuid(ctx: Context, pair: FoundGroup): string {
  return ctx.tx.get('VirtualMachine', pair.secondary.vm).config?.instanceUuid ?? ''
}

/** While HA is off nobody could be restarted (fact sheet A.1). */
function requireHa(ctx: Context, vm: string): void {
  if (haEnabled(ctx.tx, clusterOfVm(ctx.tx, vm))) return
  const { name } = ctx.tx.get('VirtualMachine', vm)
  throw fault('VmFaultToleranceConfigIssue', {
    reason: 'haNotEnabled',
    entityName: name,
    entity: ctx.tx.ref(vm),
  })
}

function disable(ctx: Context, self: Vm, vm: Vm): void {
  const pair = pairOf(ctx, self)
  requireMember(ctx, pair, vm)
  if (!pair.secondary.enabled)
    throw fault('SecondaryVmAlreadyDisabled', { instanceUuid: secondaryUuid(ctx, pair) })
  requireReachable(ctx, pair)
  stopSecondary(ctx, pair)
  setSecondaryEnabled(ctx.tx, pair, false)
  emit(ctx, 'VmSecondaryDisabledEvent', { entity: self })
  movePair(ctx, pair, 'disabled')
}

function enable(ctx: Context, self: Vm, vm: Vm, host: Vm | undefined): FaultToleranceSecondaryOpResult {
  const { tx } = ctx
  const pair = pairOf(ctx, self)
  requireMember(ctx, pair, vm)
  if (pair.secondary.enabled)
    throw fault('SecondaryVmAlreadyEnabled', { instanceUuid: secondaryUuid(ctx, pair) })
  requireHa(ctx, pair.primary)
  const on = tx.get('VirtualMachine', pair.primary).runtime.powerState === 'poweredOn'
  const place = host
    ? requireHost(ctx, pair.primary, host)
    : secondaryHosts(tx, pair.primary, vm.value, ctx.identity).suitable[0]
  if (on && place === undefined)
    throw fault('NoHostSuitableForFtSecondary', {
      vm: self,
      vmName: tx.get('VirtualMachine', self.value).name,
    })
  setSecondaryEnabled(tx, pair, true)
  emit(ctx, 'VmSecondaryEnabledEvent', { entity: self })
  movePair(ctx, pair, on ? 'unprotected' : 'atRest', 'userAction')
  if (!on || place === undefined)
    return data('FaultToleranceSecondaryOpResult', { vm, powerOnAttempted: false })
  return data('FaultToleranceSecondaryOpResult', {
    vm,
    powerOnAttempted: true,
    powerOnResult: attemptStart(ctx, { ...pair, secondary: { ...pair.secondary, enabled: true } }, place),
  })
}

function makePrimary(ctx: Context, self: Vm, vm: Vm): void {
  const pair = pairOf(ctx, self)
  requireMember(ctx, pair, vm)
  requireHa(ctx, pair.primary)
  if (stateOf(ctx, pair.primary) !== 'running') throw fault('InvalidState', {})
  promote(ctx, pair, 'userAction')
}

function terminate(ctx: Context, self: Vm, vm: Vm | undefined): void {
  const pair = pairOf(ctx, self)
  if (vm?.value === pair.primary) throw fault('InvalidArgument', { invalidProperty: 'vm' })
  if (vm) requireMember(ctx, pair, vm)
  requireHa(ctx, pair.primary)
  if (stateOf(ctx, pair.primary) !== 'running') throw fault('InvalidState', {})
  emit(ctx, 'VmFaultToleranceVmTerminatedEvent', { entity: self, reason: 'userAction' })
  stopSecondary(ctx, pair)
  needSecondary(ctx, pair.primary, 'userAction')
}
