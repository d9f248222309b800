/**
 * Command lines in the syntax of Go's package flag: `-x`, `--x`, `-x=v`, `-x v`; a flag that is true or false takes a value
 * only after `=`; the first word that is no flag, or `--`, ends the flags.
 */
export interface GoFlag {
  readonly type: 'bool' | 'int' | 'float' | 'string'
  readonly usage: string
  readonly value: boolean | number | string
}

export type GoFlags = Readonly<Record<string, GoFlag>>

type ValueOf<F extends GoFlag> = F['type'] extends 'bool'
  ? boolean
  : F['type'] extends 'string'
    ? string
    : number

export type GoFlagValues<T extends GoFlags> = { readonly [K in keyof T]: ValueOf<T[K]> }

export type ParsedGoFlags<T extends GoFlags> =
  | {
      readonly outcome: 'ok'
      readonly values: GoFlagValues<T>
      /** Flags that the command line names. */
      readonly given: ReadonlySet<keyof T>
      readonly words: readonly string[]
    }
  | { readonly outcome: 'help' }
  | { readonly outcome: 'wrong'; readonly message: string }

class WrongFlag extends Error {}
class HelpWanted extends Error {}

export function parseGoFlags<T extends GoFlags>(flags: T, args: readonly string[]): ParsedGoFlags<T> {
  const values: Record<string, boolean | number | string> = {}
  for (const [name, { value }] of Object.entries(flags)) values[name] = value
  const given = new Set<string>()
  const rest = [...args]
  try {
    for (let flag = nextFlag(rest); flag; flag = nextFlag(rest)) {
      values[flag.name] = readValue(flags, flag, rest)
      given.add(flag.name)
    }
  } catch (error) {
    if (error instanceof HelpWanted) return { outcome: 'help' }
    if (error instanceof WrongFlag) return { outcome: 'wrong', message: error.message }
    throw error
  }
  return { outcome: 'ok', values: values as GoFlagValues<T>, given, words: rest }
}

interface Flag {
  readonly name: string
  /** What follows `=`. */
  readonly value: string | undefined
}

/** Takes the next flag off the arguments; undefined when the flags have ended. */
function nextFlag(args: string[]): Flag | undefined {
  const [word = ''] = args
  if (!word.startsWith('-') || word === '-') return undefined
  args.shift()
  if (word === '--') return undefined
  const body = word.replace(/^--?/, '')
  if (body === '' || body.startsWith('-') || body.startsWith('='))
    throw new WrongFlag(`bad flag syntax: ${word}`)
  const at = body.indexOf('=')
  return at < 0 ? { name: body, value: undefined } : { name: body.slice(0, at), value: body.slice(at + 1) }
}

function readValue(flags: GoFlags, { name, value }: Flag, args: string[]): boolean | number | string {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
  if (!flag) {
    if (name === 'help' || name === 'h') throw new HelpWanted()
    throw new WrongFlag(`flag provided but not defined: -${name}`)
  }
  if (flag.type === 'bool') {
    const truth = value === undefined ? true : TRUTHS[value]
    if (truth === undefined)
      throw new WrongFlag(`invalid boolean value ${quoted(value ?? '')} for -${name}: parse error`)
    return truth
  }
  const text = value ?? args.shift()
  if (text === undefined) throw new WrongFlag(`flag needs an argument: -${name}`)
  const read = flag.type === 'string' ? text : numberOf(flag.type, text)
  if (read === undefined) throw new WrongFlag(`invalid value ${quoted(text)} for flag -${name}: parse error`)
  return read
}

const TRUTHS: Readonly<Record<string, boolean | undefined>> = Object.assign(
  Object.create(null) as Record<string, boolean>,
  Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, true])),
  Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, false])),
)

/** As Go reads numbers: `0x10`, `0b11`, `0o17`, `017`, `1_000`. */
function numberOf(type: 'int' | 'float', text: string): number | undefined {
  if (type === 'float') return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? []
  const plain = digits.replace(/(?<=[\da-fxob])_(?=[\da-f])/gi, '')
  if (!/^(\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i.test(plain)) return undefined
  const octal = /^0[0-7]+$/.test(plain)
  const number = Number(octal ? `0o${plain.slice(1)}` : plain)
  if (!Number.isSafeInteger(number)) return undefined
  return sign === '-' ? -number : number
}

/** What `-h` prints: every flag with its default, by name. */
export function goUsage(program: string, flags: GoFlags): string {
  const lines = Object.entries(flags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, flag]) => {
      const head = `  -${name}${flag.type === 'bool' ? '' : ` ${flag.type}`}`
      return `${head}${head.length <= 4 ? '\t' : '\n    \t'}${flag.usage}${defaultOf(flag)}\n`
    })
  return `Usage of ${program}:\n${lines.join('')}`
}

function defaultOf({ type, value }: GoFlag): string {
  if (value === false || value === 0 || value === '') return ''
  return ` (default ${type === 'string' ? quoted(String(value)) : value})`
}

const quoted = (text: string) => JSON.stringify(text)
