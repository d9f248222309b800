import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import { clusterConfig, drsBehaviorOf } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { candidatesFor } from '../drs/candidates.js'
import { emit } from '../event/emit.js'
import { changeHost } from '../vm/relocate.js'
import { vmsOn } from './status.js'

/**
 * Empties a host for maintenance. DRS on fully automated moves the running VMs (FT halves too, never onto each other) and,
 * if asked, re-registers the others elsewhere. Throws Timedout at once when a running VM has to stay: the real thing waits
 * for somebody to move it or power it off, and gives up after the timeout (deviation 35).
 */
export function evacuate(ctx: Context, host: string, poweredOffToo: boolean): void {
  const { tx } = ctx
  const cluster = tx.get('HostSystem', host).parent?.value
  const config = clusterConfig(tx, cluster)
  for (const vm of vmsOn(tx, host)) {
    const running = tx.get('VirtualMachine', vm).runtime.powerState === 'poweredOn'
    if (!running && !poweredOffToo) continue
    const automated = config && drsBehaviorOf(config, vm) === 'fullyAutomated'
    const target = automated && cluster ? candidatesFor(tx, vm, cluster, [host]).hosts[0]?.host : undefined
    if (target !== undefined) migrate(ctx, vm, target)
    else if (running) throw fault('Timedout', {})
  }
}

/** DRS moves a VM to another host of its cluster. */
export function migrate(ctx: Context, vm: string, target: string): void {
  const { tx } = ctx
  const { runtime } = tx.get('VirtualMachine', vm)
  const source = runtime.host
  if (!source) return
  changeHost(ctx, vm, tx.ref(target))
  const { name } = tx.get('HostSystem', source.value)
  emit(ctx, 'DrsVmMigratedEvent', {
    entity: tx.ref(vm),
    template: false,
    sourceHost: data('HostEventArgument', { name, host: source }),
  })
}
