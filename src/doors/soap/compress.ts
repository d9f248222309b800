import { promisify } from 'node:util'
import { constants, deflate, deflateSync, gzip, gzipSync } from 'node:zlib'
import type { Body } from '#vim25/json/body.js'

/** Shorter answers are one packet anyway. */
const COMPRESS_FROM = 1400

/** Longer ones are compressed beside other work. */
const BESIDE_FROM = 32 * 1024

const OPTIONS = { level: constants.Z_BEST_SPEED }
const laterGzip = promisify(gzip)
const laterDeflate = promisify(deflate)

/** The encoding that the client takes for an answer of this length; undefined for as it is. */
export function encodingFor(accepted: string | undefined, length: number): 'gzip' | 'deflate' | undefined {
  if (accepted === undefined || length < COMPRESS_FROM) return undefined
  for (const encoding of ['gzip', 'deflate'] as const) if (accepts(accepted, encoding)) return encoding
  return undefined
}

function accepts(accepted: string, encoding: string): boolean {
  return accepted.split(',').some((each) => {
    const [name, ...parameters] = each
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}

/** The body in that encoding; large ones as a promise. */
export function compressed(body: Body, encoding: 'gzip' | 'deflate'): Buffer | Promise<Buffer> {
  if (body.length < BESIDE_FROM)
    return encoding === 'gzip' ? gzipSync(body, OPTIONS) : deflateSync(body, OPTIONS)
  return encoding === 'gzip' ? laterGzip(body, OPTIONS) : laterDeflate(body, OPTIONS)
}
