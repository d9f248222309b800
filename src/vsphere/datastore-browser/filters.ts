import type { Reader } from '#inventory/reader.js'
import type { FileQuery, VmConfigFileQuery, VmDiskFileQuery } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { CONFIG_VERSION, controllerTypeOf, type Found, hardwareVersionOf } from './file-info.js'
import { BACKING_TYPE } from './file-kinds.js'

/** Whether a file passes the filter of the query that looks for its kind; every part of a filter has to be met. */
export function passes(read: Reader, found: Found, query: FileQuery): boolean {
  if (isA(query._typeName, 'VmDiskFileQuery')) return passesDisk(read, found, query as VmDiskFileQuery)
  if (isA(query._typeName, 'VmConfigFileQuery')) return passesConfig(query as VmConfigFileQuery)
  return true
}

function passesDisk(read: Reader, found: Found, { filter }: VmDiskFileQuery): boolean {
  if (!filter || !found.file) return true
  const { diskType, matchHardwareVersion, controllerType, thin, encrypted } = filter
  return (
    (!diskType?.length || diskType.includes(BACKING_TYPE)) &&
    (!matchHardwareVersion?.length || matchHardwareVersion.includes(hardwareVersionOf(read, found))) &&
    (!controllerType?.length || controllerType.includes(controllerTypeOf(found.file))) &&
    (thin === undefined || thin === (found.file.disk?.thin ?? false)) &&
    encrypted !== true
  )
}

function passesConfig({ filter }: VmConfigFileQuery): boolean {
  if (!filter) return true
  const { matchConfigVersion, encrypted } = filter
  return (!matchConfigVersion?.length || matchConfigVersion.includes(CONFIG_VERSION)) && encrypted !== true
}
