import { fault, type VimFault } from '../fault.js'
import { type Place, pathOf } from './place.js'

/** The fault for a wrong value: InvalidArgument with its path; the reason follows the sentence that the real thing gives. */
export function invalid(place: Place, reason: string): VimFault {
  const invalidProperty = pathOf(place)
  return fault(
    'InvalidArgument',
    { invalidProperty },
    `A specified parameter was not correct: ${invalidProperty}. ${reason}`,
  )
}

/** The fault for a type that does not exist, or not yet in the client's release. */
export function unknownType(place: Place, type: string, release: string): VimFault {
  const argument = pathOf(place)
  return fault(
    'InvalidType',
    { argument },
    `The request refers to an unexpected or unknown type. At ${argument}: ${shown(type)} is no type of release ${release}.`,
  )
}

/** The fault for a body that is no call at all. */
export function invalidRequest(reason: string): VimFault {
  return fault('InvalidRequest', {}, reason)
}

const LONGEST = 60

/** A value as a message shows it: strings and numbers cut short, of the rest only the kind. */
export function shown(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)
    case 'object':
      return 'an object'
    default:
      return String(value)
  }
}
