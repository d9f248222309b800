import { dateTime, instant } from '#ports/clock.js'

/** What is wrong with a value as a primitive of this type ('an integer between ...' is expected); undefined if right. */
export function expectedOf(type: string, value: unknown): string | undefined {
  const check = CHECKS[type]
  if (!check) return `a value of the unknown type ${type}`
  return check.test(value) ? undefined : check.expected
}

/** True for the schema's names of primitives. */
export const isPrimitive = (type: string): boolean => Object.hasOwn(CHECKS, type)

interface Check {
  readonly test: (value: unknown) => boolean
  readonly expected: string
}

const text: Check = { test: (value) => typeof value === 'string', expected: 'a string' }
const number: Check = {
  test: (value) => typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value)),
  expected: 'a number',
}

function integer(bits: bigint): Check {
  const limit = 1n << (bits - 1n)
  return {
    test: (value) =>
      typeof value === 'bigint'
        ? value >= -limit && value < limit
        : Number.isInteger(value) && Number(value) >= -Number(limit) && Number(value) < Number(limit),
    expected: `an integer between ${-limit} and ${limit - 1n}`,
  }
}

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

const CHECKS: Readonly<Record<string, Check>> = {
  boolean: { test: (value) => typeof value === 'boolean', expected: 'true or false' },
  byte: integer(8n),
  short: integer(16n),
  int: integer(32n),
  long: integer(64n),
  float: number,
  double: number,
  string: text,
  anyURI: text,
  PropertyPath: text,
  TypeName: text,
  MethodName: text,
  binary: {
    test: (value) => typeof value === 'string' && BASE64.test(value),
    expected: 'a base64 string',
  },
  dateTime: {
    test: (value) => typeof value === 'string' && isDateTime(value),
    expected: 'an RFC 3339 date and time such as 2026-01-31T12:00:00Z',
  },
}

const DATE_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/

function isDateTime(value: string): boolean {
  const [, date = '', time = '', , zone = ''] = DATE_TIME.exec(value) ?? []
  // The date on its own finds 30 February, which would be read as a day in March.
  const day = instant(`${date}T00:00:00Z`)
  return (
    !Number.isNaN(day) && dateTime(day).startsWith(date) && !Number.isNaN(instant(`${date}T${time}${zone}`))
  )
}

/** A valid date and time as state holds it: UTC with `Z`, at most six digits of fraction, no zeros at its end. */
export function normalDateTime(value: string): string {
  const [, date = '', time = '', fraction = '', zone = ''] = DATE_TIME.exec(value) ?? []
  const digits = fraction.slice(0, 6).replace(/0+$/, '')
  const utc = zone === 'Z' ? `${date}T${time}Z` : dateTime(instant(`${date}T${time}${zone}`))
  return digits === '' ? utc : `${utc.slice(0, -1)}.${digits}Z`
}
