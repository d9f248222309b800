import { derivation, inverse } from '#inventory/derivation.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'

export const taskDerivations = [
  inverse({
    name: 'ManagedEntity.recentTask',
    from: 'Task',
    path: 'info.entity',
    to: ['ManagedEntity'],
    property: 'recentTask',
  }),
  /** Every Task object is a recent one: it goes when it is not (see retireTask). */
  derivation({
    name: 'TaskManager.recentTask',
    type: 'TaskManager',
    outputs: ['recentTask'],
    via: [{ type: 'Task', paths: ['info.key'], targets: (_task, read) => read.ids('TaskManager') }],
    compute: ({ recentTask = [] }: { readonly recentTask?: readonly ManagedObjectReference[] }, read) => {
      // Most were there before, in the same order: to look up two hundred references takes longer than many a task.
      let at = 0
      const refOf = (id: string) => {
        while (at < recentTask.length && recentTask[at]?.value !== id) at++
        return recentTask[at++] ?? read.ref(id)
      }
      return { recentTask: Object.freeze(Array.from(read.ids('Task'), refOf)) }
    },
  }),
]
