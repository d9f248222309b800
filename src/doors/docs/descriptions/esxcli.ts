import type { Descriptions, Lab } from './description.js'

const HOST = 'vesxi-01.lab.local'
const host = (lab: Lab) => lab.ref('HostSystem', HOST)
const executer = (lab: Lab) => lab.ref('ReflectManagedMethodExecuter')
const manager = (lab: Lab) => lab.ref('InternalDynamicTypeManager')

const executed = ['HostSystem.RetrieveManagedMethodExecuter']
const managed = ['HostSystem.RetrieveDynamicTypeManager']

export const esxcliDescriptions: Descriptions = {
  'HostSystem.RetrieveManagedMethodExecuter': {
    summary: 'Finds the object that runs esxcli commands on the host',
    text: 'Not in the published API; `govc host.esxcli` and `esxcli` through a vCenter begin with it.',
    example: { on: host },
  },
  'HostSystem.RetrieveDynamicTypeManager': {
    summary: 'Finds the object that tells of the types behind esxcli commands',
    text: 'Not in the published API.',
    example: { on: host },
  },
  'ReflectManagedMethodExecuter.ExecuteSoap': {
    summary: 'Runs an esxcli command',
    text: '`moid` names the namespace, `method` the command; arguments and answer are XML in strings. A command that fails says so in `fault`. `FetchCLIInfo` on `ha-dynamic-type-manager-local-cli-cliinfo` describes the commands of a namespace.',
    example: {
      on: executer,
      first: executed,
      body: () => ({
        moid: 'ha-cli-handler-network-vm',
        version: 'urn:vim25/5.0',
        method: 'vim.EsxCLI.network.vm.list',
      }),
    },
  },
  'InternalDynamicTypeManager.DynamicTypeMgrQueryMoInstances': {
    summary: 'Lists the objects that answer esxcli commands',
    example: {
      on: manager,
      first: managed,
      body: () => ({ filterSpec: { _typeName: 'DynamicTypeMgrMoFilterSpec', typeSubstr: 'network' } }),
    },
  },
  'InternalDynamicTypeManager.DynamicTypeMgrQueryTypeInfo': {
    summary: 'Describes the types of esxcli commands',
    example: {
      on: manager,
      first: managed,
      body: () => ({ filterSpec: { _typeName: 'DynamicTypeMgrTypeFilterSpec', typeSubstr: 'network.vm' } }),
    },
  },
}
