import type { Reader } from '#inventory/reader.js'
import { cleanPath, type Place } from '../datastore/paths.js'
import { datastoreNamed } from '../datastore/volumes.js'
import { validName } from '../managed-entity/entity.js'
import { entityAtPath } from '../search-index/inventory-path.js'

/** What `/folder/dir/file?dcPath=...&dsName=...` asks for, in words. */
export interface FolderRequest {
  /** Below the datastore, decoded and clean; '' for its root. */
  readonly path: string
  readonly dcPath: string | undefined
  readonly dsName: string | undefined
}

/**
 * Pure: reads the path and query of such an address (`/folder/a%20b?dsName=nfs`); undefined for anything that is none:
 * bad escapes, steps upwards, control characters, several values for one parameter.
 */
export function readFolderUrl(url: string): FolderRequest | undefined {
  const question = url.indexOf('?')
  const raw = question < 0 ? url : url.slice(0, question)
  const query = new URLSearchParams(question < 0 ? '' : url.slice(question + 1))
  if (!/^\/folder(?:\/|$)/.test(raw)) return undefined
  const decoded = decode(raw.slice('/folder'.length))
  const [dcPath, dsName] = ['dcPath', 'dsName'].map((name) => query.getAll(name))
  if (decoded === undefined || (dcPath?.length ?? 0) > 1 || (dsName?.length ?? 0) > 1) return undefined
  const texts = [decoded, dcPath?.[0] ?? '', dsName?.[0] ?? '']
  if (texts.some(isHostile)) return undefined
  return { path: cleanPath(decoded), dcPath: dcPath?.[0], dsName: dsName?.[0] }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f]/

const isHostile = (text: string) => CONTROL.test(text) || /(?:^|[/\\])\.\.(?:[/\\]|$)/.test(text)

/** The datacenter at an inventory path, with or without its leading slash. */
export function datacenterAt(read: Reader, dcPath: string): string | undefined {
  const id = entityAtPath(read, dcPath)
  return id !== undefined && read.find('Datacenter', id) ? id : undefined
}

/**
 * The datastore that a request names. Without a datacenter, as hosts are asked, it is the only one of that name; undefined
 * where there is none, or several.
 */
export function datastoreAsked(read: Reader, { dcPath, dsName }: FolderRequest): string | undefined {
  if (dsName === undefined || dsName === '' || dsName.length > 200) return undefined
  if (dcPath !== undefined) {
    const datacenter = datacenterAt(read, dcPath)
    return datacenter === undefined ? undefined : named(read, datacenter, dsName)
  }
  const all = [...read.ids('Datacenter')].flatMap((id) => named(read, id, dsName) ?? [])
  return all.length === 1 ? all[0] : undefined
}

/** By its name as people write it, or as the inventory does (escaped). */
function named(read: Reader, datacenter: string, name: string): string | undefined {
  if (name.trim() === '' || name.length > 80) return undefined
  return datastoreNamed(read, datacenter, name) ?? datastoreNamed(read, datacenter, validName(name))
}

/** The place that `https://host/folder/dir/file?dcPath=...&dsName=...` names; undefined where there is none. */
export function folderPlace(read: Reader, url: string): Place | undefined {
  const at = /^https?:\/\/[^/]*(\/.*)$/is.exec(url)?.[1]
  const request = at === undefined ? undefined : readFolderUrl(at)
  const datastore = request && datastoreAsked(read, request)
  return request && datastore !== undefined ? { datastore, path: request.path } : undefined
}
