/** Numbers that JSON.stringify cannot write as they are to be written travel as strings that begin so. */
const MARK = '\u0000#'

const MARKED = /"\\u0000#([^"]+)"/g

/** A double as Java writes it (`1.848666206E7`, recorded from an appliance's uptime, rest-wire 1.4). */
export function javaDouble(value: number): string {
  return MARK + javaText(value)
}

/** An integer beyond 2^53. */
export const longText = (value: bigint): string => `${MARK}${value}`

/** JSON text of an encoded value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  return text.includes('\\u0000#') ? text.replace(MARKED, '$1') : text
}

/** java.lang.Double.toString: decimals between 10^-3 and 10^7, else the scientific form. */
function javaText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-3 && size < 1e7))
    return Number.isInteger(value) ? `${value}.0` : String(value)
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`
}
