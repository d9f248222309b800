import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Enumerations, Services, Std, Structures } from './generated/types.js'
import { availableIn } from './release.js'
import {
  enumeration,
  enumerationNames,
  type Field,
  operation,
  operations,
  RELEASES,
  service,
  serviceIds,
  structure,
  structureNames,
  type Type,
} from './schema.js'

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not in the schema')
  return value
}
const field = (name: string, of: string): Field => found(structure(name)?.byName.get(of))
const since = (value: { readonly since: number }) => RELEASES[value.since]
const all = [...operations()]
const structures = structureNames.map((name) => found(structure(name)))
const enumerations = enumerationNames.map((name) => found(enumeration(name)))

describe('what was generated', () => {
  /**
   * Both packages that clients install: 498 services with 1,310 operations come from vmware-vcenter, 35 with 91 (sessions,
   * tasks, com.vmware.vapi.*) from vmware-vapi-common-client. An earlier count of 526 and 1,381 is of neither package nor of
   * any folder of them; every stub that any `com.vmware.*_client` module of 9.1.1.0 declares is here. (9.1.0.0 declared 509
   * and 1,329 in vmware-vcenter.) The two services without operations, metamodel.metadata_identifier and vm.identity, hold
   * constants. Five `$task` operations have no REST form of their own in the package, they share that of their namesakes.
   */
  it('is every definition of the packages', () => {
    const common = /^com\.vmware\.(vapi\..*|cis\.(session|tasks))$/
    expect(serviceIds.filter((id) => common.test(id))).toHaveLength(35)
    expect(all.filter((each) => common.test(each.service))).toHaveLength(91)
    expect(serviceIds.filter((id) => service(id)?.operations.size === 0)).toEqual([
      'com.vmware.vapi.metadata.metamodel.metadata_identifier',
      'com.vmware.vcenter.vm.identity',
    ])
    expect(serviceIds).toHaveLength(533)
    expect(all).toHaveLength(1401)
    expect(all.filter(({ rest }) => rest)).toHaveLength(1401)
    expect(structures).toHaveLength(2149)
    expect(structures.filter(({ isError }) => isError)).toHaveLength(39)
    expect(structures.filter(({ unions }) => unions.length > 0)).toHaveLength(241)
    expect(enumerations).toHaveLength(545)
    expect(structures.flatMap(({ fields }) => fields)).toHaveLength(7766)
  })

  it('is what a release had', () => {
    const had = (release: string) => [
      all.filter((each) => availableIn(each, release)).length,
      structures.filter((each) => availableIn(each, release)).length,
    ]
    expect(['6.5', '6.7', '7.0.3', '8.0.3.0'].map(had)).toEqual([
      [337, 363],
      [454, 464],
      [859, 1147],
      [1062, 1437],
    ])
  })

  it('resolves every type, error and field that it names', () => {
    const missing: string[] = []
    const kinds = new Set<string>()
    const look = (type: Type): void => {
      kinds.add(type.kind)
      if (type.kind === 'structure' && !structure(type.name)) missing.push(type.name)
      if (type.kind === 'enum' && !enumeration(type.name)) missing.push(type.name)
      if (type.kind === 'dynamic') missing.push(...type.fieldsOf.filter((name) => !structure(name)))
      if (type.kind === 'map') for (const inner of [type.key, type.value]) look(inner)
      if (type.kind === 'list' || type.kind === 'set' || type.kind === 'optional') look(type.of)
    }
    for (const each of structures) {
      for (const { type } of each.fields) {
        look(type)
        if (type.kind === 'id' && type.typeField && !each.byName.has(type.typeField))
          missing.push(type.typeField)
      }
      missing.push(...each.modelKeys.filter((name) => !each.byName.has(name)))
      for (const { discriminant, cases } of each.unions) {
        const names = [discriminant, ...[...cases.values()].flat().map((one) => one.field)]
        missing.push(...names.filter((name) => !each.byName.has(name)))
      }
    }
    for (const { input, output, taskResult, errors, privileges } of all) {
      for (const { type } of input.fields) look(type)
      look(output)
      if (taskResult) look(taskResult)
      missing.push(...errors.filter((name) => !structure(name)?.isError))
      for (const { by } of privileges) {
        const [owner = '', name] = by?.split('/') ?? []
        const there = name === undefined ? input.byName.has(owner) : structure(owner)?.byName.has(name)
        if (by !== undefined && !there) missing.push(by)
      }
    }
    expect(missing).toEqual([])
    expect([...kinds].sort().join(' ')).toBe(
      'anyError binary boolean dateTime double dynamic enum id list long map opaque optional secret set string structure uri void',
    )
  })

  it('puts every parameter of an operation in one place of its request', () => {
    const wrong = all.flatMap(({ service: owner, id, input, rest }) => {
      const { pathVariables, query, body } = found(rest)
      const inBody = body.kind === 'object' ? body.parameters : body.kind === 'none' ? [] : [body.parameter]
      const inQuery = new Set(query.map(({ parameter }) => parameter))
      const placed = [...pathVariables, ...inQuery, ...inBody].sort()
      // Some of 9.0's filters are structures without fields, which a query cannot show.
      const empty = ({ type }: Field) =>
        type.kind === 'structure' && structure(type.name)?.fields.length === 0
      const names = input.fields.filter((each) => !empty(each)).map(({ name }) => name)
      return placed.join() === names.sort().join() ? [] : [`${owner}/${id}: ${placed} | ${names}`]
    })
    expect(wrong).toEqual([])
  })

  it('knows nothing by other names', () => {
    expect(service('com.vmware.vcenter.vm_')).toBeUndefined()
    expect(operation('com.vmware.vcenter.VM', 'explode')).toBeUndefined()
    expect(structure('com.vmware.vcenter.vm.guest_OS')).toBeUndefined()
    expect(enumeration('com.vmware.vcenter.VM.info')).toBeUndefined()
  })
})

