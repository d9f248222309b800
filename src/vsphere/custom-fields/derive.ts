import { derivation } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import type { CustomFieldDef, ManagedEntityProperties } from '#vim25/generated/types.js'
import { appliesTo, MANAGER } from './rules.js'

const none: readonly never[] = Object.freeze([])

/** The fields of a list that objects of a type can have; equal for all objects of the type, so made once. */
const known = new WeakMap<readonly CustomFieldDef[], Map<string, readonly CustomFieldDef[]>>()

function fieldsFor(fields: readonly CustomFieldDef[], type: string): readonly CustomFieldDef[] {
  const byType = known.get(fields) ?? new Map<string, readonly CustomFieldDef[]>()
  known.set(fields, byType)
  const found = byType.get(type) ?? Object.freeze(fields.filter((field) => appliesTo(field, type)))
  byType.set(type, found)
  return found
}

export const fieldsOf = (read: Reader): readonly CustomFieldDef[] =>
  read.find('CustomFieldsManager', MANAGER.value)?.field ?? none

/** Which fields an entity can have; and its values under the name that all extensible objects share. */
export const customFields = derivation<ManagedEntityProperties>({
  name: 'ManagedEntity.availableField',
  type: 'ManagedEntity',
  outputs: ['availableField', 'value'],
  own: ['customValue'],
  via: [
    {
      type: 'CustomFieldsManager',
      paths: ['field'],
      targets: (_manager, read) => read.ids('ManagedEntity'),
    },
  ],
  compute: ({ customValue }, read, id) => {
    const fields = fieldsOf(read)
    const available = fields.length === 0 ? none : fieldsFor(fields, read.entity(id)?.type ?? '')
    return { availableField: available, value: customValue }
  },
})
