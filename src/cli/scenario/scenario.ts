import { parse as parseYaml } from 'yaml'

/**
 * A scenario: a plain-text conversation with the server, read by people first. Blocks are separated by blank lines:
 *
 *     # what is going on, in words                        a comment
 *     ## Step 1: a title                                   a title, shown by `fauxsphere lab`
 *     serve --seed physical-lab                           how the server is started; once, first
 *     kept = VirtualMachine/vesxi-01                       a name for an object, found by its type and name
 *     POST VirtualMachine/${vm}/PowerOnVM_Task             a request: VI JSON paths are relative, others begin with /
 *     { host: $host }                                      its body: YAML (flow style looks like JSON)
 *     => 200                                               what is expected: a status, `task success` or
 *     { state: success, result: $result }                  `task error TYPE`; then members that the answer must have
 *     => events                                            what happened since it was asked last:
 *     [VmStartingEvent, VmPoweredOnEvent]                  these types, in this order, others may be between
 *
 * `$name` as a whole value in an expectation keeps what is there; `${name}` in a path and `$name` in a body put it back.
 */
export interface Scenario {
  /** Options of `fauxsphere serve`. */
  readonly options: readonly string[]
  readonly steps: readonly Step[]
}

export type Step =
  | { readonly kind: 'title'; readonly line: number; readonly text: string }
  | { readonly kind: 'say'; readonly line: number; readonly text: string }
  | {
      readonly kind: 'find'
      readonly line: number
      readonly name: string
      readonly type: string
      readonly object: string
    }
  | {
      readonly kind: 'request'
      readonly line: number
      readonly method: string
      readonly path: string
      readonly body: unknown
      readonly expect: Expectation | undefined
    }
  | { readonly kind: 'events'; readonly line: number; readonly types: readonly string[] }

export interface Expectation {
  /** HTTP status; for `task` the one of the call that starts it. */
  readonly status: number
  readonly task: 'success' | 'error' | undefined
  /** The fault type of an error. */
  readonly fault: string | undefined
  /** What the answer (for a task its info) must have at least; undefined: nothing in particular. */
  readonly shape: unknown
}

/** A scenario that cannot be read. */
export class ScenarioMistake extends Error {
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.name = 'ScenarioMistake'
  }
}

const REQUEST = /^(GET|POST|PUT|PATCH|DELETE) (\S+)$/
const EXPECT = /^=> (?:(\d{3})(?: (\w+))?|task success|task error (\w+))$/

export function parseScenario(text: string): Scenario {
  const lines = text.split('\n')
  const steps: Step[] = []
  let options: readonly string[] = []
  let at = 0

  /** The lines up to the next blank one or the next `=>`, as YAML. */
  const block = (): unknown => {
    const from = at
    while (at < lines.length && lines[at]?.trim() !== '' && !lines[at]?.startsWith('=>')) at++
    const body = lines.slice(from, at).join('\n')
    try {
      return body.trim() === '' ? undefined : parseYaml(body)
    } catch (error) {
      throw new ScenarioMistake(from + 1, `this is not YAML: ${(error as Error).message.split('\n')[0]}`)
    }
  }

  while (at < lines.length) {
    const line = lines[at]?.trimEnd() ?? ''
    const number = ++at
    if (line === '') continue
    const request = REQUEST.exec(line)
    const found = /^(\w+) = (\w+)\/(.+)$/.exec(line)
    if (line.startsWith('## ')) steps.push({ kind: 'title', line: number, text: line.slice(3) })
    else if (line.startsWith('#')) steps.push({ kind: 'say', line: number, text: line.slice(1).trim() })
    else if (line.startsWith('serve')) options = line.split(/\s+/).slice(1)
    else if (found)
      steps.push({
        kind: 'find',
        line: number,
        name: found[1] ?? '',
        type: found[2] ?? '',
        object: found[3] ?? '',
      })
    else if (line === '=> events')
      steps.push({ kind: 'events', line: number, types: (block() ?? []) as string[] })
    else if (request) {
      const body = block()
      const expect =
        lines[at]?.startsWith('=>') && lines[at]?.trim() !== '=> events'
          ? expectation(lines[at++] ?? '', at, block)
          : undefined
      steps.push({
        kind: 'request',
        line: number,
        method: request[1] ?? '',
        path: request[2] ?? '',
        body,
        expect,
      })
    } else
      throw new ScenarioMistake(
        number,
        `'${line}' is neither a request nor anything else that a scenario says.`,
      )
  }
  return { options, steps }
}

function expectation(line: string, number: number, block: () => unknown): Expectation {
  const match = EXPECT.exec(line.trim())
  if (!match)
    throw new ScenarioMistake(
      number,
      `'${line}' is not an expectation: => STATUS, => STATUS FAULT, => task success or => task error FAULT.`,
    )
  const shape = block()
  if (match[1] !== undefined) return { status: Number(match[1]), task: undefined, fault: match[2], shape }
  return { status: 200, task: match[3] === undefined ? 'success' : 'error', fault: match[3], shape }
}
