import { describe, expect, it } from 'vitest'
import { createServiceLab } from '../core/testing.js'

const METAMODEL = 'com.vmware.vapi.metadata.metamodel'
const CLI = 'com.vmware.vapi.metadata.cli'
const KINDS = ['authentication', 'privilege', 'routing'] as const
const VM = 'com.vmware.vcenter.VM'

describe('the metamodel', () => {
  it('leads from components to packages, services, structures and enumerations', async () => {
    const lab = createServiceLab()
    const components = await lab.invoke(`${METAMODEL}.component`, 'list', {})
    expect(components).toEqual(expect.arrayContaining(['com.vmware.vcenter', 'com.vmware.cis']))
    const component_id = 'com.vmware.cis'
    const { info, fingerprint } = await lab.invoke(`${METAMODEL}.component`, 'get', { component_id })
    expect(Object.keys(info.packages)).toEqual(
      expect.arrayContaining(['com.vmware.cis', 'com.vmware.cis.tagging']),
    )
    expect(await lab.invoke(`${METAMODEL}.component`, 'fingerprint', { component_id })).toBe(fingerprint)
    expect(fingerprint).toMatch(/^[0-9a-f]{40}$/)

    expect(await lab.invoke(`${METAMODEL}.package`, 'list', {})).toContain('com.vmware.vcenter')
    const tagging = await lab.invoke(`${METAMODEL}.package`, 'get', { package_id: 'com.vmware.cis.tagging' })
    expect(tagging).toEqual(info.packages['com.vmware.cis.tagging'])
    expect(Object.keys(tagging.services)).toContain('com.vmware.cis.tagging.tag')
    expect(Object.keys(tagging.structures)).toContain('com.vmware.cis.tagging.tag_model')

    expect(await lab.invoke(`${METAMODEL}.service`, 'list', {})).toContain(VM)
    const service = await lab.invoke(`${METAMODEL}.service`, 'get', { service_id: VM })
    expect(Object.keys(service.operations)).toEqual(
      await lab.invoke(`${METAMODEL}.service.operation`, 'list', { service_id: VM }),
    )
    expect(Object.keys(service.structures)).toContain(`${VM}.summary`)
    expect(await lab.invoke(`${METAMODEL}.service.hidden`, 'list', {})).toEqual([])
  })

  it('tells types, what identifiers are of, unions, errors and values', async () => {
    const lab = createServiceLab()
    const operation = await lab.invoke(`${METAMODEL}.service.operation`, 'get', {
      service_id: VM,
      operation_id: 'list',
    })
    expect(operation.params[0]).toEqual({
      name: 'filter',
      type: {
        category: 'GENERIC',
        generic_instantiation: {
          generic_type: 'OPTIONAL',
          element_type: {
            category: 'USER_DEFINED',
            user_defined_type: {
              resource_type: 'com.vmware.vapi.structure',
              resource_id: `${VM}.filter_spec`,
            },
          },
        },
      },
      metadata: {},
      documentation: '',
    })
    expect(operation.errors.map(({ structure_id }) => structure_id)).toContain(
      'com.vmware.vapi.std.errors.unauthenticated',
    )
    const structure = async (structure_id: string) =>
      (await lab.invoke(`${METAMODEL}.structure`, 'get', { structure_id })).fields
    const named = (fields: Awaited<ReturnType<typeof structure>>, name: string) =>
      fields.find((each) => each.name === name)
    expect(named(await structure(`${VM}.summary`), 'vm')).toMatchObject({
      type: { category: 'BUILTIN', builtin_type: 'ID' },
      metadata: { Resource: { elements: { value: { type: 'STRING', string_value: 'VirtualMachine' } } } },
    })
    const backing = await structure('com.vmware.vcenter.vm.hardware.cdrom.backing_spec')
    expect(named(backing, 'type')?.metadata).toEqual({ UnionTag: { elements: {} } })
    expect(named(backing, 'iso_file')?.metadata).toEqual({
      UnionCase: {
        elements: {
          tag: { type: 'STRING', string_value: 'type' },
          value: { type: 'STRING', string_value: 'ISO_FILE' },
        },
      },
    })
    expect(named(await structure('com.vmware.vapi.std.dynamic_ID'), 'id')?.metadata).toEqual({
      Resource: { elements: { typeHolder: { type: 'STRING', string_value: 'type' } } },
    })
    const power = 'com.vmware.vcenter.vm.power.state'
    expect(await lab.invoke(`${METAMODEL}.enumeration`, 'list', {})).toContain(power)
    const { values } = await lab.invoke(`${METAMODEL}.enumeration`, 'get', { enumeration_id: power })
    expect(values.map(({ value }) => value)).toEqual(['POWERED_OFF', 'POWERED_ON', 'SUSPENDED'])
    expect(await lab.invoke(`${METAMODEL}.structure`, 'list', {})).toContain(`${VM}.summary`)
    const resource_id = 'com.vmware.cis.tagging.Tag'
    expect(await lab.invoke(`${METAMODEL}.resource`, 'list', {})).toEqual(
      expect.arrayContaining(['VirtualMachine', resource_id]),
    )
    expect(await lab.invoke(`${METAMODEL}.resource.model`, 'list', { resource_id })).toEqual([
      'com.vmware.cis.tagging.tag_model',
    ])
  })

  it('knows what the release has, and nothing newer', async () => {
    const lab = createServiceLab()
    const roles = 'com.vmware.vcenter.authorization.roles'
    expect(await lab.invoke(`${METAMODEL}.service`, 'list', {})).not.toContain(roles)
    expect((await lab.error(`${METAMODEL}.service`, 'get', { service_id: roles })).messages).toEqual([
      {
        args: [roles],
        default_message: `There is no service with identifier '${roles}'.`,
        id: 'com.vmware.vapi.metadata.service.not_found',
      },
    ])
  })

  it('answers each component, package, structure and enumeration that it lists as declared', async () => {
    const lab = createServiceLab()
    for (const component_id of await lab.invoke(`${METAMODEL}.component`, 'list', {}))
      expect((await lab.invoke(`${METAMODEL}.component`, 'get', { component_id })).info.name).toBe(
        component_id,
      )
    for (const structure_id of await lab.invoke(`${METAMODEL}.structure`, 'list', {}))
      expect((await lab.invoke(`${METAMODEL}.structure`, 'get', { structure_id })).name).toBe(structure_id)
  })
})

