import { createRegistry, type Registry } from '#vsphere/core/registry.js'
import { families } from '#vsphere/families.js'
import { serviceFamilies } from './families.js'

let registry: Registry | undefined

/** Everything that lives in a world: vim25's families, then the services', prepared once per process. */
export function theRegistry(): Registry {
  registry ??= createRegistry([...families, ...serviceFamilies])
  return registry
}
