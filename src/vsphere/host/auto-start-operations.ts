import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { AutoStartPowerInfo } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import { hostOfManager } from './managers.js'
import { changeSettings } from './settings.js'

export const autoStartOperations = operations('HostAutoStartManager', {
  /** Changes the defaults that the spec has, and the settings of the VMs that it names, which must be the host's. */
  ReconfigureAutostart(ctx, self, { spec }) {
    const host = hostOfManager(self.value)
    for (const { key } of spec.powerInfo ?? [])
      if (ctx.tx.get('VirtualMachine', key.value).runtime.host?.value !== host)
        throw fault('InvalidArgument', { invalidProperty: 'spec.powerInfo.key' })
    changeSettings(ctx, self, 'autoStart', (config) => {
      const { _typeName, ...defaults } = spec.defaults ?? data('AutoStartDefaults', {})
      return patch(config, {
        defaults: patch(config.defaults ?? data('AutoStartDefaults', {}), defaults),
        powerInfo: merged(config.powerInfo ?? [], spec.powerInfo ?? []),
      })
    })
  },
})

/** Places are unique: who comes to a place that is taken pushes the others back. */
function merged(
  before: readonly AutoStartPowerInfo[],
  changes: readonly AutoStartPowerInfo[],
): readonly AutoStartPowerInfo[] {
  return changes.reduce((list, change) => {
    const others = list.filter(({ key }) => key.value !== change.key.value)
    const taken = change.startOrder > 0 && others.some((one) => one.startOrder === change.startOrder)
    const moved = others.map((one) =>
      taken && one.startOrder >= change.startOrder ? patch(one, { startOrder: one.startOrder + 1 }) : one,
    )
    return [...moved, change]
  }, before)
}
