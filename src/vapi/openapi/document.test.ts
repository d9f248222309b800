import { describe, expect, it } from 'vitest'
import { releaseIndex } from '../release.js'
import { operation as operationOf, RELEASES } from '../schema.js'
import type { Operation } from '../types.js'
import { automationDocument, type DocumentOptions } from './document.js'
import { exampleProblems } from './examples.js'
import type { OperationOverlay } from './overlay.js'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { enum?: string[]; required?: string[]; properties?: Record<string, object> }>
    >
    readonly responses: Readonly<Record<string, object>>
  }
}

interface Described {
  readonly summary: string
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: object }
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>
  readonly [member: string]: unknown
}

const find = (key: string): Operation => {
  const [service = '', id = ''] = key.split('/')
  const found = operationOf(service, id)
  if (!found) throw new Error(`There is no ${key}.`)
  return found
}

function documentOf(keys: readonly string[], options: Partial<DocumentOptions> = {}): Document {
  const subject = { title: 'Test', operations: keys.map(find) }
  const document = automationDocument(subject, {
    release: RELEASES.length - 1,
    overlay: {},
    types: {},
    ...options,
  })
  if (!document) throw new Error('The release has nothing of it.')
  return document as unknown as Document
}

const HOST = 'com.vmware.vcenter.host/list'
const VM = 'com.vmware.vcenter.VM'

describe('automationDocument', () => {
  it('shows fields, values and parameters of the release only, and says what came later', () => {
    const of = (release: string) =>
      documentOf(['com.vmware.vcenter.VM/get'], { release: releaseIndex(release) }).components.schemas
    const [older, newer] = [of('7.0.3.0'), of('9.1.1.0')]
    const text = JSON.stringify(newer)
    expect(JSON.stringify(older).length).toBeLessThan(text.length)
    expect(text).toContain('"x-vmware-since"')
    for (const [name, schema] of Object.entries(older)) {
      const wide = newer[name]
      for (const value of schema.enum ?? []) expect(wide?.enum).toContain(value)
      for (const field of schema.required ?? []) expect(schema.properties).toHaveProperty([field])
    }
    const guests = (schemas: typeof older) => schemas['vcenter.vm.guest_OS']?.enum ?? []
    expect(guests(newer).length).toBeGreaterThan(guests(older).length)
  })

  it('has nothing of an operation that is newer', () => {
    const roles = { title: 'Test', operations: [find('com.vmware.vcenter.authorization.roles/list')] }
    const options = { release: releaseIndex('8.0.3.0'), overlay: {}, types: {} }
    expect(automationDocument(roles, options)).toBeUndefined()
  })

  it('carries filters in the query, one by one, and bodies as they are sent', () => {
    const { paths } = documentOf([`${VM}/list`, `${VM}/clone$task`, `${VM}/delete`])
    const list = paths['/api/vcenter/vm']?.get
    expect(list?.parameters?.map(({ name, in: where }) => `${where} ${name}`)).toEqual([
      'query vms',
      'query names',
      'query folders',
      'query datacenters',
      'query hosts',
      'query clusters',
      'query resource_pools',
      'query power_states',
    ])
    expect(list?.requestBody).toBeUndefined()
    const clone = paths['/api/vcenter/vm?action=clone&vmw-task=true']?.post
    expect(clone?.requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/vcenter.VM.clone_spec' } } },
    })
    expect(Object.keys(clone?.responses ?? {})[0]).toBe('202')
    expect(clone?.['x-vmware-privileges']).toContain(
      'VirtualMachine.Provisioning.Clone on VirtualMachine (vcenter.VM.clone_spec/source)',
    )
    expect(paths['/api/vcenter/vm/{vm}']?.delete?.parameters).toEqual([
      expect.objectContaining({
        name: 'vm',
        in: 'path',
        required: true,
        description: 'Id of VirtualMachine',
      }),
    ])
  })

  it('lists what an operation may answer by status', () => {
    const { paths, components } = documentOf([HOST])
    const responses = paths['/api/vcenter/host']?.get?.responses ?? {}
    expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '500', '503'])
    expect(responses['400']?.$ref).toBe('#/components/responses/400.INVALID_ARGUMENT.UNEXPECTED_INPUT')
    expect(components.responses['400.INVALID_ARGUMENT.UNEXPECTED_INPUT']).toHaveProperty('content')
  })

  it('marks what does nothing here, where somebody asks', () => {
    const marked = documentOf([HOST], { isImplemented: () => false }).paths['/api/vcenter/host']?.get
    expect(marked).toMatchObject({ 'x-fauxsphere': 'unsupported', tags: ['vcenter.host-not-implemented'] })
    expect(marked?.responses['400']?.$ref).toContain('UNSUPPORTED')
    expect(documentOf([HOST]).paths['/api/vcenter/host']?.get).not.toHaveProperty('x-fauxsphere')
  })

  it('takes our words from the overlay, with examples as far as the release knows them', () => {
    const entry: OperationOverlay = {
      summary: 'Ours',
      differs: 'Nothing (deviation 0).',
      example: { response: [{ host: 'host-1', name: 'a', connection_state: 'NOT_RESPONDING' }] },
      errors: { SERVICE_UNAVAILABLE: { messages: [] } },
    }
    const types = { 'com.vmware.vcenter.host.summary': { members: { host: 'Its id.' } } }
    const { paths, components } = documentOf([HOST], { overlay: { operations: { [HOST]: entry } }, types })
    const found = paths['/api/vcenter/host']?.get
    expect(found?.summary).toBe('Ours')
    expect(found?.description).toBe('**Differs from vCenter:** Nothing (deviation 0).')
    expect(found?.responses['200']).toHaveProperty(
      ['content', 'application/json', 'example'],
      entry.example?.response,
    )
    expect(found?.responses['503']).toHaveProperty(
      ['content', 'application/json', 'examples', 'SERVICE_UNAVAILABLE', 'value', 'error_type'],
      'SERVICE_UNAVAILABLE',
    )
    expect(components.schemas['vcenter.host.summary']?.properties?.host).toMatchObject({
      description: 'Its id.',
    })

    const strange = {
      ...entry,
      example: { response: [{ host: 'host-1', name: 'a', connection_state: 'LATER' }] },
    }
    const without = documentOf([HOST], { overlay: { operations: { [HOST]: strange } } })
    expect(without.paths['/api/vcenter/host']?.get?.responses['200']).not.toHaveProperty([
      'content',
      'application/json',
      'example',
    ])
  })
})

describe('exampleProblems', () => {
  const problems = (example: Parameters<typeof exampleProblems>[1], key = `${VM}/create`) =>
    exampleProblems(find(key), example, RELEASES.length - 1)

  it('finds what no client could send, and what no server would answer', () => {
    expect(problems({ request: { guest_OS: 'OTHER' }, response: 'vm-1' })).toEqual([])
    expect(problems({ request: { guest_os: 'OTHER' } }).join()).toContain('guest_os')
    expect(problems({ response: 7 })).toHaveLength(1)
    expect(problems({ parameters: { vm: 'vm-1', nothing: 1 } }, `${VM}/delete`)).toEqual([
      'there is no parameter nothing',
    ])
    expect(problems({ parameters: {} }, `${VM}/delete`)).toContain('the path variable vm has no example')
    expect(problems({ response: 1 }, `${VM}/delete`)).toEqual(['response: the operation answers nothing'])
  })
})
