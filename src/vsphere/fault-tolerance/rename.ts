import type { Context } from '../core/context.js'
import { groupOf } from './group.js'

/** The halves of a pair have one name (fact sheet A.6): a primary with another one takes its secondary along (deviation 51). */
export function followRename(ctx: Context, vm: string): void {
  const pair = groupOf(ctx.tx, vm)
  if (pair?.primary !== vm) return
  const { name } = ctx.tx.get('VirtualMachine', vm)
  if (ctx.tx.get('VirtualMachine', pair.secondary.vm).name !== name)
    ctx.tx.set('VirtualMachine', pair.secondary.vm, { name })
}
