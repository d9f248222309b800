import type { Family } from '#vsphere/core/behaviour.js'
import { PREPARED, prepareFile } from './download-sessions.js'
import {
  downloadSessionsByBlob,
  downloadSessionsByItem,
  downloadSessionsByTransfer,
  itemsByBlob,
  itemsByLibrary,
  madeByToken,
  subscriptionsByLibrary,
  updateSessionsByBlob,
  updateSessionsByItem,
  updateSessionsByTransfer,
} from './records.js'
import { expireSession, SESSION_EXPIRES } from './session-expiry.js'
import { AUTOMATIC_SYNC, SYNC, syncDaily, syncWork } from './sync.js'

/** Content libraries: what they keep in the world. */
export const contentLibraryFamily: Family = {
  name: 'content-library',
  indexes: [
    itemsByLibrary,
    itemsByBlob,
    updateSessionsByItem,
    updateSessionsByTransfer,
    updateSessionsByBlob,
    downloadSessionsByItem,
    downloadSessionsByTransfer,
    downloadSessionsByBlob,
    subscriptionsByLibrary,
    ...madeByToken,
  ],
  work: {
    [SYNC]: syncWork,
    [AUTOMATIC_SYNC]: syncDaily,
    [PREPARED]: prepareFile,
    [SESSION_EXPIRES]: expireSession,
  },
}
