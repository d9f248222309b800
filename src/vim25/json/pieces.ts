/**
 * A list in pieces: its items, or stretches of them as lists (no list of vim25 holds lists). A stretch is of frozen
 * properties that stand together: of a whole VM only the uptime is new with every second; what stands before and after it
 * is kept as two bodies, not as forty. A frozen list is cut once.
 */
export function piecesOf(items: readonly unknown[]): readonly unknown[] {
  const known = pieces.get(items)
  if (known) return known
  const found: unknown[] = []
  for (let at = 0; at < items.length; ) {
    const end = endOfStretch(items, at)
    if (end - at > 1) found.push(stretchOf(items as readonly object[], at, end))
    else found.push(items[at])
    at = Math.max(end, at + 1)
  }
  if (Object.isFrozen(items)) pieces.set(items, found)
  return found
}

const pieces = new WeakMap<readonly unknown[], readonly unknown[]>()

function endOfStretch(items: readonly unknown[], from: number): number {
  let at = from
  while (at < items.length && isFrozenProperty(items[at])) at++
  return at
}

const isFrozenProperty = (item: unknown) =>
  (item as { _typeName?: unknown } | null)?._typeName === 'DynamicProperty' && Object.isFrozen(item)

/** The same list for the same items, found by the first of them. */
function stretchOf(items: readonly object[], from: number, end: number): readonly object[] {
  const first = items[from] as object
  const known = stretches.get(first)
  if (known?.length === end - from && known.every((item, at) => item === items[from + at])) return known
  const stretch = Object.freeze(items.slice(from, end))
  stretches.set(first, stretch)
  return stretch
}

const stretches = new WeakMap<object, readonly object[]>()
