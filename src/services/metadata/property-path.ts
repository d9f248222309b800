import { known } from '#vapi/known.js'
import { structure } from '#vapi/schema.js'
import type { Operation, Structure, Type } from '#vapi/types.js'

/**
 * Where an operation's input holds what a privilege is checked on: `vm`, `spec.placement.folder`. `by` is a parameter, or
 * a field of a structure (`com.vmware.vcenter.VM.inventory_placement_spec/folder`) that the input holds, or whose fields it
 * holds as another's own (`spec.placement.folder`); else `by` itself.
 */
export function propertyPath({ input }: Operation, by: string): string {
  const [name = '', field] = by.split('/')
  if (field === undefined) return by
  const wanted = structure(name)
  return (wanted && pathTo(input, wanted, field, [])) ?? by
}

function pathTo(
  inside: Structure,
  wanted: Structure,
  field: string,
  within: readonly string[],
): string | undefined {
  if (wanted.fields.every(({ name }) => inside.byName.has(name))) return field
  if (within.includes(inside.name)) return undefined
  for (const each of inside.fields) {
    const next = structureIn(each.type)
    const path = next && pathTo(next, wanted, field, [...within, inside.name])
    if (path !== undefined) return `${each.name}.${path}`
  }
  return undefined
}

function structureIn(type: Type): Structure | undefined {
  switch (type.kind) {
    case 'structure':
      return known.structure(type.name)
    case 'optional':
    case 'list':
    case 'set':
      return structureIn(type.of)
    case 'map':
      return structureIn(type.value)
    default:
      return undefined
  }
}
