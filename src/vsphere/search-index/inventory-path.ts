import type { Reader } from '#inventory/reader.js'
import { isA } from '#vim25/schema.js'
import { rootFolderOf } from '../core/well-known.js'
import { isSecondary } from '../fault-tolerance/group.js'
import { childrenNamed } from '../managed-entity/entity.js'

/**
 * The entity at an inventory path (`Lab/vm/Discovered virtual machine/demo`): names from below the root folder on, with
 * slashes in names written as %2f; '' and '/' are the root folder itself.
 */
export function entityAtPath(read: Reader, path: string): string | undefined {
  let here: string | undefined = read.entity(rootFolderOf(read))?.id
  for (const name of path.split('/').filter((step) => step !== '')) {
    if (here === undefined) return undefined
    here = childNamed(read, here, name)
  }
  return here
}

/** The immediate child with a name, which may be written with or without escapes. */
export function childNamed(read: Reader, parent: string, name: string): string | undefined {
  const escaped = escapedName(name)
  const children = childrenNamed(read, parent, escaped)
  // Both halves of a fault-tolerant pair have the name; it is the primary's.
  const child = children.find((id) => !isSecondary(read, id)) ?? children[0]
  if (child !== undefined) return child
  // A VM's parent is its folder; a pool or vApp contains it all the same.
  const entity = read.entity(parent)
  if (!entity || !isA(entity.type, 'ResourcePool')) return undefined
  const vms = read.get('ResourcePool', parent).vm ?? []
  return vms.find(({ value }) => read.find('VirtualMachine', value)?.name === escaped)?.value
}

/** A name as the inventory keeps it: slash, backslash and percent sign escaped, in lower-case digits. */
function escapedName(name: string): string {
  return name
    .replace(/%(2f|5c|25)/gi, (escaped) => escaped.toLowerCase())
    .replace(/%(?!25|2f|5c)/g, '%25')
    .replaceAll('/', '%2f')
    .replaceAll('\\', '%5c')
}
