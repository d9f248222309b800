import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, { type InjectOptions } from 'fastify'
import { sessions } from '#vsphere/core/context.js'
import { createFileLab } from '#vsphere/file-manager/testing.js'
import { datastoreFilesDoor } from './datastore-files.js'

const open: { close(): unknown }[] = []
/** To be called when the tests of a file are over. */
export async function closeAll(): Promise<void> {
  for (const each of open) await each.close()
}

const WHERE = 'dcPath=%2FLab&dsName=nfs'

/** The door on a port of its own, before the lab with the datastore `nfs`, and ways to ask as the administrator. */
export function createDoorLab() {
  const lab = createFileLab()
  const app = Fastify({ bodyLimit: 1000, routerOptions: { maxParamLength: 2048 } })
  open.push(app, lab.sandbox)
  app.addHook('onSend', async () => void app.server.emit('answered'))
  app.register(async (scope) => datastoreFilesDoor(scope, lab.sandbox))
  const [token = ''] = [...lab.sandbox.inventory.read.ids(sessions)].map((id) => id.slice('session:'.length))
  const cookie = `vmware_soap_session="${token}"`
  const ask = (url: string, options: InjectOptions = {}) =>
    app.inject({ url, ...options, headers: { cookie, ...options.headers } })
  const at = (path: string) => `/folder/${path}?${WHERE}`
  /** As it is written: inject() would resolve steps upwards before it asks. */
  const raw = async (method: string, path: string): Promise<number> => {
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const sent = httpRequest({ port, host: '127.0.0.1', method, path: at(path), headers: { cookie } })
    sent.end(method === 'PUT' ? 'x' : undefined)
    const [answer] = await once(sent, 'response')
    answer.resume()
    return answer.statusCode
  }
  const put = (path: string, payload: string | Buffer) => ask(at(path), { method: 'PUT', payload })
  const get = (path: string, headers = {}) => ask(at(path), { headers })
  return { lab, app, cookie, ask, at, put, get, raw }
}
