import { describe, expect, expectTypeOf, it } from 'vitest'
import type { DataTypes, Enums, FaultTypes, ManagedTypes, Methods } from './generated/types.js'
import {
  dataType,
  enumType,
  isA,
  type Method,
  managedType,
  type Property,
  subtypesOf,
  typeNames,
  VERSIONS,
  versionIndex,
} from './schema.js'

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not in the schema')
  return value
}
const method = (type: string, name: string): Method => found(managedType(type)?.methods.get(name))
const property = (type: string, name: string): Property =>
  found((dataType(type) ?? managedType(type))?.byName.get(name))
const since = (value: { readonly since: number }) => VERSIONS[value.since]

/** `name: type[]?` with `!` for a secret, as one would write a signature. */
const text = (value: Property) =>
  `${value.name}: ${value.type}${value.array ? '[]' : ''}${value.optional ? '?' : ''}${value.secret ? '!' : ''}`
const signature = (type: string, name: string) => {
  const { params, result, taskResult } = method(type, name)
  const yields = taskResult ? ` => ${text(taskResult).replace('returnval: ', '')}` : ''
  return `(${params.map(text).join(', ')}): ${result ? text(result).replace('returnval: ', '') : 'void'}${yields}`
}

/** In pyVmomi's code rather than in its tables. */
const BUILT_IN = ['LocalizedMethodFault', 'MethodFault', 'RuntimeFault']
const managed = typeNames('managed').map((name) => found(managedType(name)))

describe('what was generated', () => {
  it('is every type of the core, query and vim tables, and those of esxcli', () => {
    const data = typeNames('data').filter((name) => !BUILT_IN.includes(name))
    expect(data).toHaveLength(3042)
    expect(typeNames('managed')).toHaveLength(142)
    expect(typeNames('enum')).toHaveLength(446)
    expect(
      managed.flatMap(({ name, methods }) => [...methods.values()].filter(({ owner }) => owner === name)),
    ).toHaveLength(980)
  })

  it('has 637 faults that a method can declare, besides the runtime faults', () => {
    const faults = subtypesOf('MethodFault').filter((name) => !BUILT_IN.includes(name))
    const runtime = faults.filter((name) => isA(name, 'RuntimeFault'))
    expect(faults.length - runtime.length).toBe(637)
    expect(runtime).toHaveLength(60)
  })

  it('resolves every type, base and fault that it names', () => {
    const primitives = new Set<string>()
    const missing: string[] = []
    const look = (value: Property) => {
      if (value.kind === 'primitive') primitives.add(value.type)
      else if (value.kind === 'data' && !dataType(value.type)) missing.push(value.type)
      else if (value.kind === 'enum' && !enumType(value.type)) missing.push(value.type)
      else if (value.kind === 'reference' && !isA(value.type, 'ManagedObject')) missing.push(value.type)
    }
    for (const name of typeNames('data')) found(dataType(name)).properties.forEach(look)
    for (const type of managed) {
      type.properties.forEach(look)
      for (const { params, result, taskResult, faults } of type.methods.values()) {
        for (const value of [...params, result, taskResult]) if (value) look(value)
        missing.push(...faults.filter((fault) => !isA(fault, 'MethodFault')))
      }
    }
    expect(missing).toEqual([])
    expect([...primitives].sort()).toEqual(
      'MethodName PropertyPath TypeName binary boolean byte dateTime double float int long short string'.split(
        ' ',
      ),
    )
  })

  it('knows no other names', () => {
    for (const name of ['', 'Nonsense', 'vim.VirtualMachine', 'toString', 'PowerOnVM_Task']) {
      expect(dataType(name) ?? enumType(name) ?? managedType(name)).toBeUndefined()
      expect(isA(name, name)).toBe(false)
      expect(subtypesOf(name)).toEqual([])
    }
    expect(dataType('VirtualMachine')).toBeUndefined()
    expect(managedType('VirtualMachineConfigInfo')).toBeUndefined()
  })
})

