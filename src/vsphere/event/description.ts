import { data } from '#vim25/data.js'
import type { EventArgDesc, EventDescription } from '#vim25/generated/types.js'
import { dataType, isA, subtypesOf } from '#vim25/schema.js'
import { CATEGORIES, categoryOf } from './category.js'
import { descriptionOf, formatOf } from './formats.js'

let description: EventDescription | undefined

/** EventManager.description: category and message of every type of event. */
export function eventDescription(): EventDescription {
  description ??= data('EventDescription', {
    category: CATEGORIES.map(([key, label]) => data('ElementDescription', { key, label, summary: label })),
    eventInfo: subtypesOf('Event').map((key) => {
      const format = formatOf(key)
      return data('EventDescriptionEventDetail', {
        key,
        description: descriptionOf(key),
        category: categoryOf(key),
        formatOnDatacenter: format,
        formatOnComputeResource: format,
        formatOnHost: format,
        formatOnVm: format,
        fullFormat: format,
      })
    }),
  })
  return description
}

/** `vim.event.VmPoweredOnEvent` -> `VmPoweredOnEvent`; undefined for what is no type of event. */
export function eventType(id: string): string | undefined {
  const name = id.replace(/^vim\.event\./, '')
  return isA(name, 'Event') ? name : undefined
}

/** The arguments that an event of the type has beside those of every event; undefined for an unknown type. */
export function eventArguments(id: string): readonly EventArgDesc[] | undefined {
  const type = eventType(id)
  if (type === undefined) return undefined
  const common = dataType('Event')?.byName
  return (dataType(type)?.properties ?? [])
    .filter(({ name }) => !common?.has(name))
    .map(({ name, type: of }) => data('EventArgDesc', { name, type: of }))
}
