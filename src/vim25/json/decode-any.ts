import { dataType, enumType, type Property, VERSIONS } from '../schema.js'
import { decodeAt, decodeData, decodeReference, isObject } from './decode.js'
import { below, type Place } from './place.js'
import { invalid, shown, unknownType } from './refusal.js'
import { boxContent } from './type-info.js'

const ANY_REFERENCE: Property = {
  name: '',
  type: 'ManagedObject',
  kind: 'reference',
  array: false,
  optional: false,
  link: false,
  secret: false,
  since: 0,
}

/**
 * The value of an Any slot (rest-wire 3.3): a data object or reference inline, everything else in a box that names its
 * type, `{"_typeName":"string","_value":"x"}`. It stays boxed, so that every door knows the type.
 */
export function decodeAny(value: unknown, place: Place, release: number): unknown {
  if (!isObject(value))
    throw invalid(
      place,
      `Values of any type say which: {"_typeName":"string","_value":"x"} or an object with _typeName; found ${shown(value)}.`,
    )
  const type = value._typeName
  const at = below(place, '_typeName')
  if (typeof type !== 'string')
    throw invalid(at, `A value of any type says which: "_typeName" is missing or no string.`)
  if (type === 'ManagedObjectReference') return decodeReference(value, ANY_REFERENCE, place, release)
  if (dataType(type)) return decodeData(value, type, place, release)
  const content = boxContent(type)
  if (!content || sinceOf(content) > release)
    throw unknownType(at, type, VERSIONS[release] ?? String(release))
  const extra = Object.keys(value).find((name) => name !== '_typeName' && name !== '_value')
  if (extra !== undefined)
    throw invalid(below(place, extra.slice(0, 100)), `The box ${type} has only _value.`)
  if (!Object.hasOwn(value, '_value'))
    throw invalid(below(place, '_value'), `The box ${type} needs its value.`)
  const inner = decodeAt(value._value, content, below(place, '_value'), release)
  return Object.freeze({ _typeName: type, _value: inner })
}

const sinceOf = ({ kind, type }: Property) =>
  (kind === 'enum' ? enumType(type)?.since : kind === 'data' ? dataType(type)?.since : 0) ?? 0
