import type { Body } from './body.js'

/**
 * Encoded bodies by the identity of what they encode, within a bound on their total size.
 *
 * Keys are weak: a body goes when its value leaves the state. Of what stays, the least recently used goes: there are two
 * generations; when the young one has grown to half the bound it becomes the old one, and what is used moves over.
 */
export interface BodyCache {
  get(key: object): Body | undefined
  set(key: object, body: Body): void
  /** Characters or bytes held at present, those of values that have left the state until their generation goes. */
  readonly size: number
}

/** Shorter bodies are not worth an entry. */
const SHORTEST = 64

export function createBodyCache(bound: number): BodyCache {
  let young = new WeakMap<object, Body>()
  let old = new WeakMap<object, Body>()
  let youngSize = 0
  let oldSize = 0

  const put = (key: object, body: Body) => {
    if (youngSize + body.length > bound / 2) {
      old = young
      oldSize = youngSize
      young = new WeakMap()
      youngSize = 0
    }
    young.set(key, body)
    youngSize += body.length
  }

  return {
    get(key) {
      const body = young.get(key)
      if (body !== undefined) return body
      const older = old.get(key)
      if (older === undefined) return undefined
      old.delete(key)
      oldSize -= older.length
      put(key, older)
      return older
    },
    set(key, body) {
      if (body.length >= SHORTEST && body.length <= bound / 2) put(key, body)
    },
    get size() {
      return youngSize + oldSize
    },
  }
}

/**
 * Caches for a codec: one for all clients that see values whole (the value needs no more than their release), one for each
 * older release, which sees less. The bounds are of each.
 */
export function cachesByRelease(
  bound: number,
  olderBound: number,
): (need: number, release: number) => BodyCache {
  const whole = createBodyCache(bound)
  const narrowed = new Map<number, BodyCache>()
  return (need, release) => {
    if (need <= release) return whole
    let cache = narrowed.get(release)
    if (!cache) {
      cache = createBodyCache(olderBound)
      narrowed.set(release, cache)
    }
    return cache
  }
}
