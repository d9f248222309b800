import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import type { XmlElement } from '#xml/element.js'
import { readXml } from '#xml/read.js'
import { soapDoor } from './soap.js'

/** What a call was answered. */
export interface SoapAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** The whole envelope. */
  readonly text: string
  /** What stands in its body. */
  readonly inside: string
  /** The text of the fault; undefined for a result. */
  readonly faultstring: string | undefined
  /** The type of the fault in the detail; undefined for none. */
  readonly fault: string | undefined
}

/** A client of the SOAP door for tests: calls with what stands behind `_this`, logged in once `login` was called. */
export interface SoapClient {
  readonly app: FastifyInstance
  /** `this` is `Type:moid`. */
  call(method: string, self: string, inside?: string, headers?: Record<string, string>): Promise<SoapAnswer>
  /** Posts a body as it is. */
  post(body: string | Buffer, options?: InjectOptions): Promise<SoapAnswer>
  login(): Promise<string>
}

export function createSoapClient(sandbox: Sandbox, options: { bodyLimit?: number } = {}): SoapClient {
  const app = Fastify({ bodyLimit: 16 * 2 ** 20, ...options })
  soapDoor(app, sandbox)
  let cookie: string | undefined
  const client: SoapClient = {
    app,
    async post(body, more = {}) {
      const answer = await app.inject({
        method: 'POST',
        url: '/sdk',
        payload: body,
        ...more,
        headers: {
          'content-type': 'text/xml; charset=utf-8',
          soapaction: 'urn:vim25/8.0.3.0',
          ...(cookie === undefined ? {} : { cookie }),
          ...more.headers,
        },
      })
      return soapAnswer(answer.statusCode, answer.headers, answer.body)
    },
    call: (method, self, inside = '', headers = {}) =>
      client.post(envelope(method, self, inside), { headers }),
    async login() {
      const { headers, text } = await client.call(
        'Login',
        'SessionManager:SessionManager',
        '<userName>administrator@vsphere.local</userName><password>VMware1!</password>',
      )
      const set = headers['set-cookie']
      if (typeof set !== 'string') throw new Error(`Login was answered ${text}`)
      cookie = set
      return set
    },
  }
  return client
}

/** A call as clients send it; `self` is `Type:moid`. */
export function envelope(method: string, self: string, inside = ''): string {
  const at = self.indexOf(':')
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><${method} xmlns="urn:vim25"><_this type="${self.slice(0, at)}">${self.slice(at + 1)}</_this>${inside}</${method}></soapenv:Body></soapenv:Envelope>`
}

function soapAnswer(status: number, headers: SoapAnswer['headers'], text: string): SoapAnswer {
  const body = childOf(read(text), 'Body')
  const fault = childOf(body, 'Fault')
  return {
    status,
    headers,
    text,
    inside: /<soapenv:Body>\n([\s\S]*)\n<\/soapenv:Body>/.exec(text)?.[1] ?? '',
    faultstring: childOf(fault, 'faultstring')?.text,
    fault: childOf(fault, 'detail')?.children[0]?.name.replace(/Fault$/, ''),
  }
}

function read(text: string): XmlElement | undefined {
  try {
    return readXml(text)
  } catch {
    return undefined
  }
}

const childOf = (element: XmlElement | undefined, name: string) =>
  element?.children.find((each) => each.name === name)
