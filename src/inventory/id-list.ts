/** An object in a list: its id, and the number of its creation by which the list is sorted. */
export interface Numbered {
  readonly id: string
  readonly order: number
}

/** Ids in order of creation; a persistent list: a change copies the chunks that it touches and the list of chunks. */
export interface IdList {
  readonly size: number
  readonly chunks: readonly (readonly Numbered[])[]
}

const LONGEST = 256

export const emptyIds: IdList = Object.freeze({ size: 0, chunks: Object.freeze([]) })

export function* idsIn({ chunks }: IdList): Iterable<string> {
  for (const chunk of chunks) for (const { id } of chunk) yield id
}

/** Without some members and with others; what comes is sorted and younger than what is there, as new objects are. */
export function changedIds(list: IdList, gone: readonly Numbered[], come: readonly Numbered[]): IdList {
  const chunks = [...list.chunks]
  const touched = new Map<number, Set<number>>()
  for (const { order } of gone) {
    const at = chunkWith(chunks, order)
    const orders = touched.get(at)
    if (orders) orders.add(order)
    else touched.set(at, new Set([order]))
  }
  for (const [at, orders] of touched)
    chunks[at] = (chunks[at] ?? []).filter(({ order }) => !orders.has(order))
  const [first] = come
  const last = chunks.at(-1)?.at(-1)
  if (first && last && last.order > first.order) {
    const all = [...chunks.flat(), ...come].sort((a, b) => a.order - b.order)
    return listOf(chunked(all))
  }
  const open = chunks.at(-1)
  if (first && open && open.length < LONGEST) chunks.splice(-1, 1, ...chunked([...open, ...come]))
  else chunks.push(...chunked(come))
  return listOf(chunks.filter(({ length }) => length > 0))
}

function chunkWith(chunks: readonly (readonly Numbered[])[], order: number): number {
  let low = 0
  let high = chunks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((chunks[middle]?.[0]?.order ?? 0) <= order) low = middle
    else high = middle - 1
  }
  return low
}

function chunked(members: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const chunks: (readonly Numbered[])[] = []
  for (let at = 0; at < members.length; at += LONGEST) chunks.push(members.slice(at, at + LONGEST))
  return chunks
}

function listOf(chunks: readonly (readonly Numbered[])[]): IdList {
  return Object.freeze({
    size: chunks.reduce((size, { length }) => size + length, 0),
    chunks: Object.freeze(chunks),
  })
}
