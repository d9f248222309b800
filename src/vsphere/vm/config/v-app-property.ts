import { fault, type VimFault } from '#vim25/fault.js'
import type { VAppPropertyInfo } from '#vim25/generated/types.js'

/** What a value of a type must be; undefined: there is no such type (VAppPropertyInfo.type's documentation). */
type Test = (value: string) => boolean

const LONGEST = 65_535

export function valueTest(type: string): Test | undefined {
  const [, base = '', arguments_] = /^([a-z]+)(.*)$/s.exec(type) ?? []
  if (arguments_ === '') return PLAIN[base]
  if (base === 'ip') return arguments_?.startsWith(':') ? () => true : undefined
  if (base === 'string' && arguments_?.startsWith('[')) return choice(arguments_)
  const [, from, to] = /^\((.*?)\.\.(.*)\)$/.exec(arguments_ ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined
  if (base === 'string' || base === 'password') return length(from, to)
  if (base === 'int' || base === 'real') return range(base, from, to)
  return undefined
}

const INTEGER = /^[+-]?\d{1,100}$/
const REAL = /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/
const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/
const IPV6 = /^(?=.*:)[0-9a-f:]+(\d+\.\d+\.\d+\.\d+)?$/i

const within = (value: string, low: number, high: number) => Number(value) >= low && Number(value) <= high

const PLAIN: Readonly<Record<string, Test>> = {
  string: (value) => value.length <= LONGEST,
  password: (value) => value.length <= LONGEST,
  boolean: (value) => /^(true|false)$/i.test(value),
  int: (value) => INTEGER.test(value) && within(value, -2147483648, 2147483647),
  real: (value) => REAL.test(value) || INTEGER.test(value),
  ip: (value) => IPV4.test(value) || IPV6.test(value),
  expression: (value) => /^\$\{[^}]*\}$/.test(value),
}

function length(from: string, to: string): Test | undefined {
  const [least, most] = [from === '' ? 0 : Number(from), to === '' ? LONGEST : Number(to)]
  if (!Number.isInteger(least) || !Number.isInteger(most) || least > most) return undefined
  return (value) => value.length >= least && value.length <= most
}

function range(base: 'int' | 'real', from: string, to: string): Test | undefined {
  const form = PLAIN[base] as Test
  const [low, high] = [Number(from), Number(to)]
  if (from === '' || to === '' || Number.isNaN(low) || Number.isNaN(high) || low > high) return undefined
  return (value) => (base === 'int' ? INTEGER.test(value) : form(value)) && within(value, low, high)
}

/** `["one", "two"]`; a quote inside a choice is `\"`. */
function choice(list: string): Test | undefined {
  if (!/^\[\s*"(\\.|[^"\\])*"(\s*,\s*"(\\.|[^"\\])*")*\s*\]$/s.test(list)) return undefined
  const choices = [...list.matchAll(/"((?:\\.|[^"\\])*)"/gs)].map(([, text = '']) =>
    text.replace(/\\(.)/gs, '$1'),
  )
  return (value) => choices.includes(value)
}

/**
 * What is wrong with a property of a vApp configuration: InvalidPropertyType, InvalidPropertyValue for a value or default of
 * another kind, NotUserConfigurableProperty for a value that users may not give; undefined: nothing.
 */
export function propertyProblem(
  info: VAppPropertyInfo,
  old: VAppPropertyInfo | undefined,
): VimFault | undefined {
  const { id = '', category = '', label = '', type = 'string', value = '', defaultValue = '' } = info
  const about = { id, category, label, type }
  const test = valueTest(type)
  if (!test) return fault('InvalidPropertyType', { ...about, value })
  // An expression's value is what the server makes of it, its default the expression itself.
  for (const each of type === 'expression' ? [defaultValue] : [value, defaultValue])
    if (each !== '' && !test(each)) return fault('InvalidPropertyValue', { ...about, value: each })
  if (info.userConfigurable === false && value !== (old?.value ?? ''))
    return fault('NotUserConfigurableProperty', { ...about, value })
  return undefined
}
