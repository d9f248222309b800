/** A generated text of lines whose columns are separated by tabs, found by the letter and the name that they begin with. */
export interface LineIndex<K extends string> {
  /** Where each line begins, by kind and name. */
  readonly starts: Readonly<Record<K, ReadonlyMap<string, number>>>
  /** Columns of the line that begins there, its letter first. */
  columns(at: number): readonly string[]
  /** Where the next line begins; at the end of the text: its length. */
  next(at: number): number
  /** Columns of a line; undefined for an unknown name. */
  line(kind: K, name: string): readonly string[] | undefined
}

/**
 * Reads nothing but the names: lines without one of the letters in `kinds` belong to the line before them. `prefix` is what
 * all names begin with that the text leaves out.
 */
export function indexLines<K extends string>(
  text: string,
  kinds: Readonly<Record<string, K>>,
  prefix = '',
): LineIndex<K> {
  const starts = Object.fromEntries(
    Object.values(kinds).map((kind) => [kind, new Map<string, number>()]),
  ) as Record<K, Map<string, number>>
  const endOf = (at: number) => {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end
  }
  const next = (at: number) => Math.min(endOf(at) + 1, text.length)
  const columns = (at: number) => text.slice(at, endOf(at)).split('\t')
  for (let at = 0; at < text.length; at = next(at)) {
    const kind = kinds[text.charAt(at)]
    if (kind) starts[kind].set(prefix + text.slice(at + 2, text.indexOf('\t', at + 2)), at)
  }
  return {
    starts,
    columns,
    next,
    line(kind, name) {
      const start = starts[kind].get(name)
      return start === undefined ? undefined : columns(start)
    },
  }
}

/** A list whose items are separated by spaces. */
export const words = (text: string | undefined): readonly string[] => (text ? text.split(' ') : [])
