import { fault } from '#vim25/fault.js'
import type { RetrieveResult } from '#vim25/generated/types.js'
import type { Reading } from './content.js'
import { contentsOf, type Selected } from './retrieve.js'

/** What a page holds unless the caller says otherwise (soap-wire 5.3). */
export const PAGE = 100

/** Results that one collector keeps open; a client that never finishes loses the oldest. */
const MOST_OPEN = 16

/** The results of one collector and session that have more pages to come, by token. */
export interface Pages {
  next: number
  readonly open: Map<string, Open>
}

interface Open {
  /** The state and the caller of the first call: the later pages are of the same moment. */
  readonly reading: Reading
  readonly rest: readonly Selected[]
  readonly size: number
}

export const createPages = (): Pages => ({ next: 0, open: new Map() })

/** The first page of a result; undefined when there is nothing in it. */
export function firstPage(
  pages: Pages,
  reading: Reading,
  selected: readonly Selected[],
  maxObjects: number | undefined,
): RetrieveResult | undefined {
  if (maxObjects !== undefined && maxObjects <= 0)
    throw fault('InvalidArgument', { invalidProperty: 'options.maxObjects' })
  return selected.length === 0
    ? undefined
    : page(pages, { reading, rest: selected, size: maxObjects ?? PAGE })
}

/** The page that a token stands for; a token is good once. Throws InvalidArgument for any other. */
export function nextPage(pages: Pages, token: string): RetrieveResult {
  return page(pages, take(pages, token))
}

/** Forgets the rest of a result. */
export function cancelPages(pages: Pages, token: string): void {
  take(pages, token)
}

function take({ open }: Pages, token: string): Open {
  const found = open.get(token)
  if (!found) throw fault('InvalidArgument', { invalidProperty: 'token' })
  open.delete(token)
  return found
}

function page(pages: Pages, { reading, rest, size }: Open): RetrieveResult {
  const objects = contentsOf(reading, rest.slice(0, size))
  if (rest.length <= size) return { _typeName: 'RetrieveResult', objects }
  const token = String(pages.next++)
  pages.open.set(token, { reading, rest: rest.slice(size), size })
  const [oldest] = pages.open.keys()
  if (pages.open.size > MOST_OPEN && oldest !== undefined) pages.open.delete(oldest)
  return { _typeName: 'RetrieveResult', token, objects }
}
