import { data } from '#vim25/data.js'
import type { FileQuery } from '#vim25/generated/types.js'

/** The kinds of files that every browser can look for. */
export const supportedFileQueries: readonly FileQuery[] = Object.freeze([
  data('FolderFileQuery', {}),
  data('FloppyImageFileQuery', {}),
  data('IsoImageFileQuery', {}),
  data('VmConfigFileQuery', {}),
  data('VmDiskFileQuery', {}),
  data('VmLogFileQuery', {}),
  data('VmNvramFileQuery', {}),
  data('VmSnapshotFileQuery', {}),
])