describe('operations', () => {
  it('declare errors, in order', () => {
    expect(operation('com.vmware.vcenter.vm.power', 'get')?.errors).toEqual(
      [
        'error',
        'not_found',
        'resource_inaccessible',
        'service_unavailable',
        'unauthenticated',
        'unauthorized',
      ].map((name) => `com.vmware.vapi.std.errors.${name}`),
    )
    expect(operation('com.vmware.vcenter.tokenservice.token_exchange', 'exchange')?.errors).toContain(
      'com.vmware.vcenter.tokenservice.invalid_grant',
    )
  })

  it('say what a task yields', () => {
    const clone = found(operation('com.vmware.vcenter.VM', 'clone$task'))
    expect(clone.output).toEqual({ kind: 'id', resources: ['com.vmware.cis.TASK'] })
    expect(clone.taskResult).toEqual({ kind: 'id', resources: ['VirtualMachine'] })
    expect(operation('com.vmware.vcenter.VM', 'clone')?.taskResult).toBeUndefined()
    const tasks = all.filter(({ id }) => id.endsWith('$task'))
    expect(tasks).toHaveLength(151)
    expect(tasks.filter(({ taskResult }) => taskResult === undefined)).toEqual([])
  })

  it('say which privileges they ask for, and on what', () => {
    expect(operation('com.vmware.vcenter.vm.power', 'start')?.privileges).toEqual([
      { privilege: 'VirtualMachine.Interact.PowerOn', resource: 'VirtualMachine', by: 'vm' },
    ])
    expect(operation('com.vmware.vcenter.VM', 'clone')?.privileges).toContainEqual({
      privilege: 'VirtualMachine.Provisioning.Clone',
      resource: 'VirtualMachine',
      by: 'com.vmware.vcenter.VM.clone_spec/source',
    })
    expect(all.flatMap(({ privileges }) => privileges)).toHaveLength(1332)
  })
})

