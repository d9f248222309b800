import { data } from '#vim25/data.js'
import type { BoolOption, ChoiceOption, IntOption, LongOption } from '#vim25/generated/types.js'

/** A whole number that a client may choose. */
export const int = (min: number, max: number, defaultValue = min): IntOption =>
  data('IntOption', { valueIsReadonly: false, min, max, defaultValue })

export const long = (min: number, max: number, defaultValue = min): LongOption =>
  data('LongOption', { valueIsReadonly: false, min, max, defaultValue })

export const bool = (supported: boolean, defaultValue = false): BoolOption =>
  data('BoolOption', { valueIsReadonly: !supported, supported, defaultValue })

/** A choice between keys; the first is the default. */
export const choice = (...keys: readonly string[]): ChoiceOption =>
  data('ChoiceOption', {
    valueIsReadonly: false,
    choiceInfo: keys.map((key) => data('ElementDescription', { key, label: key, summary: key })),
    defaultIndex: 0,
  })
