import type { Reader } from '#inventory/reader.js'
import { dataObject } from '#vim25/data.js'
import type {
  FileInfo,
  FileQuery,
  FileQueryFlags,
  VirtualMachineConfigInfo,
  VmConfigFileQuery,
  VmDiskFileQuery,
} from '#vim25/generated/types.js'
import { type DatastoreFile, filesIn } from '../datastore/files.js'
import { directoryOf, type Place } from '../datastore/paths.js'
import { vmOfVmx } from '../file-manager/transfer.js'
import type { VmxContent } from '../vm/files.js'
import { BACKING_TYPE, type FileKind } from './file-kinds.js'

/** A file or directory that a search has come across. */
export interface Found {
  readonly name: string
  readonly kind: FileKind
  readonly place: Place
  /** Unset for directories. */
  readonly file?: DatastoreFile
  /** The query that it answers. */
  readonly query?: FileQuery | undefined
}

/**
 * What a search tells of a file: its name, and what `details` and its kind's query ask for. It is of its kind's own type where
 * a query looks for the kind or `details` asks for types; directories always are (as govmomi's simulator has it).
 */
export function fileInfoOf(read: Reader, found: Found, details: FileQueryFlags | undefined): FileInfo {
  const { name, kind, file, query } = found
  const typed = kind === 'FolderFile' || details?.fileType === true || isSpecific(query)
  return dataObject(`${typed ? kind : 'File'}Info`, {
    path: name,
    fileSize: details?.fileSize ? (file?.size ?? DIRECTORY_BYTES) : undefined,
    modification: details?.modification ? modificationOf(read, found) : undefined,
    owner: details?.fileOwner ? (file?.owner ?? 'root') : undefined,
    ...(typed ? PARTICULARS[kind]?.(read, found) : undefined),
  }) as FileInfo
}

/** What a directory of VMFS takes. */
const DIRECTORY_BYTES = 73_728

const isSpecific = (query: FileQuery | undefined) => query !== undefined && query._typeName !== 'FileQuery'

/** A directory changed when its latest file did. */
function modificationOf(read: Reader, { file, place }: Found): string {
  if (file) return file.modified ?? UNKNOWN
  let latest = UNKNOWN
  for (const { modified = UNKNOWN } of filesIn(read, place.datastore, place.path))
    if (modified > latest) latest = modified
  return latest
}

/** For files that came with the seed. */
const UNKNOWN = '2024-06-25T09:00:00Z'

/** Members that only one kind has, as the details of its query ask for them. */
const PARTICULARS: { readonly [K in FileKind]?: (read: Reader, found: Found) => object } = {
  VmDiskFile(read, found) {
    const { details } = (found.query as VmDiskFileQuery | undefined) ?? {}
    const { file, name } = found
    if (!details || !file) return {}
    return {
      diskType: details.diskType ? BACKING_TYPE : undefined,
      capacityKb: details.capacityKb && file.disk ? Math.floor(file.disk.capacity / 1024) : undefined,
      hardwareVersion: details.hardwareVersion ? hardwareVersionOf(read, found) : undefined,
      controllerType: details.controllerType ? controllerTypeOf(file) : undefined,
      diskExtents: details.diskExtents ? [name.replace(/\.vmdk$/i, '-flat.vmdk')] : undefined,
      thin: details.thin ? (file.disk?.thin ?? false) : undefined,
      sectorFormat: details.sectorFormat ? 'native_512' : undefined,
    }
  },
  VmConfigFile: configParticulars,
  TemplateConfigFile: configParticulars,
}

function configParticulars(_read: Reader, { query }: Found): object {
  const { details } = (query as VmConfigFileQuery | undefined) ?? {}
  return { configVersion: details?.configVersion ? CONFIG_VERSION : undefined }
}

/** VmConfigFileInfo.configVersion: the format of vmx files since ESX Server 3. */
export const CONFIG_VERSION = 8

/** VmDiskFileInfo.controllerType: the type of the controller that the disk's adapter is for. */
export function controllerTypeOf({ disk }: DatastoreFile): string {
  return CONTROLLERS[disk?.adapter ?? 'lsiLogic'] ?? 'VirtualLsiLogicController'
}

const CONTROLLERS: Readonly<Record<string, string>> = {
  ide: 'VirtualIDEController',
  busLogic: 'VirtualBusLogicController',
  lsiLogic: 'VirtualLsiLogicController',
}

/** The hardware version of a VM whose configuration file lies beside a disk; the newest that disks ask for without one. */
export function hardwareVersionOf(read: Reader, { place }: Found): number {
  const { datastore } = place
  const directory = directoryOf(place.path)
  const vmx = filesIn(read, datastore, directory).find(({ name }) => /\.vmt?x$/.test(name))
  const beside = vmx && { datastore, path: directory === '' ? vmx.name : `${directory}/${vmx.name}` }
  return (vmx && beside && versionIn(read, beside, vmx)) ?? DISK_VERSION
}

const DISK_VERSION = 4

function versionIn(read: Reader, place: Place, file: DatastoreFile): number | undefined {
  const vm = vmOfVmx(read, place)
  const config: VirtualMachineConfigInfo | undefined =
    vm === undefined
      ? (file.content as VmxContent | undefined)?.config
      : read.get('VirtualMachine', vm).config
  return config && Number(config.version.replace(/^vmx-0*/, ''))
}
