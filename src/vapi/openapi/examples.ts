import { VapiError } from '../error.js'
import { decode } from '../json/decode.js'
import { httpInput } from '../json/http-input.js'
import { createProblems } from '../json/problems.js'
import type { Operation } from '../types.js'
import type { Example, OperationOverlay } from './overlay.js'
import { errorBody, errorsByStatus, errorType } from './responses.js'

const DIALECT = { maps: 'object' } as const

/** An overlay without the example where a release does not know everything in it. */
export function fitting(
  operation: Operation,
  overlay: OperationOverlay | undefined,
  release: number,
): OperationOverlay | undefined {
  if (!overlay?.example || exampleProblems(operation, overlay.example, release).length === 0) return overlay
  const { example: _example, ...others } = overlay
  return others
}

/** What is wrong with an example, each with where; empty when a client could send it and would understand the answer. */
export function exampleProblems(operation: Operation, example: Example, release: number): readonly string[] {
  return [...requestProblems(operation, example, release), ...responseProblems(operation, example, release)]
}

function requestProblems(operation: Operation, example: Example, release: number): readonly string[] {
  const { rest } = operation
  if (!rest || (example.parameters === undefined && example.request === undefined)) return []
  const given = new Map(Object.entries(example.parameters ?? {}))
  const take = (name: string): unknown => {
    const value = given.get(name)
    given.delete(name)
    return value
  }
  const variables = Object.fromEntries(rest.pathVariables.map((name) => [name, String(take(name) ?? '')]))
  const headers = new Map(rest.headers.map(({ name }) => [name, take(name)]))
  const query = new URLSearchParams()
  for (const { name } of rest.query) {
    const value = take(name)
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value])
      query.append(name, String(each))
  }
  const missing = rest.pathVariables.filter((name) => variables[name] === '')
  const header = (name: string) => {
    const value = headers.get(name)
    return value === undefined ? undefined : String(value)
  }
  return [
    ...missing.map((name) => `the path variable ${name} has no example`),
    ...[...given.keys()].map((name) => `there is no parameter ${name}`),
    ...problemsOf('request', () =>
      httpInput(operation, rest, { variables, query, header, body: example.request }, release, DIALECT),
    ),
  ]
}

function responseProblems({ output }: Operation, { response }: Example, release: number): readonly string[] {
  if (response === undefined) return []
  if (output.kind === 'void') return ['response: the operation answers nothing']
  return problemsOf('response', () => {
    const problems = createProblems()
    decode(output, response, 'response', { release, dialect: DIALECT, problems })
    problems.check()
  })
}

/** What is wrong with the errors that an overlay shows. */
export function errorProblems(
  operation: Operation,
  overlay: OperationOverlay,
  release: number,
): readonly string[] {
  const declared = [...errorsByStatus(operation, true).values()].flat()
  return Object.entries(overlay.errors ?? {}).flatMap(([type, body]) => {
    const name = declared.find((each) => errorType(each) === type)
    if (name === undefined) return [`the operation does not answer ${type}`]
    return problemsOf(type, () => {
      const problems = createProblems()
      const to = { release, dialect: DIALECT, problems } as const
      decode({ kind: 'structure', name }, errorBody(type, body), type, to)
      problems.check()
    })
  })
}

function problemsOf(where: string, check: () => unknown): readonly string[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof VapiError)
      return error.messages.map(({ default_message }) => `${where}: ${default_message}`)
    throw error
  }
}
