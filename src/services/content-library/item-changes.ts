import { timestamp } from '#ports/clock.js'
import { contentService } from './content-service.js'
import { notFound } from './errors.js'
import { requireItem } from './items.js'

/** What has happened to items that keep a history: check-ins of VM templates. */
export const itemChanges = contentService('com.vmware.content.library.item.changes', {
  list: ({ read }, { library_item }) =>
    requireItem(read, library_item).changes.map(({ version, time, user, message }) => ({
      version,
      time: timestamp(time),
      user,
      short_message: message?.slice(0, SHORT),
    })),

  get({ read }, { library_item, version }) {
    const found = requireItem(read, library_item).changes.find((change) => change.version === version)
    if (!found) throw notFound('item_change_not_found', library_item, version)
    return { time: timestamp(found.time), user: found.user, message: found.message }
  },
})

/** Characters of a message that a list shows. */
const SHORT = 80
