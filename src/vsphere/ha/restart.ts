import type { Reader } from '#inventory/reader.js'
import { localized, VimFault } from '#vim25/fault.js'
import type { ClusterConfigInfoEx } from '#vim25/generated/types.js'
import { clusterConfig, clusterOfHost, clusterOfVm, haEnabled, runningOn } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { candidatesFor } from '../drs/candidates.js'
import { noCompatibleHost } from '../drs/placement.js'
import { emit } from '../event/emit.js'
import { setPoweredOff, setPoweredOn } from '../vm/power.js'
import { emitHa } from './events.js'
import { haPending, haPendingId } from './records.js'
import { isExcludedFromRestart } from './restart-exclusions.js'
import { failoverHostsOf } from './state.js'

/** Restart priorities, the first to be restarted first. */
const ORDER = ['highest', 'high', 'medium', 'low', 'lowest'] as const

/** Pure: the restart priority of a VM: its override, else the cluster's (fact sheet E.1). */
export function restartPriority(config: ClusterConfigInfoEx, vm: string): string {
  const cluster = config.dasConfig.defaultVmSettings?.restartPriority ?? 'medium'
  const override = config.dasVmConfig?.find(({ key }) => key.value === vm)
  const own = override?.dasSettings?.restartPriority ?? override?.restartPriority
  return own === undefined || own === 'clusterRestartPriority' ? cluster : own
}

/** Pure: what an isolated host does with a VM: none, powerOff or shutdown. */
export function isolationResponse(config: ClusterConfigInfoEx, vm: string): string {
  const cluster = config.dasConfig.defaultVmSettings?.isolationResponse ?? 'none'
  const override = config.dasVmConfig?.find(({ key }) => key.value === vm)
  const own =
    override?.dasSettings?.isolationResponse ??
    (override?.powerOffOnIsolation === undefined
      ? undefined
      : override.powerOffOnIsolation
        ? 'powerOff'
        : 'none')
  return own === undefined || own === 'clusterIsolationResponse' ? cluster : own
}

/** Pure: VMs in the order of their restart; those that are not restarted are left out. */
export function restartOrder(config: ClusterConfigInfoEx, vms: readonly string[]): readonly string[] {
  return ORDER.flatMap((priority) => vms.filter((vm) => restartPriority(config, vm) === priority))
}

/** `ha.restart`: the VMs of a failed host, or those that an isolated one has given up, start on the others. */
export function restartVms(ctx: Context, cluster: string, host: string, isolated: boolean): void {
  const config = clusterConfig(ctx.tx, cluster)
  if (
    !config?.dasConfig.enabled ||
    ctx.tx.find('HostSystem', host)?.runtime.connectionState !== 'notResponding'
  )
    return
  const vms = runningOn(ctx.tx, host).filter(
    (vm) => !isExcludedFromRestart(ctx.tx, vm) && (!isolated || isolationResponse(config, vm) !== 'none'),
  )
  for (const vm of restartOrder(config, vms)) restart(ctx, cluster, vm)
}

/**
 * `host.vmsLost`: the host was back before it was declared failed, but its VMs ended with its boot: they start again, there
 * or elsewhere. Those that HA has restarted meanwhile are on their new hosts already.
 */
export function restartLost(ctx: Context, host: string, vms: readonly string[]): void {
  const cluster = clusterOfHost(ctx.tx, host)
  const config = clusterConfig(ctx.tx, cluster)
  if (cluster === undefined || !config?.dasConfig.enabled) return
  if ((config.dasConfig.hostMonitoring ?? 'enabled') !== 'enabled') return
  const lost = vms.filter((vm) => stillWanted(ctx.tx, cluster, vm))
  for (const vm of restartOrder(config, lost)) restart(ctx, cluster, vm)
}

/** `ha.restartPending`: another try for what could not be restarted when its host failed. */
export function restartPending(ctx: Context, cluster: string): void {
  const config = clusterConfig(ctx.tx, cluster)
  const waiting = [...ctx.tx.ids(haPending)]
    .map((id) => ctx.tx.get(haPending, id))
    .filter((pending) => pending.cluster === cluster)
    .map((pending) => pending.vm)
  for (const vm of waiting) if (!stillWanted(ctx.tx, cluster, vm)) ctx.tx.remove(haPendingId(vm))
  if (!config) return
  for (const vm of restartOrder(config, waiting))
    if (ctx.tx.find(haPending, haPendingId(vm))) restart(ctx, cluster, vm)
}

/** A VM that somebody has started, moved or removed meanwhile is not HA's any more. */
function stillWanted(read: Reader, cluster: string, vm: string): boolean {
  const value = read.find('VirtualMachine', vm)
  return (
    value?.config !== undefined &&
    haEnabled(read, cluster) &&
    clusterOfVm(read, vm) === cluster &&
    !isExcludedFromRestart(read, vm) &&
    (value.runtime.powerState === 'poweredOff' || value.runtime.connectionState !== 'connected')
  )
}

function restart(ctx: Context, cluster: string, vm: string): void {
  const { tx } = ctx
  const self = tx.ref(vm)
  const from = tx.get('VirtualMachine', vm).runtime.host?.value
  const host = restartHost(tx, cluster, vm, from)
  const pending = haPendingId(vm)
  if (host instanceof VimFault) {
    if (tx.find(haPending, pending)) return
    tx.create(haPending, pending, { vm, cluster })
    emit(ctx, 'NotEnoughResourcesToStartVmEvent', { entity: self, reason: host.message })
    emit(ctx, 'VmFailoverFailed', { entity: self, reason: localized(host) })
    return
  }
  if (tx.find(haPending, pending)) tx.remove(pending)
  if (tx.get('VirtualMachine', vm).runtime.powerState !== 'poweredOff')
    setPoweredOff(ctx, vm, { event: false })
  setPoweredOn(ctx, vm, tx.ref(host))
  emitHa(ctx, 'com.vmware.vc.ha.VmRestartedByHAEvent', self, {
    arguments: { hostname: tx.get('HostSystem', host).name },
  })
}

/** The host for a restart: a dedicated failover host if there is one, else the freest; or why there is none. */
function restartHost(read: Reader, cluster: string, vm: string, from: string | undefined): string | VimFault {
  const reserved = failoverHostsOf(clusterConfig(read, cluster))
  const exclude = from !== undefined && !isUp(read, from) ? [from] : []
  const candidates = candidatesFor(read, vm, cluster, exclude, { failover: true })
  const best = candidates.hosts.find(({ host }) => reserved.includes(host)) ?? candidates.hosts[0]
  return best ? best.host : noCompatibleHost(read, candidates)
}

const isUp = (read: Reader, host: string) =>
  read.find('HostSystem', host)?.runtime.connectionState === 'connected'
