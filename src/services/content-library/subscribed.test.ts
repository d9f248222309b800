import { describe, expect, it } from 'vitest'
import { putFile } from '#vsphere/datastore/files.js'
import {
  createLibraryLab,
  DOWNLOAD,
  DOWNLOAD_FILE,
  FILE,
  ITEM,
  LIBRARY,
  LOCAL,
  SUBSCRIBED,
  UPDATE,
} from './testing.js'

const SUBSCRIBED_ITEM = 'com.vmware.content.library.subscribed_item'
const SUBSCRIPTIONS = 'com.vmware.content.library.subscriptions'
const STORAGE = 'com.vmware.content.library.item.storage'
const DAY = 24 * 60 * 60 * 1000

async function published() {
  const lab = createLibraryLab()
  const source = await lab.library({ publish_info: { published: true, authentication_method: 'NONE' } })
  const item = await lab.filled(source, 'one', { 'a.iso': 'x'.repeat(3000) })
  const url = `https://vc.lab:443/cls/vcsp/lib/${source}/lib.json`
  const storage_backings = [{ type: 'DATASTORE', datastore_id: lab.datastore } as const]
  const subscribe = (info: object = {}) =>
    lab.invoke(SUBSCRIBED, 'create', {
      create_spec: {
        name: 'copy',
        storage_backings,
        subscription_info: {
          subscription_url: url,
          on_demand: false,
          automatic_sync_enabled: false,
          ...info,
        },
      },
    })
  const items = async (library_id: string) => {
    const ids = await lab.invoke(ITEM, 'list', { library_id })
    return Promise.all(ids.map((library_item_id) => lab.invoke(ITEM, 'get', { library_item_id })))
  }
  return { lab, source, item, url, storage_backings, subscribe, items }
}