describe('corrections of the tables', () => {
  it('wraps a fault in a field, an argument or a result as LocalizedMethodFault', () => {
    expect(text(property('TaskInfo', 'error'))).toBe('error: LocalizedMethodFault?')
    expect(text(property('VmFaultToleranceOpIssuesList', 'errors'))).toBe('errors: LocalizedMethodFault[]?')
    expect(text(property('HttpNfcLease', 'error'))).toBe('error: LocalizedMethodFault?')
    expect(signature('Task', 'SetTaskState')).toContain('fault: LocalizedMethodFault?')
    expect(signature('VirtualMachine', 'QueryFaultToleranceCompatibility')).toBe(
      '(): LocalizedMethodFault[]?',
    )
    const bare = typeNames('data').flatMap((name) =>
      found(dataType(name)).own.flatMap(({ type }) => (type === 'MethodFault' ? [name] : [])),
    )
    expect(bare).toEqual(['LocalizedMethodFault'])
  })

  it('adds LocalizedMethodFault as plain data around a fault', () => {
    const type = found(dataType('LocalizedMethodFault'))
    expect(type.base).toBe('DynamicData')
    expect(type.properties.map(text)).toEqual(['fault: MethodFault', 'localizedMessage: string?'])
    expect(isA('LocalizedMethodFault', 'MethodFault')).toBe(false)
  })

  it('adds MethodFault and RuntimeFault', () => {
    expect(found(dataType('MethodFault')).base).toBe('DynamicData')
    expect(found(dataType('MethodFault')).own.map(text)).toEqual([
      'faultCause: LocalizedMethodFault?',
      'faultMessage: LocalizableMessage[]?',
    ])
    expect(found(dataType('RuntimeFault'))).toMatchObject({
      base: 'MethodFault',
      own: [],
      vmodl: 'vmodl.RuntimeFault',
    })
  })

  it('makes a link the key of the object that it points to', () => {
    expect(property('HostMultipathInfoPath', 'lun')).toMatchObject({
      type: 'string',
      kind: 'primitive',
      link: true,
    })
    expect(property('HostVirtualSwitch', 'pnic')).toMatchObject({ type: 'string', array: true, link: true })
    expect(property('HostNetworkInfo', 'pnic')).toMatchObject({
      type: 'PhysicalNic',
      kind: 'data',
      link: false,
    })
    expectTypeOf<DataTypes['HostMultipathInfoPath']['lun']>().toEqualTypeOf<string>()
  })

  it('leaves the internal fields of DynamicData out', () => {
    expect(found(dataType('DynamicData'))).toMatchObject({ base: undefined, properties: [] })
  })

  it('lets a 64-bit value be larger than a number can hold', () => {
    expect(property('ResourceAllocationInfo', 'limit').type).toBe('long')
    expectTypeOf<DataTypes['ResourceAllocationInfo']['limit']>().toEqualTypeOf<number | bigint | undefined>()
  })
})

