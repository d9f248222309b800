import type { ManagedName, ValueOf } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { vapiError } from '#vapi/error.js'
import type { ServiceCall } from './call.js'
import { isSet } from './filters.js'
import { perState } from './memo.js'
import { mayRead } from './objects.js'

/** A managed object that a list looks at. */
export interface Listed<K extends ManagedName> {
  readonly id: string
  /** What it is: the list's type or a subtype. */
  readonly type: string
  readonly value: Readonly<ValueOf<K>>
}

/** What a `list` operation lists: the objects of a type that match its filter. */
export interface Listing<K extends ManagedName, F extends object, S extends object> {
  readonly type: K
  /** The resource's name in message ids: `com.vmware.api.vcenter.<resource>...`. */
  readonly resource: string
  /** What a refusal calls them: "virtual machines". */
  readonly plural: string
  /** A list of more is refused; as each list operation documents. */
  readonly most: number
  /** The identifiers that the filter asks for. */
  ids(filter: F): readonly string[] | undefined
  /** A smaller set than all objects of the type that holds every match, each once, in order of creation. */
  candidates?(read: Reader, filter: F): readonly string[] | undefined
  /** Everything of the filter but the identifiers. */
  matches(read: Reader, object: Listed<K>, filter: F): boolean
  /** Of the object's own value only: what did not change is not made again. */
  summary(object: Listed<K>): S
}

/**
 * A `list` operation: what matches and the caller may read, in order of creation, remembered while the state stands. Throws
 * UNABLE_TO_ALLOCATE_RESOURCE when that is more than one answer carries (rest-wire 1.6; ids of messages are ours).
 */
export function createList<K extends ManagedName, F extends object, S extends object>(
  listing: Listing<K, F, S>,
): (call: ServiceCall, filter?: F) => readonly S[] {
  const { type, resource, plural, most } = listing
  const summaries = new WeakMap<object, S>()
  /** One object per state of what it tells, so that it is not encoded again either. */
  const summaryOf = (object: Listed<K>): S => {
    let summary = summaries.get(object.value)
    if (!summary) {
      summary = Object.freeze(listing.summary(object))
      summaries.set(object.value, summary)
    }
    return summary
  }
  return (call, filter = {} as F) =>
    perState(call, `${resource}.list ${JSON.stringify(filter)}`, () => {
      const { read } = call
      const wanted = listing.ids(filter)
      const ids = isSet(wanted) ? new Set(wanted) : (listing.candidates?.(read, filter) ?? read.ids(type))
      const found: S[] = []
      for (const id of ids) {
        const value = read.find(type, id)
        if (!value) continue
        const object = { id, type: read.entity(id)?.type ?? type, value } as Listed<K>
        if (listing.matches(read, object, filter) && mayRead(call, read.ref(id)))
          found.push(summaryOf(object))
      }
      if (found.length > most)
        throw vapiError(
          'UNABLE_TO_ALLOCATE_RESOURCE',
          `com.vmware.api.vcenter.${resource}.list.too_many_matches`,
          `Too many ${plural}. Add more filter criteria to reduce the number.`,
        )
      return found
    })
}
