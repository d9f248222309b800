import { boxedBoolean, boxedLong, boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { Boxed, LongOption, OptionDef, OptionType, OptionValue } from '#vim25/generated/types.js'

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

/**
 * The options of one group, `Net` say, in the order of its text. Their 6,000 objects are made at every start, so they are
 * literals, members in the schema's order.
 */
export function parseOptions(group: string, text: string): readonly DefinedOption[] {
  return Array.from(text.matchAll(OPTION), ([, name = '', standard = '', isSwitch, min, max, present]) => {
    const key = `${group}.${name}`
    const fallback = plainOf(standard)
    const definition: OptionDef = {
      _typeName: 'OptionDef',
      label: key,
      summary: `${group}: ${describe(name)}`,
      key,
      optionType: isSwitch ? switchType(fallback as number) : optionType(fallback, min, max),
    }
    return {
      value: optionValue(key, present === undefined ? fallback : plainOf(present)),
      definition: Object.freeze(definition),
    }
  })
}

/** An option with its value boxed as hosts give it: text, a switch, or a 64-bit number. */
export function optionValue(key: string, value: Value): OptionValue {
  const option: OptionValue = { _typeName: 'OptionValue', key, value: boxOf(value) }
  return Object.freeze(option)
}

function boxOf(value: Value): Boxed {
  if (typeof value === 'string') return value === '' ? NO_TEXT : boxedString(value)
  if (typeof value === 'number') return SMALL[value] ?? boxedLong(value)
  return value ? TRUE : FALSE
}

const NO_TEXT = boxedString('')
const SMALL = [0, 1, 2].map(boxedLong)
const TRUE = boxedBoolean(true)
const FALSE = boxedBoolean(false)

/** Bounds of a number for which the host names none. */
const LEAST = -(2 ** 31)
const MOST = 2 ** 31 - 1

function optionType(standard: Value, min?: string, max?: string): OptionType {
  if (typeof standard === 'string')
    return standard === ''
      ? EMPTY_TEXT
      : data('StringOption', { valueIsReadonly: false, defaultValue: standard })
  if (typeof standard === 'boolean') return standard ? ON : OFF
  const range: LongOption = {
    _typeName: 'LongOption',
    valueIsReadonly: false,
    min: min === undefined ? LEAST : number(min),
    max: max === undefined ? MOST : number(max),
    defaultValue: standard,
  }
  return Object.freeze(range)
}

const EMPTY_TEXT = data('StringOption', { valueIsReadonly: false, defaultValue: '' })
const ON = data('BoolOption', { valueIsReadonly: false, supported: true, defaultValue: true })
const OFF = data('BoolOption', { valueIsReadonly: false, supported: true, defaultValue: false })
const SWITCHES = [0, 1].map((defaultValue) =>
  data('LongOption', { valueIsReadonly: false, min: 0, max: 1, defaultValue }),
)
const switchType = (standard: number): OptionType => SWITCHES[standard] ?? OFF

/** `Net.MaxBeaconVlans` is described as `Net: max beacon vlans`: ESXi's own sentences are its makers'. */
const describe = (name: string) => name.replace(/(?<=[a-z\d])[A-Z]|\./g, apart).toLowerCase()

const apart = (sign: string) => (sign === '.' ? ' ' : ` ${sign}`)
