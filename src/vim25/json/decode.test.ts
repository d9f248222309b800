import { describe, expect, it } from 'vitest'
import { VimFault } from '../fault.js'
import { type Method, managedType, type Property, versionIndex } from '../schema.js'
import { decodeArguments, decodeValue } from './decode.js'

const RELEASE = versionIndex('8.0.3.0') ?? -1
const OLD = versionIndex('6.0') ?? -1

function methodOf(type: string, name: string): Method {
  const method = managedType(type)?.methods.get(name)
  if (!method) throw new Error(`There is no ${type}.${name}.`)
  return method
}

const ref = (type: string, value: string) => ({ _typeName: 'ManagedObjectReference', type, value })

const slot = (type: string, kind: Property['kind'] = 'primitive', secret = false): Property => ({
  name: 'x',
  type,
  kind,
  array: false,
  optional: false,
  link: false,
  secret,
  since: 0,
})

function faultOf(run: () => unknown): VimFault {
  try {
    run()
  } catch (error) {
    if (error instanceof VimFault) return error
    throw error
  }
  throw new Error('It was accepted.')
}

const refusal = (run: () => unknown): Record<string, unknown> & { message: string } => {
  const { fault, message } = faultOf(run)
  return { ...fault, message }
}

const reconfigure = methodOf('VirtualMachine', 'ReconfigVM_Task')
const retrieve = methodOf('PropertyCollector', 'RetrievePropertiesEx')

