import { VapiError } from '#vapi/error.js'
import type {
  ContentLibraryModel,
  ContentLibraryPublishInfo,
  ContentLibraryStorageBacking,
} from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { requireSpace } from './content-service.js'
import { invalid, told } from './errors.js'
import type { Library, Publication } from './records.js'
import { parse } from './urls.js'

/* What callers may say of a library, checked. */

const LONGEST_NAME = 80
const LONGEST_DESCRIPTION = 2000

/** Names need not be unique. */
export function checkName(text: string | undefined): string {
  if (text === undefined) throw invalid('field_required', 'name')
  const name = text.trim()
  if (name === '' || name.length > LONGEST_NAME) throw invalid('field_invalid', 'name', `'${text}'`)
  return name
}

export function checkDescription(text: string | undefined): string {
  if (text !== undefined && text.length > LONGEST_DESCRIPTION)
    throw invalid('field_invalid', 'description', `longer than ${LONGEST_DESCRIPTION} characters`)
  return text ?? ''
}

/** One backing: a datastore that is there and that the caller may fill, or other storage. */
export function checkBacking(
  call: ServiceCall,
  backings: readonly ContentLibraryStorageBacking[] | undefined,
): ContentLibraryStorageBacking {
  const [backing, ...more] = backings ?? []
  if (!backing || more.length > 0) throw invalid('storage_backings_invalid')
  const { type, datastore_id, storage_uri } = backing
  if (type === 'OTHER') {
    if (datastore_id !== undefined || !/^(nfs|smb|file):/.test(parse(storage_uri ?? '')?.protocol ?? ''))
      throw invalid('storage_backings_invalid')
    return { type, storage_uri }
  }
  if (datastore_id === undefined || storage_uri !== undefined) throw invalid('storage_backings_invalid')
  if (!call.read.find('Datastore', datastore_id)) throw invalid('datastore_not_found', datastore_id)
  requireSpace(call, datastore_id)
  return { type: 'DATASTORE', datastore_id }
}

/** Where a library keeps its files cannot change. */
export function checkSameBacking({ backing }: Library, spec: ContentLibraryModel): void {
  const [wanted] = spec.storage_backings ?? [backing]
  const { type = backing.type, datastore_id, storage_uri } = wanted ?? backing
  const same =
    datastore_id === backing.datastore_id && storage_uri === backing.storage_uri && type === backing.type
  if (!same) throw invalid('field_fixed', 'storage_backings')
}

/** How a library is published; what is not said stays as it is. Throws INVALID_ARGUMENT. */
export function checkPublication(
  info: ContentLibraryPublishInfo | undefined,
  present: Publication | undefined,
): Publication | undefined {
  if (!info) return present
  const authentication = info.authentication_method ?? present?.authentication ?? 'NONE'
  const protectedNow = present?.authentication === 'BASIC'
  if (protectedNow && info.password !== undefined && info.current_password !== present.password)
    throw invalid('field_invalid', 'current_password', 'another one than the present password')
  const password = info.password ?? present?.password
  if (authentication === 'BASIC' && !password) throw invalid('field_required', 'password')
  if (info.user_name !== undefined && info.user_name !== 'vcsp')
    throw invalid('field_invalid', 'user_name', `'${info.user_name}'; it is always vcsp`)
  return {
    published: info.published ?? present?.published ?? false,
    authentication,
    password: authentication === 'BASIC' ? password : undefined,
    persistJson: info.persist_json_enabled ?? present?.persistJson ?? false,
  }
}

/** Throws `conflict` when the caller speaks of another version than the present one. */
export function checkVersion(
  present: number,
  version: string | undefined,
  conflict: 'CONCURRENT_CHANGE' | 'INVALID_ARGUMENT',
): void {
  if (version !== undefined && version !== String(present))
    throw new VapiError(conflict, [told('version_conflict', String(present), version)])
}
