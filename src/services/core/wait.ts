import { vapiError } from '#vapi/error.js'
import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'

/**
 * What a task ends with: TaskInfo.result, or its fault thrown. The work itself is carried by the state; only the client's
 * connection waits here, and is let go when the client leaves (`signal`).
 */
export async function resultOf(
  sandbox: Sandbox,
  task: ManagedObjectReference,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const info = ended(sandbox, task) ?? (await end(sandbox, task, signal))
  if (!info.error) return info.result
  throw new VimFault(info.error.fault, info.error.localizedMessage ?? '')
}

function end(
  sandbox: Sandbox,
  task: ManagedObjectReference,
  signal: AbortSignal | undefined,
): Promise<TaskInfo> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      unsubscribe()
      signal?.removeEventListener('abort', leave)
    }
    const leave = () => {
      stop()
      reject(vapiError('CANCELED', 'com.vmware.vapi.endpoint.canceled', 'The client has left.'))
    }
    const unsubscribe = sandbox.inventory.subscribe(() => {
      try {
        const info = ended(sandbox, task)
        if (!info) return
        stop()
        resolve(info)
      } catch (error) {
        stop()
        reject(error)
      }
    })
    if (signal?.aborted) leave()
    signal?.addEventListener('abort', leave)
  })
}

/** A task's info once it has ended; undefined while it goes on. Throws for a task that is no more. */
function ended(sandbox: Sandbox, task: ManagedObjectReference): TaskInfo | undefined {
  const { read } = sandbox.inventory
  const info =
    read.find('Task', task.value)?.info ?? read.taskHistory().findLast((past) => past.key === task.value)
  if (!info)
    throw vapiError(
      'ERROR',
      'com.vmware.api.vcenter.error',
      "The state was replaced while task '{0}' ran; it is no more.",
      [task.value],
    )
  return info.state === 'success' || info.state === 'error' ? info : undefined
}
