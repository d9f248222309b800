/**
 * Bytes (or hertz) of one unit of a CIM programmatic unit: `byte * 2^20`, `hertz * 10^6`, `MegaBytes`; undefined for what
 * is none.
 */
export function unitOf(text: string | undefined): number | undefined {
  const clean = (text ?? '').replace(/\s+/g, '').toLowerCase()
  if (clean === '') return undefined
  const named = NAMED[clean]
  if (named !== undefined) return named
  const [, factors = ''] = /^(?:byte|bytes|hertz|count)((?:\*\d+(?:\^\d+)?)*)$/.exec(clean) ?? []
  if (!/^(?:byte|bytes|hertz|count)(?:\*\d+(?:\^\d+)?)*$/.test(clean)) return undefined
  let unit = 1
  for (const [, base = '1', power = '1'] of factors.matchAll(/\*(\d+)(?:\^(\d+))?/g))
    unit *= Number(base) ** Number(power)
  return unit >= 1 && unit <= Number.MAX_SAFE_INTEGER ? unit : undefined
}

/** As OVF 0.9 wrote them, and some tools still do. */
const NAMED: Readonly<Record<string, number>> = {
  kilobytes: 2 ** 10,
  kilobyte: 2 ** 10,
  kb: 2 ** 10,
  megabytes: 2 ** 20,
  megabyte: 2 ** 20,
  mb: 2 ** 20,
  gigabytes: 2 ** 30,
  gigabyte: 2 ** 30,
  gb: 2 ** 30,
  megahertz: 10 ** 6,
  mhz: 10 ** 6,
}
