import type { Reader } from '#inventory/reader.js'
import { type LocalizableMessage, VapiError } from '#vapi/error.js'
import type {
  ContentLibraryItemUpdateSessionModel,
  ContentLibraryItemUpdatesessionFileInfo,
} from '#vapi/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { notNow, told } from './errors.js'
import { addFile, dropFile, finishContent, requireItem, takeFile } from './items.js'
import {
  type SessionFile,
  type UpdateSession,
  updateSessionKey,
  updateSessions,
  updateSessionsByItem,
} from './records.js'
import { SESSION_MS, watchSession } from './session-expiry.js'
import { unstore } from './storage.js'
import { sessionModel, sessionsOfKind } from './transfer-sessions.js'
import { newTransfer, transferKey, transfersOf } from './transfers.js'
import type { Unpacked } from './unpack.js'
import { transferUrl } from './urls.js'

export const { required: requireUpdateSession, active: requireActive } = sessionsOfKind<UpdateSession>(
  updateSessions,
  updateSessionKey,
  'update_session_not_found',
)

/** A new session for an item. Throws RESOURCE_BUSY while another one is active. */
export function openUpdateSession(
  ctx: Context,
  item: string,
  more: Pick<UpdateSession, 'warnings' | 'progress' | 'clientToken'>,
): UpdateSession {
  const active = sessionsOf(ctx.tx, item).find(({ state }) => state === 'ACTIVE')
  if (active) throw new VapiError('RESOURCE_BUSY', [told('item_being_updated', item, active.id)])
  const id = ctx.services.random.uuid('', 'updateSession', ctx.tx.next('updateSession'))
  const session: UpdateSession = {
    ...more,
    id,
    item,
    transfer: newTransfer(ctx.services),
    contentVersion: requireItem(ctx.tx, item).contentVersion,
    state: 'ACTIVE',
    expires: ctx.now + SESSION_MS,
    files: [],
    removed: [],
  }
  ctx.tx.create(updateSessions, updateSessionKey(id), session)
  watchSession(ctx, updateSessionKey(id), session.expires)
  return session
}

export function sessionsOf(read: Reader, item: string): readonly UpdateSession[] {
  return read.lookup(updateSessionsByItem, item).map((key) => read.get(updateSessions, key))
}

/** Changes a session; every change is a sign of life. */
export function changeSession(ctx: Context, id: string, changes: Partial<UpdateSession>): void {
  ctx.tx.set(updateSessions, updateSessionKey(id), { ...changes, expires: ctx.now + SESSION_MS })
}

/** Puts a file into the session, in place of one of that name with what it had received. */
export function putSessionFile(ctx: Context, id: string, file: SessionFile): void {
  const { files, removed } = requireUpdateSession(ctx.tx, id)
  const former = files.find(({ name }) => name === file.name)
  if (former?.received && former.received !== file.received) unstore(ctx, former.received)
  changeSession(ctx, id, {
    files: former ? files.map((each) => (each === former ? file : each)) : [...files, file],
    removed: removed.filter((name) => name !== file.name),
  })
}

/** Takes a file out of the session, or marks one of the item to go. False when neither has it. */
export function removeSessionFile(ctx: Context, id: string, name: string): boolean {
  const { files, removed, item } = requireUpdateSession(ctx.tx, id)
  const mine = files.find((file) => file.name === name)
  if (mine?.received) unstore(ctx, mine.received)
  const ofItem = requireItem(ctx.tx, item).files.some((file) => file.name === name)
  if (mine) changeSession(ctx, id, { files: files.filter((file) => file !== mine) })
  else if (ofItem && !removed.includes(name)) changeSession(ctx, id, { removed: [...removed, name] })
  else return false
  return true
}

/** Ends a session without an effect on its item. */
export function endSession(
  ctx: Context,
  { id, files }: UpdateSession,
  state: 'CANCELED' | 'ERROR',
  error?: LocalizableMessage,
): void {
  for (const { received } of files) if (received) unstore(ctx, received)
  changeSession(ctx, id, { state, error, files: files.map(({ received: _, ...file }) => file) })
}

/** The status of a file in a message: the recorded one says WAITING (rest-wire 1.6). */
const SHORT = { WAITING_FOR_TRANSFER: 'WAITING', READY: 'READY', ERROR: 'ERROR' } as const

/** Throws NOT_ALLOWED_IN_CURRENT_STATE, in the recorded words, for a file that has not come (rest-wire 1.6). */
export function requireReceived({ files }: UpdateSession): void {
  const waiting = files.find(({ status }) => status !== 'READY')
  if (waiting) throw notNow('update_session_file_not_received', waiting.name, SHORT[waiting.status])
}

/** Gives the item what the session has received; of an archive the files in it, by its name. Throws NoDiskSpace. */
export function completeSession(
  ctx: Context,
  session: UpdateSession,
  unpacked: ReadonlyMap<string, readonly Unpacked[]>,
): void {
  requireReceived(session)
  for (const name of session.removed) dropFile(ctx, session.item, name)
  for (const { name, received } of session.files) {
    const inside = unpacked.get(name)
    if (inside && received) unstore(ctx, received)
    if (inside) for (const file of inside) addFile(ctx, session.item, file.name, file.content)
    else if (received) takeFile(ctx, session.item, received)
  }
  if (session.files.length + session.removed.length > 0) finishContent(ctx, session.item)
  changeSession(ctx, session.id, { state: 'DONE' })
}

/** A session as the API shows it. */
export function updateSessionModel(session: UpdateSession): ContentLibraryItemUpdateSessionModel {
  return {
    ...sessionModel(session),
    // Signed OVF packages are told by their certificate files; none is looked into (deviation 73).
    preview_info: session.state === 'ACTIVE' ? { state: 'NOT_APPLICABLE' } : undefined,
    warning_behavior: session.warnings,
  }
}

/** A file of a session as the API shows it. */
export function sessionFileInfo(
  call: ServiceCall,
  { transfer }: UpdateSession,
  file: SessionFile,
): ContentLibraryItemUpdatesessionFileInfo {
  const underWay = transfersOf(call.sandbox.services).get(transferKey(transfer, file.name))
  return {
    name: file.name,
    source_type: file.source,
    size: file.received?.size ?? file.size,
    checksum_info: file.checksum ?? file.received?.checksum,
    source_endpoint: file.endpoint,
    upload_endpoint: file.source === 'PUSH' ? { uri: transferUrl(call, transfer, file.name) } : undefined,
    bytes_transferred: underWay ?? file.received?.size ?? 0,
    status: underWay === undefined ? file.status : 'TRANSFERRING',
    error_message: file.error,
  }
}
