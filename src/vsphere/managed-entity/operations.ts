import { fault } from '#vim25/fault.js'
import { operations } from '../core/behaviour.js'
import { rename } from './rename.js'

/** What every entity can be asked; types with more to do have methods of their own (Destroy_Task: each type). */
export const managedEntityOperations = operations('ManagedEntity', {
  Rename_Task: {
    run: (ctx, self, { newName }) => rename(ctx, self, newName),
  },

  Destroy_Task: {
    run() {
      throw fault('NotSupported', {})
    },
  },

  /** Everything is always read from the state itself. */
  Reload() {},
})
