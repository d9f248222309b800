import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '#app/fauxsphere.js'
import { labOf } from '#doors/docs/descriptions/lab.js'
import { descriptions } from '#doors/docs/descriptions.js'
import { worldOf } from '#doors/docs/world.js'
import { data } from '#vim25/data.js'
import { ROLE } from '#vsphere/authorization/roles.js'
import { type ContractServer, startServer } from './server.js'

/** What a caller without rights leaves behind all the same: what belongs to his own session, and his tasks. */
const HIS_OWN = new Set([
  'session',
  'sessionObject',
  'sessionIdleWatch',
  'serviceTicket',
  'cloneTicket',
  'Task',
  'taskWork',
  'taskRetirement',
])

/** Objects of a session, and what hosts make when it is asked for. */
const PASSING = /^(session\[|(ManagedMethodExecuter|DynamicTypeManager)-)/

/** The one waits until something changes, which nothing does here; the other is for who knows the old password, as the schema has it. */
const APART = new Set(['PropertyCollector.WaitForUpdates', 'HostLocalAccountManager.ChangePassword'])

/** Beside NoPermission: what is of another session is not there, and who is logged in cannot log in. */
const REFUSED: Readonly<Record<string, (told: Told) => boolean>> = {
  NoPermission: ({ object, privilegeId }) => object !== undefined && /^[A-Z]\w+\./.test(privilegeId ?? ''),
  ManagedObjectNotFound: ({ obj }) => obj?.value.startsWith('session[') ?? false,
  InvalidLogin: () => true,
}

let server: ContractServer
let fresh: Snapshot
let token = ''

beforeAll(async () => {
  server = await startServer()
  const login = await request(server.vc.app.server).post('/api/session').auth('reader@lab.local', 'x')
  token = login.body as string
  const permission = data('Permission', {
    principal: 'LAB.LOCAL\\reader',
    group: false,
    roleId: ROLE.readOnly,
    propagate: true,
  })
  const granted = await server.ask(
    'post',
    '/sdk/vim25/8.0.3.0/AuthorizationManager/AuthorizationManager/SetEntityPermissions',
    { entity: labOf(worldOf(server.vc.sandbox.inventory)).ref('Folder'), permission: [permission] },
  )
  expect(granted).toMatchObject({ status: 204 })
  fresh = server.vc.snapshot()
})
afterAll(() => server[Symbol.asyncDispose]())

/** Every stored object, but for what anybody may leave behind. */
function world(): ReadonlyMap<string, object> {
  const all = new Map<string, object>()
  for (const [id, { type, value }] of server.vc.sandbox.inventory.root.entities)
    if (!HIS_OWN.has(type) && !PASSING.test(id)) all.set(id, value)
  return all
}

/** Whether two states of an object are the same, but for lists of what happened lately. */
function same(before: object | undefined, after: object | undefined): boolean {
  return before === after || (before !== undefined && after !== undefined && text(before) === text(after))
}

const text = (value: object) =>
  JSON.stringify({ ...value, recentTask: undefined, latestEvent: undefined }, (_key, inside: unknown) =>
    typeof inside === 'bigint' ? `${inside}` : inside,
  )

/** The call of an example: where it goes, and what it says. */
function callOf(key: string) {
  const example = descriptions[key]?.example
  if (!example) throw new Error(`${key} has no example.`)
  const lab = labOf(worldOf(server.vc.sandbox.inventory))
  const { type, value } = example.on(lab)
  const url = `/sdk/vim25/8.0.3.0/${type}/${encodeURIComponent(value)}/${key.split('.')[1]}`
  return { url, body: example.body?.(lab) }
}

async function prepare(key: string, done = new Set<string>()): Promise<void> {
  for (const earlier of descriptions[key]?.example.first ?? []) {
    if (done.has(earlier)) continue
    await prepare(earlier, done)
    done.add(earlier)
    const { url, body } = callOf(earlier)
    const { status, text } = await server.ask('post', url, body)
    expect([200, 204], `${earlier}: ${text}`).toContain(status)
  }
}

interface Told {
  readonly _typeName?: string
  readonly object?: object
  readonly privilegeId?: string
  readonly obj?: { readonly value: string }
}

describe('a user who may only read changes nothing with', () => {
  for (const [key, { example }] of Object.entries(descriptions))
    if (example.stale === undefined && !APART.has(key))
      it(key, async () => {
        await server.vc.restore(fresh)
        await prepare(key)
        const before = world()
        const { url, body } = callOf(key)
        const answer = await request(server.vc.app.server)
          .post(url)
          .set('vmware-api-session-id', token)
          .send(body ?? {})
        const told = answer.body as Told
        if (answer.status >= 400) expect(REFUSED[told._typeName ?? '']?.(told), answer.text).toBe(true)
        const after = world()
        const all = [...new Set([...before.keys(), ...after.keys()])]
        expect(all.filter((id) => !same(before.get(id), after.get(id)))).toEqual([])
      })
})
