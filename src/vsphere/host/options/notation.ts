import { boxedBoolean, boxedLong, boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { OptionDef, OptionType, OptionValue } from '#vim25/generated/types.js'

type Value = boolean | string | number

export interface DefinedOption {
  readonly value: OptionValue
  readonly definition: OptionDef
}

/** One option: `Name=default`, then `:min:max` or `?` for a switch of 0 and 1, and `>` the value of a host that differs. */
const OPTION = /([^\s=]+)=("[^"]*"|[^\s:?>]+)(?:(\?)|:([^\s:]+):([^\s:>]+))?(?:>("[^"]*"|\S+))?/g

/** A number in the tables: U is the largest of 32 bits without a sign. */
const number = (text: string) => (text === 'U' ? 4_294_967_295 : Number(text))

function plainOf(text: string): Value {
  if (text.startsWith('"')) return text.slice(1, -1)
  return text === 'true' || (text !== 'false' && number(text))
}

/** The options of one group, `Net` say, in the order of its text. */
export function parseOptions(group: string, text: string): readonly DefinedOption[] {
  return Array.from(text.matchAll(OPTION), ([, name, standard = '', isSwitch, min, max, present]) => {
    const key = `${group}.${name}`
    const fallback = plainOf(standard)
    return {
      value: optionValue(key, present === undefined ? fallback : plainOf(present)),
      definition: data('OptionDef', {
        label: key,
        summary: describe(key),
        key,
        optionType: isSwitch ? switchType(fallback as number) : optionType(fallback, min, max),
      }),
    }
  })
}

/** An option with its value boxed as hosts give it: text, a switch, or a 64-bit number. */
export function optionValue(key: string, value: Value): OptionValue {
  return data('OptionValue', {
    key,
    value:
      typeof value === 'string'
        ? boxedString(value)
        : typeof value === 'boolean'
          ? boxedBoolean(value)
          : boxedLong(value),
  })
}

/** Bounds of a number for which the host names none. */
const LEAST = -(2 ** 31)
const MOST = 2 ** 31 - 1

function optionType(standard: Value, min?: string, max?: string): OptionType {
  if (typeof standard === 'string')
    return standard === ''
      ? EMPTY_TEXT
      : data('StringOption', { valueIsReadonly: false, defaultValue: standard })
  if (typeof standard === 'boolean') return standard ? ON : OFF
  return data('LongOption', {
    valueIsReadonly: false,
    min: min === undefined ? LEAST : number(min),
    max: max === undefined ? MOST : number(max),
    defaultValue: standard,
  })
}

const EMPTY_TEXT = data('StringOption', { valueIsReadonly: false, defaultValue: '' })
const ON = data('BoolOption', { valueIsReadonly: false, supported: true, defaultValue: true })
const OFF = data('BoolOption', { valueIsReadonly: false, supported: true, defaultValue: false })
const SWITCHES = [0, 1].map((defaultValue) =>
  data('LongOption', { valueIsReadonly: false, min: 0, max: 1, defaultValue }),
)
const switchType = (standard: number): OptionType => SWITCHES[standard] ?? OFF

/** `Net.MaxBeaconVlans` is described as `Net: max beacon vlans`: ESXi's own sentences are its makers'. */
function describe(key: string): string {
  const [group = '', ...rest] = key.split('.')
  const words = rest
    .join(' ')
    .replace(/([a-z\d])([A-Z])/g, (_both, end, start) => `${end} ${start.toLowerCase()}`)
  return `${group}: ${words}`
}
