import { describe, expect, it } from 'vitest'
import { createServiceLab, type ServiceLab } from '../core/testing.js'
import { associations } from './records.js'

const CATEGORY = 'com.vmware.cis.tagging.category'
const TAG = 'com.vmware.cis.tagging.tag'
const ASSOCIATION = 'com.vmware.cis.tagging.tag_association'

function newCategory(
  lab: ServiceLab,
  name: string,
  cardinality: 'SINGLE' | 'MULTIPLE' = 'MULTIPLE',
  associable_types: readonly string[] = [],
) {
  const create_spec = { name, description: '', cardinality, associable_types }
  return lab.invoke(CATEGORY, 'create', { create_spec })
}

const newTag = (lab: ServiceLab, category_id: string, name: string) =>
  lab.invoke(TAG, 'create', { create_spec: { name, description: `${name}.`, category_id } })

const vmId = (id: string) => ({ type: 'VirtualMachine', id })

describe('categories', () => {
  it('are created, read, changed and listed', async () => {
    const lab = createServiceLab()
    const id = await newCategory(lab, 'Owner', 'SINGLE', ['VirtualMachine', 'VirtualMachine'])
    expect(id).toMatch(/^urn:vmomi:InventoryServiceCategory:[0-9a-f-]{36}:GLOBAL$/)
    expect(await lab.invoke(CATEGORY, 'list', {})).toEqual([id])
    const update_spec = {
      name: 'Who',
      cardinality: 'MULTIPLE' as const,
      associable_types: ['VirtualMachine', 'Folder'],
    }
    await lab.invoke(CATEGORY, 'update', { category_id: id, update_spec })
    expect(await lab.invoke(CATEGORY, 'get', { category_id: id })).toEqual({
      id,
      name: 'Who',
      description: '',
      cardinality: 'MULTIPLE',
      associable_types: ['VirtualMachine', 'Folder'],
      used_by: [],
    })
  })

  it('keep who uses them', async () => {
    const lab = createServiceLab()
    const category_id = await newCategory(lab, 'Owner')
    await lab.invoke(CATEGORY, 'add_to_used_by', { category_id, used_by_entity: 'me' })
    await lab.invoke(CATEGORY, 'add_to_used_by', { category_id, used_by_entity: 'me' })
    expect((await lab.invoke(CATEGORY, 'get', { category_id })).used_by).toEqual(['me'])
    expect(await lab.invoke(CATEGORY, 'list_used_categories', { used_by_entity: 'me' })).toEqual([
      category_id,
    ])
    await lab.invoke(CATEGORY, 'revoke_propagating_permissions', { category_id })
    await lab.invoke(CATEGORY, 'remove_from_used_by', { category_id, used_by_entity: 'me' })
    expect(await lab.invoke(CATEGORY, 'list_used_categories', { used_by_entity: 'me' })).toEqual([])
  })

  it('refuse what they cannot be', async () => {
    const lab = createServiceLab()
    const id = await newCategory(lab, 'Owner', 'MULTIPLE', ['VirtualMachine'])
    const other = await newCategory(lab, 'Other')
    const before = lab.sandbox.inventory.root
    const create = (spec: object) =>
      lab.error(CATEGORY, 'create', {
        create_spec: { name: 'x', description: '', cardinality: 'SINGLE', associable_types: [], ...spec },
      })
    const update = (update_spec: object) => lab.error(CATEGORY, 'update', { category_id: id, update_spec })
    expect((await create({ name: 'Owner' })).type).toBe('ALREADY_EXISTS')
    expect((await create({ category_id: id })).type).toBe('ALREADY_EXISTS')
    expect((await create({ category_id: 'mine' })).type).toBe('INVALID_ARGUMENT')
    expect((await create({ name: ' ' })).type).toBe('INVALID_ARGUMENT')
    expect((await create({ name: 'n'.repeat(257) })).type).toBe('INVALID_ARGUMENT')
    expect((await create({ description: undefined })).messages[0]?.args[0]).toContain('description')
    expect((await update({ name: 'Other' })).type).toBe('ALREADY_EXISTS')
    expect((await update({ cardinality: 'SINGLE' })).type).toBe('INVALID_ARGUMENT')
    expect((await update({ associable_types: ['Folder'] })).type).toBe('INVALID_ARGUMENT')
    for (const operation of ['get', 'delete', 'revoke_propagating_permissions'])
      expect((await lab.error(CATEGORY, operation, { category_id: `${other}x` })).messages[0]).toEqual({
        args: [`${other}x`],
        default_message: `Tagging object ${other}x not found`,
        id: 'cis.tagging.objectNotFound.error',
      })
    expect(lab.sandbox.inventory.root).toBe(before)
  })

  it('take their tags along when they go', async () => {
    const lab = createServiceLab()
    const category_id = await newCategory(lab, 'Owner')
    const tag_id = await newTag(lab, category_id, 'me')
    const vm = lab.create()
    await lab.invoke(ASSOCIATION, 'attach', { tag_id, object_id: vmId(vm) })
    await lab.invoke(CATEGORY, 'delete', { category_id })
    expect(await lab.invoke(TAG, 'list', {})).toEqual([])
    expect(await lab.invoke(ASSOCIATION, 'list_attached_tags', { object_id: vmId(vm) })).toEqual([])
    expect(lab.sandbox.inventory.read.count(associations)).toBe(0)
  })
})

