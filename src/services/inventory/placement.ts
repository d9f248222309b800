import { type ErrorType, vapiError } from '#vapi/error.js'
import { type FolderKind, kindOf } from '#vsphere/folder/rules.js'
import { refTo, type ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'

/**
 * The folder that a creation names, which must be of a kind. The definitions let it be unset, the documentation says that it
 * must be given for now: INVALID_ARGUMENT. Throws NOT_FOUND for one that is not there, and `wrongKind`.
 */
export function requireFolder(
  call: ServiceCall,
  folder: string | undefined,
  kind: FolderKind,
  wrongKind: ErrorType,
): string {
  if (folder === undefined)
    throw vapiError(
      'INVALID_ARGUMENT',
      'com.vmware.api.vcenter.folder.not_specified',
      "Invalid value at 'spec.folder': a folder must be given.",
    )
  requireObject(call, 'Folder', folder)
  if (kindOf(call.read, refTo('Folder', folder)) !== kind)
    throw vapiError(
      wrongKind,
      'com.vmware.api.vcenter.folder.unsuitable',
      "Folder with identifier '{0}' is not a {1} folder.",
      [folder, kind],
    )
  return folder
}
