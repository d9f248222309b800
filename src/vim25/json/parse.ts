import { parse } from 'lossless-json'

/** Sixteen digits in a row where a number may stand: what a double cannot always hold exactly. */
const LONG_NUMBER = /[[:,\s]-?\d{16,}/

/**
 * JSON text -> value. Integers that a double cannot hold come as bigint; a member called `__proto__` is a member like any
 * other. Throws SyntaxError (or RangeError, for text nested beyond the stack) for what is not JSON.
 */
export function parseJson(text: string): unknown {
  if (!LONG_NUMBER.test(text) && !/^-?\d{16,}/.test(text)) return JSON.parse(text)
  return parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue })
}

function parseNumber(text: string): number | bigint {
  const number = Number(text)
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number
}