describe('authentication, privileges and routing', () => {
  it.each(KINDS)('are told by component, package, service and operation: %s', async (kind) => {
    const lab = createServiceLab()
    const about = `com.vmware.vapi.metadata.${kind}` as const
    for (const component_id of await lab.invoke(`${about}.component`, 'list', {})) {
      const { info, fingerprint } = await lab.invoke(`${about}.component`, 'get', { component_id })
      expect(await lab.invoke(`${about}.component`, 'fingerprint', { component_id })).toBe(fingerprint)
      for (const [package_id, told] of Object.entries(info.packages))
        expect(await lab.invoke(`${about}.package`, 'get', { package_id })).toEqual(told)
    }
    expect(await lab.invoke(`${about}.package`, 'list', {})).toContain('com.vmware.vcenter')
    expect(await lab.invoke(`${about}.service`, 'list', {})).toContain(VM)
    expect(await lab.invoke(`${about}.service.operation`, 'list', { service_id: VM })).toContain('create')
    const { operations } = await lab.invoke(`${about}.service`, 'get', { service_id: VM })
    expect(
      await lab.invoke(`${about}.service.operation`, 'get', { service_id: VM, operation_id: 'create' }),
    ).toEqual(operations.create)
  })

  it('name the scheme, the privileges with what they are checked on, and the place', async () => {
    const lab = createServiceLab()
    const get = (kind: (typeof KINDS)[number], service_id: string, operation_id: string) =>
      lab.invoke(`com.vmware.vapi.metadata.${kind}.service.operation`, 'get', { service_id, operation_id })
    expect(await get('authentication', 'com.vmware.cis.session', 'create')).toEqual({
      schemes: [{ scheme_type: 'SESSIONLESS', scheme: 'com.vmware.vapi.std.security.user_pass' }],
    })
    expect(await get('authentication', VM, 'list')).toMatchObject({
      schemes: [{ scheme_type: 'SESSION_AWARE', session_manager: 'com.vmware.cis.session' }],
    })
    expect(await get('authentication', 'com.vmware.vcenter.system', 'hello')).toEqual({ schemes: [] })
    expect(await get('privilege', 'com.vmware.vcenter.vm.power', 'start')).toEqual({
      privileges: [],
      privilege_info: [{ property_path: 'vm', privileges: ['VirtualMachine.Interact.PowerOn'] }],
    })
    expect(await get('privilege', VM, 'create')).toMatchObject({
      privilege_info: expect.arrayContaining([
        expect.objectContaining({ property_path: 'spec.placement.folder' }),
      ]),
    })
    expect(await get('routing', VM, 'list')).toMatchObject({ routing_info: { routing_strategy: 'LOCAL' } })
  })
})

