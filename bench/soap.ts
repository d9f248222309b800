import { request } from 'node:http'
import type { Request } from './requests.js'

/** A server to speak SOAP to, logged in. */
export interface SoapServer {
  /** Its origin. */
  readonly url: string
  /** `name=value` of the session's cookie. */
  readonly cookie: string
}

export interface SoapRef {
  readonly type: string
  readonly value: string
}

/** As every client begins: its own version of the API, which may be newer than the server's. */
const ACTION = 'urn:vim25/8.0.3.0'

export const refElement = (name: string, { type, value }: SoapRef) =>
  `<${name} type="${type}">${value}</${name}>`

/** One call as a request that can be sent many times. */
export function soapRequest(cookie: string, self: SoapRef, method: string, args = ''): Request {
  const call = `<${method} xmlns="urn:vim25">${refElement('_this', self)}${args}</${method}>`
  return {
    method: 'POST',
    path: '/sdk',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${ACTION}"`,
      ...(cookie === '' ? {} : { cookie }),
    },
    body: `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body>${call}</soapenv:Body></soapenv:Envelope>`,
  }
}

/** Calls a method: what stands inside its response. Rejects with the fault. */
export async function soap(server: SoapServer, self: SoapRef, method: string, args = ''): Promise<string> {
  const { text } = await send(server.url, soapRequest(server.cookie, self, method, args))
  return text.slice(text.indexOf(`<${method}Response`))
}

/** Logs in as a client does that knows nothing but the address. */
export async function soapLogin(url: string): Promise<SoapServer> {
  const manager = { type: 'SessionManager', value: 'SessionManager' }
  const login = '<userName>user</userName><password>pass</password>'
  const { cookie } = await send(url, soapRequest('', manager, 'Login', login))
  return { url, cookie }
}

function send(url: string, { method, path, body, headers }: Request) {
  return new Promise<{ text: string; cookie: string }>((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (answer.statusCode !== 200) reject(new Error(`${answer.statusCode} ${text.slice(0, 500)}`))
        else resolve({ text, cookie: (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '' })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The text of the first element of that name; throws when there is none. */
export function textOf(xml: string, name: string): string {
  const text = new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1]
  if (text === undefined) throw new Error(`There is no <${name}> in ${xml.slice(0, 300)}`)
  return text
}

/** The references in elements of that name, in order. */
export const refsOf = (xml: string, name: string): readonly SoapRef[] =>
  [...xml.matchAll(new RegExp(`<${name} (?:[^>]* )?type="(\\w+)"[^>]*>([^<]+)</${name}>`, 'g'))].map(
    ([, type = '', value = '']) => ({ type, value }),
  )
