import type { Fauxsphere } from '#app/fauxsphere.js'
import { child, type XmlElement } from '#xml/element.js'
import { readXml } from '#xml/read.js'

/** The ways in that do not lead through govc. */
export interface Doors {
  /** The moid behind an inventory path, undefined if nothing is there. */
  find(path: string): Promise<string | undefined>
  /** A property of an object, `Type:moid`, as text: the leaves of structures and lists, one after the other. */
  property(object: string, path: string): Promise<string>
  /** GET below `/api`, or POST for an action. */
  api(path: string): Promise<{ readonly status: number; readonly body: unknown }>
  /** GET of anything. */
  http(path: string): Promise<{ readonly status: number; readonly body: string }>
}

/** How vim25 is spoken where govc does not: over VI JSON when govc speaks SOAP, over SOAP when it speaks VI JSON. */
export type Wire = 'VI JSON' | 'SOAP'

interface Vim {
  find(path: string): Promise<string | undefined>
  property(type: string, moid: string, path: string): Promise<string>
}

const ACCOUNT = `Basic ${Buffer.from('administrator@vsphere.local:VMware1!').toString('base64')}`

export async function openDoors({ app }: Fauxsphere, wire: Wire): Promise<Doors> {
  const login = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { authorization: ACCOUNT },
  })
  const session = { 'vmware-api-session-id': login.json<string>() }
  const vim = wire === 'SOAP' ? await soap(app) : json(app, session)
  return {
    find: (path) => vim.find(path.replace(/^\//, '')),
    async property(object, path) {
      const [type = '', ...moid] = object.split(':')
      return vim.property(type, moid.join(':'), path)
    },
    async api(path) {
      const method = path.includes('?action=') ? 'POST' : 'GET'
      const { statusCode, payload } = await app.inject({ method, url: `/api/${path}`, headers: session })
      return { status: statusCode, body: payload === '' ? undefined : (JSON.parse(payload) as unknown) }
    },
    async http(path) {
      const { statusCode, payload } = await app.inject({
        url: `/${path}`,
        headers: { authorization: ACCOUNT },
      })
      return { status: statusCode, body: payload }
    },
  }
}

type App = Fauxsphere['app']

function json(app: App, session: Readonly<Record<string, string>>): Vim {
  const call = async (method: string, payload: object) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/sdk/vim25/8.0.3.0/${method}`,
      headers: session,
      payload,
    })
    const body: unknown = answer.payload === '' ? undefined : answer.json()
    return answer.statusCode < 300 ? body : undefined
  }
  return {
    async find(inventoryPath) {
      const found = await call('SearchIndex/SearchIndex/FindByInventoryPath', { inventoryPath })
      return (found as { value?: string } | undefined)?.value
    },
    async property(type, moid, path) {
      const objectSet = [{ obj: { _typeName: 'ManagedObjectReference', type, value: moid } }]
      const answer = await call('PropertyCollector/propertyCollector/RetrievePropertiesEx', {
        specSet: [{ propSet: [{ type, pathSet: [path] }], objectSet }],
        options: {},
      })
      const { objects = [] } = (answer ?? {}) as { objects?: { propSet?: { val?: unknown }[] }[] }
      return textOf(objects[0]?.propSet?.[0]?.val)
    },
  }
}

/** The leaves of an answer in JSON, one after the other; of a reference its moid. */
export const textOf = (value: unknown): string =>
  value === null || typeof value !== 'object'
    ? String(value ?? '')
    : leaves(value)
        .filter((text) => text !== '')
        .join(' ')

const leaves = (value: object): string[] => {
  const isReference = (value as { _typeName?: string })._typeName === 'ManagedObjectReference'
  return Object.entries(value).flatMap(([name, member]) =>
    name === '_typeName' || (isReference && name === 'type') ? [] : [textOf(member)],
  )
}

async function soap(app: App): Promise<Vim> {
  const cookies: Record<string, string> = {}
  const call = async (method: string, object: string, inside: string): Promise<XmlElement | undefined> => {
    const [type, moid] = object.split(':')
    const answer = await app.inject({
      method: 'POST',
      url: '/sdk',
      headers: { 'content-type': 'text/xml', soapaction: '"urn:vim25/8.0.3.0"', ...cookies },
      payload: `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
        <${method} xmlns="urn:vim25"><_this type="${type}">${moid}</_this>${inside}</${method}>
        </soapenv:Body></soapenv:Envelope>`,
    })
    const cookie = answer.headers['set-cookie']
    if (cookie !== undefined) cookies.cookie = String(cookie).split(';')[0] ?? ''
    const body = child(readXml(answer.payload), 'Body')
    return body && child(body, `${method}Response`)
  }
  await call(
    'Login',
    'SessionManager:SessionManager',
    '<userName>administrator@vsphere.local</userName><password>VMware1!</password>',
  )
  return {
    async find(path) {
      const inside = `<inventoryPath>${escaped(path)}</inventoryPath>`
      const answer = await call('FindByInventoryPath', 'SearchIndex:SearchIndex', inside)
      return answer && child(answer, 'returnval')?.text
    },
    async property(type, moid, path) {
      const answer = await call(
        'RetrievePropertiesEx',
        'PropertyCollector:propertyCollector',
        `<specSet><propSet><type>${type}</type><pathSet>${escaped(path)}</pathSet></propSet>
          <objectSet><obj type="${type}">${escaped(moid)}</obj></objectSet></specSet><options></options>`,
      )
      const told = ['returnval', 'objects', 'propSet', 'val'].reduce(
        (element: XmlElement | undefined, name) => element && child(element, name),
        answer,
      )
      return told ? (told.children.length > 0 ? elementLeaves(told).join(' ') : told.text) : ''
    },
  }
}

const elementLeaves = (element: XmlElement): string[] =>
  element.children.length > 0
    ? element.children.flatMap(elementLeaves)
    : element.text === ''
      ? []
      : [element.text]

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
