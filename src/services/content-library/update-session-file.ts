import type { ContentLibraryItemUpdatesessionFileAddSpec } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { contentService } from './content-service.js'
import { invalid, told } from './errors.js'
import { checkPulled, isContent, sourceOf } from './pull.js'
import { acceptFile, failFile, storageFull } from './receive.js'
import type { SessionFile, UpdateSession } from './records.js'
import {
  putSessionFile,
  removeSessionFile,
  requireActive,
  requireUpdateSession,
  sessionFileInfo,
} from './update-sessions.js'
import { validateSession } from './validate.js'

/** The files of an update session: sent by the client (PUSH) or fetched by the server (PULL). */
export const updateSessionFile = contentService('com.vmware.content.library.item.updatesession.file', {
  async add(call, { update_session_id: id, file_spec: spec }) {
    const session = requireActive(call.read, id)
    if (session.files.some(({ name }) => name === spec.name))
      throw invalid('file_exists_in_session', id, spec.name)
    const file = checkFile(spec)
    call.transact((ctx) => putSessionFile(ctx, id, file))
    if (file.source === 'PULL') await pull(call, requireActive(call.read, id), file)
    return infoOf(call, id, file.name)
  },

  list(call, { update_session_id }) {
    const session = requireUpdateSession(call.read, update_session_id)
    return session.files.map((file) => sessionFileInfo(call, session, file))
  },

  get: (call, { update_session_id, file_name }) => infoOf(call, update_session_id, file_name),

  /** A file that the session has brought, or one of the item, which goes when the session completes. */
  remove(call, { update_session_id: id, file_name: name }) {
    const session = requireUpdateSession(call.read, id)
    if (session.state !== 'ACTIVE') throw invalid('session_not_active', id, session.state)
    if (!call.transact((ctx) => removeSessionFile(ctx, id, name)))
      throw invalid('session_file_not_found', id, name)
  },

  validate: (call, { update_session_id }) =>
    validateSession(call, requireActive(call.read, update_session_id)),
})

function infoOf(call: ServiceCall, id: string, name: string) {
  const session = requireUpdateSession(call.read, id)
  const file = session.files.find((each) => each.name === name)
  if (!file) throw invalid('session_file_not_found', id, name)
  return sessionFileInfo(call, session, file)
}

const LONGEST_NAME = 255

function checkFile(spec: ContentLibraryItemUpdatesessionFileAddSpec): SessionFile {
  const { name, source_type: source, source_endpoint: endpoint, size, checksum_info: checksum } = spec
  if (name === '' || name.length > LONGEST_NAME || /[/\\\0]|^\.{1,2}$/.test(name))
    throw invalid('field_invalid', 'name', `'${name}'`)
  if (source === 'PULL' && !endpoint) throw invalid('field_required', 'source_endpoint')
  if (source === 'PUSH' && endpoint)
    throw invalid('field_invalid', 'source_endpoint', 'set for a file that is pushed')
  if (size !== undefined && size < 0) throw invalid('field_invalid', 'size', String(size))
  return { name, source, endpoint, size, checksum, status: 'WAITING_FOR_TRANSFER' }
}

/** Fetches a file at once. What cannot be fetched leaves it in ERROR, with the reason. */
async function pull(call: ServiceCall, session: UpdateSession, file: SessionFile): Promise<void> {
  const source = sourceOf(call, file.endpoint?.uri ?? '')
  const wrong = isContent(source) ? await checkPulled(call, file, source) : source
  if (!wrong && isContent(source)) {
    try {
      return call.transact((ctx) => acceptFile(ctx, requireActive(ctx.tx, session.id), file, source))
    } catch (error) {
      const full = storageFull(file.name, error)
      if (!full) throw error
      return call.transact((ctx) => failFile(ctx, session.id, file, full))
    }
  }
  call.transact((ctx) => failFile(ctx, session.id, file, wrong ?? told('file_source_not_found', file.name)))
}