describe('subscribed libraries', () => {
  it('follow their publisher, bytes and all', async () => {
    const { lab, source, item, url, subscribe, items } = await published()
    const before = lab.used()
    const id = await subscribe()
    expect(await lab.invoke(SUBSCRIBED, 'get', { library_id: id })).toMatchObject({
      type: 'SUBSCRIBED',
      last_sync_time: '2026-01-01T00:00:00.000Z',
      subscription_info: { subscription_url: url, authentication_method: 'NONE', on_demand: false },
    })
    expect(await items(id)).toMatchObject([
      { name: 'one', type: 'iso', source_id: item, cached: true, size: 3000, content_version: '2' },
    ])
    expect(lab.used()).toBe(before + 3000)

    await lab.invoke(ITEM, 'update', { library_item_id: item, update_spec: { name: 'uno' } })
    await lab.filled(source, 'one', { 'b.txt': 'text' })
    await lab.invoke(SUBSCRIBED, 'sync', { library_id: id })
    expect((await items(id)).map(({ name }) => name)).toEqual(['uno', 'one'])
    await lab.invoke(ITEM, 'delete', { library_item_id: item })
    await lab.invoke(SUBSCRIBED, 'sync', { library_id: id })
    expect((await items(id)).map(({ name }) => name)).toEqual(['one'])
    expect(lab.used()).toBe(before - 3000 + 2 * 4)
    await lab.invoke(SUBSCRIBED, 'delete', { library_id: id })
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([source])
  })

  it('fetch bytes on demand, and let go of them', async () => {
    const { lab, subscribe, items } = await published()
    const before = lab.used()
    const id = await subscribe({ on_demand: true })
    const [mine] = await items(id)
    const library_item_id = mine?.id ?? ''
    expect(mine).toMatchObject({ cached: false, size: 0 })
    expect(await lab.invoke(FILE, 'list', { library_item_id })).toMatchObject([{ size: 3000, cached: false }])
    expect(await lab.invoke(STORAGE, 'list', { library_item_id })).toMatchObject([{ storage_uris: [] }])
    expect(lab.used()).toBe(before)

    const session = await lab.invoke(DOWNLOAD, 'create', { create_spec: { library_item_id } })
    const file = { download_session_id: session, file_name: 'a.iso' }
    expect(await lab.invoke(DOWNLOAD_FILE, 'prepare', { ...file, endpoint_type: 'DIRECT' })).toMatchObject({
      status: 'PREPARED',
      download_endpoint: { uri: expect.stringMatching(`^ds:///vmfs/volumes/.*/contentlib-${id}/`) },
    })
    expect(lab.used()).toBe(before + 3000)
    await lab.invoke(SUBSCRIBED_ITEM, 'evict', { library_item_id })
    expect(lab.used()).toBe(before)
    await lab.invoke(SUBSCRIBED_ITEM, 'sync', { library_item_id, force_sync_content: true })
    expect(lab.used()).toBe(before + 3000)
    await lab.invoke(SUBSCRIBED, 'evict', { library_id: id })
    expect(lab.used()).toBe(before)
  })

  it('are changed by their publisher alone', async () => {
    const { lab, source, subscribe, items } = await published()
    const id = await subscribe()
    const [mine] = await items(id)
    const library_item_id = mine?.id ?? ''
    const refused = [
      [ITEM, 'create', { create_spec: { library_id: id, name: 'x' } }],
      [ITEM, 'delete', { library_item_id }],
      [ITEM, 'update', { library_item_id, update_spec: { name: 'x' } }],
      [UPDATE, 'create', { create_spec: { library_item_id } }],
      [LOCAL, 'get', { library_id: id }],
      [SUBSCRIBED, 'get', { library_id: source }],
      [SUBSCRIBED, 'sync', { library_id: source }],
    ] as const
    for (const [service, operation, input] of refused)
      expect((await lab.error(service, operation, input)).type).toBe('INVALID_ELEMENT_TYPE')
    expect((await lab.error(SUBSCRIBED, 'evict', { library_id: id })).type).toBe(
      'NOT_ALLOWED_IN_CURRENT_STATE',
    )
    expect((await lab.error(SUBSCRIBED_ITEM, 'evict', { library_item_id })).type).toBe(
      'INVALID_ELEMENT_CONFIGURATION',
    )
  })

  it('sync by themselves once a day if they are to', async () => {
    const { lab, source, subscribe, items } = await published()
    const id = await subscribe({ automatic_sync_enabled: true })
    await lab.filled(source, 'two', { 'b.txt': 'text' })
    expect(await items(id)).toHaveLength(1)
    lab.sandbox.clock.advance(DAY)
    expect(await items(id)).toHaveLength(2)
    await lab.filled(source, 'three', { 'b.txt': 'text' })
    lab.sandbox.clock.advance(DAY)
    expect(await items(id)).toHaveLength(3)
    const update_spec = { subscription_info: { automatic_sync_enabled: false } }
    await lab.invoke(SUBSCRIBED, 'update', { library_id: id, update_spec })
    await lab.filled(source, 'four', { 'b.txt': 'text' })
    lab.sandbox.clock.advance(2 * DAY)
    expect(await items(id)).toHaveLength(3)
  })

  it('keep on demand what their storage cannot hold', async () => {
    const { lab, subscribe, items } = await published()
    const { freeSpace } = lab.sandbox.inventory.read.get('Datastore', lab.datastore).summary
    lab.act((ctx) => putFile(ctx.tx, lab.datastore, 'full', { type: 'other', size: Number(freeSpace) - 10 }))
    const id = await subscribe()
    expect(await items(id)).toMatchObject([{ name: 'one', cached: false, size: 0 }])
  })

  it('are told apart by what is behind an address (recorded)', async () => {
    const { lab, source, url } = await published()
    const probe = async (info: object) => {
      const subscription_info = { subscription_url: url, ...info }
      const { status, error_messages } = await lab.invoke(SUBSCRIBED, 'probe', { subscription_info })
      return [status, ...error_messages.map(({ id }) => id.replace('com.vmware.vdcs.cls-main.', ''))]
    }
    expect(await probe({})).toEqual(['SUCCESS'])
    expect(await probe({ subscription_url: 'nonsense' })).toEqual(['INVALID_URL', 'invalid_url_format'])
    expect(await probe({ subscription_url: 'ftp://x/lib.json' })).toEqual([
      'INVALID_URL',
      'file_probe_unsupported_uri_scheme',
    ])
    expect(await probe({ subscription_url: 'https://wp.example/lib.json' })).toEqual([
      'HOST_NOT_FOUND',
      'http_request_error',
    ])
    const publish_info = { authentication_method: 'BASIC', password: 'secret' } as const
    await lab.invoke(LOCAL, 'update', { library_id: source, update_spec: { publish_info } })
    expect(await probe({})).toEqual(['INVALID_CREDENTIALS', 'invalid_credentials'])
    expect(await probe({ user_name: 'vcsp', password: 'secret' })).toEqual(['SUCCESS'])
    await lab.invoke(LOCAL, 'delete', { library_id: source })
    expect(await probe({})).toEqual(['RESOURCE_NOT_FOUND', 'no_source_library'])
  })

  it('are not made for what cannot be reached', async () => {
    const { lab, source, storage_backings, url } = await published()
    const create = (subscription_info: object) =>
      lab.error(SUBSCRIBED, 'create', { create_spec: { name: 'x', storage_backings, subscription_info } })
    const fine = { subscription_url: url, on_demand: true, automatic_sync_enabled: false }
    expect((await create({ ...fine, subscription_url: 'https://wp.example/lib.json' })).type).toBe(
      'RESOURCE_INACCESSIBLE',
    )
    expect((await create({ ...fine, subscription_url: 'nonsense' })).type).toBe('INVALID_ARGUMENT')
    expect((await create({ ...fine, on_demand: undefined })).type).toBe('INVALID_ARGUMENT')
    expect(await lab.invoke(LIBRARY, 'list', {})).toEqual([source])
  })
})

