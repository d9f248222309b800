import Fastify from 'fastify'
import { buildSeed } from '#app/seed/build.js'
import { loadSeed } from '#app/seed/load.js'
import { viJsonDoor } from '#doors/vi-json/vi-json.js'
import { managedType } from '#vim25/schema.js'
import { createTestWorld, type TestWorld } from '#vsphere/core/testing.js'
import { families } from '#vsphere/families.js'

/** A world of a seed behind the VI JSON door, in one process; strict: what a method may not throw breaks the call. */
export interface DoorWorld extends TestWorld {
  /** Below `/sdk/vim25/8.0.3.0/`, logged in; the body is sent as it is when it is a text. */
  ask(verb: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; text: string }>
  /** Everything that the door shows of every object, one line per property; who asked when and how often left out. */
  everything(): Promise<string>
  login(): Promise<void>
  close(): Promise<void>
}

const RELEASE = '/sdk/vim25/8.0.3.0'

export async function createDoorWorld(seed = 'smp-ft-nested'): Promise<DoorWorld> {
  const world = createTestWorld({ families, seed: (ctx) => buildSeed(ctx, loadSeed(seed)) })
  const app = Fastify({ bodyLimit: 16 * 2 ** 20 })
  viJsonDoor(app as never, world.sandbox)
  let token = ''
  const ask: DoorWorld['ask'] = async (verb, path, body) => {
    const answer = await app.inject({
      method: verb,
      url: `${RELEASE}/${path}`,
      headers: { 'vmware-api-session-id': token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const fresh = answer.headers['vmware-api-session-id']
    if (typeof fresh === 'string') token = fresh
    return { status: answer.statusCode, text: answer.body }
  }
  const login = async () => {
    const account = { userName: 'administrator@vsphere.local', password: 'VMware1!' }
    const { status, text } = await ask('POST', 'SessionManager/SessionManager/Login', account)
    if (status !== 200) throw new Error(`Login was answered ${status}: ${text}`)
  }
  await login()
  return Object.assign(world, {
    ask,
    login,
    async everything() {
      const lines: string[] = []
      for (const { id, type, ref } of world.sandbox.inventory.root.entities.values())
        for (const name of ref ? (managedType(type)?.byName.keys() ?? []) : []) {
          if (type === 'SessionManager' && name.toLowerCase().includes('session')) continue
          const { status, text } = await ask('GET', `${type}/${encodeURIComponent(id)}/${name}`)
          lines.push(`${type} ${id} ${name} ${status} ${text}`)
        }
      return lines.sort().join('\n')
    },
    close: () => app.close(),
  })
}
