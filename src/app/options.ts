import { instant } from '#ports/clock.js'
import { IDENTITY_VERSIONS, type IdentityVersion } from '#vsphere/core/identity.js'
import type { LatencyRule } from '#vsphere/core/latency.js'

/** What `createFauxsphere` takes; everything has a default. */
export interface FauxsphereOptions {
  /** Name of a seed that comes along, or path of a seed file; default `smp-ft-nested`. */
  readonly seed?: string | undefined
  /** Parameters of the seed. */
  readonly set?: Readonly<Record<string, string | number | boolean>> | undefined
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string | undefined
  /** Default 0: any free port. */
  readonly port?: number | undefined
  /** False serves plain HTTP. */
  readonly tls?: boolean | undefined
  /** Directory that keeps the state; default: nothing is kept. */
  readonly data?: string | undefined
  /** With one of these given, only this account logs in; else any non-empty name and password do. */
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** Release that the server claims to be: 6.0, 6.5, 6.7, 7.0.3 or 8.0.3 (default). */
  readonly vsphere?: string | undefined
  /** How long simulated work takes: `instant` (default), `real`, or a factor of the real thing's time. */
  readonly pace?: 'instant' | 'real' | number | undefined
  /** Makes session tokens and keys reproducible, too. */
  readonly randomSeed?: string | number | undefined
  readonly clock?: ClockSettings | undefined
  /** Default `warn`. */
  readonly logLevel?: LogLevel | undefined
  /** Longest request body; default 16 MB. Longer ones are answered with 413. */
  readonly maxBodyBytes?: number | undefined
  /** Makes the vSphere Web Services API slower than it is, in milliseconds. */
  readonly latency?: LatencyRule | undefined
  /** PEM files of a certificate (with its chain) and its key, instead of one that is made. */
  readonly certificate?: { readonly certificate: string; readonly key: string } | undefined
  /** File to write every SOAP request and answer to; `-` is standard error. */
  readonly trace?: string | undefined
  /** Lets clients set any property of a VM by extraConfig `SET.<path>`, as govmomi's vcsim does. */
  readonly setByExtraConfig?: boolean | undefined
}

export interface ClockSettings {
  /** Where time starts: milliseconds since the epoch, an RFC 3339 text or a Date; default: the machine's time. */
  readonly at?: number | string | Date | undefined
  /** 1 = real (default), 0 = frozen, n = n times as fast. */
  readonly rate?: number | undefined
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Options as the server works with them: checked, with their defaults. */
export interface Settings {
  readonly seed: string
  readonly set: Readonly<Record<string, string>>
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly data: string | undefined
  readonly username: string
  readonly password: string
  /** Undefined: anyone may log in. */
  readonly accounts: ReadonlyMap<string, string> | undefined
  readonly vsphere: IdentityVersion
  /** Factor: 0 = instant, 1 = real. */
  readonly pace: number
  readonly randomSeed: string | undefined
  readonly clock: { readonly at: number | undefined; readonly rate: number }
  readonly logLevel: LogLevel
  readonly maxBodyBytes: number
  readonly latency: LatencyRule | undefined
  readonly certificate: { readonly certificate: string; readonly key: string } | undefined
  readonly trace: string | undefined
  readonly setByExtraConfig: boolean
}

/** An option that cannot be used. `problem` completes the sentence that the option's name begins. */
export class OptionError extends Error {
  constructor(
    readonly option: string,
    readonly problem: string,
  ) {
    super(`${option} ${problem}`)
    this.name = 'OptionError'
  }
}

export const DEFAULT_SEED = 'smp-ft-nested'
export const DEFAULT_VSPHERE: IdentityVersion = '8.0.3'
export const DEFAULT_USERNAME = 'administrator@vsphere.local'
export const DEFAULT_PASSWORD = 'VMware1!'
export const DEFAULT_MAX_BODY_BYTES = 16 * 1024 * 1024

/** The same options before anyone looked at them: the command line and the environment give texts. */
export type RawOptions = { readonly [K in keyof FauxsphereOptions]?: unknown }

/** Checks every option and fills in defaults; throws OptionError for the first that cannot be used. */
export function resolveOptions(options: RawOptions): Settings {
  for (const name of Object.keys(options))
    if (!Object.hasOwn(READERS, name)) throw new OptionError(name, 'is not an option.')
  const read = <K extends keyof typeof READERS>(name: K) => READERS[name](options[name], name) as Read<K>
  const username = read('username')
  const password = read('password')
  const account = [username ?? DEFAULT_USERNAME, password ?? DEFAULT_PASSWORD] as const
  return {
    seed: read('seed') ?? DEFAULT_SEED,
    set: read('set') ?? {},
    host: read('host') ?? '127.0.0.1',
    port: read('port') ?? 0,
    tls: read('tls') ?? true,
    data: read('data'),
    username: account[0],
    password: account[1],
    accounts: username === undefined && password === undefined ? undefined : new Map([account]),
    vsphere: read('vsphere') ?? DEFAULT_VSPHERE,
    pace: read('pace') ?? 0,
    randomSeed: read('randomSeed'),
    clock: { at: undefined, rate: 1, ...read('clock') },
    logLevel: read('logLevel') ?? 'warn',
    maxBodyBytes: read('maxBodyBytes') ?? DEFAULT_MAX_BODY_BYTES,
    latency: read('latency'),
    certificate: read('certificate'),
    trace: read('trace'),
    setByExtraConfig: read('setByExtraConfig') ?? false,
  }
}

type Reader<T> = (value: unknown, name: string) => T | undefined
type Read<K extends keyof typeof READERS> = ReturnType<(typeof READERS)[K]>

/** A reader for values that are given; undefined stays undefined. */
const given =
  <T>(read: (value: unknown, name: string) => T): Reader<T> =>
  (value, name) =>
    value === undefined ? undefined : read(value, name)

const text = given((value, name) => {
  if (typeof value === 'string' && value !== '' && !/[\0\r\n]/.test(value)) return value
  throw new OptionError(name, `must be a non-empty text in one line, not ${show(value)}.`)
})

const wholeNumber = (least: number, most: number) =>
  given((value, name) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
      return number
    throw new OptionError(name, `must be a whole number from ${least} to ${most}, not ${show(value)}.`)
  })

