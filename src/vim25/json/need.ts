import { dataType, enumType, managedType } from '../schema.js'
import { boxContent } from './type-info.js'

/**
 * The oldest release (index into VERSIONS) that has everything in a value: its types, the members that are set, enum
 * values, types of references. A client that speaks this release or a newer one gets the value as it is.
 */
export function needOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value)) return highest(value)
  const members = value as Readonly<Record<string, unknown>>
  const type = String(members._typeName)
  if (type === 'ManagedObjectReference') return managedType(String(members.type))?.since ?? 0
  const sinces = memberSinces(type)
  if (!sinces) return needOfBox(members, type)
  let need = sinces.own
  for (const name in members) {
    const member = sinces.members.get(name)
    const inside = members[name]
    if (member === undefined || inside === undefined) continue
    need = Math.max(need, member.since)
    if (typeof inside === 'object') need = Math.max(need, needOf(inside))
    if (member.values) need = Math.max(need, needOfEnum(inside, member.values))
  }
  return need
}

function highest(values: readonly unknown[]): number {
  let need = 0
  for (const item of values) if (typeof item === 'object') need = Math.max(need, needOf(item))
  return need
}

function needOfBox(members: Readonly<Record<string, unknown>>, type: string): number {
  const content = boxContent(type)
  const inner = needOf(members._value)
  if (content?.kind === 'data') return Math.max(inner, dataType(content.type)?.since ?? 0)
  if (content?.kind === 'enum')
    return Math.max(inner, enumType(content.type)?.since ?? 0, needOfEnum(members._value, content.type))
  return inner
}

function needOfEnum(value: unknown, type: string): number {
  if (Array.isArray(value)) return value.reduce((need, item) => Math.max(need, needOfEnum(item, type)), 0)
  return enumType(type)?.sinceOf(String(value)) ?? 0
}

interface Sinces {
  readonly own: number
  /** By member; `values` names an enum that has got values later. */
  readonly members: ReadonlyMap<string, { readonly since: number; readonly values: string | undefined }>
}

const sincesByType = new Map<string, Sinces>()

function memberSinces(type: string): Sinces | undefined {
  let found = sincesByType.get(type)
  if (!found) {
    const definition = dataType(type)
    if (!definition) return undefined
    found = {
      own: definition.since,
      members: new Map(
        definition.properties.map(({ name, since, kind, type: of }) => [
          name,
          { since, values: kind === 'enum' && hasLateValues(of, since) ? of : undefined },
        ]),
      ),
    }
    sincesByType.set(type, found)
  }
  return found
}

function hasLateValues(type: string, since: number): boolean {
  const definition = enumType(type)
  return definition?.values.some((value) => (definition.sinceOf(value) ?? 0) > since) ?? false
}
