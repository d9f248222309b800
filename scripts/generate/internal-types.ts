import {
  OPTIONAL,
  type RawData,
  type RawField,
  type RawManaged,
  type RawMethod,
  type Tables,
} from './tables.js'

/**
 * What hosts answer beyond the published tables, and clients ask them: esxcli sends its commands through
 * `ReflectManagedMethodExecuter`, and learns of objects and types from `InternalDynamicTypeManager`. Names, members and
 * their order: package `internal` of github.com/vmware/govmomi v0.56.0 (Apache-2.0); names in the object model: those that
 * pyVmomi's helper modules give. Privileges are ours: reading what a host says of itself.
 */

const V0 = 'vmodl.version.version0'
const EXECUTER = 'vmodl.reflect.ManagedMethodExecuter'
const MANAGER = 'vmodl.reflect.DynamicTypeManager'
const PRIVILEGE = 'System.Read'

const required = (name: string, type = 'string'): RawField => [name, type, V0, 0]
const optional = (name: string, type = 'string'): RawField => [name, type, V0, OPTIONAL]

function dataType(
  vmodl: string,
  wsdl: string,
  fields: readonly RawField[],
  base = 'vmodl.DynamicData',
): RawData {
  return [vmodl, wsdl, base, V0, [...fields]]
}

const ANNOTATIONS = optional('annotation', `${MANAGER}.Annotation[]`)
const NAMES = [required('name'), required('wsdlName'), required('version')]

const DATA: readonly RawData[] = [
  dataType(`${EXECUTER}.SoapArgument`, 'ReflectManagedMethodExecuterSoapArgument', [
    required('name'),
    required('val'),
  ]),
  dataType(`${EXECUTER}.SoapFault`, 'ReflectManagedMethodExecuterSoapFault', [
    required('faultMsg'),
    optional('faultDetail'),
  ]),
  dataType(`${EXECUTER}.SoapResult`, 'ReflectManagedMethodExecuterSoapResult', [
    optional('response'),
    optional('fault', `${EXECUTER}.SoapFault`),
  ]),
  dataType(`${MANAGER}.FilterSpec`, 'DynamicTypeMgrFilterSpec', []),
  dataType(
    `${MANAGER}.MoFilterSpec`,
    'DynamicTypeMgrMoFilterSpec',
    [optional('id'), optional('typeSubstr')],
    `${MANAGER}.FilterSpec`,
  ),
  dataType(
    `${MANAGER}.TypeFilterSpec`,
    'DynamicTypeMgrTypeFilterSpec',
    [optional('typeSubstr')],
    `${MANAGER}.FilterSpec`,
  ),
  dataType(`${MANAGER}.MoInstance`, 'DynamicTypeMgrMoInstance', [required('id'), required('moType')]),
  dataType(`${MANAGER}.Annotation`, 'DynamicTypeMgrAnnotation', [
    required('name'),
    optional('parameter', 'string[]'),
  ]),
  dataType(`${MANAGER}.PropertyTypeInfo`, 'DynamicTypeMgrPropertyTypeInfo', [
    required('name'),
    required('version'),
    required('type'),
    optional('privId'),
    optional('msgIdFormat'),
    ANNOTATIONS,
  ]),
  dataType(`${MANAGER}.ParamTypeInfo`, 'DynamicTypeMgrParamTypeInfo', [
    required('name'),
    required('version'),
    required('type'),
    optional('privId'),
    ANNOTATIONS,
  ]),
  dataType(`${MANAGER}.MethodTypeInfo`, 'DynamicTypeMgrMethodTypeInfo', [
    ...NAMES,
    optional('paramTypeInfo', `${MANAGER}.ParamTypeInfo[]`),
    optional('returnTypeInfo', `${MANAGER}.ParamTypeInfo`),
    optional('fault', 'string[]'),
    optional('privId'),
    ANNOTATIONS,
  ]),
  dataType(`${MANAGER}.DataTypeInfo`, 'DynamicTypeMgrDataTypeInfo', [
    ...NAMES,
    optional('base', 'string[]'),
    optional('property', `${MANAGER}.PropertyTypeInfo[]`),
    ANNOTATIONS,
  ]),
  dataType(`${MANAGER}.ManagedTypeInfo`, 'DynamicTypeMgrManagedTypeInfo', [
    ...NAMES,
    optional('base', 'string[]'),
    optional('property', `${MANAGER}.PropertyTypeInfo[]`),
    optional('method', `${MANAGER}.MethodTypeInfo[]`),
    ANNOTATIONS,
  ]),
  dataType(`${MANAGER}.EnumTypeInfo`, 'DynamicTypeEnumTypeInfo', [
    ...NAMES,
    optional('value', 'string[]'),
    ANNOTATIONS,
  ]),
  dataType(`${MANAGER}.AllTypeInfo`, 'DynamicTypeMgrAllTypeInfo', [
    optional('managedTypeInfo', `${MANAGER}.ManagedTypeInfo[]`),
    optional('enumTypeInfo', `${MANAGER}.EnumTypeInfo[]`),
    optional('dataTypeInfo', `${MANAGER}.DataTypeInfo[]`),
  ]),
]

