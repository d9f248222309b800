import { dataType, enumType, isA, managedType, type Property } from '../schema.js'
import { isObject } from './decode.js'
import { expectedOf } from './primitive.js'
import { shown } from './refusal.js'
import { boxContent } from './type-info.js'

const NEWEST = Number.POSITIVE_INFINITY

type Problems = Generator<string, void, undefined>

/**
 * What is wrong with a value that a server is about to send for a property or result, each with its path; empty when it
 * is as the schema of the release wants it: types, required members, no unknown ones, `_typeName` first, schema order.
 */
export function problemsOf(value: unknown, property: Property, release: number = NEWEST): string[] {
  const path = property.name || 'the value'
  if (value !== undefined && value !== null) return [...slot(value, property, path, release)]
  return property.optional || property.array ? [] : [`${path}: is required and missing`]
}

function* slot(value: unknown, property: Property, path: string, release: number): Problems {
  if (!property.array) yield* one(value, property, path, release)
  else if (!Array.isArray(value)) yield `${path}: expected an array, found ${shown(value)}`
  else {
    const element = { ...property, array: false }
    for (const [index, item] of value.entries()) yield* one(item, element, `${path}[${index}]`, release)
  }
}

function* one(value: unknown, { kind, type }: Property, path: string, release: number): Problems {
  switch (kind) {
    case 'primitive': {
      const expected = expectedOf(type, value)
      if (expected) yield `${path}: expected ${expected}, found ${shown(value)}`
      break
    }
    case 'enum': {
      const since = typeof value === 'string' ? enumType(type)?.sinceOf(value) : undefined
      if (since === undefined || since > release) yield `${path}: expected a ${type}, found ${shown(value)}`
      break
    }
    case 'reference':
      yield* reference(value, type, path, release)
      break
    case 'data':
      yield* dataObject(value, type, path, release)
      break
    case 'any':
      yield* any(value, path, release)
  }
}

function* reference(value: unknown, declared: string, path: string, release: number): Problems {
  if (!isObject(value) || value._typeName !== 'ManagedObjectReference') {
    yield `${path}: expected a reference to a ${declared}, found ${shown(value)}`
    return
  }
  const members = Object.keys(value).join()
  if (members !== '_typeName,value,type')
    yield `${path}: a reference has _typeName, value, type in this order, found ${members}`
  if (typeof value.value !== 'string' || value.value === '') yield `${path}: a reference needs an id`
  const type = String(value.type)
  if (!isA(type, declared)) yield `${path}: expected a reference to a ${declared}, found one to a ${type}`
  if ((managedType(type)?.since ?? 0) > release) yield `${path}: ${type} is newer than the release`
}

function* dataObject(value: unknown, declared: string, path: string, release: number): Problems {
  const type = isObject(value) ? dataType(String(value._typeName)) : undefined
  if (!isObject(value) || !type) {
    yield `${path}: expected a ${declared}, found ${isObject(value) ? `a ${shown(value._typeName)}` : shown(value)}`
    return
  }
  if (!isA(type.name, declared)) yield `${path}: expected a ${declared}, found a ${type.name}`
  if (type.since > release) yield `${path}: ${type.name} is newer than the release`

  const names = Object.keys(value).filter((name) => value[name] !== undefined)
  const known = names.filter((name) => name === '_typeName' || type.byName.has(name))
  for (const name of names)
    if (!known.includes(name)) yield `${path}.${name}: ${type.name} has no such member`
  const ordered = ['_typeName', ...type.properties.map(({ name }) => name)].filter((name) =>
    known.includes(name),
  )
  if (known.join() !== ordered.join()) yield `${path}: members are in the order ${known}, not ${ordered}`

  for (const member of type.properties)
    yield* memberProblems(value, member, `${path}.${member.name}`, release)
}

function* memberProblems(
  owner: Record<string, unknown>,
  member: Property,
  path: string,
  release: number,
): Problems {
  const value = Object.hasOwn(owner, member.name) ? owner[member.name] : undefined
  if (value === undefined) {
    if (!member.optional && !member.array && member.since <= release) yield `${path}: is required and missing`
  } else if (member.since > release) yield `${path}: is newer than the release`
  else if (member.optional && Array.isArray(value) && value.length === 0)
    yield `${path}: an empty array is left out (rest-wire 3.3)`
  else yield* slot(value, member, path, release)
}

function* any(value: unknown, path: string, release: number): Problems {
  if (!isObject(value)) {
    yield `${path}: expected a box or a data object, found ${shown(value)}`
    return
  }
  const type = String(value._typeName)
  const content = boxContent(type)
  if (type === 'ManagedObjectReference') yield* reference(value, 'ManagedObject', path, release)
  else if (dataType(type)) yield* dataObject(value, type, path, release)
  else if (!content) yield `${path}: ${shown(value._typeName)} is neither a data type nor a box`
  else if (Object.keys(value).join() !== '_typeName,_value')
    yield `${path}: a box has _typeName and _value in this order, found ${Object.keys(value)}`
  else yield* slot(value._value, content, `${path}._value`, release)
}
