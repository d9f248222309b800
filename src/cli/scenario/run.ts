import { fill, fillText, type Kept, mismatch, show } from './match.js'
import type { Expectation, Scenario, Step } from './scenario.js'

/** An answer of the server; `body` is parsed where it is JSON. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** How a scenario talks: to a real server, whatever carries the request. */
export interface Wire {
  request(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer>
}

/** Told of everything that happens, for those who look on. */
export interface Watcher {
  title?(text: string): void
  say?(text: string): void
  exchange?(method: string, path: string, body: unknown, answer: Answer): void
}

/** Releases of the VI JSON paths, by the vCenter that `serve --vsphere` asks for. */
const RELEASES: Readonly<Record<string, string>> = {
  '6.0': '6.0',
  '6.5': '6.5',
  '6.7': '6.7',
  '7.0.3': '7.0.3.0',
  '8.0.3': '8.0.3.0',
}
const LOGIN = { userName: 'administrator@vsphere.local', password: 'VMware1!' }

/** Runs a scenario, logged in; throws an Error that names the line at the first thing that is not as it says. */
export async function runScenario(scenario: Scenario, wire: Wire, watcher: Watcher = {}): Promise<void> {
  const { options, steps } = scenario
  const vsphere = options.includes('--vsphere') ? options[options.indexOf('--vsphere') + 1] : undefined
  const release = `/sdk/vim25/${RELEASES[vsphere ?? '8.0.3'] ?? vsphere}`
  const kept: Kept = new Map()
  const login = await wire.request('POST', `${release}/SessionManager/SessionManager/Login`, LOGIN, {})
  const headers = { 'vmware-api-session-id': login.headers['vmware-api-session-id'] ?? '' }
  const talk: Talk = { wire, kept, headers, release, watcher, seenEvent: 0 }
  talk.seenEvent = await lastEvent(talk)
  for (const step of steps)
    try {
      await runStep(talk, step)
    } catch (error) {
      throw new Error(`line ${step.line}: ${(error as Error).message}`, { cause: error })
    }
}

interface Talk {
  readonly wire: Wire
  readonly kept: Kept
  readonly headers: Readonly<Record<string, string>>
  readonly release: string
  readonly watcher: Watcher
  seenEvent: number
}

async function runStep(talk: Talk, step: Step): Promise<void> {
  switch (step.kind) {
    case 'title':
      return talk.watcher.title?.(step.text)
    case 'say':
      return talk.watcher.say?.(step.text)
    case 'find':
      talk.kept.set(step.name, await findObject(talk, step.type, step.object))
      return
    case 'events':
      return expectEvents(talk, step.types)
    case 'request':
      return exchange(talk, step)
  }
}

async function exchange(talk: Talk, step: Extract<Step, { kind: 'request' }>): Promise<void> {
  const path = pathOf(talk, step.path)
  const body = fill(step.body, talk.kept)
  const answer = await talk.wire.request(step.method, path, body, talk.headers)
  talk.watcher.exchange?.(step.method, path, body, answer)
  const { expect } = step
  if (!expect) {
    if (answer.status >= 400)
      throw new Error(`${step.method} ${path} was answered ${answer.status}: ${show(answer.body)}`)
    return
  }
  if (answer.status !== expect.status)
    throw new Error(
      `${step.method} ${path} was answered ${answer.status}, not ${expect.status}: ${show(answer.body)}`,
    )
  if (expect.task) return expectTask(talk, answer, expect)
  const wrong = mismatch(withFault(expect), answer.body, talk.kept)
  if (wrong) throw new Error(wrong)
}

function withFault({ fault, shape }: Expectation): unknown {
  return fault === undefined ? shape : { _typeName: fault, ...((shape ?? {}) as object) }
}

/** With the instant pace a task is over when its reference is answered: its info says how. */
async function expectTask(talk: Talk, answer: Answer, expect: Expectation): Promise<void> {
  const task = answer.body as { value?: string; type?: string }
  if (task?.type !== 'Task') throw new Error(`the answer is no task: ${show(answer.body)}`)
  const path = `${talk.release}/Task/${task.value}/info`
  const { body } = await talk.wire.request('GET', path, undefined, talk.headers)
  talk.watcher.exchange?.('GET', path, undefined, { status: 200, body, headers: {} })
  const info = body as { state?: string; error?: { fault?: unknown; localizedMessage?: string } }
  if (info.state !== expect.task)
    throw new Error(`the task is ${info.state}, not ${expect.task}: ${show(info.error ?? info)}`)
  const shape = expect.task === 'error' ? { error: { fault: { _typeName: expect.fault } } } : {}
  const wrong =
    mismatch(shape, info, talk.kept, 'task') ?? mismatch(expect.shape ?? {}, info, talk.kept, 'task')
  if (wrong) throw new Error(wrong)
}

const pathOf = (talk: Talk, path: string) => {
  const filled = fillText(path, talk.kept)
  return filled.startsWith('/') ? filled : `${talk.release}/${filled}`
}

async function invoke(talk: Talk, path: string, body: unknown): Promise<unknown> {
  const answer = await talk.wire.request('POST', `${talk.release}/${path}`, body, talk.headers)
  if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${show(answer.body)}`)
  return answer.body
}

async function findObject(talk: Talk, type: string, name: string): Promise<unknown> {
  const view = (await invoke(talk, 'ViewManager/ViewManager/CreateContainerView', {
    container: { _typeName: 'ManagedObjectReference', value: 'group-d1', type: 'Folder' },
    type: [type],
    recursive: true,
  })) as { value: string }
  const through = { _typeName: 'TraversalSpec', type: 'ContainerView', path: 'view', skip: false }
  const result = (await invoke(talk, 'PropertyCollector/propertyCollector/RetrieveProperties', {
    specSet: [
      {
        _typeName: 'PropertyFilterSpec',
        propSet: [{ _typeName: 'PropertySpec', type, pathSet: ['name'] }],
        objectSet: [{ _typeName: 'ObjectSpec', obj: view, skip: true, selectSet: [through] }],
      },
    ],
  })) as { obj: unknown; propSet: { val: { _value: string } }[] }[] | undefined
  const wanted = fillText(name, talk.kept)
  const found = (result ?? []).find(({ propSet }) => propSet[0]?.val._value === wanted)
  if (!found) throw new Error(`There is no ${type} '${wanted}'.`)
  return found.obj
}

async function readEvents(talk: Talk): Promise<readonly { key: number; _typeName: string }[]> {
  const body = await invoke(talk, 'EventManager/EventManager/QueryEvents', {
    filter: { _typeName: 'EventFilterSpec' },
  })
  return (body ?? []) as { key: number; _typeName: string }[]
}

async function lastEvent(talk: Talk): Promise<number> {
  return Math.max(0, ...(await readEvents(talk)).map(({ key }) => key))
}

async function expectEvents(talk: Talk, types: readonly string[]): Promise<void> {
  const fresh = (await readEvents(talk)).filter(({ key }) => key > talk.seenEvent)
  talk.seenEvent = Math.max(talk.seenEvent, ...fresh.map(({ key }) => key))
  const names = fresh.map(({ _typeName }) => _typeName)
  let from = 0
  for (const type of types) {
    const at = names.indexOf(type, from)
    if (at < 0)
      throw new Error(
        `${type} did not happen (after ${names.slice(0, from).join(', ') || 'nothing'}); what happened: ${names.join(', ')}`,
      )
    from = at + 1
  }
}
