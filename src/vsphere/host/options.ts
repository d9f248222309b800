import { recordKind } from '#inventory/entity.js'
import { unboxed } from '#vim25/any.js'
import type { OptionDef, OptionValue } from '#vim25/generated/types.js'
import { KERNEL_OPTIONS } from './options/kernel-options.js'
import { NETWORK_OPTIONS } from './options/network-options.js'
import { type DefinedOption, optionValue, parseOptions } from './options/notation.js'
import { STORAGE_OPTIONS } from './options/storage-options.js'
import { SYSLOG_OPTIONS } from './options/syslog-options.js'
import { SYSTEM_OPTIONS } from './options/system-options.js'

export { optionValue }

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)

const ALL: readonly DefinedOption[] = [
  SYSTEM_OPTIONS,
  STORAGE_OPTIONS,
  NETWORK_OPTIONS,
  KERNEL_OPTIONS,
  SYSLOG_OPTIONS,
]
  .flatMap(Object.entries<string>)
  .flatMap(([group, text]) => parseOptions(group, text))
  .sort((a, b) => byKey(a.value, b.value))

/** HostConfigInfo.option and OptionManager.setting of a fresh host, sorted by key, one value for all hosts. */
export const OPTION_VALUES: readonly OptionValue[] = Object.freeze(ALL.map(({ value }) => value))

/** HostConfigInfo.optionDef and OptionManager.supportedOption: type, range and default of each, one value for all hosts. */
export const OPTION_DEFINITIONS: readonly OptionDef[] = Object.freeze(ALL.map(({ definition }) => definition))

/** Options that differ from a fresh host's; record `hostOptions:<host moid>`. */
export interface ChangedOptions {
  readonly host: string
  readonly changed: readonly OptionValue[]
}

export const changedOptions = recordKind<ChangedOptions>('hostOptions')
export const changedOptionsId = (host: string) => `hostOptions:${host}`

const known = new Map<string, readonly OptionValue[]>()

/** The options of a fresh host with some replaced, sorted by key; the same array for the same replacements. */
export function optionsWith(changes: readonly OptionValue[]): readonly OptionValue[] {
  const key = JSON.stringify(changes.map((change) => [change.key, String(unboxed(change.value))]))
  let options = known.get(key)
  if (!options) {
    const byName = new Map(OPTION_VALUES.map((value) => [value.key, value]))
    for (const change of changes) byName.set(change.key, change)
    options = Object.freeze([...byName.values()].sort(byKey))
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, options)
  }
  return options
}

const MOST_KNOWN = 1000
