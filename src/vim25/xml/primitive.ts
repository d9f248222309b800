import { expectedOf, normalDateTime } from '../json/primitive.js'

const INTEGER = /^[+-]?\d+$/
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const WITHOUT_ZONE = /^[^Z]*T[^Z+-]*$/
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false }

/**
 * The value of a primitive's text, as state holds it; undefined for text that is none of this type. Booleans come as
 * true, false, 1 and 0; a date without a zone is UTC. State holds no NaN and no infinity.
 */
export function primitiveOf(type: string, text: string): string | number | bigint | boolean | undefined {
  const value = lexical(type, text)
  if (value === undefined || expectedOf(type, value) !== undefined) return undefined
  return type === 'dateTime' ? normalDateTime(String(value)) : value
}

function lexical(type: string, text: string): string | number | bigint | boolean | undefined {
  switch (type) {
    case 'boolean':
      return BOOLEANS[text.trim()]
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return INTEGER.test(text.trim()) ? exact(text.trim()) : undefined
    case 'float':
    case 'double':
      return NUMBER.test(text.trim()) ? Number(text) : undefined
    case 'dateTime':
      return WITHOUT_ZONE.test(text.trim()) ? `${text.trim()}Z` : text.trim()
    case 'binary':
      return text.replace(/\s+/g, '')
    default:
      return text
  }
}

/** A number where a double holds it exactly. */
function exact(text: string): number | bigint {
  const number = Number(text)
  // No sign before zero: state would hold it, JSON would not say it.
  if (Number.isSafeInteger(number)) return number + 0
  return text.length > LONGEST_INTEGER ? Number.NaN : BigInt(text.replace('+', ''))
}

/** Longer ones are no 64-bit integers, whatever their digits. */
const LONGEST_INTEGER = 64

/** XML Schema's types of integers that vim25 does not have, by how they are held. */
const INTEGERS: ReadonlySet<string> = new Set([
  'integer',
  'nonNegativeInteger',
  'positiveInteger',
  'nonPositiveInteger',
  'negativeInteger',
  'unsignedByte',
  'unsignedShort',
  'unsignedInt',
  'unsignedLong',
])

const BY_XSD_NAME: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  byte: 'byte',
  short: 'short',
  int: 'int',
  long: 'long',
  float: 'float',
  double: 'double',
  decimal: 'double',
  dateTime: 'dateTime',
  base64Binary: 'binary',
  anyURI: 'anyURI',
  normalizedString: 'string',
  token: 'string',
}

/**
 * The primitive that a type of XML Schema is here; undefined for a type that is none. Integers that vim25 does not have
 * are an int if the text fits, else a long.
 */
export function primitiveNamed(name: string, text: string): string | undefined {
  if (INTEGERS.has(name)) return primitiveOf('int', text) === undefined ? 'long' : 'int'
  return Object.hasOwn(BY_XSD_NAME, name) ? BY_XSD_NAME[name] : undefined
}

const FAMILIES: Readonly<Record<string, string>> = {
  byte: 'integer',
  short: 'integer',
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  boolean: 'boolean',
  dateTime: 'dateTime',
  binary: 'binary',
}

/** Whether an element that calls itself of one primitive type may stand where the other is declared. */
export function isLike(type: string, declared: string): boolean {
  const family = FAMILIES[type] ?? 'text'
  const wanted = FAMILIES[declared] ?? 'text'
  return family === wanted || (family === 'integer' && wanted === 'number')
}
