import { type Family, projection } from '../core/behaviour.js'
import { taskDerivations } from './derive.js'
import { taskDescription } from './description.js'
import { taskManagerOperations, taskOperations } from './operations.js'
import { beginTask, retireOldTasks } from './task.js'

export const taskFamily: Family = {
  name: 'task',
  operations: [taskManagerOperations, taskOperations],
  derivations: taskDerivations,
  projections: [projection('TaskManager', 'description', taskDescription)],
  work: {
    'task.start': (ctx, { task }) => beginTask(ctx, String(task)),
    'task.retire': retireOldTasks,
  },
}
