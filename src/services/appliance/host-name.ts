import type { Reader } from '#inventory/reader.js'
import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { Context } from '#vsphere/core/context.js'
import { withChanges } from '#vsphere/option/rules.js'

/** vim25's setting that holds the fully qualified name: the one place where it is kept. */
const FQDN = 'VirtualCenter.FQDN'
const MANAGER = 'VpxSettings'

/** The fully qualified name of the appliance. */
export function hostName(read: Reader): string {
  const settings = read.find('OptionManager', MANAGER)?.setting ?? []
  const value = settings.find(({ key }) => key === FQDN)?.value as { readonly _value?: unknown } | undefined
  return typeof value?._value === 'string' ? value._value : 'localhost'
}

/** Renames the appliance, for vim25's clients as well. */
export function setHostName({ tx }: Pick<Context, 'tx'>, name: string): void {
  const before = tx.get('OptionManager', MANAGER).setting ?? []
  const changed = [data('OptionValue', { key: FQDN, value: boxedString(name) })]
  tx.set('OptionManager', MANAGER, { setting: withChanges(before, changed, () => false) })
}