const method = (
  vmodl: string,
  wsdl: string,
  params: RawField[],
  [flags, type]: readonly [number, string],
): RawMethod => [vmodl, wsdl, V0, params, [flags, type, type], PRIVILEGE, null]

const MANAGED: readonly RawManaged[] = [
  [
    EXECUTER,
    'ReflectManagedMethodExecuter',
    'vmodl.ManagedObject',
    V0,
    null,
    [
      method(
        'executeSoap',
        'ExecuteSoap',
        [
          required('moid'),
          required('version'),
          required('method'),
          optional('argument', `${EXECUTER}.SoapArgument[]`),
        ],
        [OPTIONAL, `${EXECUTER}.SoapResult`],
      ),
    ],
  ],
  [
    MANAGER,
    'InternalDynamicTypeManager',
    'vmodl.ManagedObject',
    V0,
    null,
    [
      method(
        'queryMoInstances',
        'DynamicTypeMgrQueryMoInstances',
        [optional('filterSpec', `${MANAGER}.FilterSpec`)],
        [OPTIONAL, `${MANAGER}.MoInstance[]`],
      ),
      method(
        'queryTypeInfo',
        'DynamicTypeMgrQueryTypeInfo',
        [optional('filterSpec', `${MANAGER}.FilterSpec`)],
        [0, `${MANAGER}.AllTypeInfo`],
      ),
    ],
  ],
]

/** Methods of types that the tables have. */
const METHODS: Readonly<Record<string, readonly RawMethod[]>> = {
  HostSystem: [
    method('retrieveManagedMethodExecuter', 'RetrieveManagedMethodExecuter', [], [OPTIONAL, EXECUTER]),
    method('retrieveDynamicTypeManager', 'RetrieveDynamicTypeManager', [], [OPTIONAL, MANAGER]),
  ],
}

/** The tables with the types and methods beyond them. Throws when a newer package has one of them itself. */
export function withInternalTypes(tables: Tables): Tables {
  const published = new Set([...tables.data, ...tables.managed].map(([, wsdl]) => wsdl))
  for (const [, wsdl] of [...DATA, ...MANAGED])
    if (published.has(wsdl)) throw new Error(`${wsdl} is published now; leave it out of internal-types.ts`)
  return {
    ...tables,
    data: [...tables.data, ...DATA],
    managed: [
      ...tables.managed.map((row): RawManaged => {
        const [vmodl, wsdl, base, version, fields, methods] = row
        const more = METHODS[wsdl]
        return more ? [vmodl, wsdl, base, version, fields, [...(methods ?? []), ...more]] : row
      }),
      ...MANAGED,
    ],
  }
}
