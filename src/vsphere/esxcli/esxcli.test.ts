import { describe, expect, it } from 'vitest'
import type {
  DynamicTypeMgrAllTypeInfo,
  DynamicTypeMgrMoInstance,
  ManagedObjectReference,
  ReflectManagedMethodExecuterSoapResult,
} from '#vim25/generated/types.js'
import { child, childrenOf, type XmlElement } from '#xml/element.js'
import { readXml } from '#xml/read.js'
import { createVmLab } from '../vm/testing.js'
import { COMMANDS } from './commands.js'

function shell() {
  const lab = createVmLab()
  const vm = lab.create()
  lab.task('VirtualMachine', vm, 'PowerOnVM_Task', {})
  const { value: host } = lab.get<{ host: ManagedObjectReference }>('VirtualMachine', vm, 'runtime').host
  const { value: executer } = lab.call(
    'HostSystem',
    host,
    'RetrieveManagedMethodExecuter',
  ) as ManagedObjectReference
  const execute = (moid: string, method: string, args: Readonly<Record<string, string>> = {}) =>
    lab.call('ReflectManagedMethodExecuter', executer, 'ExecuteSoap', {
      moid,
      version: 'urn:vim25/5.0',
      method,
      argument: Object.entries(args).map(([name, value]) => ({ name, val: `<${name}>${value}</${name}>` })),
    }) as ReflectManagedMethodExecuterSoapResult
  const run = (path: string, args: Readonly<Record<string, string>> = {}) =>
    execute(`ha-cli-handler-${path.split('.').slice(0, -1).join('-')}`, `vim.EsxCLI.${path}`, args)
  const answer = (path: string, args: Readonly<Record<string, string>> = {}): XmlElement => {
    const { response, fault } = run(path, args)
    if (fault) throw new Error(`${path}: ${fault.faultDetail}`)
    return readXml(response ?? '')
  }
  const rows = (path: string, args: Readonly<Record<string, string>> = {}) => answer(path, args).children
  return { lab, vm, host, executer, execute, run, answer, rows }
}

const member = (row: XmlElement | undefined, name: string) => row && child(row, name)?.text
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const typeOf = (element: XmlElement | undefined) =>
  element?.attributes.find(({ name, namespace }) => name === 'type' && namespace === XSI)?.value

