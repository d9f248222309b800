import { madeBefore, tokenOf } from './client-token.js'
import { contentService } from './content-service.js'
import {
  changeDownload,
  downloadSessionModel,
  downloadSessionsOf,
  openDownloadSession,
  requireActiveDownload,
  requireDownloadSession,
} from './download-sessions.js'
import { invalid, told } from './errors.js'
import { requireItem } from './items.js'
import { downloadSessionKey, downloadSessions } from './records.js'

/** Sessions in which a client fetches the files of an item. */
export const downloadSession = contentService('com.vmware.content.library.item.download_session', {
  create(call, { client_token, create_spec: spec }) {
    const before = madeBefore(call, downloadSessions, client_token)
    if (before !== undefined) return before
    if (spec.library_item_id === undefined) throw invalid('field_required', 'library_item_id')
    const { id: item } = requireItem(call.read, spec.library_item_id)
    const made = { progress: spec.client_progress ?? 0, clientToken: tokenOf(call, client_token) }
    return call.transact((ctx) => openDownloadSession(ctx, item, made).id)
  },

  get: ({ read }, { download_session_id: id }) => downloadSessionModel(requireDownloadSession(read, id)),

  list({ read }, { library_item_id: item }) {
    if (item === undefined)
      return [...read.ids(downloadSessions)].map((key) => read.get(downloadSessions, key).id)
    return downloadSessionsOf(read, requireItem(read, item).id).map(({ id }) => id)
  },

  keep_alive(call, { download_session_id: id, progress }) {
    const session = requireActiveDownload(call.read, id)
    call.transact((ctx) => changeDownload(ctx, id, { progress: progress ?? session.progress }))
  },

  cancel(call, { download_session_id: id }) {
    requireActiveDownload(call.read, id)
    call.transact((ctx) => changeDownload(ctx, id, { state: 'CANCELED' }))
  },

  fail(call, { download_session_id: id, client_error_message }) {
    requireActiveDownload(call.read, id)
    const error = told('client_error', client_error_message)
    call.transact((ctx) => changeDownload(ctx, id, { state: 'ERROR', error }))
  },

  delete(call, { download_session_id: id }) {
    requireDownloadSession(call.read, id)
    call.transact((ctx) => ctx.tx.remove(downloadSessionKey(id)))
  },
})
