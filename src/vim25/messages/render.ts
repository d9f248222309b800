import type { MethodFault } from '../generated/types.js'
import { dataType, managedType } from '../schema.js'
import { LABELS } from './labels.js'
import type { Message } from './message.js'

const PLACEHOLDER = /\{(\w+)\}/g

/** The sentence of a fault: the first of the message's texts whose fields the fault has, blanks for fields it lacks. */
export function render(message: Message, fault: MethodFault, nested: (fault: MethodFault) => string): string {
  const fields: Readonly<Record<string, unknown>> = { ...fault }
  const complete = message.texts.find((text) =>
    [...text.matchAll(PLACEHOLDER)].every(([, name = '']) => !blank(fields[name])),
  )
  const text = complete ?? message.texts.at(-1) ?? ''
  return text.replace(PLACEHOLDER, (_, name: string) => words(fields[name], labelsOf(fault, name), nested))
}

const blank = (value: unknown) => value === undefined || value === null || value === ''

function labelsOf(fault: MethodFault, field: string): Readonly<Record<string, string>> | undefined {
  const type = fault._typeName
  return LABELS[`${type}.${field}`] ?? LABELS[dataType(type)?.byName.get(field)?.type ?? '']
}

function words(
  value: unknown,
  labels: Readonly<Record<string, string>> | undefined,
  nested: (fault: MethodFault) => string,
): string {
  if (blank(value)) return ''
  if (Array.isArray(value)) return value.map((item) => words(item, labels, nested)).join(', ')
  if (typeof value !== 'object' || value === null) {
    const text = String(value)
    return labels && Object.hasOwn(labels, text) ? (labels[text] ?? text) : text
  }
  const object: Readonly<Record<string, unknown>> = { ...value }
  const type = String(object._typeName)
  // The real thing names managed objects by their vmodl type: 'vim.VirtualMachine:vm-42' (soap-wire.md 2.10).
  if (type === 'ManagedObjectReference') {
    const managed = String(object.type)
    return `${managedType(managed)?.vmodl ?? managed}:${String(object.value)}`
  }
  if (type === 'LocalizedMethodFault') {
    return blank(object.localizedMessage)
      ? nested(object.fault as MethodFault)
      : String(object.localizedMessage)
  }
  return type
}
