import { boxedString, unboxed } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type { DynamicData, OptionValue } from '#vim25/generated/types.js'

interface WithOptions extends DynamicData {
  readonly option?: readonly OptionValue[] | undefined
}

/**
 * `result` with the options of the spec laid over those that were there: each key once, an empty value removes the key.
 */
export function withOptions<T extends WithOptions>(
  present: T | undefined,
  result: T | undefined,
  spec: T | undefined,
): T {
  if (!result) throw new Error('A cluster has all its parts configured.')
  if (!spec?.option?.length) return result
  const options = new Map((present?.option ?? []).map((option) => [option.key.toLowerCase(), option]))
  for (const option of spec.option) {
    const text = textOf(option)
    if (text === '') options.delete(option.key.toLowerCase())
    else
      options.set(
        option.key.toLowerCase(),
        data('OptionValue', { key: option.key, value: boxedString(text) }),
      )
  }
  return patch(result as WithOptions, { option: options.size ? [...options.values()] : undefined }) as T
}

const textOf = (option: OptionValue) => String(unboxed(option.value) ?? '')

/** The value of an advanced option, keys compared without case (`das.slotCpuInMHz`); undefined when it is not set. */
export function optionText(options: readonly OptionValue[] | undefined, key: string): string | undefined {
  const wanted = key.toLowerCase()
  const found = options?.find((option) => option.key.toLowerCase() === wanted)
  return found && textOf(found)
}

/** An advanced option as a number >= 0; undefined when it is not set or is none. */
export function optionNumber(options: readonly OptionValue[] | undefined, key: string): number | undefined {
  const text = optionText(options, key)
  if (text === undefined || text.trim() === '') return undefined
  const number = Number(text)
  return Number.isFinite(number) && number >= 0 ? number : undefined
}

/** An advanced option as a truth value; `otherwise` when it is not set. */
export function optionFlag(
  options: readonly OptionValue[] | undefined,
  key: string,
  otherwise: boolean,
): boolean {
  const text = optionText(options, key)?.toLowerCase()
  return text === undefined ? otherwise : text === 'true' || text === '1' || text === 'yes'
}
