import { inverse } from '#inventory/derivation.js'
import { index } from '#inventory/indexes.js'
import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedEntityProperties,
  ManagedEntityStatus,
  ManagedObjectReference,
} from '#vim25/generated/types.js'

/** What every entity has from its creation; a type's own derivations (overallStatus ...) overwrite it at the commit. */
export interface EntityDefaults {
  readonly value: readonly never[]
  readonly availableField: readonly never[]
  readonly parent: ManagedObjectReference | undefined
  readonly customValue: readonly never[]
  readonly overallStatus: ManagedEntityStatus
  readonly configStatus: ManagedEntityStatus
  readonly configIssue: readonly never[]
  readonly effectiveRole: readonly number[]
  readonly permission: readonly never[]
  readonly name: string
  readonly disabledMethod: readonly string[]
  readonly declaredAlarmState: readonly never[]
  readonly triggeredAlarmState: readonly never[]
  readonly alarmActionsEnabled: boolean
  readonly tag: readonly never[]
}

const none: readonly never[] = Object.freeze([])

/**
 * The members that ManagedEntity itself requires or that clients expect: spread them into `tx.create`. `name` is taken as
 * it is: what a client sent goes through `validName` first. `parent` undefined: the root folder.
 */
export function managedEntityDefaults(
  name: string,
  parent: ManagedObjectReference | undefined,
): EntityDefaults {
  return {
    value: none,
    availableField: none,
    parent,
    customValue: none,
    overallStatus: 'green',
    configStatus: 'green',
    configIssue: none,
    effectiveRole: none,
    permission: none,
    name,
    disabledMethod: none,
    declaredAlarmState: none,
    triggeredAlarmState: none,
    alarmActionsEnabled: true,
    tag: none,
  }
}

const childKey = (parent: string, name: string) => `${parent}\0${name}`

/** Entities by their parent and name. */
export const byParentAndName = index<ManagedEntityProperties>({
  name: 'entity.parentAndName',
  type: 'ManagedEntity',
  inputs: ['parent', 'name'],
  keys: ({ parent, name }) => [childKey(parent?.value ?? '', name)],
})

/** Entities by their parent, also inside a transaction (childEntity is derived at the commit). */
export const byParent = index<ManagedEntityProperties>({
  name: 'entity.parent',
  type: 'ManagedEntity',
  inputs: ['parent'],
  keys: ({ parent }) => [parent?.value],
})

/** Ids of the entities that have this one as parent, oldest first. */
export function childrenOf(read: Reader, id: string): readonly string[] {
  return read.lookup(byParent, id)
}

/** Entities by name alone. */
export const byName = index<ManagedEntityProperties>({
  name: 'entity.name',
  type: 'ManagedEntity',
  inputs: ['name'],
  keys: ({ name }) => [name],
})

/** Folder.childEntity is the other end of ManagedEntity.parent. */
export const childEntity = inverse({
  name: 'Folder.childEntity',
  from: 'ManagedEntity',
  path: 'parent',
  to: ['Folder'],
  property: 'childEntity',
})

/** Ids of the entities with this parent and (escaped) name, oldest first. */
export function childrenNamed(read: Reader, parent: string, name: string): readonly string[] {
  return read.lookup(byParentAndName, childKey(parent, name))
}

/** Throws DuplicateName{name, object} when another child of the parent has the name. */
export function requireUniqueName(read: Reader, parent: string, name: string, except?: string): void {
  const other = childrenNamed(read, parent, name).find((id) => id !== except)
  if (other !== undefined) throw fault('DuplicateName', { name, object: read.ref(other) })
}

/** Names of inventory objects have at most so many characters. */
export const LONGEST_NAME = 80

/**
 * A client's name as the inventory keeps it: `/`, `\` and `%` escaped as %2f, %5c and %25, except a `%` that begins such an
 * escape already. Throws InvalidName for an empty or too long one.
 */
export function validName(name: string, entity?: ManagedObjectReference): string {
  if (name.trim() === '' || name.length > LONGEST_NAME) throw fault('InvalidName', { name, entity })
  return name
    .replace(/%(?!25|2f|5c)/gi, '%25')
    .replaceAll('/', '%2f')
    .replaceAll('\\', '%5c')
}

/** The ids of an entity's ancestors, nearest first, without itself. */
export function* ancestors(read: Reader, id: string): Iterable<string> {
  let parent = read.find('ManagedEntity', id)?.parent
  while (parent) {
    yield parent.value
    parent = read.find('ManagedEntity', parent.value)?.parent
  }
}

/** The nearest of the entity and its ancestors that is a datacenter; undefined above them. */
export function datacenterOf(read: Reader, id: string): string | undefined {
  if (read.find('Datacenter', id)) return id
  for (const above of ancestors(read, id)) if (read.find('Datacenter', above)) return above
  return undefined
}