describe('structures', () => {
  it('have names in the case of the wire up to 8.0.3', () => {
    const names = new Set(structures.flatMap(({ fields }) => fields.map(({ name }) => name)))
    for (const name of ['guest_OS', 'memory_size_MiB', 'size_MiB', 'hot_add_limit_MiB', 'accept_all_EULA']) {
      expect(names.has(name)).toBe(true)
      expect(names.has(name.toLowerCase())).toBe(false)
    }
  })

  it('tell of identifiers which resources they are of', () => {
    expect(field('com.vmware.vcenter.VM.summary', 'vm').type).toEqual({
      kind: 'id',
      resources: ['VirtualMachine'],
    })
    expect(field('com.vmware.vapi.std.dynamic_ID', 'id').type).toEqual({
      kind: 'id',
      resources: [],
      typeField: 'type',
    })
    expect(field('com.vmware.vcenter.ovf.library_item.deployable_identity', 'id').type).toEqual({
      kind: 'id',
      resources: ['VirtualMachine', 'VirtualApp'],
      typeField: 'type',
    })
  })

  it('tell which fields go with which value of a union', () => {
    const [union] = found(structure('com.vmware.vcenter.vm.hardware.cdrom.backing_spec')).unions
    expect(union?.discriminant).toBe('type')
    expect(union && [...union.cases]).toEqual([
      ['ISO_FILE', [{ field: 'iso_file', required: true }]],
      [
        'HOST_DEVICE',
        [
          { field: 'host_device', required: false },
          { field: 'device_access_type', required: false },
        ],
      ],
      ['CLIENT_DEVICE', [{ field: 'device_access_type', required: false }]],
    ])
    const two = found(structure('com.vmware.vcenter.vm.hardware.ethernet.create_spec')).unions
    expect(two.map(({ discriminant }) => discriminant)).toEqual(['type', 'mac_type'])
  })

  it('can be models, dynamic, or errors', () => {
    const model = found(structure('com.vmware.cis.tagging.category_model'))
    expect([model.isModel, model.modelKeys]).toEqual([true, ['id']])
    expect(field('com.vmware.vapi.std.errors.not_found', 'data')).toMatchObject({
      optional: true,
      type: { kind: 'dynamic', fieldsOf: [] },
    })
    expect(structure('com.vmware.vapi.std.errors.not_found')?.isError).toBe(true)
    expect(field('com.vmware.cis.task.info', 'error').type).toEqual({ kind: 'anyError' })
    expect(field('com.vmware.cis.task.info', 'result').type).toEqual({ kind: 'opaque' })
  })

  it('keep both meanings of the one name that has two', () => {
    expect(field('com.vmware.vcenter.deployment.info', 'state').since).toBe(RELEASES.indexOf('6.7'))
    expect(since(found(structure('com.vmware.vcenter.deployment.info_9_1')))).toBe('9.1.0.0')
  })
})

describe('releases of what came later', () => {
  it.each([
    ['com.vmware.vcenter.system', '8.0.2.0'],
    ['com.vmware.vcenter.vm.data_sets', '8.0.0.0'],
    ['com.vmware.vcenter.VM', '6.0'],
    ['com.vmware.vcenter.environment_browser.config_options', '8.0.2.00300'],
  ])('the service %s came with %s', (id, release) => {
    expect(since(found(service(id)))).toBe(release)
  })

  it('an operation, a parameter, a field and a value', () => {
    expect(since(found(operation('com.vmware.vcenter.VM', 'clone')))).toBe('7.0.0.0')
    expect(since(found(operation('com.vmware.vcenter.system', 'hello')))).toBe('8.0.2.0')
    expect(
      since(field('com.vmware.vcenter.vm.hardware.ethernet.create_spec', 'upt_v2_compatibility_enabled')),
    ).toBe('8.0.0.1')
    const version = found(enumeration('com.vmware.vcenter.vm.hardware.version'))
    expect(['VMX_19', 'VMX_20', 'VMX_21'].map((value) => since(found(version.byName.get(value))))).toEqual([
      '7.0.2.0',
      '8.0.0.1',
      '8.0.2.0',
    ])
  })

  it('nothing is older than what it is part of', () => {
    const older = [
      ...all.filter((each) => each.since < found(service(each.service)).since),
      ...all.flatMap((each) => each.input.fields.filter((one) => one.since < each.since)),
      ...structures.flatMap((each) => each.fields.filter((one) => one.since < each.since)),
      ...enumerations.flatMap((each) => each.values.filter((one) => one.since < each.since)),
    ]
    expect(older).toEqual([])
  })

  it('what is deprecated says since when', () => {
    const clusters = found(operation('com.vmware.vcenter.namespace_management.clusters', 'enable'))
    expect(clusters.deprecated !== undefined && RELEASES[clusters.deprecated]).toBe('9.0.0.0')
    expect(operation('com.vmware.vcenter.VM', 'get')?.deprecated).toBeUndefined()
  })
})

describe('types for TypeScript', () => {
  it('are there for structures, enumerations and operations by their canonical names', () => {
    type Summary = Structures['com.vmware.vcenter.VM.summary']
    expectTypeOf<Summary['memory_size_MiB']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Enumerations['com.vmware.vcenter.vm.power.state']>().toEqualTypeOf<
      'POWERED_OFF' | 'POWERED_ON' | 'SUSPENDED'
    >()
    type List = Services['com.vmware.vcenter.VM']['list']
    expectTypeOf<List['output']>().toEqualTypeOf<readonly Summary[]>()
    expectTypeOf<Services['com.vmware.vcenter.VM']['clone$task']['taskResult']>().toEqualTypeOf<string>()
    expectTypeOf<Std<'not_found'>>().toEqualTypeOf<'com.vmware.vapi.std.errors.not_found'>()
    expect(structure('com.vmware.vcenter.VM.summary')).toBeDefined()
  })
})
