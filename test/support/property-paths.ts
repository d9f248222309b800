import { buildSeed } from '#app/seed/build.js'
import { loadSeed } from '#app/seed/load.js'
import type { Entity } from '#inventory/entity.js'
import { dataType, managedType } from '#vim25/schema.js'
import { projectedProperty } from '#vsphere/core/project.js'
import { createTestWorld, type TestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'

/** The world of a seed, as it starts. */
export function seedWorld(seed: string): TestWorld {
  return createTestWorld({ families, seed: (ctx) => buildSeed(ctx, loadSeed(seed)) })
}

/** Every property of an object as a client would read it, by name; unset ones left out. */
export function wholeObject({ sandbox }: TestWorld, entity: Entity): Map<string, unknown> {
  const ctx = sandbox.readContext(undefined)
  const whole = new Map<string, unknown>()
  for (const name of managedType(entity.type)?.byName.keys() ?? []) {
    const value = projectedProperty(sandbox.registry, ctx, entity, name)
    if (value !== undefined) whole.set(name, value)
  }
  return whole
}

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
