/**
 * Encoded texts by the identity of what they are the text of, within a bound on their total size.
 *
 * Keys are weak: a text goes when its value leaves the state. Of what stays, the least recently used goes: there are two
 * generations; when the young one has grown to half the bound it becomes the old one, and what is used moves over.
 */
export interface TextCache {
  get(key: object): string | undefined
  set(key: object, text: string): void
  /** Characters held at present, those of values that have left the state included until their generation goes. */
  readonly size: number
}

/** Shorter texts are not worth an entry. */
const SHORTEST = 256

export function createTextCache(bound: number): TextCache {
  let young = new WeakMap<object, string>()
  let old = new WeakMap<object, string>()
  let youngSize = 0
  let oldSize = 0

  const put = (key: object, text: string) => {
    if (youngSize + text.length > bound / 2) {
      old = young
      oldSize = youngSize
      young = new WeakMap()
      youngSize = 0
    }
    young.set(key, text)
    youngSize += text.length
  }

  return {
    get(key) {
      const text = young.get(key)
      if (text !== undefined) return text
      const older = old.get(key)
      if (older === undefined) return undefined
      old.delete(key)
      oldSize -= older.length
      put(key, older)
      return older
    },
    set(key, text) {
      if (text.length < SHORTEST || text.length > bound / 2) return
      put(key, text)
    },
    get size() {
      return youngSize + oldSize
    },
  }
}
