import {
  dataType,
  isA,
  type ManagedType,
  type Method,
  managedType,
  type Property,
  typeNames,
} from '../schema.js'
import { elementOf, knownAt } from './element.js'
import { type Part, partOf } from './types.js'

/**
 * Every method of the namespace that a release has, by name; the names are unique over all managed types. What `esxcli`
 * travels with is no part of it: it belongs to the `reflect` pair, which says nothing of it.
 */
export function methodsAt(release: number): readonly Method[] {
  return managedTypesAt(release)
    .flatMap((type) => [...type.methods.values()].filter((method) => method.owner === type.name))
    .filter((method) => method.since <= release && partOfMethod(method) !== 'reflect')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const managedTypesAt = (release: number): readonly ManagedType[] =>
  typeNames('managed')
    .map(managedType)
    .filter((type) => type !== undefined)
    .filter((type) => type.since <= release)

/** The schema document that a method's request type stands in. */
export const partOfMethod = (method: Method): Part => partOf(managedType(method.owner)?.vmodl ?? '')

/** Faults that some message may carry: what is declared anywhere, and the two that all others derive from. */
export function faultsAt(release: number): readonly string[] {
  return typeNames('data').filter(
    (name) => isA(name, 'MethodFault') && (dataType(name)?.since ?? 0) <= release,
  )
}

/** Declared faults of a method that the release has. */
export const declaredFaults = (method: Method, release: number): readonly string[] =>
  method.faults.filter((name) => (dataType(name)?.since ?? Infinity) <= release)

const requestName = (method: Method) => `${method.name.replace(/_Task$/, '')}RequestType`

const THIS: Property = {
  name: '_this',
  type: 'ManagedObject',
  kind: 'reference',
  array: false,
  optional: false,
  link: false,
  secret: false,
  since: 0,
}

/** The type of a method's request: `_this`, then the arguments in order. */
export function requestType(method: Method, release: number): string {
  const elements = [THIS, ...knownAt(method.params, release)].map((each) => elementOf(each, release))
  return `<complexType name="${requestName(method)}"><sequence>${elements.join('')}</sequence></complexType>`
}

/** The elements that stand in a body: the call and its answer. */
export function messageElements(method: Method, release: number): readonly string[] {
  const result = method.result && elementOf(method.result, release)
  const content = result ? `<complexType><sequence>${result}</sequence></complexType>` : '<complexType/>'
  return [
    `<element name="${method.name}" type="vim25:${requestName(method)}"/>`,
    `<element name="${method.name}Response">${content}</element>`,
  ]
}

/** The element that stands in a SOAP fault's detail. */
export const faultElement = (name: string) => `<element name="${name}Fault" type="vim25:${name}"/>`
