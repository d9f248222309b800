import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { hostsWith, vmsOn } from './networks.js'

export const networkOperations = operations('Network', {
  DestroyNetwork(ctx, self) {
    destroy(ctx, self)
  },

  Destroy_Task: {
    run(ctx, self) {
      destroy(ctx, self)
    },
  },

  /** A standard network is called as its port groups are: rename those. */
  Rename_Task: {
    before() {
      throw fault('NotSupported', {})
    },
    run() {},
  },
})

/** Only what no host and no VM has any more; ResourceInUse otherwise. A port group is removed on its hosts, or its switch. */
function destroy(ctx: Context, self: ManagedObjectReference): void {
  if (self.type !== 'Network') throw fault('NotSupported', {})
  if (hostsWith(ctx.tx, self.value).length > 0 || vmsOn(ctx.tx, self.value).length > 0)
    throw fault('ResourceInUse', { type: 'Network', name: ctx.tx.get('Network', self.value).name })
  ctx.tx.remove(self.value)
}
