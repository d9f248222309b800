import { words } from '#text/line-index.js'
import { restBinding } from './rest-binding.js'
import {
  errorName,
  fullName,
  INDEX,
  line,
  type OperationLine,
  operationLines,
  PREFIX,
  parseField,
  parseHistory,
  parseType,
  parseUnion,
} from './schema-text.js'
import type { Enumeration, Field, Operation, OperationPrivilege, Service, Structure, Union } from './types.js'

export type * from './types.js'

/** Public release numbers of the API, oldest first; every `since` is an index into it. */
export const RELEASES: readonly string[] = INDEX.releases

/** Remembers what `make` makes of a name; an unknown name is not remembered, clients may send any. */
function lazily<T>(make: (name: string) => T | undefined): (name: string) => T | undefined {
  const known = new Map<string, T>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const made = make(name)
    if (made !== undefined) known.set(name, made)
    return made
  }
}

const mapByName = <T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.name, item]))

const fields = (text: string | undefined, owner: number): readonly Field[] =>
  words(text).map((field) => parseField(field, owner))

const plain = (name: string, since: number, own: readonly Field[], unions: readonly Union[]) => ({
  name,
  since,
  fields: own,
  byName: mapByName(own),
  unions,
})

/** A structure or an error by canonical name; undefined for an unknown name. */
export const structure: (name: string) => Structure | undefined = lazily((name) => {
  const row = line('structure', name)
  if (!row) return undefined
  const history = parseHistory(row[2], 0)
  const [kind, ...keys] = words(row[3])
  return {
    ...plain(name, history.since, fields(row[4], history.since), words(row[5]).map(parseUnion)),
    ...history,
    isError: kind === 'e',
    isModel: kind === 'm',
    modelKeys: keys,
  }
})

/** An enumeration by canonical name; undefined for an unknown name. */
export const enumeration: (name: string) => Enumeration | undefined = lazily((name) => {
  const row = line('enumeration', name)
  if (!row) return undefined
  const history = parseHistory(row[2], 0)
  const values = words(row[3]).map((text) => {
    const [, value = '', since] = /^(\w+)(.*)$/.exec(text) ?? []
    return { name: value, ...parseHistory(since, history.since) }
  })
  return { name, ...history, values, byName: mapByName(values) }
})

function parsePrivilege(text: string): OperationPrivilege {
  const [, privilege = '', resource, by] = /^([\w.]+)(?:\(([^:]+)(?::(.+))?\))?$/.exec(text) ?? []
  return {
    privilege,
    ...(resource === undefined ? {} : { resource: fullName(resource) }),
    ...(by === undefined ? {} : { by: fullName(by) }),
  }
}

/** Makes a value when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Only the names are read at once: whoever asks for all operations calls few. */
function parseOperation({ head, columns }: OperationLine, service: string, owner: number): Operation {
  const [, id = '', since] = head
  const history = parseHistory(since, owner)
  const whole = once(() => {
    const [, , , style, definition, query, headers, body, parameters, output, result, errors, privileges] =
      columns()
    const own = fields(parameters, history.since)
    const input = plain('operation-input', history.since, own, [])
    const names = { service: service.slice(PREFIX.length), operation: id }
    return {
      input: { ...input, isError: false, isModel: false, modelKeys: [] },
      output: parseType(output || 'void'),
      taskResult: result ? parseType(result) : undefined,
      errors: words(errors).map(errorName),
      privileges: words(privileges).map(parsePrivilege),
      rest: restBinding([style, definition, query, headers, body], names, own, structure),
    }
  })
  return {
    service,
    id,
    ...history,
    get input() {
      return whole().input
    },
    get output() {
      return whole().output
    },
    get taskResult() {
      return whole().taskResult
    },
    get errors() {
      return whole().errors
    },
    get privileges() {
      return whole().privileges
    },
    get rest() {
      return whole().rest
    },
  }
}

/** A service by id; undefined for an unknown one. */
export const service: (id: string) => Service | undefined = lazily((id) => {
  const row = line('service', id)
  if (!row) return undefined
  const history = parseHistory(row[2], 0)
  const operations = operationLines(id).map((text) => parseOperation(text, id, history.since))
  return { id, ...history, operations: new Map(operations.map((each) => [each.id, each])) }
})

/** An operation by the ids that JSON-RPC uses (`com.vmware.vcenter.VM`, `list`); undefined for an unknown one. */
export const operation = (serviceId: string, operationId: string): Operation | undefined =>
  service(serviceId)?.operations.get(operationId)

/** Every operation, by service id, in the order of the definitions. */
export function* operations(): Generator<Operation> {
  for (const id of serviceIds) yield* service(id)?.operations.values() ?? []
}

export const serviceIds: readonly string[] = [...INDEX.starts.service.keys()]
export const structureNames: readonly string[] = [...INDEX.starts.structure.keys()]
export const enumerationNames: readonly string[] = [...INDEX.starts.enumeration.keys()]