describe('tags', () => {
  it('are created, read, changed, listed and deleted', async () => {
    const lab = createServiceLab()
    const category_id = await newCategory(lab, 'Owner')
    const other = await newCategory(lab, 'Other')
    const tag_id = await newTag(lab, category_id, 'me')
    const same = await newTag(lab, other, 'me')
    await lab.invoke(TAG, 'update', { tag_id, update_spec: { description: 'Mine.' } })
    expect(await lab.invoke(TAG, 'get', { tag_id })).toEqual({
      id: tag_id,
      category_id,
      name: 'me',
      description: 'Mine.',
      used_by: [],
    })
    expect(await lab.invoke(TAG, 'list', {})).toEqual([tag_id, same])
    expect(await lab.invoke(TAG, 'list_tags_for_category', { category_id: other })).toEqual([same])
    await lab.invoke(TAG, 'add_to_used_by', { tag_id, used_by_entity: 'policy' })
    expect(await lab.invoke(TAG, 'list_used_tags', { used_by_entity: 'policy' })).toEqual([tag_id])
    await lab.invoke(TAG, 'remove_from_used_by', { tag_id, used_by_entity: 'policy' })
    expect(await lab.invoke(TAG, 'list_used_tags', { used_by_entity: 'policy' })).toEqual([])
    await lab.invoke(TAG, 'revoke_propagating_permissions', { tag_id })
    await lab.invoke(TAG, 'delete', { tag_id })
    expect(await lab.invoke(TAG, 'list', {})).toEqual([same])
  })

  it('refuse a name that is taken, and what is not there', async () => {
    const lab = createServiceLab()
    const category_id = await newCategory(lab, 'Owner')
    const tag_id = await newTag(lab, category_id, 'me')
    await newTag(lab, category_id, 'you')
    const create = (spec: object) =>
      lab.error(TAG, 'create', { create_spec: { name: 'x', description: '', category_id, ...spec } })
    expect((await create({ name: 'me' })).type).toBe('ALREADY_EXISTS')
    expect((await create({ tag_id })).type).toBe('ALREADY_EXISTS')
    expect((await create({ tag_id: category_id })).type).toBe('INVALID_ARGUMENT')
    expect((await create({ category_id: tag_id })).type).toBe('NOT_FOUND')
    expect((await lab.error(TAG, 'update', { tag_id, update_spec: { name: 'you' } })).type).toBe(
      'ALREADY_EXISTS',
    )
    expect((await lab.error(TAG, 'update', { tag_id, update_spec: { name: '' } })).type).toBe(
      'INVALID_ARGUMENT',
    )
    for (const operation of ['get', 'delete'])
      expect((await lab.error(TAG, operation, { tag_id: category_id })).type).toBe('NOT_FOUND')
    expect((await lab.error(TAG, 'list_tags_for_category', { category_id: tag_id })).type).toBe('NOT_FOUND')
  })
})

