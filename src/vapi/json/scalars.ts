import type { ScalarKind, Type } from '../types.js'
import type { Problems } from './problems.js'

type Scalar = Extract<Type, { kind: ScalarKind | 'id' }>

const LONGEST = 9223372036854775807n

/** RFC 3339 in UTC; fractions of any length are read, milliseconds are kept. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** A scalar of a JSON body as its type, or undefined where it is another one. */
export function scalarValue(type: Scalar, raw: unknown, path: string, problems: Problems): unknown {
  switch (type.kind) {
    case 'void':
      return undefined
    case 'opaque':
    case 'anyError':
      return raw
    case 'boolean':
      return typeof raw === 'boolean' ? raw : void problems.mismatch(path, 'a boolean', raw)
    case 'long':
      return isLong(raw) ? raw : void problems.mismatch(path, 'a 64-bit integer', raw)
    case 'double':
      return typeof raw === 'number' ? raw : void problems.mismatch(path, 'a number', raw)
    case 'dateTime':
      return dateTimeValue(raw, path, problems)
    case 'binary':
      if (typeof raw === 'string' && BASE64.test(raw)) return raw
      return void problems.mismatch(path, 'bytes in base64', raw)
    default:
      return typeof raw === 'string' ? raw : void problems.mismatch(path, NAMES[type.kind], raw)
  }
}

const NAMES = { id: 'an identifier', string: 'a string', secret: 'a string', uri: 'a URI' } as const

function dateTimeValue(raw: unknown, path: string, problems: Problems): string | undefined {
  if (typeof raw === 'string' && DATE_TIME.test(raw)) {
    const instant = Date.parse(raw)
    if (!Number.isNaN(instant)) return new Date(instant).toISOString()
  }
  return void problems.mismatch(path, 'a time such as 2026-01-31T12:00:00.000Z', raw)
}

function isLong(raw: unknown): boolean {
  if (typeof raw === 'bigint') return raw <= LONGEST && raw >= -LONGEST - 1n
  return typeof raw === 'number' && Number.isSafeInteger(raw)
}

/**
 * A scalar that stands in a path or a query, where everything is text: as it would stand in a JSON body. What cannot be
 * read stays text, and is a mismatch then.
 */
export function fromText(type: Type, text: string): unknown {
  switch (type.kind) {
    case 'optional':
      return fromText(type.of, text)
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'long':
      return /^-?\d{1,19}$/.test(text) ? exact(text) : text
    case 'double':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    default:
      return text
  }
}

function exact(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}
