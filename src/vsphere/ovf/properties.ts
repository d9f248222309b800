import { data } from '#vim25/data.js'
import type { KeyValue, VAppPropertyInfo } from '#vim25/generated/types.js'
import { valueTest } from '../vm/config/v-app-property.js'
import type { OvfProduct, OvfProperty } from './envelope.js'
import { type Problems, problem } from './problems.js'

/** `[class.]key[.instance]`: what a property is called outside its product. */
export const propertyName = (product: Pick<OvfProduct, 'class' | 'instance'>, key: string) =>
  [product.class, key, product.instance].filter((part) => part !== '').join('.')

export interface PropertyChoice {
  /** The deployment option; undefined when the package has none. */
  readonly configuration: string | undefined
  /** Values by their properties' names. */
  readonly values: readonly Pick<KeyValue, 'key' | 'value'>[]
}

/**
 * The properties of products as vim25 shows them, with the values that are wanted; keys count from 0. Tells of types and
 * values that cannot be.
 */
export function propertyInfos(
  products: readonly OvfProduct[],
  { configuration, values }: PropertyChoice,
  problems: Problems,
): readonly VAppPropertyInfo[] {
  const wanted = new Map(values.map(({ key, value }) => [key, value]))
  const infos: VAppPropertyInfo[] = []
  const taken = new Set<string>()
  for (const product of products)
    for (const property of product.properties) {
      if (!isIn(property.configurations, configuration)) continue
      const name = propertyName(product, property.key)
      if (taken.has(name)) {
        problems.tell(
          'error',
          problem('OvfDuplicateElement', { lineNumber: property.line, name: `Property ${name}` }),
        )
        continue
      }
      taken.add(name)
      const type = propertyType(property)
      if (type === undefined) {
        problems.tell(
          'error',
          problem('OvfPropertyType', {
            lineNumber: property.line,
            type: property.type,
            value: property.value,
          }),
        )
        continue
      }
      const preset = property.values.get(configuration ?? '') ?? property.value
      const value = property.userConfigurable ? (wanted.get(name) ?? '') : ''
      for (const each of [preset, value])
        if (each !== '' && !valueTest(type)?.(each))
          problems.tell(
            'error',
            problem('OvfPropertyValue', {
              lineNumber: property.line,
              type,
              value: property.password ? '' : each,
            }),
          )
      infos.push(
        data('VAppPropertyInfo', {
          key: infos.length,
          classId: product.class,
          instanceId: product.instance,
          id: property.key,
          category: property.category,
          label: property.label,
          type,
          userConfigurable: property.userConfigurable,
          defaultValue: preset,
          value,
          description: property.description,
        }),
      )
    }
  return infos
}

/** Whether something is there with a deployment option. */
export const isIn = (configurations: readonly string[], chosen: string | undefined): boolean =>
  configurations.length === 0 || (chosen !== undefined && configurations.includes(chosen))

/** The value that a property has: what was wanted, else the default. */
export const effectiveValue = ({ value, defaultValue }: VAppPropertyInfo) => value || defaultValue || ''

/** VAppPropertyInfo.type of a property: its type with its qualifiers; undefined for a type that there is not. */
export function propertyType({ type, qualifiers, password }: OvfProperty): string | undefined {
  const base = type.toLowerCase()
  const qualifier = (name: string) =>
    new RegExp(`(?:^|[\\s,])${name}\\(\\s*([^)]*?)\\s*\\)`, 'i').exec(qualifiers)?.[1]
  const network = qualifier('Ip')
  if (network !== undefined) return `ip:${network.replace(/^['"]|['"]$/g, '')}`
  if (/(?:^|[\s,])Ip(?:$|[\s,])/i.test(qualifiers)) return 'ip'
  if (base === 'boolean') return 'boolean'
  if (base === 'string' || base === '' || base === 'password') {
    const secret = password || base === 'password'
    const choices = choicesOf(qualifiers)
    if (choices && !secret) return `string[${choices.join(',')}]`
    const [least, most] = [digits(qualifier('MinLen')), digits(qualifier('MaxLen'))]
    const range = least !== undefined || most !== undefined ? `(${least ?? ''}..${most ?? ''})` : ''
    return `${secret ? 'password' : 'string'}${range}`
  }
  if (/^real(32|64)?$/.test(base)) return 'real'
  const bounds = INTEGERS[base]
  if (!bounds) return undefined
  const low = digits(qualifier('MinValue')) ?? bounds[0]
  const high = digits(qualifier('MaxValue')) ?? bounds[1]
  return low === '' && high === '' ? 'int' : `int(${low || '-2147483648'}..${high || '2147483647'})`
}

const digits = (text: string | undefined) => (text !== undefined && /^-?\d+$/.test(text) ? text : undefined)

/** `ValueMap{"a","b"}`, each with its quotes. */
function choicesOf(qualifiers: string): readonly string[] | undefined {
  const [, list] = /ValueMap\s*\{((?:"(?:\\.|[^"\\])*"|[^{}"])*)\}/s.exec(qualifiers) ?? []
  if (list === undefined) return undefined
  const choices = list.match(/"(?:\\.|[^"\\])*"|[^\s,"]+/gs) ?? []
  return choices.length === 0 ? undefined : choices.map((each) => (each.startsWith('"') ? each : `"${each}"`))
}

/** Integers by their bounds; '' for those of vim25's int. */
const INTEGERS: Readonly<Record<string, readonly [low: string, high: string]>> = {
  int: ['', ''],
  integer: ['', ''],
  sint32: ['', ''],
  uint8: ['0', '255'],
  sint8: ['-128', '127'],
  uint16: ['0', '65535'],
  sint16: ['-32768', '32767'],
  uint32: ['0', '4294967295'],
  sint64: ['-9223372036854775808', '9223372036854775807'],
  uint64: ['0', '18446744073709551615'],
}