describe('what tags are on what', () => {
  it('can be put on and taken off twice', async () => {
    const lab = createServiceLab()
    const tag_id = await newTag(lab, await newCategory(lab, 'Owner'), 'me')
    const object_id = vmId(lab.create())
    await lab.invoke(ASSOCIATION, 'attach', { tag_id, object_id })
    await lab.invoke(ASSOCIATION, 'attach', { tag_id, object_id })
    expect(await lab.invoke(ASSOCIATION, 'list_attached_tags', { object_id })).toEqual([tag_id])
    expect(await lab.invoke(ASSOCIATION, 'list_attached_objects', { tag_id })).toEqual([object_id])
    expect(await lab.invoke(ASSOCIATION, 'list_attachable_tags', { object_id })).toEqual([])
    await lab.invoke(ASSOCIATION, 'detach', { tag_id, object_id })
    await lab.invoke(ASSOCIATION, 'detach', { tag_id, object_id })
    expect(await lab.invoke(ASSOCIATION, 'list_attached_objects', { tag_id })).toEqual([])
    expect(await lab.invoke(ASSOCIATION, 'list_attachable_tags', { object_id })).toEqual([tag_id])
  })

  it('is bound by types and cardinality', async () => {
    const lab = createServiceLab()
    const single = await newCategory(lab, 'Tier', 'SINGLE')
    const [gold, iron] = [await newTag(lab, single, 'gold'), await newTag(lab, single, 'iron')]
    const hosts = await newTag(lab, await newCategory(lab, 'Rack', 'MULTIPLE', ['HostSystem']), 'r1')
    const object_id = vmId(lab.create())
    await lab.invoke(ASSOCIATION, 'attach', { tag_id: gold, object_id })
    const attach = (tag_id: string, object: object = object_id) =>
      lab.error(ASSOCIATION, 'attach', { tag_id, object_id: object })
    expect((await attach(iron)).messages[0]?.id).toBe('cis.tagging.cardinality.error')
    expect((await attach(hosts)).messages[0]?.id).toBe('cis.tagging.notAssociable.error')
    expect((await attach(gold, vmId('vm-404'))).type).toBe('INVALID_ARGUMENT')
    expect((await attach(gold, { type: 'HostSystem', id: object_id.id })).type).toBe('INVALID_ARGUMENT')
    expect((await attach(single)).type).toBe('NOT_FOUND')
    expect(await lab.invoke(ASSOCIATION, 'list_attachable_tags', { object_id })).toEqual([])
    expect(
      await lab.invoke(ASSOCIATION, 'attach_multiple_tags_to_object', {
        object_id,
        tag_ids: [gold, iron, 'urn:none'],
      }),
    ).toMatchObject({
      success: false,
      error_messages: [
        { id: 'cis.tagging.cardinality.error' },
        { id: 'cis.tagging.objectNotFound.error', default_message: 'Tagging object urn:none not found' },
      ],
    })
    expect(await lab.invoke(ASSOCIATION, 'list_attached_tags', { object_id })).toEqual([gold])
  })

  it('changes in batches, of which each step stands for itself', async () => {
    const lab = createServiceLab()
    const category = await newCategory(lab, 'Owner')
    const [a, b] = [await newTag(lab, category, 'a'), await newTag(lab, category, 'b')]
    const [one, two] = [vmId(lab.create()), vmId(lab.create({ name: 'two' }))]
    const done = { success: true, error_messages: [] }
    expect(
      await lab.invoke(ASSOCIATION, 'attach_multiple_tags_to_object', { object_id: one, tag_ids: [a, b] }),
    ).toEqual(done)
    expect(
      await lab.invoke(ASSOCIATION, 'attach_tag_to_multiple_objects', {
        tag_id: a,
        object_ids: [one, vmId('vm-404'), two],
      }),
    ).toMatchObject({ success: false, error_messages: [{ id: 'cis.tagging.invalidArgument.error' }] })
    expect(
      await lab.invoke(ASSOCIATION, 'list_attached_objects_on_tags', { tag_ids: [a, b, 'urn:none'] }),
    ).toEqual([
      { tag_id: a, object_ids: [one, two] },
      { tag_id: b, object_ids: [one] },
    ])
    expect(
      await lab.invoke(ASSOCIATION, 'list_attached_tags_on_objects', {
        object_ids: [two, one, vmId('vm-404')],
      }),
    ).toEqual([
      { object_id: two, tag_ids: [a] },
      { object_id: one, tag_ids: [a, b] },
    ])
    expect(
      await lab.invoke(ASSOCIATION, 'detach_tag_from_multiple_objects', {
        tag_id: a,
        object_ids: [one, two],
      }),
    ).toEqual(done)
    expect(
      await lab.invoke(ASSOCIATION, 'detach_multiple_tags_from_object', {
        object_id: one,
        tag_ids: [a, 'urn:none', b],
      }),
    ).toMatchObject({ success: false, error_messages: [{ args: ['urn:none'] }] })
    expect(await lab.invoke(ASSOCIATION, 'list_attached_tags', { object_id: one })).toEqual([])
  })

  it('ends with the object, and is forgotten in time', async () => {
    const lab = createServiceLab()
    const tag_id = await newTag(lab, await newCategory(lab, 'Owner'), 'me')
    for (let round = 0; round < 20; round++) {
      const object_id = vmId(lab.create())
      await lab.invoke(ASSOCIATION, 'attach', { tag_id, object_id })
      lab.task('VirtualMachine', object_id.id, 'Destroy_Task')
      expect(await lab.invoke(ASSOCIATION, 'list_attached_objects', { tag_id })).toEqual([])
      expect(await lab.invoke(ASSOCIATION, 'list_attached_tags', { object_id })).toEqual([])
    }
    expect(lab.sandbox.inventory.read.count(associations)).toBeLessThan(4)
  })
})
