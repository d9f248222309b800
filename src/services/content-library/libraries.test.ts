import { describe, expect, it } from 'vitest'
import { directoryExists, filesBelow } from '#vsphere/datastore/files.js'
import { createLibraryLab, FILE, ITEM, LIBRARY, LOCAL } from './testing.js'

describe('local libraries', () => {
  it('are made, found, changed and deleted', async () => {
    const lab = createLibraryLab()
    const id = await lab.library({ description: 'discs' })
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(await lab.invoke(LIBRARY, 'get', { library_id: id })).toEqual({
      id,
      name: 'images',
      description: 'discs',
      type: 'LOCAL',
      version: '1',
      creation_time: '2026-01-01T00:00:00.000Z',
      last_modified_time: '2026-01-01T00:00:00.000Z',
      storage_backings: [{ type: 'DATASTORE', datastore_id: lab.datastore }],
      server_guid: lab.sandbox.services.identity.instanceUuid,
      optimization_info: { optimize_remote_publishing: false },
    })
    expect(directoryExists(lab.sandbox.inventory.read, lab.datastore, `contentlib-${id}`)).toBe(true)
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([id])
    expect(await lab.invoke(LIBRARY, 'find', { spec: { name: 'IMAGES' } })).toEqual([id])
    expect(await lab.invoke(LIBRARY, 'find', { spec: { type: 'SUBSCRIBED' } })).toEqual([])

    lab.sandbox.clock.advance(1000)
    await lab.invoke(LOCAL, 'update', { library_id: id, update_spec: { name: 'isos', version: '1' } })
    expect(await lab.invoke(LOCAL, 'get', { library_id: id })).toMatchObject({
      name: 'isos',
      description: 'discs',
      version: '2',
      last_modified_time: '2026-01-01T00:00:01.000Z',
    })
    const stale = { library_id: id, update_spec: { name: 'x', version: '1' } }
    expect((await lab.error(LOCAL, 'update', stale)).type).toBe('CONCURRENT_CHANGE')

    const before = lab.used()
    await lab.filled(id, 'one', { 'a.iso': 'x'.repeat(5000) })
    expect(lab.used()).toBe(before + 5000)
    await lab.invoke(LOCAL, 'delete', { library_id: id })
    expect(lab.used()).toBe(before)
    expect(directoryExists(lab.sandbox.inventory.read, lab.datastore, `contentlib-${id}`)).toBe(false)
    expect((await lab.error(LIBRARY, 'get', { library_id: id })).type).toBe('NOT_FOUND')
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([])
  })

  it('are made once per client token', async () => {
    const lab = createLibraryLab()
    const backing = { type: 'OTHER', storage_uri: 'nfs://nas/share' } as const
    const input = { client_token: 'abc', create_spec: { name: 'x', storage_backings: [backing] } }
    const id = await lab.invoke(LOCAL, 'create', input)
    expect(await lab.invoke(LOCAL, 'create', input)).toBe(id)
    expect(await lab.invoke(LOCAL, 'create', { ...input, client_token: 'other' })).not.toBe(id)
    await lab.invoke(LOCAL, 'delete', { library_id: id })
    expect(await lab.invoke(LOCAL, 'create', input)).not.toBe(id)
  })

  it.each([
    ['no name', { name: undefined }],
    ['a blank name', { name: '  ' }],
    ['a name of 81 characters', { name: 'x'.repeat(81) }],
    ['no storage', { storage_backings: [] }],
    [
      'a datastore that is not there',
      { storage_backings: [{ type: 'DATASTORE', datastore_id: 'datastore-404' }] },
    ],
    ['other storage without a place', { storage_backings: [{ type: 'OTHER' }] }],
    ['another type', { type: 'SUBSCRIBED' }],
    ['a password that is missing', { publish_info: { published: true, authentication_method: 'BASIC' } }],
  ])('are not made with %s', async (_what, changes) => {
    const lab = createLibraryLab()
    const storage_backings = [{ type: 'DATASTORE', datastore_id: lab.datastore }]
    const error = await lab.error(LOCAL, 'create', {
      create_spec: { name: 'x', storage_backings, ...changes },
    })
    expect(error.type).toBe('INVALID_ARGUMENT')
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([])
  })

  it('tell where they are published, never the password', async () => {
    const lab = createLibraryLab()
    const id = await lab.library({
      publish_info: { published: true, authentication_method: 'BASIC', password: 'secret' },
    })
    const { publish_info, version } = await lab.invoke(LOCAL, 'get', { library_id: id })
    expect(version).toBe('2')
    expect(publish_info).toEqual({
      authentication_method: 'BASIC',
      published: true,
      publish_url: `https://localhost:443/cls/vcsp/lib/${id}/lib.json`,
      user_name: 'vcsp',
      persist_json_enabled: false,
    })
  })

  it('keep where their files lie', async () => {
    const lab = createLibraryLab()
    const id = await lab.library()
    const storage_backings = [{ type: 'OTHER', storage_uri: 'nfs://nas/share' }]
    const input = { library_id: id, update_spec: { storage_backings } }
    expect((await lab.error(LOCAL, 'update', input)).messages[0]?.id).toBe(
      'com.vmware.vdcs.cls-main.field_fixed',
    )
  })
})

