import type { Entity } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { isUnrestricted } from '../authorization/permissions.js'
import type { Following } from '../core/behaviour.js'
import type { Services, Session } from '../core/context.js'
import { type CollectorValue, collectorValue, historyOf } from './stored.js'

type Page = readonly object[]

/** What is known of the pages of one definition: collectors that say the same share it. */
interface Known {
  /** The page of the state that was asked about last, as found and as shown. */
  readonly found: Page
  readonly shown: Page
  /** The newest item of all at that time: what is newer has not been looked at. */
  readonly newest: object | undefined
}

interface Pages {
  readonly latest: Map<string, Known>
  /** What is known of committed states. */
  readonly at: WeakMap<Reader, Map<string, Page>>
}

/** More definitions than this are not in use at one time; the rest is found again when asked for. */
const REMEMBERED = 1024
const KEY = 'history.pages'

/**
 * The latest page of a collector in the state that the reader reads, the newest item first; the same array as long as it
 * holds the same items, whoever asks.
 */
export function pageOf(
  { services, session }: { readonly services: Services; readonly session: Session | undefined },
  read: Reader,
  entity: Entity,
): Page {
  const pages = pagesOf(services)
  const value = collectorValue(entity)
  const key = `${isUnrestricted(read) ? '' : session?.userName} ${definitionOf(entity)}`
  const known = 'create' in read ? undefined : mapAt(pages.at, read)
  let page = known?.get(key)
  if (page) return page
  const last = pages.latest.get(key)
  const found = find(read, entity.type, value, session, last)
  page = last && sameItems(last.found, found.found) ? last.shown : found.shown
  if (known) {
    known.set(key, page)
    if (pages.latest.size >= REMEMBERED && !last) pages.latest.clear()
    pages.latest.set(key, { ...found, shown: page })
  }
  return page
}

/** A page is followed by all that say the same; only what is news wakes them. */
export function followPage(services: Services, entity: Entity): Following {
  const history = historyOf(entity.type)
  return {
    key: definitionOf(entity),
    touches: (commit) => history.touches(commit),
    value: (read) => history.news(pageOf({ services, session: undefined }, read, entity)),
  }
}

function find(
  read: Reader,
  type: string,
  value: CollectorValue,
  session: Session | undefined,
  last: Known | undefined,
): Known {
  const history = historyOf(type)
  const { filter, pageSize } = value
  const test = history.test(read, filter)
  const visible = history.visible(read, session)
  // What has passed once passes for ever: only what came since is looked at, if the history goes on from there.
  const since = last?.newest && isUnrestricted(read) && history.isTimeless(filter) ? last : undefined
  const found: object[] = []
  let newest: object | undefined
  for (const item of history.upTo(read, Number.POSITIVE_INFINITY)) {
    newest ??= item
    if (item === since?.newest) {
      const oldest = oldestNumber(read, type)
      for (const old of since?.found ?? [])
        if (found.length < pageSize && history.numberOf(old) >= oldest) found.push(old)
      break
    }
    if (test(item) && visible(item)) found.push(item)
    if (found.length === pageSize) break
  }
  return { found, shown: Object.freeze(found.map((item) => history.shown(item, value))), newest }
}

/** Older items than this are forgotten. */
function oldestNumber(read: Reader, type: string): number {
  const history = historyOf(type)
  for (const item of history.after(read, Number.NEGATIVE_INFINITY)) return history.numberOf(item)
  return 0
}

const definitions = new WeakMap<object, string>()

/** One text for collectors that show the same. */
function definitionOf(entity: Entity): string {
  let text = definitions.get(entity.value)
  if (text === undefined) {
    const { filter, infoFilter, pageSize } = collectorValue(entity)
    text = JSON.stringify([entity.type, pageSize, filter, infoFilter])
    definitions.set(entity.value, text)
  }
  return text
}

function pagesOf({ volatile }: Services): Pages {
  let found = volatile.get(KEY) as Pages | undefined
  if (!found) {
    found = { latest: new Map(), at: new WeakMap() }
    volatile.set(KEY, found)
  }
  return found
}

function mapAt(at: Pages['at'], read: Reader): Map<string, Page> {
  let map = at.get(read)
  if (!map) {
    map = new Map()
    at.set(read, map)
  }
  return map
}

const sameItems = (a: Page, b: Page) => a.length === b.length && a.every((item, at) => item === b[at])
