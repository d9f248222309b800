import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Behaviour } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import { theRegistry } from '#vsphere/families.js'
import type { Prototype } from '#vsphere/vm/replicate.js'
import type { LoadedSeed } from './load.js'
import type { SeedDatacenter } from './seed.js'

/** What the parts of a datacenter under construction share. */
export interface Site {
  readonly ctx: Context
  readonly seed: SeedDatacenter
  readonly datacenter: ManagedObjectReference
  readonly mistake: LoadedSeed['mistake']
  /** Ids of the machine records by name: those of the world, and those that hosts brought along. */
  readonly machines: Map<string, string>
  /** Objects that are there already, by kind and name; a null is under construction. */
  readonly made: Map<string, ManagedObjectReference | null>
  /** VMs to copy, by everything that the seed says of them but their names; undefined: not to be copied. */
  readonly prototypes: Map<string, Prototype | undefined>
}

/**
 * Makes an object once, however many parts of the file need it; parts that need each other are a mistake. `part` is the
 * mapping of the seed that it comes from.
 */
export function once(
  site: Site,
  key: string,
  part: object,
  make: () => ManagedObjectReference,
): ManagedObjectReference {
  const known = site.made.get(key)
  if (known) return known
  if (known === null) throw site.mistake(`${key} needs itself.`, part)
  site.made.set(key, null)
  const made = blaming(site, part, make)
  site.made.set(key, made)
  return made
}

/** A fault while a part is built is a mistake in that part. */
export function blaming<R>(site: Pick<Site, 'mistake'>, part: object, build: () => R): R {
  try {
    return build()
  } catch (error) {
    if (error instanceof VimFault) throw site.mistake(`${error.message} (${error.name})`, part)
    throw error
  }
}

/** Calls a vim25 method that answers at once, as a client would, in the seed's own transaction. */
export function invoke(ctx: Context, self: ManagedObjectReference, method: string, args: object): unknown {
  const behaviour: Behaviour | undefined = theRegistry().behaviour(self.type, method)
  if (typeof behaviour !== 'function') throw new Error(`${self.type}.${method} is not implemented.`)
  return behaviour(ctx, self, args)
}
