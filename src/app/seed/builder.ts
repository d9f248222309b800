import { theRegistry } from '#services/world-registry.js'
import { VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Behaviour } from '#vsphere/core/behaviour.js'
import type { Context } from '#vsphere/core/context.js'
import type { Prototype } from '#vsphere/vm/replicate.js'
import type { LoadedSeed } from './load.js'
import type { SeedDatacenter, SeedVm } from './seed.js'

/** What the parts of a datacenter under construction share. */
export interface Site {
  readonly ctx: Context
  readonly seed: SeedDatacenter
  readonly datacenter: ManagedObjectReference
  readonly mistake: LoadedSeed['mistake']
  /** All VMs of the datacenter, wherever the file lists them, each saying where it belongs. */
  readonly vms: readonly SeedVm[]
  /** Ids of the machine records by name: those of the world, and those that hosts brought along. */
  readonly machines: Map<string, string>
  /** Objects that are there already or under construction, by kind and name. */
  readonly made: Map<string, Made>
  /** VMs to copy, by everything that the seed says of them but their names; undefined: not to be copied. */
  readonly prototypes: Map<string, Prototype | undefined>
  /** The last VM of the seed, and its key among them: most are like the one before. */
  latest: { readonly seed: SeedVm; readonly like: string } | undefined
}

interface Made {
  /** The mapping of the seed that it comes from. */
  readonly part: object
  /** Undefined while it is under construction. */
  readonly ref: ManagedObjectReference | undefined
}

/**
 * Makes the object of a part of the file once, however many other parts need it. Another part of the same kind and name
 * is a mistake, and so are parts that need each other.
 */
export function once(
  site: Site,
  key: string,
  part: object,
  make: () => ManagedObjectReference,
): ManagedObjectReference {
  const known = site.made.get(key)
  if (known) {
    if (known.part !== part) throw site.mistake(`There is a ${key} already.`, part)
    if (!known.ref)
      throw site.mistake(`The ${key} cannot be made before itself: it needs what is on it.`, part)
    return known.ref
  }
  site.made.set(key, { part, ref: undefined })
  const ref = blaming(site, part, make)
  site.made.set(key, { part, ref })
  return ref
}

/** The object of this kind and name, if it is there already. */
export function madeAs(site: Site, key: string): ManagedObjectReference | undefined {
  return site.made.get(key)?.ref
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

/**
 * Calls a vim25 method that answers at once, as a client would, in the seed's own transaction: with all that it checks.
 */
export function invoke<R = unknown>(
  ctx: Context,
  self: ManagedObjectReference,
  method: string,
  args: object,
): R {
  const behaviour: Behaviour | undefined = theRegistry().behaviour(self.type, method)
  if (typeof behaviour !== 'function') throw new Error(`${self.type}.${method} is not implemented.`)
  return behaviour(ctx, self, args) as R
}
