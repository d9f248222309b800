import type { Entity } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { isUnrestricted } from '../authorization/permissions.js'
import { definitionKey } from '../view/membership.js'
import { containerDefinition } from '../view/views.js'
import type { ChangeLog } from './change-log.js'
import type { Reading } from './content.js'
import { type Earlier, startsOf, targetsOf, visible, type Walk, walk } from './select.js'
import type { Selector, Start, Traversal } from './selector.js'

/** What a filter selects in one state. As long as the same objects are selected, `shown` is the same set. */
export interface Selection extends Walk {
  readonly selector: Selector
  readonly absent: readonly Start[]
  /** True when what is found depends on more than the objects on the way (permissions, views inside the walk). */
  readonly live: boolean
}

interface Shared {
  revision: number
  selection: Selection
}

/** More different selections than this are not watched at one time; the rest is found again when asked for. */
const REMEMBERED = 256

/** The selections of a world's filters: filters that select alike share one, and it is found once per state. */
export interface Selections {
  /** What a selector selects in the newest state; `key` is the text of its objectSet. */
  current(reading: Reading, revision: number, selector: Selector, key: string): Selection
}

export function createSelections(log: ChangeLog): Selections {
  const known = new Map<string, Shared>()
  return {
    current(reading, revision, selector, text) {
      const starts = startsOf(reading, selector, true)
      const key = selectionKey(reading, selector, starts, text)
      const shared = known.get(key)
      const changed = shared?.revision === revision ? none : shared && log.since(shared.revision)
      if (shared && changed && stillHolds(reading, shared.selection, changed)) {
        shared.revision = revision
        return shared.selection
      }
      const earlier = shared && changed && { walk: shared.selection, changed }
      const fresh = find(reading, selector, starts, earlier)
      const selection =
        shared && sameIds(shared.selection.shown, fresh.shown)
          ? { ...fresh, shown: shared.selection.shown }
          : fresh
      if (known.size >= REMEMBERED && !shared) known.clear()
      known.set(key, { revision, selection })
      return selection
    },
  }
}

const none: ReadonlySet<string> = new Set()

/**
 * Two selectors with the same key select the same objects for the same user. A ContainerView that is itself not
 * reported counts by what it shows, so that views of many sessions are one.
 */
function selectionKey(
  { ctx }: Reading,
  { starts }: Selector,
  present: readonly (readonly [Start, Entity])[],
  text: string,
): string {
  const entities = new Map(present)
  const names = starts.map((start) => {
    const entity = entities.get(start)
    if (!entity) return `-${start.ref.value}`
    const definition = start.skip ? containerDefinition(entity) : undefined
    return definition ? definitionKey(definition) : entity.id
  })
  return JSON.stringify([ctx.session?.userName, names, text])
}

function find(
  reading: Reading,
  selector: Selector,
  starts: readonly (readonly [Start, Entity])[],
  earlier: Earlier | undefined,
): Selection {
  const present = new Set(starts.map(([start]) => start))
  const found = walk(reading, selector, starts, undefined, earlier)
  return {
    ...found,
    selector,
    absent: selector.starts.filter((start) => !present.has(start)),
    live: !isUnrestricted(reading.ctx.read),
  }
}

/** True when nothing that the walk looked at is among what changed since. */
function stillHolds(reading: Reading, selection: Selection, changed: ReadonlySet<string>): boolean {
  const { read } = reading.ctx
  if (selection.live || !isUnrestricted(read)) return changed.size === 0
  for (const id of changed) if (selection.shown.has(id) && !read.entity(id)) return false
  if (selection.absent.some((start) => visible(reading, start.ref))) return false
  return selection.selector.traversals.every((traversal) =>
    stillFollowed(reading, read, traversal, selection.followed[traversal.at], changed),
  )
}

function stillFollowed(
  reading: Reading,
  read: Reader,
  traversal: Traversal,
  followed: ReadonlyMap<string, unknown> | undefined,
  changed: ReadonlySet<string>,
): boolean {
  const same = (id: string, targets: unknown) => {
    const entity = read.entity(id)
    return entity !== undefined && Object.is(targetsOf(reading, entity, traversal), targets)
  }
  if (!followed) return true
  // A projected property (a view's members) may differ though its object did not change.
  if (isProjected(reading, traversal)) {
    for (const [id, targets] of followed) if (!same(id, targets)) return false
    return true
  }
  for (const id of changed) if (followed.has(id) && !same(id, followed.get(id))) return false
  return true
}

const isProjected = ({ registry }: Reading, { type, path }: Traversal) =>
  registry.projections(type).has(path.head.name)

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false
  for (const id of a) if (!b.has(id)) return false
  return true
}
