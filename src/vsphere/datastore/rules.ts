import { fault, type VimFault } from '#vim25/fault.js'
import type { HostNasVolumeSpec } from '#vim25/generated/types.js'

/** Datastore names have at most so many characters. */
const LONGEST_NAME = 80

/** vSphere configuration maximums: NFS mounts of a host. */
export const MOST_NFS_MOUNTS = 256

const invalid = (invalidProperty: string) => fault('InvalidArgument', { invalidProperty })

/** What ESXi raises when the platform refuses a configuration: a HostConfigFault with the reason. */
export const refused = (text: string): VimFault => fault('PlatformConfigFault', { text })

const NAS_TYPES = ['NFS', 'NFS41']
const ACCESS_MODES = ['readWrite', 'readOnly']

/** Throws InvalidName. */
export function checkName(name: string): void {
  if (!isName(name)) throw fault('InvalidName', { name })
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.length <= LONGEST_NAME && !name.includes('/')
}

/** Throws InvalidArgument with the member that is wrong; CIFS, which ESXi never mounts, is wrong too. */
export function checkNasSpec(spec: HostNasVolumeSpec): void {
  if (spec.remoteHost.trim() === '') throw invalid('spec.remoteHost')
  if (!spec.remotePath.startsWith('/')) throw invalid('spec.remotePath')
  if (!isName(spec.localPath)) throw invalid('spec.localPath')
  if (!ACCESS_MODES.includes(spec.accessMode)) throw invalid('spec.accessMode')
  if (spec.type !== undefined && !NAS_TYPES.includes(spec.type.toUpperCase())) throw invalid('spec.type')
}

/** Directories that every ESXi has, below which a path is taken to exist. */
const HOST_DIRECTORIES = ['/tmp', '/var', '/scratch', '/store', '/locker', '/vmfs/volumes']

export function isHostDirectory(path: string): boolean {
  return HOST_DIRECTORIES.some((directory) => path === directory || path.startsWith(`${directory}/`))
}
