import { moRef } from '#inventory/entity.js'
import { fault } from '#vim25/fault.js'
import type { CustomFieldDef, CustomFieldStringValue } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'

/** Keys of fields begin here; those below belong to the server's own fields. */
export const FIRST_KEY = 101

/** Whether objects of the managed type can have a value of the field: one without a type of its own is for all. */
export const appliesTo = ({ managedObjectType }: CustomFieldDef, type: string): boolean =>
  managedObjectType === undefined || isA(type, managedObjectType)

/** Whether some object could have both fields: then their names must differ. */
const overlap = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || isA(one, other) || isA(other, one)

/**
 * A field's name as it is kept.
 * @throws InvalidArgument for an empty one, DuplicateName when a field for the same objects has it
 */
export function validFieldName(
  fields: readonly CustomFieldDef[],
  name: string,
  type: string | undefined,
  except?: number,
): string {
  if (name.trim() === '') throw fault('InvalidArgument', { invalidProperty: 'name' })
  const other = fields.find(
    (field) => field.key !== except && field.name === name && overlap(field.managedObjectType, type),
  )
  if (other) throw fault('DuplicateName', { name, object: MANAGER })
  return name
}

/** The object of DuplicateName: fields are no objects, their manager is. */
export const MANAGER = moRef('CustomFieldsManager', 'CustomFieldsManager')

/** The values with one set, in the order of their keys. */
export function withValue(
  values: readonly CustomFieldStringValue[],
  value: CustomFieldStringValue,
): readonly CustomFieldStringValue[] {
  return Object.freeze(
    [...values.filter(({ key }) => key !== value.key), value].sort((a, b) => a.key - b.key),
  )
}
