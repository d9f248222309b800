type Members = Readonly<Record<string, unknown>>

/** Makes an object with those of its type's members that are set, in the order of the type. */
export type Layout = (members: Members) => object

/**
 * Objects of one type, whatever members they have, laid out flat. Only objects that come from a literal are: built member
 * by member, an object of forty members is a hash table of six times the size. So a literal is compiled for every set of
 * members that turns up often, and found again by the set's bits. `names` are the schema's, never a client's; `head` is
 * what every object begins with.
 */
export function layoutOf(
  names: readonly string[],
  head: Members,
  isSet: (value: unknown) => boolean,
): Layout {
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
    if (shape.literal) return shape.literal(members)
    const present = names.filter((name) => isSet(members[name]))
    if (++shape.made > RARE) {
      shape.literal = literalOf(present, head)
      return shape.literal(members)
    }
    const object: Record<string, unknown> = { ...head }
    for (const name of present) object[name] = members[name]
    return object
  }
}

/** An object with exactly these members, set or not. */
export function literalOf(names: readonly string[], head: Members = {}): Layout {
  const fixed = Object.entries(head).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  )
  const members = names.map((name) => `${JSON.stringify(name)}: members[${JSON.stringify(name)}]`)
  return new Function('members', `return { ${[...fixed, ...members].join(', ')} }`) as Layout
}

/** The first few objects of a shape are made member by member: to compile all 400 shapes of a small world takes 30 ms. */
const RARE = 4

/** A node of the tree of the sets of members that came so far: bits of members -> next node. */
interface Shape {
  literal: Layout | undefined
  made: number
  readonly next: Map<number, Shape>
}

/** Members per level of that tree: as many as fit into a small integer. */
const CHUNK = 30

const newShape = (): Shape => ({ literal: undefined, made: 0, next: new Map() })

function nextShape(shape: Shape, bits: number): Shape {
  let next = shape.next.get(bits)
  if (!next) {
    next = newShape()
    shape.next.set(bits, next)
  }
  return next
}
