import type { Map as PMap } from 'immutable'
import type { Change } from './inventory.js'
import type { Root } from './root.js'

/** What differs between two states, object by object: in time by what differs, not by what there is. */
export function differences(before: Root, after: Root): readonly Change[] {
  const changes: Change[] = []
  for (const id of suspects(before.entities, after.entities)) {
    const old = before.entities.get(id)
    const now = after.entities.get(id)
    if (old !== now) changes.push({ id, before: old, after: now })
  }
  return changes
}

/**
 * Keys under which two maps may differ: all those that differ, and a few of their neighbours.
 *
 * Maps that come from each other share their nodes, and below a node that both have nothing differs. The nodes are no
 * public part of `immutable`, so a test compares the answer with that of a walk over everything; were they hidden one day,
 * every key would be a suspect, which is slow and right.
 */
export function suspects(before: PMap<string, unknown>, after: PMap<string, unknown>): ReadonlySet<string> {
  const found = new Set<string>()
  if (before === after) return found
  const old = rootOf(before)
  const now = rootOf(after)
  if (old && now) collect(old, now, found)
  else for (const map of [before, after]) for (const key of map.keys()) found.add(key)
  return found
}

/** A node of the trie beneath a map: a branch has `nodes`, a leaf its entry or entries. */
interface TrieNode {
  readonly nodes?: readonly (TrieNode | undefined)[]
  /** Of a branch that leaves out its empty places: which of the 32 it has. */
  readonly bitmap?: number
  readonly entry?: readonly [string, unknown]
  readonly entries?: readonly (readonly [string, unknown])[]
}

function rootOf(map: PMap<string, unknown>): TrieNode | undefined {
  return (map as unknown as { readonly _root?: TrieNode })._root
}

const PLACES = 32

function collect(old: TrieNode | undefined, now: TrieNode | undefined, found: Set<string>): void {
  if (old === now) return
  if (old?.nodes && now?.nodes)
    for (let place = 0; place < PLACES; place++) collect(childAt(old, place), childAt(now, place), found)
  else {
    addKeys(old, found)
    addKeys(now, found)
  }
}

function childAt({ nodes, bitmap }: TrieNode, place: number): TrieNode | undefined {
  if (bitmap === undefined) return nodes?.[place]
  const bit = 1 << place
  return bitmap & bit ? nodes?.[ones(bitmap & (bit - 1))] : undefined
}

/** How many bits are set. */
function ones(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

function addKeys(node: TrieNode | undefined, found: Set<string>): void {
  if (!node) return
  if (node.entry) found.add(node.entry[0])
  for (const [key] of node.entries ?? []) found.add(key)
  for (const child of node.nodes ?? []) addKeys(child, found)
}
