import type { ServiceCall } from '../core/call.js'

/*
 * Addresses on this server, as the caller reaches it: nothing of the kind is kept, a world may be served elsewhere tomorrow.
 */

const originOf = (call: ServiceCall) => call.client.origin ?? 'https://localhost:443'

/** Where a library tells of itself to those who subscribe. */
export const publishUrl = (call: ServiceCall, library: string) =>
  `${originOf(call)}/cls/vcsp/lib/${library}/lib.json`

/** Where the bytes of a session's file are sent to, or fetched from. */
export const transferUrl = (call: ServiceCall, transfer: string, file: string) =>
  `${originOf(call)}/cls/data/${transfer}/${encodeURIComponent(file)}`

/** The library that an address of the form of `publishUrl` names; undefined for any other. */
export function libraryAt(url: string): string | undefined {
  return /^\/cls\/vcsp\/lib\/([0-9a-f-]{36})(?:\/lib\.json)?$/.exec(pathOf(url) ?? '')?.[1]
}

/** The transfer and the file that an address of the form of `transferUrl` names. */
export function transferAt(url: string): { readonly transfer: string; readonly file: string } | undefined {
  const [, transfer, file] = /^\/cls\/data\/([0-9a-f-]{36})\/([^/]+)$/.exec(pathOf(url) ?? '') ?? []
  return transfer && file ? { transfer, file: decoded(file) } : undefined
}

/** `/folder/dir/file?dsName=...` of this very server: datastore and path. */
export function folderFileAt(
  call: ServiceCall,
  text: string,
): { readonly datastore: string; readonly path: string } | undefined {
  const url = parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || !isHere(call, url)) return undefined
  const datastore = url.searchParams.get('dsName')
  if (!url.pathname.startsWith('/folder/') || !datastore) return undefined
  return { datastore, path: decoded(url.pathname.slice('/folder/'.length)) }
}

/** True for the address that the caller uses, and for every name of this machine with the same port. */
function isHere(call: ServiceCall, url: URL): boolean {
  const mine = new URL(originOf(call))
  const samePort = (url.port || defaultPort(url)) === (mine.port || defaultPort(mine))
  return samePort && (url.hostname === mine.hostname || LOOPBACK.test(url.hostname))
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
const defaultPort = ({ protocol }: URL) => (protocol === 'https:' ? '443' : '80')

function pathOf(text: string): string | undefined {
  const url = parse(text)
  return url && /^https?:$/.test(url.protocol) ? url.pathname : undefined
}

export function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** Without percent signs; a text that is not encoded stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