const oneOf = <T extends string>(allowed: readonly T[]) =>
  given((value, name) => {
    const found = allowed.find((word) => word === value)
    if (found !== undefined) return found
    throw new OptionError(name, `must be one of ${allowed.join(', ')}, not ${show(value)}.`)
  })

const YES = ['true', 'yes', 'on', '1']
const NO = ['false', 'no', 'off', '0']

const truth = given((value, name) => {
  if (typeof value === 'boolean') return value
  const word = String(value).toLowerCase()
  if (YES.includes(word) || NO.includes(word)) return YES.includes(word)
  throw new OptionError(name, `must be true or false, not ${show(value)}.`)
})

const number = (value: unknown) =>
  typeof value === 'string' && /^(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : value

const isFactor = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

const milliseconds = given((value, name) => {
  if (isFactor(value)) return value
  throw new OptionError(name, `must be a number from 0 up, not ${show(value)}.`)
})

const READERS = {
  seed: text,
  set: given((value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new OptionError(name, `must map parameters to values, not ${show(value)}.`)
    return Object.fromEntries(Object.entries(value).map(([parameter, set]) => [parameter, String(set)]))
  }),
  host: text,
  port: wholeNumber(0, 65_535),
  tls: truth,
  data: text,
  username: text,
  password: text,
  vsphere: oneOf(IDENTITY_VERSIONS),
  pace: given((value, name) => {
    if (value === 'instant') return 0
    if (value === 'real') return 1
    const factor = number(value)
    if (isFactor(factor)) return factor
    throw new OptionError(name, `must be instant, real or a factor such as 0.1, not ${show(value)}.`)
  }),
  randomSeed: given((value, name) => {
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value)
    throw new OptionError(name, `must be a non-empty text or a number, not ${show(value)}.`)
  }),
  clock: given((value, name) => {
    const { at, rate, ...others } = members(value, name, '{ at, rate }')
    strangers(others, name, '{ at, rate }')
    return { at: readInstant(at, `${name}.at`), rate: readRate(rate, `${name}.rate`) }
  }),
  logLevel: oneOf(LOG_LEVELS),
  maxBodyBytes: wholeNumber(1, 2 ** 30),
  latency: given((value, name) => {
    const { ms, jitter, methods, ...others } = members(value, name, '{ ms, jitter, methods }')
    strangers(others, name, '{ ms, jitter, methods }')
    return {
      ms: milliseconds(ms, `${name}.ms`),
      jitter: milliseconds(jitter, `${name}.jitter`),
      methods: Object.fromEntries(
        Object.entries((methods ?? {}) as object).map(([method, delay]) => [
          method,
          milliseconds(delay, `${name}.methods.${method}`) ?? 0,
        ]),
      ),
    }
  }),
  certificate: given((value, name) => {
    const { certificate, key, ...others } = members(value, name, '{ certificate, key }')
    strangers(others, name, '{ certificate, key }')
    return {
      certificate: text(certificate, `${name}.certificate`) ?? '',
      key: text(key, `${name}.key`) ?? '',
    }
  }),
  trace: text,
  setByExtraConfig: truth,
}

function members(value: unknown, name: string, shape: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return { ...value }
  throw new OptionError(name, `must be ${shape}.`)
}

function strangers(others: object, name: string, shape: string): void {
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) throw new OptionError(name, `must be ${shape}; it has no '${stranger}'.`)
}

const readInstant = given((value, name) => {
  const at = value instanceof Date ? value.getTime() : typeof value === 'string' ? instant(value) : value
  if (typeof at === 'number' && Number.isFinite(at)) return at
  throw new OptionError(name, `must be an instant such as 2026-01-31T12:00:00Z, not ${show(value)}.`)
})

function readRate(value: unknown, name: string): number {
  const rate = number(value ?? 1)
  if (isFactor(rate)) return rate
  throw new OptionError(name, `must be 0 (frozen), 1 (real) or another factor, not ${show(value)}.`)
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, 60)}'` : String(value)
}
