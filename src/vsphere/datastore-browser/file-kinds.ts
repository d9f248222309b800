/** What a browser tells files apart by: the query and the information of each kind have its name. */
export type FileKind =
  | 'VmConfigFile'
  | 'TemplateConfigFile'
  | 'VmDiskFile'
  | 'VmSnapshotFile'
  | 'VmNvramFile'
  | 'VmLogFile'
  | 'IsoImageFile'
  | 'FloppyImageFile'
  | 'FolderFile'
  | 'File'

const BY_EXTENSION: Readonly<Record<string, FileKind>> = {
  vmx: 'VmConfigFile',
  vmtx: 'TemplateConfigFile',
  vmdk: 'VmDiskFile',
  vmsn: 'VmSnapshotFile',
  nvram: 'VmNvramFile',
  log: 'VmLogFile',
  iso: 'IsoImageFile',
  flp: 'FloppyImageFile',
  img: 'FloppyImageFile',
}

/** Parts of disks, which browsers do not take for disks. */
const PART_OF_DISK = /-(?:flat|delta|sesparse|rdm|rdmp|ctk|digest|s\d{3}|f\d{3})\.vmdk$/i

/** Pure: the kind of a file, by its name. Without `folded`, only extensions in small letters count. */
export function kindOfFile(name: string, folded = true): FileKind {
  const dot = name.lastIndexOf('.')
  const extension = dot < 0 ? '' : name.slice(dot + 1)
  const kind = BY_EXTENSION[folded ? extension.toLowerCase() : extension] ?? 'File'
  return kind === 'VmDiskFile' && PART_OF_DISK.test(name) ? 'File' : kind
}

/** Pure: whether a file of a kind is what a query of another kind looks for: templates are configurations too. */
export function isKind(kind: FileKind, wanted: FileKind): boolean {
  return wanted === 'File' || kind === wanted || (kind === 'TemplateConfigFile' && wanted === 'VmConfigFile')
}

/** The kind that a query looks for: `VmDiskFileQuery` -> `VmDiskFile`. */
export const kindOfQuery = (typeName: string): FileKind => typeName.replace(/Query$/, '') as FileKind

/** VmDiskFileInfo.diskType: the type of the backing that a device on the disk has; all disks here are of the one. */
export const BACKING_TYPE = 'VirtualDiskFlatVer2BackingInfo'
