import { describe, expect, it } from 'vitest'
import { createLibraryLab, DOWNLOAD, DOWNLOAD_FILE, UPDATE } from './testing.js'

async function withDownload(pace = 0) {
  const lab = createLibraryLab()
  const library = await lab.library()
  const item = await lab.filled(library, 'one', { 'a.txt': 'text', 'b.txt': 'more text' })
  Object.assign(lab.sandbox.services, { pace })
  const download_session_id = await lab.invoke(DOWNLOAD, 'create', { create_spec: { library_item_id: item } })
  return { lab, item, download_session_id }
}

describe('download sessions', () => {
  it('prepare files, which takes its time', async () => {
    const { lab, download_session_id } = await withDownload(1)
    const file = { download_session_id, file_name: 'b.txt' }
    expect(await lab.invoke(DOWNLOAD_FILE, 'prepare', file)).toEqual({
      name: 'b.txt',
      size: 9,
      status: 'PREPARE_REQUESTED',
      bytes_transferred: 0,
      checksum_info: { algorithm: 'SHA1', checksum: expect.stringMatching(/^[0-9a-f]{40}$/) },
    })
    lab.sandbox.clock.advance(1000)
    const ready = await lab.invoke(DOWNLOAD_FILE, 'get', file)
    expect(ready).toMatchObject({ status: 'PREPARED', bytes_transferred: 9 })
    expect(ready.download_endpoint?.uri).toMatch(
      /^https:\/\/localhost:443\/cls\/data\/[0-9a-f-]{36}\/b\.txt$/,
    )
    expect(await lab.invoke(DOWNLOAD_FILE, 'list', { download_session_id })).toMatchObject([
      { name: 'a.txt', status: 'UNPREPARED' },
      { name: 'b.txt', status: 'PREPARED' },
    ])
    const unknown = { download_session_id, file_name: 'c.txt' }
    for (const operation of ['get', 'prepare'])
      expect((await lab.error(DOWNLOAD_FILE, operation, unknown)).type).toBe('INVALID_ARGUMENT')
  })

  it('keep giving what they began with', async () => {
    const { lab, item, download_session_id } = await withDownload()
    const session = await lab.session(item)
    await lab.send(session, 'a.txt', 'something else')
    await lab.invoke(UPDATE, 'complete', { update_session_id: session })
    const file = { download_session_id, file_name: 'a.txt' }
    expect(await lab.invoke(DOWNLOAD_FILE, 'prepare', file)).toMatchObject({ size: 4, status: 'PREPARED' })
  })

  it('end by cancel, by fail, by delete, or by themselves', async () => {
    const { lab, item, download_session_id } = await withDownload()
    const create = () => lab.invoke(DOWNLOAD, 'create', { create_spec: { library_item_id: item } })
    const id = { download_session_id }
    expect(await lab.invoke(DOWNLOAD, 'get', id)).toMatchObject({
      state: 'ACTIVE',
      library_item_content_version: '2',
      expiration_time: '2026-01-01T01:00:00.000Z',
    })
    await lab.invoke(DOWNLOAD, 'keep_alive', { ...id, progress: 7 })
    expect((await lab.invoke(DOWNLOAD, 'get', id)).client_progress).toBe(7)
    await lab.invoke(DOWNLOAD, 'cancel', id)
    expect((await lab.invoke(DOWNLOAD, 'get', id)).state).toBe('CANCELED')
    expect((await lab.error(DOWNLOAD, 'keep_alive', id)).type).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
    const second = await create()
    await lab.invoke(DOWNLOAD, 'fail', { download_session_id: second, client_error_message: 'lost' })
    expect(await lab.invoke(DOWNLOAD, 'get', { download_session_id: second })).toMatchObject({
      state: 'ERROR',
      error_message: { args: ['lost'] },
    })
    expect(await lab.invoke(DOWNLOAD, 'list', { library_item_id: item })).toEqual([
      download_session_id,
      second,
    ])
    await lab.invoke(DOWNLOAD, 'delete', id)
    expect((await lab.error(DOWNLOAD, 'get', id)).type).toBe('NOT_FOUND')
    lab.sandbox.clock.advance(60 * 60 * 1000)
    expect(await lab.invoke(DOWNLOAD, 'list', {})).toEqual([])
  })
})
