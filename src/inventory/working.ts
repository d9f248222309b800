import { type Layout, layoutOf, literalOf } from '#vim25/layout.js'
import { managedType } from '#vim25/schema.js'
import type { Entity } from './entity.js'

type Value = Record<string, unknown>

/**
 * Objects that derivations write to, as copies that change in place until `close`: a new VM gets a dozen derived
 * properties, and a copy of its forty members for each was a third of the cost of making 10,000.
 */
export interface WorkingCopies {
  /** The object's working copy: the entity itself if it is one already. */
  open(entity: Entity): Entity<Value>
  /** Freezes all, each laid out flat. */
  close(): void
}

export function workingCopies(): WorkingCopies {
  const copies = new Map<string, { -readonly [K in keyof Entity<Value>]: Entity<Value>[K] }>()
  return {
    open(entity) {
      const known = copies.get(entity.id)
      if (known === entity) return known
      const copy = { ...entity, value: formOf(entity.type).open(entity.value as Value) }
      copies.set(entity.id, copy)
      return copy
    },
    close() {
      for (const copy of copies.values()) {
        copy.value = Object.freeze(formOf(copy.type).close(copy.value))
        Object.freeze(copy)
      }
      copies.clear()
    },
  }
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