describe('subscriptions', () => {
  it('push a library to those who subscribe', async () => {
    const { lab, source, item, storage_backings, subscribe, items } = await published()
    const existing = await subscribe()
    const create = (subscribed_library: object) => ({
      library: source,
      spec: { subscribed_library: { location: 'LOCAL', ...subscribed_library } },
    })
    const use = create({ target: 'USE_EXISTING', subscribed_library: existing })
    const first = await lab.invoke(SUBSCRIPTIONS, 'create', use as never)
    expect((await lab.error(SUBSCRIPTIONS, 'create', use)).type).toBe('ALREADY_EXISTS')
    const second = await lab.invoke(
      SUBSCRIPTIONS,
      'create',
      create({
        target: 'CREATE_NEW',
        new_subscribed_library: {
          name: 'new',
          storage_backings,
          automatic_sync_enabled: false,
          on_demand: false,
        },
        placement: { folder: lab.vmFolder },
      }) as never,
    )
    const listed = await lab.invoke(SUBSCRIPTIONS, 'list', { library: source })
    expect(listed).toMatchObject([
      { subscription: first, subscribed_library: existing, subscribed_library_name: 'copy' },
      { subscription: second, subscribed_library_name: 'new' },
    ])
    const made = listed[1]?.subscribed_library ?? ''
    expect(await items(made)).toHaveLength(1)

    await lab.filled(source, 'two', { 'b.txt': 'text' })
    await lab.invoke(LOCAL, 'publish', { library_id: source, subscriptions: [{ subscription: first }] })
    expect([(await items(existing)).length, (await items(made)).length]).toEqual([2, 1])
    await lab.invoke(ITEM, 'publish', { library_item_id: item, force_sync_content: true })
    expect(await items(made)).toHaveLength(2)

    const of = { library: source, subscription: second }
    await lab.invoke(SUBSCRIPTIONS, 'update', {
      ...of,
      spec: { subscribed_library_placement: { cluster: lab.cluster } },
    })
    expect(await lab.invoke(SUBSCRIPTIONS, 'get', of)).toEqual({
      subscribed_library: made,
      subscribed_library_name: 'new',
      subscribed_library_location: 'LOCAL',
      subscribed_library_placement: { folder: lab.vmFolder, cluster: lab.cluster },
    })
    await lab.invoke(SUBSCRIPTIONS, 'delete', of)
    expect((await lab.error(SUBSCRIPTIONS, 'get', of)).type).toBe('NOT_FOUND')
    expect(await lab.invoke(LIBRARY, 'find', { spec: { name: 'new' } })).toEqual([made])
  })

  it('belong to published libraries of this server', async () => {
    const lab = createLibraryLab()
    const library = await lab.library()
    expect((await lab.error(SUBSCRIPTIONS, 'list', { library })).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect((await lab.error(LOCAL, 'publish', { library_id: library })).type).toBe(
      'NOT_ALLOWED_IN_CURRENT_STATE',
    )
    const { source, lab: other } = await published()
    const remote = {
      library: source,
      spec: {
        subscribed_library: {
          target: 'USE_EXISTING',
          subscribed_library: source,
          location: 'REMOTE',
          vcenter: { hostname: 'other.lab' },
        },
      },
    }
    expect((await other.error(SUBSCRIPTIONS, 'create', remote)).type).toBe('RESOURCE_INACCESSIBLE')
  })
})
