type Members = Readonly<Record<string, unknown>>

/** Makes an object with those of its type's members that are set, in the order of the type. */
export type Layout = (members: Members) => object

/**
 * Objects of one type, whatever members they have, laid out flat. Only objects that come from a literal are: built member
 * by member, an object of forty members is a hash table of six times the size. So a literal is compiled for every set of
 * members that turns up, and found again by the set's bits. `names` are the schema's, never a client's; `head` is what
 * every object begins with, as JavaScript.
 */
export function layoutOf(names: readonly string[], head: string, isSet: (value: unknown) => boolean): Layout {
  const root = newShape()
  return (members) => {
    let shape = root
    let bits = 0
    for (let at = 0; at < names.length; at++) {
      if (isSet(members[names[at] as string])) bits |= 1 << (at % CHUNK)
      if (at % CHUNK !== CHUNK - 1) continue
      shape = nextShape(shape, bits)
      bits = 0
    }
    shape = nextShape(shape, bits)
    shape.make ??= literalOf(
      names.filter((name) => isSet(members[name])),
      head,
    )
    return shape.make(members)
  }
}

/** An object with exactly these members, set or not. */
export function literalOf(names: readonly string[], head = ''): Layout {
  const members = names.map((name) => `${JSON.stringify(name)}: members[${JSON.stringify(name)}]`)
  return new Function('members', `return { ${[...(head ? [head] : []), ...members].join(', ')} }`) as Layout
}

/** A node of the tree of the sets of members that came so far: bits of members -> next node. */
interface Shape {
  make: Layout | undefined
  readonly next: Map<number, Shape>
}

/** Members per level of that tree: as many as fit into a small integer. */
const CHUNK = 30

const newShape = (): Shape => ({ make: undefined, next: new Map() })

function nextShape(shape: Shape, bits: number): Shape {
  let next = shape.next.get(bits)
  if (!next) {
    next = newShape()
    shape.next.set(bits, next)
  }
  return next
}
