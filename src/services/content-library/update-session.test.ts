import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { filesBelow, putFile } from '#vsphere/datastore/files.js'
import { receive } from './receive.js'
import { createLibraryLab, FILE, ITEM, UPDATE, UPDATE_FILE } from './testing.js'
import { transferAt } from './urls.js'

const CLS = 'com.vmware.vdcs.cls-main'
const HOUR = 60 * 60 * 1000

async function withSession() {
  const lab = createLibraryLab()
  const library = await lab.library()
  const item = await lab.item(library)
  const session = await lab.session(item)
  const get = () => lab.invoke(UPDATE, 'get', { update_session_id: session })
  const files = () => lab.invoke(UPDATE_FILE, 'list', { update_session_id: session })
  const complete = { update_session_id: session }
  return { lab, library, item, session, get, files, complete }
}

describe('update sessions', () => {
  it('are active until they expire, unless they are kept alive', async () => {
    const { lab, item, session, get } = await withSession()
    expect(await get()).toMatchObject({
      library_item_id: item,
      library_item_content_version: '1',
      state: 'ACTIVE',
      client_progress: 0,
      expiration_time: '2026-01-01T01:00:00.000Z',
    })
    const busy = await lab.error(UPDATE, 'create', { create_spec: { library_item_id: item } })
    expect([busy.type, busy.messages[0]?.args]).toEqual(['RESOURCE_BUSY', [item, session]])
    await lab.send(session, 'a.bin', 'bytes')
    lab.sandbox.clock.advance(HOUR - 1000)
    await lab.invoke(UPDATE, 'keep_alive', { update_session_id: session, client_progress: 40 })
    lab.sandbox.clock.advance(HOUR - 1000)
    expect(await get()).toMatchObject({ client_progress: 40, expiration_time: '2026-01-01T01:59:59.000Z' })
    const before = lab.used()
    lab.sandbox.clock.advance(2000)
    expect((await lab.error(UPDATE, 'get', { update_session_id: session })).messages[0]?.id).toBe(
      `${CLS}.update_session_not_found`,
    )
    expect(lab.used()).toBe(before - 5)
    expect(await lab.invoke(UPDATE, 'list', {})).toEqual([])
    expect(await lab.session(item)).not.toBe(session)
  })

  it('stay while bytes are coming', async () => {
    const { lab, session, get, files } = await withSession()
    const file_spec = { name: 'slow.bin', source_type: 'PUSH' } as const
    const added = await lab.invoke(UPDATE_FILE, 'add', { update_session_id: session, file_spec })
    const { transfer = '', file = '' } = transferAt(added.upload_endpoint?.uri ?? '') ?? {}
    const slow = async function* () {
      yield Buffer.from('first')
      expect(await files()).toMatchObject([{ status: 'TRANSFERRING', bytes_transferred: 5 }])
      expect(await receive(lab.sandbox, transfer, file, slow())).toBe('busy')
      lab.sandbox.clock.advance(3 * HOUR)
      yield Buffer.from('last')
    }
    expect(await receive(lab.sandbox, transfer, file, slow())).toBe('received')
    expect(await files()).toMatchObject([{ status: 'READY', bytes_transferred: 9 }])
    expect((await get()).expiration_time).toBe('2026-01-01T04:00:00.000Z')
  })

  it('change their item only when they complete', async () => {
    const { lab, item, session, complete } = await withSession()
    await lab.send(session, 'a.bin', 'bytes')
    expect(await lab.invoke(FILE, 'list', { library_item_id: item })).toEqual([])
    await lab.invoke(UPDATE, 'complete', complete)
    expect(await lab.invoke(FILE, 'list', { library_item_id: item })).toHaveLength(1)
    expect((await lab.error(UPDATE, 'complete', complete)).messages[0]).toMatchObject({
      id: `${CLS}.session_not_active`,
      args: [session, 'DONE'],
    })
    await lab.invoke(UPDATE, 'delete', { update_session_id: session })
    expect((await lab.error(UPDATE, 'get', complete)).type).toBe('NOT_FOUND')

    const second = await lab.session(item)
    await lab.send(second, 'a.bin', 'other bytes')
    await lab.send(second, 'b.bin', 'more')
    await lab.invoke(UPDATE, 'complete', { update_session_id: second })
    expect(await lab.invoke(FILE, 'list', { library_item_id: item })).toMatchObject([
      { name: 'a.bin', size: 11, version: '2' },
      { name: 'b.bin', size: 4, version: '1' },
    ])
    const third = await lab.session(item)
    await lab.invoke(UPDATE_FILE, 'remove', { update_session_id: third, file_name: 'a.bin' })
    expect(await lab.invoke(FILE, 'list', { library_item_id: item })).toHaveLength(2)
    await lab.invoke(UPDATE, 'complete', { update_session_id: third })
    expect(await lab.invoke(ITEM, 'get', { library_item_id: item })).toMatchObject({
      content_version: '4',
      size: 4,
    })
  })

  it('complete with nothing missing (recorded)', async () => {
    const { lab, session, complete, item } = await withSession()
    const file_spec = { name: 'late.ova', source_type: 'PUSH' } as const
    await lab.invoke(UPDATE_FILE, 'add', { update_session_id: session, file_spec })
    const error = await lab.error(UPDATE, 'complete', complete)
    expect(error.type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    expect(error.messages).toEqual([
      {
        args: ['late.ova', 'WAITING'],
        default_message:
          'File late.ova has transfer errors or has not been fully received yet (status: WAITING).',
        id: `${CLS}.update_session_file_not_received`,
      },
    ])
    expect((await lab.invoke(ITEM, 'get', { library_item_id: item })).content_version).toBe('1')
  })

  it('can be canceled and failed, which leaves the item as it was', async () => {
    for (const end of ['cancel', 'fail'] as const) {
      const { lab, session, item, get } = await withSession()
      const before = lab.used()
      await lab.send(session, 'a.bin', 'bytes')
      expect((await lab.error(UPDATE, 'delete', { update_session_id: session })).type).toBe(
        'NOT_ALLOWED_IN_CURRENT_STATE',
      )
      if (end === 'cancel') await lab.invoke(UPDATE, end, { update_session_id: session })
      else await lab.invoke(UPDATE, end, { update_session_id: session, client_error_message: 'no luck' })
      expect(lab.used()).toBe(before)
      expect(await get()).toMatchObject(
        end === 'cancel'
          ? { state: 'CANCELED' }
          : { state: 'ERROR', error_message: { args: ['no luck'], id: `${CLS}.client_error` } },
      )
      expect((await lab.invoke(ITEM, 'get', { library_item_id: item })).content_version).toBe('1')
      expect((await lab.error(UPDATE, 'keep_alive', { update_session_id: session })).type).toBe(
        'NOT_ALLOWED_IN_CURRENT_STATE',
      )
    }
  })

  it('tell what an OVF package lacks', async () => {
    const { lab, session, complete, item } = await withSession()
    const ovf =
      '<Envelope xmlns:ovf="x"><References><File ovf:href="disk-0.vmdk" ovf:id="f"/><ovf:File ovf:href="a &amp; b.nvram"/></References></Envelope>'
    await lab.send(session, 'vm.ovf', ovf)
    const sha = createHash('sha256').update('other').digest('hex')
    await lab.send(session, 'vm.mf', `SHA256(vm.ovf)= ${sha}\nSHA256(gone.txt)= ${sha}\n`)
    expect(await lab.invoke(UPDATE_FILE, 'validate', { update_session_id: session })).toEqual({
      has_errors: true,
      missing_files: ['disk-0.vmdk', 'a & b.nvram'],
      invalid_files: [
        {
          name: 'vm.ovf',
          error_message: {
            args: ['vm.ovf', 'SHA256', 'vm.mf'],
            default_message: 'File vm.ovf does not fit the SHA256 checksum in the manifest vm.mf.',
            id: `${CLS}.manifest_mismatch`,
          },
        },
      ],
    })
    expect((await lab.error(UPDATE, 'complete', complete)).messages[0]?.args[0]).toBe('disk-0.vmdk')
    await lab.send(session, 'disk-0.vmdk', 'disk')
    await lab.send(session, 'a & b.nvram', 'nvram')
    await lab.invoke(UPDATE_FILE, 'remove', { update_session_id: session, file_name: 'vm.mf' })
    expect(await lab.invoke(UPDATE_FILE, 'validate', { update_session_id: session })).toMatchObject({
      has_errors: false,
    })
    await lab.invoke(UPDATE, 'complete', complete)
    expect((await lab.invoke(ITEM, 'get', { library_item_id: item })).type).toBe('ovf')
  })

  it('fetch files from datastores and from this server, and nothing from elsewhere', async () => {
    const { lab, session, files, complete, item } = await withSession()
    lab.act((ctx) =>
      putFile(ctx.tx, lab.datastore, 'iso/zero.iso', { type: 'iso', size: 2000, modified: ctx.time }),
    )
    const { url } = lab.sandbox.inventory.read.get('Datastore', lab.datastore).summary
    const pull = (name: string, uri: string, more: object = {}) =>
      lab.invoke(UPDATE_FILE, 'add', {
        update_session_id: session,
        file_spec: { name, source_type: 'PULL', source_endpoint: { uri }, ...more },
      })
    expect(await pull('one.iso', `${url}iso/zero.iso`)).toMatchObject({ status: 'READY', size: 2000 })
    const checksum = createHash('md5').update(Buffer.alloc(2000)).digest('hex')
    const right = { checksum_info: { algorithm: 'MD5', checksum } }
    expect(
      await pull('two.iso', 'https://localhost:443/folder/iso/zero.iso?dsName=nfs', right),
    ).toMatchObject({
      status: 'READY',
    })
    const wrong = { checksum_info: { algorithm: 'MD5', checksum: '00' } }
    expect(await pull('three.iso', `${url}iso/zero.iso`, wrong)).toMatchObject({
      status: 'ERROR',
      error_message: { id: `${CLS}.file_checksum_mismatch` },
    })
    expect(await pull('four.iso', `${url}iso/none.iso`)).toMatchObject({
      status: 'ERROR',
      error_message: { id: `${CLS}.file_source_not_found` },
    })
    expect(await pull('five.ova', 'https://example.com/five.ova')).toMatchObject({
      status: 'ERROR',
      error_message: { id: `${CLS}.http_request_error` },
    })
    expect((await lab.error(UPDATE, 'complete', complete)).messages[0]?.args).toEqual(['three.iso', 'ERROR'])
    for (const { name, status } of await files())
      if (status === 'ERROR')
        await lab.invoke(UPDATE_FILE, 'remove', { update_session_id: session, file_name: name })
    await lab.invoke(UPDATE, 'complete', complete)
    expect((await lab.invoke(ITEM, 'get', { library_item_id: item })).size).toBe(4000)
  })

  it('refuse files that the storage cannot hold', async () => {
    const { lab, library, session, files } = await withSession()
    const { capacity, freeSpace } = lab.sandbox.inventory.read.get('Datastore', lab.datastore).summary
    lab.act((ctx) => putFile(ctx.tx, lab.datastore, 'full', { type: 'other', size: Number(freeSpace) - 3 }))
    await lab.send(session, 'four.bin', 'four')
    expect(await files()).toMatchObject([
      { status: 'ERROR', bytes_transferred: 0, error_message: { id: `${CLS}.file_storage_full` } },
    ])
    expect(filesBelow(lab.sandbox.inventory.read, lab.datastore, `contentlib-${library}`)).toEqual([])
    expect(lab.used()).toBe(Number(capacity) - 3)
  })

  it('take files with proper names, once', async () => {
    const { lab, session } = await withSession()
    const add = (file_spec: object) =>
      lab.error(UPDATE_FILE, 'add', {
        update_session_id: session,
        file_spec: { source_type: 'PUSH', ...file_spec },
      })
    for (const name of ['', '..', 'a/b', 'x'.repeat(256)])
      expect((await add({ name })).type).toBe('INVALID_ARGUMENT')
    expect((await add({ name: 'a', source_type: 'PULL' })).type).toBe('INVALID_ARGUMENT')
    await lab.send(session, 'a', 'bytes')
    expect((await add({ name: 'a' })).messages[0]?.id).toBe(`${CLS}.file_exists_in_session`)
    const unknown = { update_session_id: session, file_name: 'b' }
    expect((await lab.error(UPDATE_FILE, 'get', unknown)).type).toBe('INVALID_ARGUMENT')
    expect((await lab.error(UPDATE_FILE, 'remove', unknown)).type).toBe('INVALID_ARGUMENT')
  })
})
