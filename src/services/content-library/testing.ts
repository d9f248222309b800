import type {
  ContentLibraryItemUpdatesessionFileAddSpec,
  ContentLibraryModel,
} from '#vapi/generated/types.js'
import { createServiceLab, type ServiceLab } from '../core/testing.js'
import { receive } from './receive.js'
import { transferAt } from './urls.js'

export const LIBRARY = 'com.vmware.content.library'
export const LOCAL = 'com.vmware.content.local_library'
export const SUBSCRIBED = 'com.vmware.content.subscribed_library'
export const ITEM = 'com.vmware.content.library.item'
export const FILE = 'com.vmware.content.library.item.file'
export const UPDATE = 'com.vmware.content.library.item.update_session'
export const UPDATE_FILE = 'com.vmware.content.library.item.updatesession.file'
export const DOWNLOAD = 'com.vmware.content.library.item.download_session'
export const DOWNLOAD_FILE = 'com.vmware.content.library.item.downloadsession.file'

export interface LibraryLab extends ServiceLab {
  /** A local library on the datastore. */
  library(changes?: ContentLibraryModel): Promise<string>
  item(library: string, name?: string): Promise<string>
  session(item: string): Promise<string>
  /** Adds a file to a session and sends its bytes. */
  send(
    session: string,
    name: string,
    bytes: string,
    more?: Partial<ContentLibraryItemUpdatesessionFileAddSpec>,
  ): Promise<void>
  /** An item with these files, by name. */
  filled(library: string, name: string, files: Readonly<Record<string, string>>): Promise<string>
  /** Bytes in use on the datastore. */
  used(): number
}

export function createLibraryLab(): LibraryLab {
  const lab = createServiceLab()
  const { sandbox, datastore } = lab
  const add: LibraryLab['send'] = async (session, name, bytes, more = {}) => {
    const file_spec = { name, source_type: 'PUSH', ...more } as const
    const { upload_endpoint } = await lab.invoke(UPDATE_FILE, 'add', {
      update_session_id: session,
      file_spec,
    })
    const at = transferAt(upload_endpoint?.uri ?? '')
    await receive(sandbox, at?.transfer ?? '', at?.file ?? '', pieces(bytes))
  }
  const made: Omit<LibraryLab, keyof ServiceLab> = {
    library: (changes = {}) => {
      const storage_backings = [{ type: 'DATASTORE', datastore_id: datastore } as const]
      return lab.invoke(LOCAL, 'create', { create_spec: { name: 'images', storage_backings, ...changes } })
    },
    item: (library_id, name = 'item') => lab.invoke(ITEM, 'create', { create_spec: { library_id, name } }),
    session: (library_item_id) => lab.invoke(UPDATE, 'create', { create_spec: { library_item_id } }),
    send: add,
    async filled(library, name, files) {
      const item = await made.item(library, name)
      const session = await made.session(item)
      for (const [file, bytes] of Object.entries(files)) await add(session, file, bytes)
      await lab.invoke(UPDATE, 'complete', { update_session_id: session })
      return item
    },
    used() {
      const { capacity, freeSpace } = sandbox.inventory.read.get('Datastore', datastore).summary
      return Number(capacity) - Number(freeSpace)
    },
  }
  return Object.assign(lab, made)
}

async function* pieces(text: string) {
  for (let at = 0; at < text.length; at += 1000) yield Buffer.from(text.slice(at, at + 1000))
}
