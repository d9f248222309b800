import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { vmGone } from '#world/nested.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { destroyFiles, writeVmx } from './files.js'
import { powerHooks } from './power-hooks.js'
import { treeSnapshots } from './snapshot-tree.js'

/** A VM leaves the inventory; its files stay, and its vmx keeps what registering it again needs. */
export function unregisterVm(ctx: Context, self: ManagedObjectReference): void {
  writeVmx(ctx, self.value)
  remove(ctx, self)
}

/** A VM goes for good, with its files. The caller has made sure that it does not run. */
export function destroyVm(ctx: Context, self: ManagedObjectReference): void {
  destroyFiles(ctx, self.value)
  remove(ctx, self)
}

function remove(ctx: Context, self: ManagedObjectReference): void {
  const { tx } = ctx
  for (const hook of powerHooks) hook.removed(ctx, self.value)
  const { config, snapshot } = tx.get('VirtualMachine', self.value)
  emit(ctx, 'VmRemovedEvent', { entity: self, template: config?.template ?? false })
  for (const { snapshot: ref } of treeSnapshots(snapshot)) if (tx.entity(ref.value)) tx.remove(ref.value)
  vmGone(ctx, self.value)
  tx.remove(self.value)
}
