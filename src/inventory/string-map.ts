/**
 * A persistent map with texts as keys: a change makes another map that shares all but a few nodes with this one. Iterates
 * in no order that means anything.
 *
 * `immutable`'s Map does the same; it keeps the hashes of long texts in a table of 255, which costs more than it saves
 * where 70,000 keys of fifty characters come once each (a tenth of the start with 10,000 VMs), and three objects an entry.
 */
export class StringMap<V> implements Iterable<[string, V]> {
  constructor(
    readonly size: number,
    /** For `differences`: maps that come from each other share nodes. */
    readonly root: MapNode<V> | undefined,
  ) {
    Object.freeze(this)
  }

  get(key: string): V | undefined {
    return this.root && leafIn(this.root, key)?.value
  }

  has(key: string): boolean {
    return this.root !== undefined && leafIn(this.root, key) !== undefined
  }

  /** With other values under some keys; undefined takes a key out. */
  with(changes: Iterable<readonly [string, V | undefined]>): StringMap<V> {
    const edit = this.edit()
    for (const [key, value] of changes) edit.set(key, value)
    return edit.done()
  }

  edit(): MapEdit<V> {
    return editOf(this)
  }

  *[Symbol.iterator](): IterableIterator<[string, V]> {
    for (const { key, value } of leavesOf(this.root)) yield [key, value]
  }

  *keys(): IterableIterator<string> {
    for (const { key } of leavesOf(this.root)) yield key
  }

  *values(): IterableIterator<V> {
    for (const { value } of leavesOf(this.root)) yield value
  }
}

/** Many changes at once: nodes that the edit has made are changed in place. */
export interface MapEdit<V> {
  get(key: string): V | undefined
  /** Undefined takes the key out. */
  set(key: string, value: V | undefined): void
  done(): StringMap<V>
}

export interface Leaf<V> {
  readonly hash: number
  readonly key: string
  readonly value: V
  /** Another key with the same hash. */
  readonly next: Leaf<V> | undefined
}

/** A node with up to 32 below it; `bits` says which of the places are taken. */
export interface Branch<V> {
  bits: number
  readonly nodes: MapNode<V>[]
  /** The edit that may change it; forgotten when that is done. */
  readonly owner: object
}

export type MapNode<V> = Leaf<V> | Branch<V>

export const isBranch = <V>(node: MapNode<V>): node is Branch<V> => 'nodes' in node

const WIDTH = 5
const LAST = 31

/** Where in `nodes` the node of a place is, if it is there. */
const placeOf = (bits: number, bit: number) => ones(bits & (bit - 1))

const bitOf = (hash: number, shift: number) => 1 << ((hash >>> shift) & LAST)

/** How many bits are set. */
export function ones(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** FNV-1a, with its high bits mixed into the low ones that are used first. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}

function leafIn<V>(root: MapNode<V>, key: string): Leaf<V> | undefined {
  const hash = hashOf(key)
  let node: MapNode<V> = root
  for (let shift = 0; isBranch(node); shift += WIDTH) {
    const bit = bitOf(hash, shift)
    if (!(node.bits & bit)) return undefined
    node = node.nodes[placeOf(node.bits, bit)] as MapNode<V>
  }
  let leaf: Leaf<V> | undefined = node
  while (leaf && leaf.key !== key) leaf = leaf.next
  return leaf
}

function* leavesOf<V>(node: MapNode<V> | undefined): Iterable<Leaf<V>> {
  if (!node) return
  if (isBranch(node)) for (const below of node.nodes) yield* leavesOf(below)
  else for (let leaf: Leaf<V> | undefined = node; leaf; leaf = leaf.next) yield leaf
}

function editOf<V>(map: StringMap<V>): MapEdit<V> {
  const owner = {}
  let { root, size } = map

  /** The node with the key in it. */
  const put = (node: MapNode<V>, shift: number, fresh: Leaf<V>): MapNode<V> => {
    if (!isBranch(node)) {
      if (node.hash !== fresh.hash) return put(branchOf(node, shift), shift, fresh)
      const others = without(node, fresh.key)
      if (others === node) size++
      return others ? { ...fresh, next: others } : fresh
    }
    const bit = bitOf(fresh.hash, shift)
    const at = placeOf(node.bits, bit)
    const branch = own(node)
    if (node.bits & bit) branch.nodes[at] = put(branch.nodes[at] as MapNode<V>, shift + WIDTH, fresh)
    else {
      branch.nodes.splice(at, 0, fresh)
      branch.bits |= bit
      size++
    }
    return branch
  }

  /** The node without the key; undefined when nothing is left of it. */
  const take = (node: MapNode<V>, shift: number, hash: number, key: string): MapNode<V> | undefined => {
    if (!isBranch(node)) {
      const left = node.hash === hash ? without(node, key) : node
      if (left !== node) size--
      return left
    }
    const bit = bitOf(hash, shift)
    if (!(node.bits & bit)) return node
    const at = placeOf(node.bits, bit)
    const before = node.nodes[at] as MapNode<V>
    const after = take(before, shift + WIDTH, hash, key)
    if (after === before) return node
    const branch = own(node)
    if (after) branch.nodes[at] = after
    else {
      branch.nodes.splice(at, 1)
      branch.bits &= ~bit
    }
    const [only] = branch.nodes
    // A lone leaf stands for the branch.
    return branch.nodes.length === 0
      ? undefined
      : branch.nodes.length === 1 && only && !isBranch(only)
        ? only
        : branch
  }

  const own = (branch: Branch<V>): Branch<V> =>
    branch.owner === owner ? branch : { bits: branch.bits, nodes: [...branch.nodes], owner }

  const branchOf = (leaf: Leaf<V>, shift: number): Branch<V> => ({
    bits: bitOf(leaf.hash, shift),
    nodes: [leaf],
    owner,
  })

  return {
    get: (key) => root && leafIn(root, key)?.value,
    set(key, value) {
      const hash = hashOf(key)
      if (value === undefined) root = root && take(root, 0, hash, key)
      else {
        const leaf: Leaf<V> = { hash, key, value, next: undefined }
        if (root) root = put(root, 0, leaf)
        else {
          root = leaf
          size = 1
        }
      }
    },
    done: () => (root === map.root ? map : new StringMap(size, root)),
  }
}

/** Leaves of one hash without a key; the same when the key is not among them. */
function without<V>(leaf: Leaf<V>, key: string): Leaf<V> | undefined {
  if (leaf.key === key) return leaf.next
  const next = leaf.next && without(leaf.next, key)
  return next === leaf.next ? leaf : { ...leaf, next }
}
