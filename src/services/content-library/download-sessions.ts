import type { Reader } from '#inventory/reader.js'
import type {
  ContentLibraryItemDownloadSessionModel,
  ContentLibraryItemDownloadsessionFileInfo,
} from '#vapi/generated/types.js'
import type { Work } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import type { ServiceCall } from '../core/call.js'
import { requireItem } from './items.js'
import {
  type DownloadFile,
  type DownloadSession,
  downloadSessionKey,
  downloadSessions,
  downloadSessionsByItem,
  downloadSessionsByTransfer,
  type LibraryFile,
  libraries,
  libraryKey,
} from './records.js'
import { SESSION_MS, watchSession } from './session-expiry.js'
import { storageUri } from './storage.js'
import { fetchItem } from './sync.js'
import { sessionModel, sessionsOfKind } from './transfer-sessions.js'
import { newTransfer } from './transfers.js'
import { transferUrl } from './urls.js'

export const { required: requireDownloadSession, active: requireActiveDownload } =
  sessionsOfKind<DownloadSession>(downloadSessions, downloadSessionKey, 'download_session_not_found')

export function downloadSessionsOf(read: Reader, item: string): readonly DownloadSession[] {
  return read.lookup(downloadSessionsByItem, item).map((key) => read.get(downloadSessions, key))
}

/** A new session for the files that an item has now. */
export function openDownloadSession(
  ctx: Context,
  item: string,
  more: Pick<DownloadSession, 'progress' | 'clientToken'>,
): DownloadSession {
  const { files, contentVersion } = requireItem(ctx.tx, item)
  const id = ctx.services.random.uuid('', 'downloadSession', ctx.tx.next('downloadSession'))
  const session: DownloadSession = {
    ...more,
    id,
    item,
    transfer: newTransfer(ctx.services),
    contentVersion,
    state: 'ACTIVE',
    expires: ctx.now + SESSION_MS,
    files: files.map((file) => ({ file, status: 'UNPREPARED', endpoint: 'HTTPS' })),
  }
  ctx.tx.create(downloadSessions, downloadSessionKey(id), session)
  watchSession(ctx, downloadSessionKey(id), session.expires)
  return session
}

export function changeDownload(ctx: Context, id: string, changes: Partial<DownloadSession>): void {
  ctx.tx.set(downloadSessions, downloadSessionKey(id), { ...changes, expires: ctx.now + SESSION_MS })
}

export const PREPARED = 'contentLibrary.prepared'

/** A file is ready to be fetched; of an on-demand library it comes from the publisher first. */
export const prepareFile: Work = (ctx, refs) => {
  const session = ctx.tx.find(downloadSessions, downloadSessionKey(refs.session as string))
  if (!session) return
  fetchItem(ctx, session.item)
  const now = new Map(requireItem(ctx.tx, session.item).files.map((file) => [file.name, file]))
  changeDownloadFile(ctx, session, refs.file as string, ({ file }) => ({
    status: 'PREPARED',
    file: file.cached ? file : (now.get(file.name) ?? file),
  }))
}

export function changeDownloadFile(
  ctx: Context,
  { id, files }: DownloadSession,
  name: string,
  change: (file: DownloadFile) => Partial<DownloadFile>,
): void {
  changeDownload(ctx, id, {
    files: files.map((each) => (each.file.name === name ? { ...each, ...change(each) } : each)),
  })
}

/** The file that the data door gives under an address. */
export function downloadedFile(read: Reader, transfer: string, name: string): LibraryFile | undefined {
  const [key] = read.lookup(downloadSessionsByTransfer, transfer)
  const session = key === undefined ? undefined : read.get(downloadSessions, key)
  if (session?.state !== 'ACTIVE') return undefined
  return session.files.find(({ file, status }) => file.name === name && status === 'PREPARED')?.file
}

/** A session as the API shows it. */
export function downloadSessionModel(session: DownloadSession): ContentLibraryItemDownloadSessionModel {
  return sessionModel(session)
}

/** A file of a session as the API shows it. */
export function downloadFileInfo(
  call: ServiceCall,
  session: DownloadSession,
  { file, status, endpoint }: DownloadFile,
): ContentLibraryItemDownloadsessionFileInfo {
  const prepared = status === 'PREPARED'
  return {
    name: file.name,
    size: file.size,
    bytes_transferred: prepared ? file.size : 0,
    status,
    checksum_info: file.checksum,
    download_endpoint: prepared ? { uri: addressOf(call, session, file, endpoint) } : undefined,
  }
}

function addressOf(
  call: ServiceCall,
  session: DownloadSession,
  file: LibraryFile,
  endpoint: DownloadFile['endpoint'],
): string {
  if (endpoint === 'HTTPS') return transferUrl(call, session.transfer, file.name)
  const item = requireItem(call.read, session.item)
  const library = call.read.get(libraries, libraryKey(item.library))
  return storageUri(call.read, library, item, file, call.sandbox.services.identity.instanceUuid)
}
