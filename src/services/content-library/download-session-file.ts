import { later } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { contentService } from './content-service.js'
import {
  changeDownloadFile,
  downloadFileInfo,
  PREPARED,
  requireDownloadSession,
} from './download-sessions.js'
import { invalid } from './errors.js'

/** How long it takes to make a file ready, bytes aside. */
const PREPARE_SECONDS = 1

export const downloadSessionFile = contentService('com.vmware.content.library.item.downloadsession.file', {
  list(call, { download_session_id }) {
    const session = requireDownloadSession(call.read, download_session_id)
    return session.files.map((file) => downloadFileInfo(call, session, file))
  },

  get: (call, { download_session_id, file_name }) => infoOf(call, download_session_id, file_name),

  /** HTTPS: an address of this server; DIRECT: the file's place in the storage, for those who can reach it. */
  prepare(call, { download_session_id: id, file_name, endpoint_type = 'HTTPS' }) {
    const { status } = infoOf(call, id, file_name)
    const session = requireDownloadSession(call.read, id)
    if (session.state !== 'ACTIVE') throw invalid('session_not_active', id, session.state)
    call.transact((ctx) => {
      const ready = status === 'PREPARED' ? status : ('PREPARE_REQUESTED' as const)
      changeDownloadFile(ctx, session, file_name, () => ({ status: ready, endpoint: endpoint_type }))
      if (ready !== 'PREPARED') later(ctx, PREPARE_SECONDS, PREPARED, { session: id, file: file_name })
    })
    return infoOf(call, id, file_name)
  },
})

function infoOf(call: ServiceCall, id: string, name: string) {
  const session = requireDownloadSession(call.read, id)
  const found = session.files.find(({ file }) => file.name === name)
  if (!found) throw invalid('session_file_not_found', id, name)
  return downloadFileInfo(call, session, found)
}
