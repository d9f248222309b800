import { buildSeed } from '#app/seed/build.js'
import { loadSeed } from '#app/seed/load.js'
import type { Entity } from '#inventory/entity.js'
import { dataType, managedType, versionIndex } from '#vim25/schema.js'
import { createTestWorld, type TestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'

/** The world of a seed, as it starts. */
export function seedWorld(seed: string): TestWorld {
  return createTestWorld({ families, seed: (ctx) => buildSeed(ctx, loadSeed(seed)) })
}

/** Every property of an object as the administrator reads it, by name; unset ones left out. */
export function wholeObject(world: TestWorld, { type, id }: Entity): Map<string, unknown> {
  const known = [...(managedType(type)?.properties ?? [])].filter(({ since }) => since <= RELEASE)
  const whole = new Map(known.map(({ name }) => [name, world.get<unknown>(type, id, name)]))
  for (const [name, value] of whole) if (value === undefined) whole.delete(name)
  return whole
}

/** Release of the vCenter; what came later is none of its business. */
export const RELEASE = versionIndex('8.0.3.0') ?? 0

/** The distinct property paths of a value, array indexes left out: `config.storageDevice.scsiLun.uuid`. */
export function collectPaths(value: unknown, at: string, into: Set<string>): void {
  if (value === undefined || value === null) return
  if (Array.isArray(value)) {
    into.add(at)
    for (const each of value) collectPaths(each, at, into)
    return
  }
  into.add(at)
  if (typeof value !== 'object') return
  const type = (value as { _typeName?: string })._typeName ?? ''
  if (type === 'ManagedObjectReference' || !dataType(type)) return
  for (const [name, member] of Object.entries(value))
    if (name !== '_typeName') collectPaths(member, `${at}.${name}`, into)
}
