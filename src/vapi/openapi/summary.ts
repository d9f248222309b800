import type { Operation } from '../types.js'

const VERBS: Readonly<Record<string, string>> = {
  get: 'Read',
  list: 'List',
  create: 'Create',
  update: 'Change',
  set: 'Set',
  delete: 'Delete',
  add: 'Add',
  remove: 'Remove',
}

const words = (name: string) => name.replaceAll('_', ' ').replace(/(?<=[a-z])(?=[A-Z])/g, ' ')

/** What can be said of an operation that nobody has described: its action and what its service is about. */
export function plainSummary({ service, id }: Operation): string {
  const isTask = id.endsWith('$task')
  const name = id.replace('$task', '')
  const [, ...about] = service.split('.').slice(2)
  const what = words((about.length > 0 ? about : [service.split('.').at(-1) ?? '']).join(' '))
  const verb = VERBS[name]
  const action = words(name)
  const text = verb ? `${verb} ${what}` : `${action.charAt(0).toUpperCase()}${action.slice(1)}: ${what}`
  return isTask ? `${text}, as a task` : text
}
