import type { Reader } from '#inventory/reader.js'
import type { VirtualMachineRuntimeInfo } from '#vim25/generated/types.js'
import { clusterConfig, clusterOfHost } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { emitHa } from './events.js'
import { isExcludedFromRestart } from './restart-exclusions.js'

/** Agents that watch over VMs. */
const WATCHING: ReadonlySet<string> = new Set(['master', 'connectedToMaster'])

/** Whether HA would restart a running VM: while its host's agent is at work. Undefined without HA. */
export function isProtected(
  read: Reader,
  { host, powerState }: Pick<VirtualMachineRuntimeInfo, 'host' | 'powerState'>,
): boolean | undefined {
  if (powerState !== 'poweredOn' || host === undefined) return undefined
  if (!clusterConfig(read, clusterOfHost(read, host.value))?.dasConfig.enabled) return undefined
  return WATCHING.has(read.find('HostSystem', host.value)?.runtime.dasHostState?.state ?? '')
}

/** Tells that HA looks after a VM that was just started (fact sheet E.6, deviation 52). Of a pair only the primary is told of. */
export function tellProtected(ctx: Context, vm: string): void {
  if (ctx.quiet || isExcludedFromRestart(ctx.tx, vm)) return
  if (isProtected(ctx.tx, ctx.tx.get('VirtualMachine', vm).runtime))
    emitHa(ctx, 'com.vmware.vc.HA.VmProtectedEvent', ctx.tx.ref(vm))
}

/** Tells that it does no more: somebody had the VM stopped. `before`: its runtime until now. */
export function tellUnprotected(ctx: Context, vm: string, before: VirtualMachineRuntimeInfo): void {
  if (ctx.quiet || isExcludedFromRestart(ctx.tx, vm)) return
  if (isProtected(ctx.tx, before)) emitHa(ctx, 'com.vmware.vc.HA.VmUnprotectedEvent', ctx.tx.ref(vm))
}
