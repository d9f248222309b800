import request from 'supertest'
import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import { documentFamilies } from '#doors/docs/document-families.js'
import type { Answer, OpenApi } from './contract.js'

/** A server with the default seed and one session, for contract tests. */
export interface ContractServer extends AsyncDisposable {
  readonly vc: Fauxsphere
  /** The documents of VI JSON and of the server itself by their URLs; those of the Automation API have tests of their own. */
  readonly documents: ReadonlyMap<string, OpenApi>
  ask(verb: string, url: string, body?: object): Promise<Answer>
  /** The same without the session. */
  askAnonymously(verb: string, url: string, body?: object): Promise<Answer>
}

export async function startServer(): Promise<ContractServer> {
  const vc = await createFauxsphere({ tls: false, port: 0, clock: { rate: 0 } })
  const login = await request(vc.app.server)
    .post('/api/session')
    .auth('administrator@vsphere.local', 'VMware1!')
  const token = login.body as string
  const asker =
    (headers: Readonly<Record<string, string>>) =>
    async (verb: string, url: string, body?: object): Promise<Answer> => {
      const call = request(vc.app.server)[verb as 'get'](url).set(headers).buffer(true)
      const { status, type, text } = await (body === undefined ? call : call.send(body))
      return { status, type, text: text ?? '' }
    }
  const ask = asker({ 'vmware-api-session-id': token })
  const index = JSON.parse((await ask('get', '/docs/openapi.json')).text) as { documents: { url: string }[] }
  const documents = new Map<string, OpenApi>()
  const urls = index.documents.map(({ url }) => url)
  for (const url of urls.filter((each) => !each.includes('/rest/') || each.endsWith('/session.json')))
    documents.set(url, JSON.parse((await ask('get', url)).text) as OpenApi)
  return { vc, documents, ask, askAnonymously: asker({}), [Symbol.asyncDispose]: () => vc.close() }
}

/** The document that describes a managed type. */
export function documentOf(server: ContractServer, type: string): OpenApi {
  const family = documentFamilies.find(({ types }) => types.includes(type))
  const document = server.documents.get(`/docs/openapi/vi-json/${family?.name}.json`)
  if (!document) throw new Error(`No document describes ${type}.`)
  return document
}
