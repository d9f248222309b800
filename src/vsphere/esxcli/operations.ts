import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  ReflectManagedMethodExecuterSoapArgument,
  ReflectManagedMethodExecuterSoapResult,
} from '#vim25/generated/types.js'
import { childrenOf } from '#xml/element.js'
import { readXml, XmlError } from '#xml/read.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { hostOfManager, managerId } from '../host/managers.js'
import { requireConnected } from '../host/status.js'
import { answerText, FAULT_SUMMARY, faultText, handlerId, namespaceText } from './answer.js'
import { CommandError, namespaceOf } from './command.js'
import { findCommand, NAMESPACES } from './commands.js'
import { CLI_INFO, instances, typeInfo } from './type-info.js'

export const esxcliHostOperations = operations('HostSystem', {
  RetrieveManagedMethodExecuter: (ctx, self) =>
    manager(ctx, 'ReflectManagedMethodExecuter', 'ManagedMethodExecuter', self.value),

  RetrieveDynamicTypeManager: (ctx, self) =>
    manager(ctx, 'InternalDynamicTypeManager', 'DynamicTypeManager', self.value),
})

/** Made when they are first asked for. */
function manager(
  { tx }: Context,
  type: 'ReflectManagedMethodExecuter' | 'InternalDynamicTypeManager',
  prefix: string,
  host: string,
): ManagedObjectReference {
  requireConnected(tx, host)
  const id = managerId(prefix, host)
  return tx.entity(id) ? tx.ref(id) : tx.create(type, id, {})
}

/** `vim.EsxCLI.network.vm.list` */
const METHOD = /^vim\.EsxCLI\.(.+)$/

export const executerOperations = operations('ReflectManagedMethodExecuter', {
  /** Runs one command on the host. What goes wrong in the command is in the result. */
  ExecuteSoap(ctx, self, { moid, method, argument }) {
    const host = hostOfManager(self.value)
    requireConnected(ctx.tx, host)
    const values = argumentsOf(argument ?? [])
    try {
      return data('ReflectManagedMethodExecuterSoapResult', {
        response:
          moid === CLI_INFO
            ? aboutNamespace(method, values)
            : runCommand(ctx, host, { moid, method, values }),
      })
    } catch (error) {
      if (error instanceof CommandError) return failed(error.message)
      throw error
    }
  },
})

type Values = ReadonlyMap<string, readonly string[]>

/** Each argument is XML: `<worldid>5</worldid>`, once for each value. Throws InvalidArgument. */
function argumentsOf(list: readonly ReflectManagedMethodExecuterSoapArgument[]): Values {
  const values = new Map<string, readonly string[]>()
  for (const { name, val } of list) {
    try {
      const root = readXml(`<values>${val}</values>`)
      values.set(
        name,
        childrenOf(root, name).map(({ text }) => text),
      )
    } catch (error) {
      if (error instanceof XmlError) throw fault('InvalidArgument', { invalidProperty: `argument.${name}` })
      throw error
    }
  }
  return values
}

/** `vim.CLIInfo.FetchCLIInfo` with the name of a namespace. */
function aboutNamespace(method: string, values: Values): string {
  if (method !== 'vim.CLIInfo.FetchCLIInfo') throw new CommandError(`Unknown method ${method}`)
  const [, namespace = ''] = METHOD.exec(values.get('typeName')?.[0] ?? '') ?? []
  if (!NAMESPACES.includes(namespace)) throw new CommandError(`Unknown command or namespace ${namespace}`)
  return namespaceText(namespace)
}

function runCommand(
  { tx, now }: Context,
  id: string,
  { moid, method, values }: { moid: string; method: string; values: Values },
): string {
  const [, path = ''] = METHOD.exec(method) ?? []
  const command = findCommand(path)
  if (!command || moid !== handlerId(namespaceOf(path)))
    throw new CommandError(`Unknown command or namespace ${path.replaceAll('.', ' ')}`)
  const { parameters = [] } = command
  const unknown = [...values.keys()].find((name) => !parameters.some((known) => known.name === name))
  if (unknown !== undefined) throw new CommandError(`Unknown parameter ${unknown}`)
  const missing = parameters.find(({ name, required }) => required && !values.get(name)?.length)
  if (missing) throw new CommandError(`Missing required parameter ${missing.aliases.replace(' ', '|')}`)
  const argument = (name: string) => values.get(name)?.[0]
  return answerText(command, command.run({ read: tx, id, host: tx.get('HostSystem', id), now, argument }))
}

const failed = (message: string): ReflectManagedMethodExecuterSoapResult =>
  data('ReflectManagedMethodExecuterSoapResult', {
    fault: data('ReflectManagedMethodExecuterSoapFault', {
      faultMsg: FAULT_SUMMARY,
      faultDetail: faultText(message),
    }),
  })

export const typeManagerOperations = operations('InternalDynamicTypeManager', {
  DynamicTypeMgrQueryMoInstances: (_ctx, _self, { filterSpec }) => instances(filterSpec),
  DynamicTypeMgrQueryTypeInfo: (_ctx, _self, { filterSpec }) => typeInfo(filterSpec),
})
