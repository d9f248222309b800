import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { OptionValue } from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import { hostOfManager } from '../host/managers.js'
import { changedOptions, changedOptionsId } from '../host/options.js'
import { requireConnected } from '../host/status.js'
import { networkOptions } from '../vmkernel/selections.js'
import { optionsNamed, withChanges } from './rules.js'

/** The server's own settings; every other OptionManager is a host's. */
const OWN_SETTINGS: ReadonlySet<string> = new Set(['VpxSettings', 'HostAgentSettings'])

/** Options of a host that follow from the services of its adapters (HostVirtualNicManager changes them). */
const FOLLOWING = new Set(networkOptions({}).map(({ key }) => key))

export const optionOperations = operations('OptionManager', {
  QueryOptions(ctx, self, { name }) {
    return optionsNamed(settingsOf(ctx.tx, self.value), name)
  },

  /** A vCenter takes new keys below `config.`; a host has the options that it has. */
  UpdateOptions(ctx, self, { changedValue }) {
    const { tx } = ctx
    const vpx = OWN_SETTINGS.has(self.value)
    requirePrivilege(tx, ctx.session, self, vpx ? 'Global.Settings' : 'Host.Config.AdvancedConfig')
    const before = settingsOf(tx, self.value)
    if (vpx) {
      const setting = withChanges(before, changedValue, (key) => key.startsWith('config.'))
      tx.set('OptionManager', self.value, { setting })
      return
    }
    const host = hostOfManager(self.value)
    requireConnected(tx, host)
    withChanges(before, changedValue, () => false)
    if (changedValue.some(({ key }) => FOLLOWING.has(key))) throw fault('NotSupported', {})
    const id = changedOptionsId(host)
    const changed = withChanges(tx.find(changedOptions, id)?.changed ?? [], changedValue, () => true)
    if (tx.find(changedOptions, id)) tx.set(changedOptions, id, { changed })
    else tx.create(changedOptions, id, { host, changed })
  },
})

/** What the manager shows: a host's options are a part of its config. */
function settingsOf(read: Reader, manager: string): readonly OptionValue[] {
  const settings = OWN_SETTINGS.has(manager)
    ? read.get('OptionManager', manager).setting
    : read.get('HostSystem', hostOfManager(manager)).config?.option
  return settings ?? []
}
