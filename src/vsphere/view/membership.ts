import { type Entity, isMoRef } from '#inventory/entity.js'
import type { Commit } from '#inventory/inventory.js'
import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import type { Services } from '../core/context.js'

/** What decides about the members of a ContainerView. */
export interface ViewDefinition {
  readonly container: string
  /** Managed types, subtypes included; none: all. */
  readonly types: readonly string[]
  readonly recursive: boolean
}

/** The members of a view in one state, shared by all views with the same definition. */
export interface Membership {
  readonly view: readonly ManagedObjectReference[]
  /** What was read to find them: as long as that stays, so do the members. */
  readonly read: readonly Read[]
}

interface Read {
  readonly id: string
  readonly property: string
  readonly value: unknown
}

/** Where an entity keeps those that it contains, most derived type first. */
const CONTENTS: readonly (readonly [string, readonly string[]])[] = [
  ['Folder', ['childEntity']],
  ['Datacenter', ['vmFolder', 'hostFolder', 'datastoreFolder', 'networkFolder']],
  ['ComputeResource', ['host', 'resourcePool']],
  ['ResourcePool', ['resourcePool', 'vm']],
  ['HostSystem', ['vm']],
]

const contents = new Map<string, readonly string[] | undefined>()

/** The properties with an entity's contents; undefined for a type that cannot be a container of a view. */
export function contentsOf(type: string): readonly string[] | undefined {
  if (!contents.has(type)) contents.set(type, CONTENTS.find(([base]) => isA(type, base))?.[1])
  return contents.get(type)
}

/**
 * How far a view that is not recursive reaches from its container: a compute resource's goes on to the VMs of its hosts
 * and of its pool, a pool's to the VMs of its immediate children (soap-wire 5.6).
 */
function goesOn(container: string, child: string): boolean {
  if (isA(container, 'ComputeResource')) return isA(child, 'HostSystem') || isA(child, 'ResourcePool')
  return isA(container, 'ResourcePool') && isA(child, 'ResourcePool')
}

/** Finds the members of a view; each once, in the order in which they are reached. */
export function findMembers(read: Reader, { container, types, recursive }: ViewDefinition): Membership {
  const matches = matcher(types)
  const found = new Map<string, ManagedObjectReference>()
  const seen = new Set<string>()
  const reads: Read[] = []
  const start = read.entity(container)
  const open: { readonly entity: Entity; readonly depth: number }[] = start
    ? [{ entity: start, depth: 0 }]
    : []
  if (!start) reads.push({ id: container, property: 'name', value: undefined })
  // Breadth first, without recursion: folders can be as deep as a client likes. The list grows on the way.
  for (const { entity, depth } of open)
    for (const property of contentsOf(entity.type) ?? []) {
      const value = (entity.value as Record<string, unknown>)[property]
      reads.push({ id: entity.id, property, value })
      for (const ref of Array.isArray(value) ? value : [value]) {
        if (!isMoRef(ref)) continue
        // Below the container of a view that is not recursive, only machines count.
        if (recursive || depth === 0 || ref.type === 'VirtualMachine')
          if (matches(ref.type) && !found.has(ref.value)) found.set(ref.value, ref)
        if (!contentsOf(ref.type) || seen.has(ref.value)) continue
        if (!recursive && !(depth === 0 && goesOn(entity.type, ref.type))) continue
        const child = read.entity(ref.value)
        if (!child) continue
        seen.add(ref.value)
        open.push({ entity: child, depth: depth + 1 })
      }
    }
  return { view: Object.freeze([...found.values()]), read: reads }
}

function matcher(types: readonly string[]): (type: string) => boolean {
  const known = new Map<string, boolean>()
  return (type) => {
    let answer = known.get(type)
    if (answer === undefined) {
      answer = types.length === 0 || types.some((wanted) => isA(type, wanted))
      known.set(type, answer)
    }
    return answer
  }
}

/** True while nothing that was read to find the members has changed. */
export function stillHolds(read: Reader, membership: Membership): boolean {
  return membership.read.every(({ id, property, value }) =>
    Object.is((read.entity(id)?.value as Record<string, unknown> | undefined)?.[property], value),
  )
}

/** True when a commit changed what some container contains. */
export function touchesContents({ changes }: Commit): boolean {
  return changes.some(({ before, after }) => {
    const properties = contentsOf((after ?? before)?.type ?? '')
    if (!properties) return false
    const old = before?.value as Record<string, unknown> | undefined
    const now = after?.value as Record<string, unknown> | undefined
    return !old || !now || properties.some((name) => !Object.is(old[name], now[name]))
  })
}

/** More definitions than this are not in use at one time; the rest is found again when asked for. */
const REMEMBERED = 256
const KEY = 'view.memberships'

interface Memberships {
  /** The newest membership per definition. */
  readonly latest: Map<string, Membership>
  /** What is known to be true of a committed state. */
  readonly at: WeakMap<Reader, Map<string, Membership>>
}

/**
 * The members of a view in the state that the reader reads; the same object as long as they stay the same, whoever
 * asks.
 */
export function membershipOf(services: Services, read: Reader, definition: ViewDefinition): Membership {
  const { latest, at } = memberships(services)
  const key = definitionKey(definition)
  const known = isCommitted(read) ? mapAt(at, read) : undefined
  let membership = known?.get(key)
  if (membership) return membership
  const last = latest.get(key)
  if (last && stillHolds(read, last)) membership = last
  else {
    const fresh = findMembers(read, definition)
    membership = last && sameMembers(last, fresh) ? { ...fresh, view: last.view } : fresh
  }
  known?.set(key, membership)
  if (known) {
    if (latest.size >= REMEMBERED && !latest.has(key)) latest.clear()
    latest.set(key, membership)
  }
  return membership
}

/** One text per definition. */
export function definitionKey({ container, types, recursive }: ViewDefinition): string {
  return `${container} ${recursive ? 'below' : 'in'} ${[...types].sort().join(' ')}`
}

function memberships({ volatile }: Services): Memberships {
  let found = volatile.get(KEY) as Memberships | undefined
  if (!found) {
    found = { latest: new Map(), at: new WeakMap() }
    volatile.set(KEY, found)
  }
  return found
}

/** A transaction reads a state that still changes: nothing is remembered of it. */
const isCommitted = (read: Reader) => !('create' in read)

function mapAt(at: Memberships['at'], read: Reader): Map<string, Membership> {
  let map = at.get(read)
  if (!map) {
    map = new Map()
    at.set(read, map)
  }
  return map
}

function sameMembers(a: Membership, b: Membership): boolean {
  return a.view.length === b.view.length && a.view.every((ref, i) => ref.value === b.view[i]?.value)
}
