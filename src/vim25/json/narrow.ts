import { arrayTypeName, boxed } from '../any.js'
import { dataType, enumType, type Property } from '../schema.js'
import { needOf } from './need.js'
import { boxContent, boxName, knownDataType, knownManagedType } from './type-info.js'

/**
 * A value as a client of an older release may see it (soap-wire 1.5): members that the release lacks are left out,
 * objects and references of newer types become their nearest known base, newer enum values are left out where the member is
 * optional. A required member with a newer enum value keeps it: no field of vim25 is of that kind, since what grows is
 * declared as string.
 */
export function narrow(value: unknown, release: number): unknown {
  if (typeof value !== 'object' || value === null || needOf(value) <= release) return value
  if (Array.isArray(value)) return value.map((item) => narrow(item, release))
  const members = value as Readonly<Record<string, unknown>>
  const type = String(members._typeName)
  if (type === 'ManagedObjectReference')
    return { ...members, type: knownManagedType(String(members.type), release) }
  const known = dataType(type) && dataType(knownDataType(type, release))
  if (!known) return narrowBox(members, type, release)
  const result: Record<string, unknown> = { _typeName: known.name }
  for (const member of known.properties) {
    if (member.since > release) continue
    const inside = narrowMember(members[member.name], member, release)
    if (inside !== undefined) result[member.name] = inside
  }
  return result
}

/** The value of a statically typed slot; undefined when nothing of it is left. */
export function narrowMember(value: unknown, member: Property, release: number): unknown {
  if (member.kind !== 'enum') return narrow(value, release)
  if (!Array.isArray(value))
    return !member.optional || hasValue(member.type, value, release) ? value : undefined
  return value.filter((item) => hasValue(member.type, item, release))
}

function hasValue(type: string, value: unknown, release: number): boolean {
  return (enumType(type)?.sinceOf(String(value)) ?? 0) <= release
}

/** A box of what the release lacks: enums become strings, arrays of newer objects arrays of their known base. */
function narrowBox(members: Readonly<Record<string, unknown>>, type: string, release: number): unknown {
  const content = boxContent(type)
  const inner = narrow(members._value, release)
  if (content?.kind === 'enum') {
    const kept = (enumType(content.type)?.since ?? 0) <= release
    if (content.array) {
      const items = (members._value as readonly unknown[]).filter((item) =>
        hasValue(content.type, item, release),
      )
      return boxed(kept ? type : 'ArrayOfString', items)
    }
    return boxed(kept && hasValue(content.type, members._value, release) ? type : 'string', members._value)
  }
  if (content?.kind === 'data')
    return boxed(arrayTypeName(boxName({ ...content, type: knownDataType(content.type, release) })), inner)
  return boxed(type, inner)
}
