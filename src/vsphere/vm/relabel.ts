import { patch } from '#vim25/data.js'
import type { VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { treeSnapshots } from './snapshot-tree.js'

/** A datastore has another name: the paths of the VMs on it say so, in their snapshots too. */
export function relabelVms(ctx: Context, vms: readonly string[], oldName: string, newName: string): void {
  const { tx } = ctx
  const [from, to] = [`[${oldName}]`, `[${newName}]`]
  for (const vm of vms) {
    const { config, snapshot } = tx.get('VirtualMachine', vm)
    if (config) tx.set('VirtualMachine', vm, { config: relabelled(config, from, to) })
    for (const { snapshot: ref } of treeSnapshots(snapshot))
      tx.update('VirtualMachineSnapshot', ref.value, (saved) => ({
        config: relabelled(saved.config, from, to),
      }))
  }
}

/** Pure: the configuration with `to` for `from` in front of every path. */
export function relabelled(
  config: VirtualMachineConfigInfo,
  from: string,
  to: string,
): VirtualMachineConfigInfo {
  return patch(config, {
    files: replaced(config.files, from, to),
    hardware: patch(config.hardware, { device: replaced(config.hardware.device, from, to) }),
  })
}

/** What does not change stays the same object. */
function replaced<T>(value: T, from: string, to: string): T {
  if (typeof value === 'string')
    return (value === from || value.startsWith(`${from} `) ? to + value.slice(from.length) : value) as T
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => replaced(item, from, to))
    return items.some((item, at) => item !== value[at]) ? (Object.freeze(items) as T) : value
  }
  const entries = Object.entries(value).map(([name, member]) => [name, replaced(member, from, to)] as const)
  return entries.some(([name, member]) => member !== value[name as keyof T])
    ? (Object.freeze(Object.fromEntries(entries)) as T)
    : value
}
