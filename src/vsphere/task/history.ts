import type { List } from 'immutable'
import type { Reader } from '#inventory/reader.js'
import type { TaskInfo } from '#vim25/generated/types.js'

/** Tasks are numbered as they are made: `task-17`. */
export const taskNumber = ({ key }: TaskInfo): number => Number(key.slice(key.lastIndexOf('-') + 1))

const sorted = new WeakMap<List<TaskInfo>, readonly TaskInfo[]>()

/** All tasks that the world remembers, the running ones and the finished, in order of creation. */
export function taskInfos(read: Reader): readonly TaskInfo[] {
  const history = read.taskHistory()
  let past = sorted.get(history)
  if (!past) {
    // They are kept in the order of their ends.
    past = inOrder(history.toArray())
    sorted.set(history, past)
  }
  const present = Array.from(read.ids('Task'), (id) => read.get('Task', id).info)
  return inOrder([...past, ...present])
}

function inOrder(infos: readonly TaskInfo[]): readonly TaskInfo[] {
  const numbered = infos.map((info) => ({ info, number: taskNumber(info) }))
  const isSorted = numbered.every(({ number }, at) => at === 0 || number > (numbered[at - 1]?.number ?? 0))
  return isSorted ? infos : numbered.sort((a, b) => a.number - b.number).map(({ info }) => info)
}
