import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { clusterConfig, drsBehaviorOf } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { hostProblem } from '../drs/candidates.js'
import { choosePowerOnHost, requireActiveHost } from '../drs/placement.js'
import { admitFailover, requireNoFailoverHost } from '../ha/admission.js'
import { admitReservation, reservationOf } from '../resource-pool/admission.js'
import { guard } from './guards.js'

/** Throws InvalidPowerState unless the VM is in one of the states; `requested`: what the caller wants it to be. */
export function requirePowerState(
  read: Reader,
  vm: string,
  allowed: readonly ('poweredOn' | 'poweredOff' | 'suspended')[],
  requested: 'poweredOn' | 'poweredOff' | 'suspended',
): void {
  const { powerState } = read.get('VirtualMachine', vm).runtime
  if (!allowed.includes(powerState))
    throw fault('InvalidPowerState', { requestedState: requested, existingState: powerState })
}

/** Throws InvalidState when vCenter cannot reach the VM's host, NotSupported for a template. */
export function requireOperable(read: Reader, vm: string): void {
  const { runtime, config } = read.get('VirtualMachine', vm)
  if (config?.template) throw fault('NotSupported', {})
  if (runtime.connectionState !== 'connected' || !config) throw fault('InvalidState', {})
}

/**
 * The host on which a VM may be powered on now. In the order of fact sheet E.5, with what the cluster as a whole lacks
 * before what a single host lacks (deviation 29): vetoes of other families, VM state, an active host, HA admission, pool admission, then
 * the host with its compatibility and capacity. Throws what PowerOnVM_Task declares.
 */
export function admitPowerOn(
  ctx: Context,
  self: ManagedObjectReference,
  wanted: ManagedObjectReference | undefined,
): ManagedObjectReference {
  const { tx } = ctx
  const vm = self.value
  if (tx.get('VirtualMachine', vm).config?.template) throw fault('NotSupported', {})
  guard(ctx, self, 'PowerOn', { host: wanted })
  requirePowerState(tx, vm, ['poweredOff', 'suspended'], 'poweredOn')
  const { config, runtime, resourcePool } = tx.get('VirtualMachine', vm)
  const owner = resourcePool && tx.find('ResourcePool', resourcePool.value)?.owner.value
  if (!config || !resourcePool || owner === undefined) throw fault('InvalidState', {})
  const drs = clusterConfig(tx, owner)
  const placed = drs !== undefined && drsBehaviorOf(drs, vm) !== undefined
  if (!placed && runtime.connectionState !== 'connected') throw fault('InvalidState', {})
  if (wanted && tx.find('HostSystem', wanted.value)?.parent?.value !== owner)
    throw fault('InvalidArgument', { invalidProperty: 'host' })
  if (placed) requireActiveHost(tx, owner)
  if (wanted) requireNoFailoverHost(tx, owner, wanted.value)
  else if (!placed && runtime.host) requireNoFailoverHost(tx, owner, runtime.host.value)
  const need = reservationOf(config)
  admitFailover(tx, owner, { vm, ...need })
  admitReservation(tx, resourcePool.value, need, vm)
  if (!wanted) return tx.ref(choosePowerOnHost(tx, vm, owner))
  const problem = hostProblem(tx, vm, wanted.value)
  if (problem) throw problem
  return wanted
}

/** True when DRS decides where the VM runs. */
export function isPlacedByDrs(read: Reader, vm: string): boolean {
  const pool = read.get('VirtualMachine', vm).resourcePool
  const owner = pool && read.find('ResourcePool', pool.value)?.owner.value
  const config = clusterConfig(read, owner)
  return config !== undefined && drsBehaviorOf(config, vm) !== undefined
}
