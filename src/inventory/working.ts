import { type Layout, layoutOf, literalOf } from '#vim25/layout.js'
import { managedType } from '#vim25/schema.js'
import type { Entity } from './entity.js'

export type Value = Record<string, unknown>

/**
 * An object that derivations write to, as a copy that changes in place until it is closed: a new VM gets a dozen derived
 * properties, and a copy of its forty members for each was a third of the cost of making 10,000.
 */
export type WorkingCopy = { -readonly [K in keyof Entity<Value>]: Entity<Value>[K] }

export function openCopy(entity: Entity): WorkingCopy {
  return { ...entity, value: formOf(entity.type).open(entity.value as Value) }
}

/** Lays the copy out flat and freezes it: from now on it is an entity like all others. */
export function closeCopy(copy: WorkingCopy): void {
  copy.value = Object.freeze(formOf(copy.type).close(copy.value))
  Object.freeze(copy)
}

/** How objects of a type are laid out: with every member while they are worked on, with those that are set after that. */
interface Form {
  open(value: Value): Value
  close(value: Value): Value
}

const forms = new Map<string, Form>()

function formOf(type: string): Form {
  let form = forms.get(type)
  if (!form) {
    form = newForm(managedType(type)?.properties.map(({ name }) => name) ?? [])
    forms.set(type, form)
  }
  return form
}

const isSet = (value: unknown) => value !== undefined

function newForm(names: readonly string[]): Form {
  const known = new Set(names)
  const full: Layout = literalOf(names)
  const compact: Layout = layoutOf(names, {}, isSet)
  /** Tests have members of their own. */
  const isKnown = (value: Value) => Object.keys(value).every((name) => known.has(name))
  return {
    open: (value) => (isKnown(value) ? (full(value) as Value) : { ...value }),
    close: (value) => (isKnown(value) ? compact(value) : withoutUnset(value)) as Value,
  }
}

function withoutUnset(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => isSet(member)))
}