describe('signatures', () => {
  it.each([
    ['VirtualMachine', 'PowerOnVM_Task', '(host: HostSystem?): Task'],
    ['VirtualMachine', 'PowerOffVM_Task', '(): Task'],
    ['VirtualMachine', 'ReconfigVM_Task', '(spec: VirtualMachineConfigSpec): Task'],
    [
      'VirtualMachine',
      'CreateSnapshot_Task',
      '(name: string, description: string?, memory: boolean, quiesce: boolean): Task => VirtualMachineSnapshot',
    ],
    ['VirtualMachine', 'ShutdownGuest', '(): void'],
    [
      'VirtualMachine',
      'CreateSecondaryVMEx_Task',
      '(host: HostSystem?, spec: FaultToleranceConfigSpec?): Task => FaultToleranceSecondaryOpResult',
    ],
    [
      'Folder',
      'CreateVM_Task',
      '(config: VirtualMachineConfigSpec, pool: ResourcePool, host: HostSystem?): Task => VirtualMachine',
    ],
    [
      'Folder',
      'AddStandaloneHost_Task',
      '(spec: HostConnectSpec, compResSpec: ComputeResourceConfigSpec?, addConnected: boolean, license: string?): Task => ComputeResource',
    ],
    [
      'ClusterComputeResource',
      'AddHost_Task',
      '(spec: HostConnectSpec, asConnected: boolean, resourcePool: ResourcePool?, license: string?): Task => HostSystem',
    ],
    [
      'ComputeResource',
      'ReconfigureComputeResource_Task',
      '(spec: ComputeResourceConfigSpec, modify: boolean): Task',
    ],
    [
      'HostSystem',
      'EnterMaintenanceMode_Task',
      '(timeout: int, evacuatePoweredOffVms: boolean?, maintenanceSpec: HostMaintenanceSpec?): Task',
    ],
    [
      'Datacenter',
      'PowerOnMultiVM_Task',
      '(vm: VirtualMachine[], option: OptionValue[]?): Task => ClusterPowerOnVmResult',
    ],
    ['HostVirtualNicManager', 'SelectVnicForNicType', '(nicType: string, device: string): void'],
    ['HostDatastoreSystem', 'CreateNasDatastore', '(spec: HostNasVolumeSpec): Datastore'],
    ['ManagedEntity', 'Rename_Task', '(newName: string): Task'],
    [
      'PropertyCollector',
      'RetrievePropertiesEx',
      '(specSet: PropertyFilterSpec[], options: RetrieveOptions): RetrieveResult?',
    ],
    ['PropertyCollector', 'WaitForUpdatesEx', '(version: string?, options: WaitOptions?): UpdateSet?'],
    [
      'SearchIndex',
      'FindByUuid',
      '(datacenter: Datacenter?, uuid: string, vmSearch: boolean, instanceUuid: boolean?): ManagedEntity?',
    ],
    ['SessionManager', 'Login', '(userName: string, password: string!, locale: string?): UserSession'],
    ['ServiceInstance', 'CurrentTime', '(): dateTime'],
    [
      'ViewManager',
      'CreateContainerView',
      '(container: ManagedEntity, type: TypeName[]?, recursive: boolean): ContainerView',
    ],
    ['Task', 'SetTaskState', '(state: TaskInfoState, result: Any?, fault: LocalizedMethodFault?): void'],
  ])('%s.%s', (type, name, expected) => {
    expect(signature(type, name)).toBe(expected)
  })

  it('carry declared faults, privilege, names and release: CreateSecondaryVMEx_Task', () => {
    const create = method('VirtualMachine', 'CreateSecondaryVMEx_Task')
    expect(create).toMatchObject({
      vmodl: 'createSecondaryEx',
      owner: 'VirtualMachine',
      isTask: true,
      privilege: 'VirtualMachine.Interact.CreateSecondary',
      faults: [
        'TaskInProgress',
        'InvalidState',
        'InsufficientResourcesFault',
        'VmFaultToleranceIssue',
        'FileFault',
        'VmConfigFault',
      ],
    })
    expect(since(create)).toBe('6.0')
    expect(create.result).toMatchObject({ kind: 'reference', type: 'Task', optional: false })
  })

  it('carry the privilege on the object that an argument names, and on a property', () => {
    const [config, pool] = method('Folder', 'CreateVM_Task').params
    expect(config?.privilege).toBeUndefined()
    expect(pool?.privilege).toBe('Resource.AssignVMToPool')
    expect(property('VirtualMachine', 'datastore').privilege).toBe('System.View')
  })

  it('call a method a task by its name only', () => {
    expect(method('Task', 'CancelTask')).toMatchObject({
      isTask: false,
      result: undefined,
      taskResult: undefined,
    })
    const tasks = managed.flatMap(({ methods }) => [...methods.values()].filter(({ isTask }) => isTask))
    expect(tasks.every(({ result }) => result?.type === 'Task' && !result.optional && !result.array)).toBe(
      true,
    )
  })
})

describe('inheritance', () => {
  it('puts the fields of the base first', () => {
    const type = found(dataType('VirtualVmxnet3'))
    const chain = ['DynamicData', 'VirtualDevice', 'VirtualEthernetCard', 'VirtualVmxnet', 'VirtualVmxnet3']
    expect(type.properties).toEqual(chain.flatMap((name) => found(dataType(name)).own))
    expect(type.properties[0]?.name).toBe('key')
    expect(type.byName.size).toBe(type.properties.length)
  })

  it('gives a managed type the properties and methods of its bases', () => {
    const vm = found(managedType('VirtualMachine'))
    expect(vm.base).toBe('ManagedEntity')
    const names = vm.properties.map(({ name }) => name)
    expect(names.slice(0, 3)).toEqual(['value', 'availableField', 'parent'])
    expect(names.indexOf('name')).toBeLessThan(names.indexOf('config'))
    expect(vm.methods.get('Destroy_Task')?.owner).toBe('ManagedEntity')
    expect(vm.methods.get('setCustomValue')?.owner).toBe('ExtensibleManagedObject')
  })

  it('answers isA and subtypesOf for data and for managed types', () => {
    expect(isA('VirtualE1000', 'VirtualDevice')).toBe(true)
    expect(isA('VirtualDevice', 'VirtualDevice')).toBe(true)
    expect(isA('VirtualDevice', 'VirtualE1000')).toBe(false)
    expect(isA('ClusterComputeResource', 'ManagedEntity')).toBe(true)
    expect(isA('ClusterComputeResource', 'ManagedObject')).toBe(true)
    expect(isA('VirtualDevice', 'ManagedObject')).toBe(false)
    expect(subtypesOf('ComputeResource')).toEqual(['ClusterComputeResource', 'ComputeResource'])
    expect(subtypesOf('ManagedObject')).toEqual(typeNames('managed'))
  })

  it('keeps the vmodl names', () => {
    expect(found(managedType('VirtualMachine')).vmodl).toBe('vim.VirtualMachine')
    expect(found(dataType('VirtualMachineConfigInfo')).vmodl).toBe('vim.vm.ConfigInfo')
    expect(found(enumType('VirtualMachinePowerState')).vmodl).toBe('vim.VirtualMachine.PowerState')
  })
})

