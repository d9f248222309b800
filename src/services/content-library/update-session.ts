import { VapiError } from '#vapi/error.js'
import type { ServiceCall } from '../core/call.js'
import { madeBefore, tokenOf } from './client-token.js'
import { contentService } from './content-service.js'
import { invalid, notFound, notNow, told, wrongKind } from './errors.js'
import { requireOwn } from './item.js'
import { findItem } from './items.js'
import { storageFull } from './receive.js'
import { type UpdateSession, updateSessionKey, updateSessions } from './records.js'
import { type Unpacked, unpackOva } from './unpack.js'
import {
  changeSession,
  completeSession,
  endSession,
  openUpdateSession,
  requireActive,
  requireReceived,
  requireUpdateSession,
  sessionsOf,
  updateSessionModel,
} from './update-sessions.js'
import { missingFiles } from './validate.js'

/** Sessions in which the files of an item change: all at once, when the session completes. */
export const updateSession = contentService('com.vmware.content.library.item.update_session', {
  create(call, { client_token, create_spec: spec }) {
    const before = madeBefore(call, updateSessions, client_token)
    if (before !== undefined) return before
    if (spec.library_item_id === undefined) throw invalid('field_required', 'library_item_id')
    const item = requireOwn(call, spec.library_item_id)
    if (item.vmTemplate) throw wrongKind('vm_template_item', item.name, item.id)
    const version = spec.library_item_content_version
    if (version !== undefined && version !== String(item.contentVersion))
      throw invalid('version_conflict', String(item.contentVersion), version)
    const made = {
      progress: spec.client_progress ?? 0,
      warnings: spec.warning_behavior,
      clientToken: tokenOf(call, client_token),
    }
    return call.transact((ctx) => openUpdateSession(ctx, item.id, made).id)
  },

  get: ({ read }, { update_session_id }) => updateSessionModel(requireUpdateSession(read, update_session_id)),

  list({ read }, { library_item_id: item }) {
    if (item === undefined)
      return [...read.ids(updateSessions)].map((key) => read.get(updateSessions, key).id)
    if (!findItem(read, item)) throw notFound('library_item_not_found', item)
    return sessionsOf(read, item).map(({ id }) => id)
  },

  /** Nothing may be missing, nor what an OVF descriptor speaks of; OVA archives become the files in them. */
  async complete(call, { update_session_id: id }) {
    const session = requireActive(call.read, id)
    requireReceived(session)
    const [missing] = await missingFiles(call, session)
    if (missing !== undefined) throw notNow('update_session_file_not_received', missing, 'WAITING')
    const unpacked = await unpackAll(call, session)
    try {
      call.transact((ctx) => completeSession(ctx, requireActive(ctx.tx, id), unpacked))
    } catch (error) {
      const full = storageFull(session.item, error)
      throw full ? new VapiError('NOT_ALLOWED_IN_CURRENT_STATE', [full]) : error
    } finally {
      releaseAll(unpacked)
    }
  },

  keep_alive(call, { update_session_id: id, client_progress }) {
    const { progress } = requireActive(call.read, id)
    call.transact((ctx) => changeSession(ctx, id, { progress: client_progress ?? progress }))
  },

  cancel(call, { update_session_id: id }) {
    const session = requireActive(call.read, id)
    call.transact((ctx) => endSession(ctx, session, 'CANCELED'))
  },

  fail(call, { update_session_id: id, client_error_message }) {
    const session = requireActive(call.read, id)
    call.transact((ctx) => endSession(ctx, session, 'ERROR', told('client_error', client_error_message)))
  },

  delete(call, { update_session_id: id }) {
    if (requireUpdateSession(call.read, id).state === 'ACTIVE') throw notNow('session_active', id)
    call.transact((ctx) => ctx.tx.remove(updateSessionKey(id)))
  },

  /** Which warnings do not keep the session from completing. */
  update(call, { update_session_id: id, update_spec: spec }) {
    const { warnings, progress } = requireActive(call.read, id)
    call.transact((ctx) =>
      changeSession(ctx, id, {
        warnings: spec.warning_behavior ?? warnings,
        progress: spec.client_progress ?? progress,
      }),
    )
  },
})

/** The files in the OVA archives that have come, by the archives' names. */
async function unpackAll(
  { sandbox }: ServiceCall,
  { files }: UpdateSession,
): Promise<ReadonlyMap<string, readonly Unpacked[]>> {
  const unpacked = new Map<string, readonly Unpacked[]>()
  try {
    for (const { name, received } of files) {
      if (!received || !/\.ova$/i.test(name)) continue
      const inside = await unpackOva(sandbox.services.blobs, received)
      if (!inside) throw notNow('ova_invalid', name)
      unpacked.set(name, inside)
    }
    return unpacked
  } catch (error) {
    releaseAll(unpacked)
    throw error
  }
}

function releaseAll(unpacked: ReadonlyMap<string, readonly Unpacked[]>): void {
  for (const { release } of [...unpacked.values()].flat()) release()
}
