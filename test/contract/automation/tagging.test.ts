import { describe, expect, it } from 'vitest'
import { moRef } from '#inventory/entity.js'
import { data } from '#vim25/data.js'
import { ROLE } from '#vsphere/authorization/roles.js'
import { startAutomation } from './server.js'

const ROOT = 'group-d1'

describe('tagging over every door', () => {
  it('is wrapped over /rest, plain over /api and tagged over JSON-RPC', async () => {
    await using server = await startAutomation()
    const token = await server.login()
    const rest = async (url: string, body: unknown) => {
      const { status, text } = await server.ask('post', `/rest/com/vmware/cis/tagging/${url}`, token, body)
      return { status, body: text === '' ? undefined : (JSON.parse(text) as { value: unknown }) }
    }
    const create_spec = { name: 'Owner', description: '', cardinality: 'SINGLE', associable_types: [] }
    const made = await rest('category', { create_spec })
    expect(made.status).toBe(200)
    const category = String(made.body?.value)
    expect(await rest('category', { create_spec })).toEqual({
      status: 400,
      body: {
        type: 'com.vmware.vapi.std.errors.already_exists',
        value: {
          error_type: 'ALREADY_EXISTS',
          messages: [
            {
              args: ['Category', 'Owner'],
              default_message: 'Category Owner already exists',
              id: 'cis.tagging.alreadyExists.error',
            },
          ],
        },
      },
    })
    const tag = await server.ask('post', '/api/cis/tagging/tag', token, {
      name: 'me',
      description: '',
      category_id: category,
    })
    expect(tag.status).toBe(201)
    const tagId = JSON.parse(tag.text) as string
    const object_id = { type: 'Folder', id: 'group-d1' }
    const attach = `tag-association/id:${tagId}`
    expect(await rest(`${attach}?~action=attach`, { object_id })).toEqual({ status: 200, body: undefined })
    expect((await rest(`${attach}?~action=list-attached-objects`, undefined)).body).toEqual({
      value: [object_id],
    })
    expect(await server.call('com.vmware.cis.tagging.tag', 'list', token)).toEqual({ output: [tagId] })
    expect((await server.ask('delete', `/api/cis/tagging/category/${category}`, token)).status).toBe(204)
    expect(await server.call('com.vmware.cis.tagging.tag', 'list', token)).toEqual({ output: [] })
  })

  it('lets those who may only read look, and nobody else do anything', async () => {
    await using server = await startAutomation()
    const login = async (name: string) => {
      const answer = await server.vc.app.inject({
        method: 'POST',
        url: '/api/session',
        headers: {
          authorization: `Basic ${Buffer.from(`${name}@vsphere.local:VMware1!`).toString('base64')}`,
        },
      })
      return answer.json<string>()
    }
    const admin = await login('administrator')
    const readers = await Promise.all(['jo', 'eve'].map(login))
    const [jo, eve] = readers
    const spec = { name: 'Owner', description: '', cardinality: 'SINGLE', associable_types: [] }
    const made = await server.ask('post', '/api/cis/tagging/category', admin, spec)
    const category = JSON.parse(made.text) as string
    const grant = (principal: string, roleId: number) =>
      data('Permission', { entity: moRef('Folder', ROOT), principal, group: false, roleId, propagate: true })
    server.vc.sandbox.transact({}, ({ tx }) =>
      tx.set('Folder', ROOT, {
        permission: [
          grant('VSPHERE.LOCAL\\Administrator', ROLE.admin),
          grant('VSPHERE.LOCAL\\jo', ROLE.readOnly),
        ],
      }),
    )
    const url = `/api/cis/tagging/category/${category}`
    expect((await server.ask('get', url, jo)).status).toBe(200)
    expect((await server.ask('delete', url, jo)).status).toBe(403)
    expect((await server.ask('get', url, eve)).status).toBe(403)
    expect((await server.ask('get', '/api/cis/tagging/category', eve)).text).toBe('[]')
    expect((await server.ask('delete', url, admin)).status).toBe(204)
  })

  it('keeps 10,000 associations and lets go of them within seconds', async () => {
    await using server = await startAutomation()
    const token = await server.login()
    const post = (url: string, body: unknown) => server.ask('post', `/api/cis/tagging/${url}`, token, body)
    const spec = { name: 'Many', description: '', cardinality: 'MULTIPLE', associable_types: [] }
    const category_id = JSON.parse((await post('category', spec)).text) as string
    const tags = await Promise.all(
      Array.from({ length: 1000 }, async (_, n) => {
        const made = await post('tag', { name: `t${n}`, description: '', category_id })
        return JSON.parse(made.text) as string
      }),
    )
    const { read } = server.vc.sandbox.inventory
    const objects = [...read.ids('ManagedEntity')].slice(0, 10).map((id) => ({ type: read.ref(id).type, id }))
    for (const object_id of objects) {
      const answer = await post('tag-association?action=attach-multiple-tags-to-object', {
        object_id,
        tag_ids: tags,
      })
      expect(JSON.parse(answer.text)).toEqual({ success: true, error_messages: [] })
    }
    const listed = await post('tag-association?action=list-attached-tags-on-objects', { object_ids: objects })
    const found = JSON.parse(listed.text) as { tag_ids: string[] }[]
    expect(found.map(({ tag_ids }) => tag_ids.length)).toEqual(objects.map(() => 1000))
    await server.ask('delete', `/api/cis/tagging/category/${category_id}`, token)
    expect(JSON.parse((await server.ask('get', '/api/cis/tagging/tag', token)).text)).toEqual([])
  })
})
