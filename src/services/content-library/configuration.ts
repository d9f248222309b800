import { recordKind } from '#inventory/entity.js'
import type { ContentConfigurationModel } from '#vapi/generated/types.js'
import { contentService } from './content-service.js'
import { invalid } from './errors.js'

const configurations = recordKind<ContentConfigurationModel>('contentConfiguration')
const KEY = 'contentConfiguration'

/** As a new vCenter has it: libraries sync at night. */
const DEFAULTS: ContentConfigurationModel = {
  automatic_sync_enabled: true,
  automatic_sync_start_hour: 20,
  automatic_sync_stop_hour: 7,
  maximum_concurrent_item_syncs: 5,
}

/** Settings of the whole service; kept and read back, the day of syncs begins with the subscription (deviation 74). */
export const configuration = contentService('com.vmware.content.configuration', {
  get: ({ read }) => read.find(configurations, KEY) ?? DEFAULTS,

  update(call, { model }) {
    for (const name of ['automatic_sync_start_hour', 'automatic_sync_stop_hour'] as const) {
      const hour = model[name]
      if (hour !== undefined && !(hour >= 0 && hour <= 23)) throw invalid('field_invalid', name, String(hour))
    }
    const most = model.maximum_concurrent_item_syncs
    if (most !== undefined && most < 1)
      throw invalid('field_invalid', 'maximum_concurrent_item_syncs', String(most))
    call.transact(({ tx }) => {
      const present = tx.find(configurations, KEY)
      const next = { ...(present ?? DEFAULTS), ...given(model) }
      if (present) tx.set(configurations, KEY, next)
      else tx.create(configurations, KEY, next)
    })
  },
})

const given = (model: ContentConfigurationModel) =>
  Object.fromEntries(Object.entries(model).filter(([, value]) => value !== undefined))
