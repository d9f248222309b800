import { fault } from '#vim25/fault.js'
import type { OptionValue } from '#vim25/generated/types.js'

/**
 * The settings that a name asks for: itself, or, when it is a node of the tree (`event` or `event.`), all below it.
 * Throws InvalidName when there are none.
 */
export function optionsNamed(
  settings: readonly OptionValue[],
  name: string | undefined,
): readonly OptionValue[] {
  if (!name) return settings
  const prefix = name.endsWith('.') ? name : `${name}.`
  const found = settings.filter(({ key }) => key === name || key.startsWith(prefix))
  if (found.length === 0) throw fault('InvalidName', { name })
  return found
}

/**
 * The settings after a client's changes, sorted by key. `mayAdd` says whether a key that is not there may be added; else
 * it is InvalidName. A value of another type than the present one is InvalidType (soap-wire 8.3).
 */
export function withChanges(
  settings: readonly OptionValue[],
  changes: readonly OptionValue[],
  mayAdd: (key: string) => boolean,
): readonly OptionValue[] {
  const all = new Map(settings.map((setting) => [setting.key, setting]))
  for (const change of changes) {
    const old = all.get(change.key)
    if (!old && !mayAdd(change.key)) throw fault('InvalidName', { name: change.key })
    if (old && typeOf(old) !== undefined && typeOf(old) !== typeOf(change)) throw fault('InvalidType', {})
    all.set(change.key, change)
  }
  return Object.freeze([...all.values()].sort((a, b) => (a.key < b.key ? -1 : 1)))
}

const typeOf = ({ value }: OptionValue) => (value as { _typeName?: string } | undefined)?._typeName
