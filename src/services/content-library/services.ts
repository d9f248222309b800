import type { ServiceTable } from '../core/service.js'
import { contentType, securityPolicies } from './catalogue.js'
import { configuration } from './configuration.js'
import { downloadSession } from './download-session.js'
import { downloadSessionFile } from './download-session-file.js'
import { item } from './item.js'
import { itemChanges } from './item-changes.js'
import { itemFile } from './item-file.js'
import { itemStorage } from './item-storage.js'
import { library } from './library.js'
import { localLibrary } from './local-library.js'
import { subscribedItem } from './subscribed-item.js'
import { subscribedLibrary } from './subscribed-library.js'
import { subscriptions } from './subscriptions.js'
import { trustedCertificates } from './trusted-certificates.js'
import { updateSession } from './update-session.js'
import { updateSessionFile } from './update-session-file.js'

/** com.vmware.content.* */
export const contentServices: readonly ServiceTable[] = [
  library,
  localLibrary,
  subscribedLibrary,
  subscriptions,
  item,
  itemFile,
  itemStorage,
  itemChanges,
  subscribedItem,
  updateSession,
  updateSessionFile,
  downloadSession,
  downloadSessionFile,
  configuration,
  contentType,
  securityPolicies,
  trustedCertificates,
]