describe('decodeArguments', () => {
  it('makes frozen, typed values in schema order', () => {
    const args = decodeArguments(
      reconfigure,
      { _typeName: 'ReconfigVM_TaskRequestType', spec: { memoryMB: 1024, name: 'vm', numCPUs: 4 } },
      RELEASE,
    )
    expect(JSON.stringify(args)).toBe(
      '{"spec":{"_typeName":"VirtualMachineConfigSpec","name":"vm","numCPUs":4,"memoryMB":1024}}',
    )
    expect(Object.isFrozen(args.spec)).toBe(true)
  })

  it('writes members of a reference in the order of the wire', () => {
    const args = decodeArguments(
      methodOf('SessionManager', 'TerminateSession'),
      { sessionId: ['a'] },
      RELEASE,
    )
    expect(args).toEqual({ sessionId: ['a'] })
    const view = decodeArguments(
      methodOf('ViewManager', 'CreateContainerView'),
      { container: ref('Folder', 'group-d1'), recursive: true },
      RELEASE,
    )
    expect(JSON.stringify(view.container)).toBe(
      '{"_typeName":"ManagedObjectReference","value":"group-d1","type":"Folder"}',
    )
  })

  it('tolerates the name of the method as the type at the root, and no other', () => {
    const login = methodOf('SessionManager', 'Login')
    const body = { userName: 'u', password: 'p' }
    expect(decodeArguments(login, { _typeName: 'Login', ...body }, RELEASE)).toEqual(body)
    expect(refusal(() => decodeArguments(login, { _typeName: 'Logout', ...body }, RELEASE))).toMatchObject({
      _typeName: 'InvalidRequest',
      message: expect.stringContaining('"LoginRequestType"'),
    })
  })

  it('refuses untyped objects where several types are possible, and untyped references', () => {
    const untyped = {
      specSet: [{ propSet: [{ type: 'Folder' }], objectSet: [{ obj: { type: 'Folder', value: 'f' } }] }],
    }
    expect(refusal(() => decodeArguments(retrieve, { ...untyped, options: {} }, RELEASE))).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'specSet[0].objectSet[0].obj._typeName',
    })
    const spec = { deviceChange: [{ operation: 'add', device: { key: -1 } }] }
    expect(refusal(() => decodeArguments(reconfigure, { spec }, RELEASE))).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'spec.deviceChange[0]._typeName',
    })
  })

  it.each([
    ['an unknown field', { spec: { nam: 'x' } }, 'spec.nam', 'VirtualMachineConfigSpec has no such field'],
    ['an unknown parameter', { spec: {}, _this: 1 }, '_this', 'no such field'],
    ['a missing parameter', {}, 'spec', 'needs this parameter'],
    ['null', { spec: null }, 'spec', 'leave the field out'],
    ['a wrong type', { spec: { numCPUs: '4' } }, 'spec.numCPUs', 'Expected an integer between'],
    ['a number out of range', { spec: { numCPUs: 2 ** 31 } }, 'spec.numCPUs', 'found 2147483648.'],
    ['a fraction', { spec: { numCPUs: 1.5 } }, 'spec.numCPUs', 'found 1.5.'],
    ['no array', { spec: { extraConfig: {} } }, 'spec.extraConfig', 'Expected an array, found an object'],
    ['a hole', { spec: { extraConfig: [null] } }, 'spec.extraConfig[0]', 'null is not a value'],
    [
      'a wrong kind of object',
      { spec: [] },
      'spec',
      'Expected a VirtualMachineConfigSpec object, found an array',
    ],
    [
      'a type that does not fit',
      { spec: { _typeName: 'AboutInfo' } },
      'spec._typeName',
      'Expected a VirtualMachineConfigSpec or a type below it, found AboutInfo',
    ],
    [
      'a bare value of any type',
      { spec: { extraConfig: [{ _typeName: 'OptionValue', key: 'k', value: 'v' }] } },
      'spec.extraConfig[0].value',
      '{"_typeName":"string","_value":"x"}',
    ],
    [
      'a name from the prototype',
      JSON.parse('{"spec":{"__proto__":{"name":"x"},"constructor":1}}'),
      'spec.__proto__',
      'no such field',
    ],
  ])('names the field that is wrong: %s', (_what, body, path, reason) => {
    const { message, ...fault } = refusal(() => decodeArguments(reconfigure, body, RELEASE))
    expect(fault).toEqual({ _typeName: 'InvalidArgument', invalidProperty: path })
    expect(message.startsWith(`A specified parameter was not correct: ${path}. `)).toBe(true)
    expect(message).toContain(reason)
  })

  it('gives InvalidType for types that do not exist, or not yet', () => {
    const spec = { _typeName: 'NoSuchSpec' }
    expect(refusal(() => decodeArguments(reconfigure, { spec }, RELEASE))).toMatchObject({
      _typeName: 'InvalidType',
      argument: 'spec._typeName',
    })
    const view = { container: ref('NoSuchType', 'x'), recursive: true }
    expect(
      refusal(() => decodeArguments(methodOf('ViewManager', 'CreateContainerView'), view, RELEASE)),
    ).toMatchObject({ _typeName: 'InvalidType', argument: 'container.type' })
  })

  it('refuses fields and parameters that are newer than the release', () => {
    expect(decodeArguments(reconfigure, { spec: { metroFtEnabled: true } }, RELEASE)).toMatchObject({
      spec: { metroFtEnabled: true },
    })
    expect(
      refusal(() => decodeArguments(reconfigure, { spec: { metroFtEnabled: true } }, OLD)).invalidProperty,
    ).toBe('spec.metroFtEnabled')
  })

  it.each([[], 'text', 7, null, true])('refuses a body that is no object: %j', (body) => {
    expect(refusal(() => decodeArguments(reconfigure, body, RELEASE))).toMatchObject({
      _typeName: 'InvalidRequest',
    })
  })

  it('refuses references to objects of the wrong type', () => {
    const enable = methodOf('VirtualMachine', 'EnableSecondaryVM_Task')
    expect(
      refusal(() => decodeArguments(enable, { vm: ref('HostSystem', 'host-1') }, RELEASE)),
    ).toMatchObject({
      _typeName: 'InvalidArgument',
      invalidProperty: 'vm.type',
    })
  })

  it('stops at a depth that no client needs', () => {
    let selection: unknown = { _typeName: 'SelectionSpec' }
    for (let depth = 0; depth < 10_000; depth++)
      selection = { _typeName: 'TraversalSpec', type: 'Folder', path: 'childEntity', selectSet: [selection] }
    const objectSet = [{ obj: ref('Folder', 'group-d1'), selectSet: [selection] }]
    expect(
      refusal(() => decodeArguments(retrieve, { specSet: [{ objectSet }], options: {} }, RELEASE)),
    ).toMatchObject({ _typeName: 'InvalidRequest', message: expect.stringContaining('256 levels') })
  })

  it('gives required arrays to whoever reads them, though the wire leaves empty ones out', () => {
    const args = decodeArguments(retrieve, { specSet: [{}], options: {} }, RELEASE)
    expect(args.specSet).toEqual([{ _typeName: 'PropertyFilterSpec', propSet: [], objectSet: [] }])
  })
})

