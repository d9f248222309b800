import { derivation, inverse } from '#inventory/derivation.js'

const MANAGER = ['TaskManager']

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
    via: [{ type: 'Task', paths: ['info.key'], targets: () => MANAGER }],
    compute: (_manager, read) => ({
      recentTask: Object.freeze([...read.ids('Task')].map((id) => read.ref(id))),
    }),
  }),
]
