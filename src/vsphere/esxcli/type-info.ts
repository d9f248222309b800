import { data } from '#vim25/data.js'
import type {
  DynamicTypeMgrAllTypeInfo,
  DynamicTypeMgrFilterSpec,
  DynamicTypeMgrMoFilterSpec,
  DynamicTypeMgrMoInstance,
  DynamicTypeMgrTypeFilterSpec,
} from '#vim25/generated/types.js'
import { handlerId, vmodlName, wsdlName } from './answer.js'
import { type Command, nameOf } from './command.js'
import { COMMANDS, commandsIn, NAMESPACES } from './commands.js'

/** The object that tells of commands. */
export const CLI_INFO = 'ha-dynamic-type-manager-local-cli-cliinfo'

const VERSION = 'vim.version.version5'

const INSTANCES: readonly DynamicTypeMgrMoInstance[] = [
  data('DynamicTypeMgrMoInstance', { id: CLI_INFO, moType: 'vim.CLIInfo' }),
  ...NAMESPACES.map((namespace) =>
    data('DynamicTypeMgrMoInstance', { id: handlerId(namespace), moType: vmodlName(namespace) }),
  ),
]

/** The objects that the executer knows, by id or a part of their type. */
export function instances(spec: DynamicTypeMgrFilterSpec | undefined): readonly DynamicTypeMgrMoInstance[] {
  const { id, typeSubstr } = (spec ?? {}) as Partial<DynamicTypeMgrMoFilterSpec>
  return INSTANCES.filter(
    (instance) => (id === undefined || instance.id === id) && instance.moType.includes(typeSubstr ?? ''),
  )
}

const MANAGED = NAMESPACES.map((namespace) =>
  data('DynamicTypeMgrManagedTypeInfo', {
    name: vmodlName(namespace),
    wsdlName: wsdlName(namespace),
    version: VERSION,
    base: ['vim.EsxCLI'],
    method: commandsIn(namespace).map(methodInfo),
  }),
)

function methodInfo(command: Command) {
  return data('DynamicTypeMgrMethodTypeInfo', {
    name: nameOf(command.path),
    wsdlName: wsdlName(command.path),
    version: VERSION,
    paramTypeInfo: (command.parameters ?? []).map(({ name, required }) =>
      data('DynamicTypeMgrParamTypeInfo', {
        name,
        version: VERSION,
        type: 'string',
        annotation: required ? [] : [data('DynamicTypeMgrAnnotation', { name: 'optional' })],
      }),
    ),
    returnTypeInfo: data('DynamicTypeMgrParamTypeInfo', {
      name: 'returnval',
      version: VERSION,
      type: command.fields === '' ? command.type : `${vmodlName(command.path)}.${command.type}`,
    }),
    fault: ['vim.EsxCLI.CLIFault'],
  })
}

const DATA = COMMANDS.filter(({ fields }) => fields !== '').map((command) =>
  data('DynamicTypeMgrDataTypeInfo', {
    name: `${vmodlName(command.path)}.${command.type}`,
    wsdlName: `${wsdlName(command.path)}${command.type}`,
    version: VERSION,
    base: ['vmodl.DynamicData'],
    property: command.fields.split(',').map((field) =>
      data('DynamicTypeMgrPropertyTypeInfo', {
        name: field.replaceAll(' ', ''),
        version: VERSION,
        type: 'string',
      }),
    ),
  }),
)

/** The types of commands, all or those whose name has a part. */
export function typeInfo(spec: DynamicTypeMgrFilterSpec | undefined): DynamicTypeMgrAllTypeInfo {
  const { typeSubstr = '' } = (spec ?? {}) as Partial<DynamicTypeMgrTypeFilterSpec>
  return data('DynamicTypeMgrAllTypeInfo', {
    managedTypeInfo: MANAGED.filter(({ name }) => name.includes(typeSubstr)),
    dataTypeInfo: DATA.filter(({ name }) => name.includes(typeSubstr)),
  })
}