describe('decodeValue', () => {
  const read = (value: unknown, property: Property) => decodeValue(value, property, 'x', RELEASE)

  it.each([
    ['2026-01-31T13:00:00+01:00', '2026-01-31T12:00:00Z'],
    ['2023-01-14T08:57:35.279575Z', '2023-01-14T08:57:35.279575Z'],
    ['2023-01-14T08:57:35.120000000Z', '2023-01-14T08:57:35.12Z'],
    ['2023-12-31T23:30:00.5-01:00', '2024-01-01T00:30:00.5Z'],
  ])('brings date and time to UTC: %s', (given, kept) => {
    expect(read(given, slot('dateTime'))).toBe(kept)
  })

  it.each(['2023-02-30T00:00:00Z', '2023-01-14', '2023-01-14T25:00:00Z', '2023-01-14T08:57:35', 'now', 5])(
    'refuses %j as date and time',
    (given) => {
      expect(faultOf(() => read(given, slot('dateTime'))).message).toContain('RFC 3339')
    },
  )

  it('reads long integers exactly', () => {
    expect(read(9223372036854775807n, slot('long'))).toBe(9223372036854775807n)
    expect(faultOf(() => read(2n ** 63n, slot('long'))).message).toContain('9223372036854775807')
    expect(faultOf(() => read(2 ** 63, slot('long'))).message).toContain('9223372036854775807')
  })

  it('checks base64', () => {
    expect(read('AAE=', slot('binary'))).toBe('AAE=')
    expect(faultOf(() => read('AAE', slot('binary'))).message).toContain('base64')
  })

  it('lists the values of an enum', () => {
    expect(read('poweredOn', slot('VirtualMachinePowerState', 'enum'))).toBe('poweredOn')
    expect(faultOf(() => read('on', slot('VirtualMachinePowerState', 'enum'))).message).toContain(
      'Expected a VirtualMachinePowerState (poweredOff, poweredOn, suspended), found "on".',
    )
  })

  it('does not repeat a secret in its message', () => {
    const { message } = faultOf(() => read(123456, slot('string', 'primitive', true)))
    expect(message).toContain('found a number')
    expect(message).not.toContain('123456')
  })

  it('reads boxes of any type, and checks what is in them', () => {
    const any = slot('Any', 'any')
    for (const value of [
      { _typeName: 'string', _value: 'x' },
      { _typeName: 'int', _value: 1 },
      { _typeName: 'ManagedEntityStatus', _value: 'gray' },
      { _typeName: 'ArrayOfString', _value: ['a'] },
      { _typeName: 'ArrayOfInt', _value: [] },
      { _typeName: 'PropPath', _value: 'config.name' },
      { _typeName: 'ArrayOfAnyType', _value: [{ _typeName: 'string', _value: 'x' }] },
      { _typeName: 'ArrayOfManagedObjectReference', _value: [ref('HostSystem', 'host-1')] },
      {
        _typeName: 'ArrayOfOptionValue',
        _value: [{ _typeName: 'OptionValue', key: 'k', value: ref('Folder', 'f') }],
      },
      { _typeName: 'Description', label: 'l', summary: 's' },
      ref('VirtualMachine', 'vm-1'),
    ])
      expect(read(value, any)).toEqual(value)
  })

  it.each([
    [{ _typeName: 'int', _value: 'x' }, 'x._value'],
    [{ _typeName: 'ManagedEntityStatus', _value: 'pink' }, 'x._value'],
    [{ _typeName: 'ArrayOfInt', _value: [1, 'a'] }, 'x._value[1]'],
    [{ _typeName: 'string', _value: 'x', more: 1 }, 'x.more'],
    [{ _typeName: 'string' }, 'x._value'],
    [{ _value: 'x' }, 'x._typeName'],
  ])('refuses the box %j', (value, path) => {
    expect(refusal(() => read(value, slot('Any', 'any'))).invalidProperty).toBe(path)
  })

  it.each(['ArrayOfNothing', 'PropertyPath', 'arrayOfString', 'ArrayOfstring', 'toString'])(
    'knows no box named %s',
    (_typeName) => {
      expect(refusal(() => read({ _typeName, _value: [] }, slot('Any', 'any')))).toMatchObject({
        _typeName: 'InvalidType',
      })
    },
  )
})
