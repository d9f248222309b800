import { data } from '#vim25/data.js'
import type { FileQuery, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'

/** The kinds of files that every browser can look for. */
const SEARCHED_FILES: readonly FileQuery[] = Object.freeze([
  data('VmConfigFileQuery', {}),
  data('TemplateConfigFileQuery', {}),
  data('VmDiskFileQuery', {}),
  data('FolderFileQuery', {}),
  data('VmSnapshotFileQuery', {}),
  data('IsoImageFileQuery', {}),
  data('VmLogFileQuery', {}),
  data('VmNvramFileQuery', {}),
  data('FloppyImageFileQuery', {}),
])

/**
 * `datastoreBrowser-datastore-12`, `datastoreBrowser-host-9`, `datastoreBrowser-domain-c7`; which datastores it browses is
 * derived from its owner.
 */
export function createBrowser(ctx: Context, owner: string): ManagedObjectReference {
  return ctx.tx.create('HostDatastoreBrowser', datastoreBrowserId(owner), { supportedType: SEARCHED_FILES })
}

export const datastoreBrowserId = (owner: string) => `datastoreBrowser-${owner}`
