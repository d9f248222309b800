import { requirePrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import { optionsNamed, withChanges } from './rules.js'

/** The vCenter's own settings; every other OptionManager is a host's. */
const VPX_SETTINGS = 'VpxSettings'

export const optionOperations = operations('OptionManager', {
  QueryOptions(ctx, self, { name }) {
    return optionsNamed(ctx.tx.get('OptionManager', self.value).setting ?? [], name)
  },

  /** A vCenter takes new keys below `config.`; a host has the options that it has. */
  UpdateOptions(ctx, self, { changedValue }) {
    const vpx = self.value === VPX_SETTINGS
    requirePrivilege(ctx.tx, ctx.session, self, vpx ? 'Global.Settings' : 'Host.Config.AdvancedConfig')
    const { setting = [] } = ctx.tx.get('OptionManager', self.value)
    const mayAdd = (key: string) => vpx && key.startsWith('config.')
    ctx.tx.set('OptionManager', self.value, { setting: withChanges(setting, changedValue, mayAdd) })
  },
})