describe('esxcli', () => {
  it('lists the VMs that run with their ports', () => {
    const { lab, vm, rows } = shell()
    lab.reconfigure(vm, {
      name: 'a&b',
      deviceChange: [
        {
          _typeName: 'VirtualDeviceConfigSpec',
          operation: 'add',
          device: {
            _typeName: 'VirtualVmxnet3',
            key: -1,
            backing: { _typeName: 'VirtualEthernetCardNetworkBackingInfo', deviceName: 'VM Network' },
          },
        },
      ] as never,
    })
    const [row, ...others] = rows('network.vm.list')
    expect(others).toEqual([])
    expect(typeOf(row)).toBe('VimEsxCLInetworkvmlistVM')
    expect(member(row, 'Name')).toBe('a&b')
    expect(row && childrenOf(row, 'Networks').map(({ text }) => text)).toEqual(['VM Network'])
    const worldid = member(row, 'WorldID') ?? ''
    const [port] = rows('network.vm.port.list', { worldid })
    expect(member(port, 'vSwitch')).toBe('vSwitch0')
    expect(member(port, 'TeamUplink')).toBe('vmnic0')
    const [process] = rows('vm.process.list')
    expect(member(process, 'WorldID')).toBe(worldid)
    expect(member(process, 'UUID')?.replaceAll(/[ -]/g, '')).toBe(lab.config(vm).uuid?.replaceAll('-', ''))
    lab.task('VirtualMachine', vm, 'PowerOffVM_Task')
    expect(rows('network.vm.list')).toEqual([])
  })

  it('tells what the host says of itself over vim25', () => {
    const { answer, rows, lab, host } = shell()
    expect(member(answer('system.version.get'), 'Version')).toBe('8.0.3')
    const name = answer('system.hostname.get')
    expect(typeOf(name)).toBe('VimEsxCLIsystemhostnamegetFullyQualifiedHostName')
    expect(member(name, 'FullyQualifiedDomainName')).toBe(lab.get('HostSystem', host, 'name'))
    expect(rows('network.ip.interface.list').map((row) => member(row, 'Name'))).toEqual(['vmk0'])
    expect(rows('network.ip.interface.ipv4.get', { interfacename: 'vmk0' })).toHaveLength(1)
    const uuid = answer('system.uuid.get')
    expect([typeOf(uuid), uuid.text.length]).toEqual(['xsd:string', 36])
  })

  it('answers every command that it describes', () => {
    const { execute, run, executer } = shell()
    for (const { path, parameters = [] } of COMMANDS) {
      const namespace = path.slice(0, path.lastIndexOf('.'))
      const described = execute('ha-dynamic-type-manager-local-cli-cliinfo', 'vim.CLIInfo.FetchCLIInfo', {
        typeName: `vim.EsxCLI.${namespace}`,
      })
      const methods = childrenOf(readXml(described.response ?? ''), 'method')
      expect(methods.map((method) => member(method, 'name'))).toContain(path.slice(namespace.length + 1))
      if (parameters.some(({ required }) => required)) continue
      expect(readXml(run(path).response ?? '').name, path).toBe('obj')
    }
    expect(executer).toMatch(/^ManagedMethodExecuter-\d+$/)
  })

  it('says in the result what it cannot do', () => {
    const { run, execute, lab, executer } = shell()
    const words = ({ fault }: ReflectManagedMethodExecuterSoapResult) => fault?.faultDetail
    expect(run('network.teleport.list').fault?.faultMsg).toBe('EsxCLI.CLIFault.summary')
    expect(words(run('network.vm.port.list'))).toContain('Missing required parameter -w|--world-id')
    expect(words(run('network.vm.port.list', { worldid: '7' }))).toContain('world id 7')
    expect(words(run('network.vm.list', { colour: 'red' }))).toContain('Unknown parameter colour')
    expect(words(run('network.ip.interface.ipv4.get', { interfacename: 'vmk9' }))).toContain('vmk9')
    expect(words(run('system.settings.advanced.list', { option: '/No/Such' }))).toContain('Such')
    expect(words(execute('wrong', 'vim.EsxCLI.network.vm.list'))).toContain('Unknown command')
    expect(
      lab.fault('ReflectManagedMethodExecuter', executer, 'ExecuteSoap', {
        moid: 'ha-cli-handler-network-vm',
        version: '5',
        method: 'vim.EsxCLI.network.vm.list',
        argument: [{ name: 'a', val: '<a>' }],
      }),
    ).toMatchObject({ _typeName: 'InvalidArgument', invalidProperty: 'argument.a' })
  })

  it('asks nothing of a host that is away, and leaves with it', () => {
    const { lab, host, executer, run } = shell()
    const { value: types } = lab.call(
      'HostSystem',
      host,
      'RetrieveDynamicTypeManager',
    ) as ManagedObjectReference
    lab.task('HostSystem', host, 'DisconnectHost_Task')
    expect(() => run('system.version.get')).toThrow()
    expect(lab.fault('HostSystem', host, 'RetrieveManagedMethodExecuter')._typeName).toBe('HostNotConnected')
    lab.task('HostSystem', host, 'Destroy_Task')
    expect([executer, types].map((id) => lab.sandbox.inventory.read.entity(id))).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('InternalDynamicTypeManager', () => {
  it('lists the handlers of commands and their types', () => {
    const { lab, host } = shell()
    const { value } = lab.call('HostSystem', host, 'RetrieveDynamicTypeManager') as ManagedObjectReference
    const ask = <T>(method: string, filterSpec?: object) =>
      lab.call('InternalDynamicTypeManager', value, method, { filterSpec }) as T
    const found = ask<DynamicTypeMgrMoInstance[]>('DynamicTypeMgrQueryMoInstances', {
      _typeName: 'DynamicTypeMgrMoFilterSpec',
      typeSubstr: 'network.vm',
    })
    expect(found.map(({ id }) => id)).toEqual(['ha-cli-handler-network-vm', 'ha-cli-handler-network-vm-port'])
    expect(ask<unknown[]>('DynamicTypeMgrQueryMoInstances').length).toBeGreaterThan(10)
    const { managedTypeInfo, dataTypeInfo } = ask<DynamicTypeMgrAllTypeInfo>('DynamicTypeMgrQueryTypeInfo', {
      _typeName: 'DynamicTypeMgrTypeFilterSpec',
      typeSubstr: 'vim.EsxCLI.network.vm',
    })
    expect(managedTypeInfo?.[0]?.method).toMatchObject([{ name: 'list', wsdlName: 'VimEsxCLInetworkvmlist' }])
    expect(dataTypeInfo?.map(({ wsdlName }) => wsdlName)).toContain('VimEsxCLInetworkvmlistVM')
  })
})
