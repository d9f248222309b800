import type { Change } from './inventory.js'
import type { Root } from './root.js'
import { type Branch, isBranch, type MapNode, ones, type StringMap } from './string-map.js'

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
 * Keys under which two maps may differ: all those that differ, and a few of their neighbours. Maps that come from each
 * other share their nodes, and below a node that both have nothing differs.
 */
export function suspects<V>(before: StringMap<V>, after: StringMap<V>): ReadonlySet<string> {
  const found = new Set<string>()
  collect(before.root, after.root, found)
  return found
}

const PLACES = 32

function collect<V>(old: MapNode<V> | undefined, now: MapNode<V> | undefined, found: Set<string>): void {
  if (old === now) return
  if (old && now && isBranch(old) && isBranch(now))
    for (let place = 0; place < PLACES; place++) collect(childAt(old, place), childAt(now, place), found)
  else {
    addKeys(old, found)
    addKeys(now, found)
  }
}

function childAt<V>({ nodes, bits }: Branch<V>, place: number): MapNode<V> | undefined {
  const bit = 1 << place
  return bits & bit ? nodes[ones(bits & (bit - 1))] : undefined
}

function addKeys<V>(node: MapNode<V> | undefined, found: Set<string>): void {
  if (!node) return
  if (isBranch(node)) for (const child of node.nodes) addKeys(child, found)
  else for (let leaf: typeof node | undefined = node; leaf; leaf = leaf.next) found.add(leaf.key)
}