describe('library items', () => {
  it('are made, found, changed and deleted', async () => {
    const lab = createLibraryLab()
    const library = await lab.library()
    const id = await lab.filled(library, 'tool', { 'tool.iso': 'bytes', 'read me.txt': 'text' })
    expect(await lab.invoke(ITEM, 'get', { library_item_id: id })).toEqual({
      id,
      library_id: library,
      name: 'tool',
      description: '',
      type: 'iso',
      creation_time: '2026-01-01T00:00:00.000Z',
      last_modified_time: '2026-01-01T00:00:00.000Z',
      content_version: '2',
      metadata_version: '1',
      version: '1',
      cached: true,
      size: 9,
    })
    expect(await lab.invoke(ITEM, 'list', { library_id: library })).toEqual([id])
    for (const spec of [{ name: 'TOOL' }, { library_id: library }, { type: 'iso', cached: true }])
      expect(await lab.invoke(ITEM, 'find', { spec })).toEqual([id])
    expect(await lab.invoke(ITEM, 'find', { spec: { name: 'tool', type: 'ovf' } })).toEqual([])
    expect((await lab.error(ITEM, 'find', { spec: {} })).type).toBe('INVALID_ARGUMENT')
    expect(await lab.invoke(FILE, 'list', { library_item_id: id })).toMatchObject([
      { name: 'tool.iso', size: 5, version: '1', cached: true },
      { name: 'read me.txt', size: 4, version: '1', cached: true },
    ])
    await lab.invoke(ITEM, 'update', { library_item_id: id, update_spec: { description: 'new' } })
    expect(await lab.invoke(ITEM, 'get', { library_item_id: id })).toMatchObject({
      name: 'tool',
      description: 'new',
      metadata_version: '2',
      version: '2',
      content_version: '2',
    })
    await lab.invoke(ITEM, 'delete', { library_item_id: id })
    expect((await lab.error(ITEM, 'get', { library_item_id: id })).type).toBe('NOT_FOUND')
    expect(filesBelow(lab.sandbox.inventory.read, lab.datastore, `contentlib-${library}`)).toEqual([])
  })

  it('have names that are unique in their library', async () => {
    const lab = createLibraryLab()
    const library = await lab.library()
    const first = await lab.item(library, 'one')
    const again = { create_spec: { library_id: library, name: ' ONE ' } }
    expect((await lab.error(ITEM, 'create', again)).type).toBe('ALREADY_EXISTS')
    expect((await lab.error(ITEM, 'create', { create_spec: { name: 'x' } })).type).toBe('INVALID_ARGUMENT')
    const nowhere = { create_spec: { name: 'x', library_id: first } }
    expect((await lab.error(ITEM, 'create', nowhere)).type).toBe('NOT_FOUND')
    expect(await lab.item(await lab.library(), 'one')).not.toBe(first)
  })

  it('are copied with their files, which take space of their own', async () => {
    const lab = createLibraryLab()
    const library = await lab.library()
    const id = await lab.filled(library, 'one', { 'a.bin': 'x'.repeat(3000) })
    const before = lab.used()
    const copy = await lab.invoke(ITEM, 'copy', {
      source_library_item_id: id,
      destination_create_spec: { library_id: library, name: 'two' },
    })
    expect(lab.used()).toBe(before + 3000)
    const [[mine], [theirs]] = (await Promise.all(
      [copy, id].map((library_item_id) => lab.invoke(FILE, 'list', { library_item_id })),
    )) as [[object], [object]]
    expect(mine).toEqual(theirs)
    const taken = { source_library_item_id: id, destination_create_spec: { name: 'two' } }
    expect((await lab.error(ITEM, 'copy', taken)).type).toBe('INVALID_ARGUMENT')
  })
})