describe('commands', () => {
  it('are the operations, in namespaces named as the services', async () => {
    const lab = createServiceLab()
    const path = 'com.vmware.vcenter.vm'
    const commands = await lab.invoke(`${CLI}.command`, 'list', { path })
    expect(commands).toContainEqual({ path, name: 'list' })
    expect(await lab.invoke(`${CLI}.command`, 'list', {})).toEqual(expect.arrayContaining([...commands]))
    const identity = { path: 'com.vmware.cis.tagging.tagassociation', name: 'attach' }
    expect(await lab.invoke(`${CLI}.command`, 'get', { identity })).toMatchObject({
      identity,
      service_id: 'com.vmware.cis.tagging.tag_association',
      operation_id: 'attach',
      formatter: 'SIMPLE',
      options: expect.arrayContaining([
        { long_option: 'tag-id', field_name: 'tag_id', description: '', type: 'string', generic: 'NONE' },
      ]),
    })
    expect(await lab.invoke(`${CLI}.command`, 'get', { identity: { path, name: 'list' } })).toMatchObject({
      formatter: 'TABLE',
      options: expect.arrayContaining([
        expect.objectContaining({
          long_option: 'names',
          field_name: 'filter.names',
          generic: 'OPTIONAL_LIST',
        }),
      ]),
      output_field_list: [{ structure_id: `${VM}.summary` }],
    })
    const namespaces = await lab.invoke(`${CLI}.namespace`, 'list', {})
    expect(namespaces).toContainEqual({ path: '', name: 'com' })
    const vcenter = await lab.invoke(`${CLI}.namespace`, 'get', {
      identity: { path: 'com.vmware', name: 'vcenter' },
    })
    expect(vcenter.children).toContainEqual({ path: 'com.vmware.vcenter', name: 'vm' })
    for (const about of [`${CLI}.command`, `${CLI}.namespace`] as const)
      expect(await lab.invoke(about, 'fingerprint', {})).toMatch(/^[0-9a-f]{40}$/)
  })
})

it('says NOT_FOUND for whatever there is none of', async () => {
  const lab = createServiceLab()
  const unknown = { component_id: 'x', package_id: 'x', service_id: 'x', identity: { path: 'x', name: 'y' } }
  const asked = [
    ...KINDS.flatMap((kind) =>
      ['component', 'package', 'service'].map((each) => `com.vmware.vapi.metadata.${kind}.${each}`),
    ),
    ...['component', 'package', 'service'].map((each) => `${METAMODEL}.${each}`),
    `${CLI}.command`,
    `${CLI}.namespace`,
  ]
  for (const about of asked) {
    const [name = ''] = Object.keys(unknown).filter((key) => about.endsWith(key.replace('_id', '')))
    const input = name === '' ? { identity: unknown.identity } : { [name]: 'x' }
    expect((await lab.error(about, 'get', input)).type, about).toBe('NOT_FOUND')
  }
  const missing: readonly (readonly [string, string, object])[] = [
    [`${METAMODEL}.structure`, 'get', { structure_id: 'x' }],
    [`${METAMODEL}.enumeration`, 'get', { enumeration_id: 'x' }],
    [`${METAMODEL}.resource.model`, 'list', { resource_id: 'x' }],
    [`${METAMODEL}.service.operation`, 'get', { service_id: VM, operation_id: 'x' }],
    [`${METAMODEL}.component`, 'fingerprint', { component_id: 'x' }],
    [`${CLI}.command`, 'list', { path: 'x' }],
    ['com.vmware.vapi.metadata.privilege.service.operation', 'list', { service_id: 'x' }],
  ]
  for (const [about, operation, input] of missing)
    expect((await lab.error(about, operation, input)).type, about).toBe('NOT_FOUND')
})

describe('sources', () => {
  it.each([...KINDS, 'metamodel', 'cli'] as const)('are kept as they are added: %s', async (kind) => {
    const lab = createServiceLab()
    const about = `com.vmware.vapi.metadata.${kind}.source` as const
    expect(await lab.invoke(about, 'list', {})).toEqual([])
    const before = await lab.invoke(about, 'fingerprint', {})
    const spec = { description: 'Ours', type: 'FILE', filepath: '/etc/ours.json' } as const
    await lab.invoke(about, 'create', { source_id: 'ours', spec })
    expect(await lab.invoke(about, 'list', {})).toEqual(['ours'])
    expect(await lab.invoke(about, 'get', { source_id: 'ours' })).toEqual(spec)
    expect(await lab.invoke(about, 'fingerprint', {})).not.toBe(before)
    expect(await lab.invoke(about, 'fingerprint', { source_id: 'ours' })).toMatch(/^[0-9a-f]{40}$/)
    await lab.invoke(about, 'reload', { source_id: 'ours' })
    expect((await lab.error(about, 'create', { source_id: 'ours', spec })).type).toBe('ALREADY_EXISTS')
    await lab.invoke(about, 'delete', { source_id: 'ours' })
    expect(await lab.invoke(about, 'fingerprint', {})).toBe(before)
    for (const operation of ['get', 'delete', 'reload', 'fingerprint'])
      expect((await lab.error(about, operation, { source_id: 'ours' })).type).toBe('NOT_FOUND')
  })
})

it('names the provider, with a checksum of what it provides', async () => {
  const lab = createServiceLab()
  const told = await lab.invoke('com.vmware.vapi.std.introspection.provider', 'get', {})
  expect(told).toEqual({ id: 'vcenter', checksum: expect.stringMatching(/^[0-9a-f]{40}$/) })
  const older = createServiceLab({ version: '7.0.3' })
  const before = await older.invoke('com.vmware.vapi.std.introspection.provider', 'get', {})
  expect(before.checksum).not.toBe(told.checksum)
})
