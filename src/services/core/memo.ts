import type { Root } from '#inventory/root.js'
import type { ServiceCall } from './call.js'

const memories = new WeakMap<Root, Map<string, unknown>>()

/**
 * What `compute` makes of the state, remembered as long as the state stands: for answers that depend on nothing else but
 * who asks (what one may see) and `key`. The answer is the same frozen object every time, so that doors keep its bytes too.
 */
export function perState<R extends object>(call: ServiceCall, key: string, compute: () => R): R {
  const { root } = call.sandbox.inventory
  let memory = memories.get(root)
  if (!memory) {
    memory = new Map()
    memories.set(root, memory)
  }
  const whole = `${call.session?.userName ?? ''}\n${key}`
  if (memory.size >= MOST && !memory.has(whole)) memory.clear()
  let found = memory.get(whole) as R | undefined
  if (found === undefined) {
    found = Object.freeze(compute())
    memory.set(whole, found)
  }
  return found
}

/** Different questions that are remembered of one state. */
const MOST = 2000
