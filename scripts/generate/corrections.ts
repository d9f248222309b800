import type { Kind } from './model.js'
import { OPTIONAL, type RawData, type RawField } from './tables.js'

/** What the tables leave out or say otherwise than the wire does. */

export const LOCALIZED_FAULT = 'vmodl.LocalizedMethodFault'
const V0 = 'vmodl.version.version0'
const V1 = 'vmodl.version.version1'

/**
 * Types that every other one builds on and that pyVmomi builds in code. It derives LocalizedMethodFault
 * from MethodFault for its own convenience; on the wire it is plain data around a fault. The `msg` that
 * pyVmomi gives a MethodFault never travels.
 */
export const BASE_TYPES: readonly RawData[] = [
  [
    'vmodl.MethodFault',
    'MethodFault',
    'vmodl.DynamicData',
    V0,
    [
      ['faultCause', LOCALIZED_FAULT, V1, OPTIONAL],
      ['faultMessage', 'vmodl.LocalizableMessage[]', V1, OPTIONAL],
    ],
  ],
  ['vmodl.RuntimeFault', 'RuntimeFault', 'vmodl.MethodFault', V0, []],
  [
    LOCALIZED_FAULT,
    'LocalizedMethodFault',
    'vmodl.DynamicData',
    V0,
    [
      ['fault', 'vmodl.MethodFault', V0, 0],
      ['localizedMessage', 'string', V0, OPTIONAL],
    ],
  ],
]

/** DynamicData's two fields are internal: the public WSDL and VI JSON show an empty base type. */
export function correctFields(name: string, fields: readonly RawField[]): readonly RawField[] {
  return name === 'DynamicData' ? [] : fields
}

const primitive = (name: string) => ({ name, kind: 'primitive' as Kind })

/** vmodl's built-in types by the names that the schema uses. */
export const PRIMITIVES: readonly (readonly [
  vmodl: string,
  { readonly name: string; readonly kind: Kind },
])[] = [
  ...['boolean', 'byte', 'short', 'int', 'long', 'float', 'double', 'string'].map(
    (name) => [name, primitive(name)] as const,
  ),
  ['vmodl.DateTime', primitive('dateTime')],
  ['vmodl.Binary', primitive('binary')],
  ['vmodl.URI', primitive('anyURI')],
  ['vmodl.PropertyPath', primitive('PropertyPath')],
  ['vmodl.TypeName', primitive('TypeName')],
  ['vmodl.MethodName', primitive('MethodName')],
  ['anyType', { name: 'Any', kind: 'any' }],
  ['vmodl.ManagedObject', { name: 'ManagedObject', kind: 'reference' }],
]
