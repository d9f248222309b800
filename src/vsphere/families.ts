import type { Family } from './core/behaviour.js'
import { createRegistry, type Registry } from './core/registry.js'

/** Every family of managed objects, in the order of the design's layout. */
export const families: readonly Family[] = []

let registry: Registry | undefined

/** The families, prepared once per process. */
export function theRegistry(): Registry {
  registry ??= createRegistry(families)
  return registry
}
