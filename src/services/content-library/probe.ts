import type { LocalizableMessage } from '#vapi/error.js'
import type {
  ContentLibrarySubscriptionInfo,
  ContentSubscribedLibraryProbeResult,
} from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { told } from './errors.js'
import { publishedLibrary } from './published.js'
import type { Library } from './records.js'
import { mayFollow } from './sync.js'
import { libraryAt, parse } from './urls.js'

interface Finding {
  readonly status: ContentSubscribedLibraryProbeResult['status']
  readonly error?: LocalizableMessage
  readonly publisher?: Library
}

/** What is behind a subscription's address (rest-wire 1.6); other hosts are never asked (deviation 74). */
export function probe(call: ServiceCall, info: ContentLibrarySubscriptionInfo): Finding {
  const text = info.subscription_url ?? ''
  const url = parse(text)
  if (!url) return { status: 'INVALID_URL', error: told('invalid_url_format', text) }
  if (!/^https?:$/.test(url.protocol))
    return { status: 'INVALID_URL', error: told('file_probe_unsupported_uri_scheme', text) }
  const id = libraryAt(text)
  if (id === undefined) {
    const why = `${url.host}: this server makes no requests to other hosts.`
    return { status: 'HOST_NOT_FOUND', error: told('http_request_error', why) }
  }
  const publisher = publishedLibrary(call.read, id)
  if (!publisher) return { status: 'RESOURCE_NOT_FOUND', error: told('no_source_library', text) }
  if (!mayFollow(publisher, { userName: info.user_name, password: info.password }))
    return { status: 'INVALID_CREDENTIALS', error: told('invalid_credentials', text) }
  return { status: 'SUCCESS', publisher }
}