describe('releases', () => {
  it('are the public numbers, oldest first', () => {
    expect(VERSIONS.join(' ')).toBe(
      '2.0 2.5 2.5u2 2.5u2server 4.0 4.1 5.0 5.1 5.5 6.0 6.5 6.7 6.7.1 6.7.2 6.7.3 6.8.7 6.9.1 ' +
        '7.0.0.0 7.0.0.2 7.0.1.0 7.0.1.1 7.0.2.0 7.0.2.1 7.0.3.0 7.0.3.1 7.0.3.2 ' +
        '8.0.0.0 8.0.0.1 8.0.0.2 8.0.1.0 8.0.2.0 8.0.3.0 8.0.3.1 9.0.0.0 9.1.0.0 9.1.1.0',
    )
    expect(VERSIONS.every((release, index) => versionIndex(release) === index)).toBe(true)
    expect(versionIndex('9.2')).toBeUndefined()
  })

  it('are told per type, field and method', () => {
    expect(since(found(managedType('VirtualMachine')))).toBe('2.0')
    expect(since(property('VirtualMachine', 'layoutEx'))).toBe('4.0')
    expect(since(method('VirtualMachine', 'AcquireTicket'))).toBe('4.1')
  })

  it('count the shared parts from the first release that builds on them', () => {
    expect(since(method('PropertyCollector', 'RetrieveProperties'))).toBe('2.0')
    expect(since(method('PropertyCollector', 'RetrievePropertiesEx'))).toBe('4.1')
    expect(since(found(dataType('AuthenticationRequired')))).toBe('9.1.0.0')
  })

  it('never make a field, method or value older than its type', () => {
    const wrong: string[] = []
    for (const type of [...typeNames('data').map((name) => found(dataType(name))), ...managed]) {
      for (const own of type.own) if (own.since < type.since) wrong.push(`${type.name}.${own.name}`)
    }
    for (const name of typeNames('enum')) {
      const type = found(enumType(name))
      for (const value of type.values)
        if (found(type.sinceOf(value)) < type.since) wrong.push(`${name}.${value}`)
    }
    expect(wrong).toEqual([])
  })

  it('are known for the values that came after their enum', () => {
    const value = (name: string, item: string) => {
      const index = enumType(name)?.sinceOf(item)
      return index === undefined ? undefined : VERSIONS[index]
    }
    expect(value('ClusterDasVmSettingsRestartPriority', 'low')).toBe('2.5')
    expect(value('ClusterDasVmSettingsRestartPriority', 'highest')).toBe('6.5')
    expect(value('ClusterDasFdmAvailabilityState', 'retry')).toBe('8.0.0.1')
    expect(value('VirtualMachinePowerState', 'poweredOn')).toBe('2.0')
    expect(value('VirtualMachinePowerState', 'exploded')).toBeUndefined()
  })
})

it('has the same names in its TypeScript types', () => {
  expectTypeOf<Enums['VirtualMachinePowerState']>().toEqualTypeOf<'poweredOff' | 'poweredOn' | 'suspended'>()
  expectTypeOf<ManagedTypes['VirtualMachine']['name']>().toEqualTypeOf<string>()
  expectTypeOf<Methods['VirtualMachine']['Rename_Task']['params']>().toEqualTypeOf<{
    readonly newName: string
  }>()
  expectTypeOf<Methods['Folder']['CreateFolder']['taskResult']>().toBeNever()
  expectTypeOf<FaultTypes['InvalidLogin']>().toExtend<DataTypes['VimFault']>()
  expect(typeNames('enum')).toContain('VirtualMachinePowerState' satisfies keyof Enums)
})
