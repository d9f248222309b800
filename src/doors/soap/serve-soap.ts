import type { FastifyReply, FastifyRequest } from 'fastify'
import { fault, VimFault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { toAny } from '#vim25/json/any-slot.js'
import type { Body } from '#vim25/json/body.js'
import { isA, type Method, managedType, type Property } from '#vim25/schema.js'
import { decodeParameters, decodeReference } from '#vim25/xml/decode.js'
import { VIM } from '#vim25/xml/names.js'
import { request as outermost, refused, shown, within } from '#vim25/xml/refusal.js'
import { broken } from '#vsphere/core/broken.js'
import type { Client } from '#vsphere/core/context.js'
import { answerCall, type Call, Pending, readProperty } from '#vsphere/core/dispatch.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { attribute } from '#xml/element.js'
import { clientOf, textHeader } from '../client.js'
import { type Hangup, hangup, whileOpen } from '../hangup.js'
import { compressed, encodingFor } from './compress.js'
import { sessionCookie, tokenInCookie } from './cookie.js'
import { bareFault, faultResponse, response } from './envelope.js'
import { methodsNamed } from './methods.js'
import { readCall, type SoapCall, UnreadableBody } from './request.js'
import { spokenRelease, vmodlVersion } from './spoken-release.js'

export interface SoapServer {
  /** Answers a call; what is ready at once is sent at once: then nothing is returned. */
  answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | undefined
  /** Answers a request whose body was not read. */
  refuse(
    error: { statusCode?: number; message: string },
    request: FastifyRequest,
    reply: FastifyReply,
  ): FastifyReply
}

/** The method that every object has: it reads one property (soap-wire 2.8). */
const FETCH: Method = {
  name: 'Fetch',
  vmodl: 'fetch',
  owner: 'ManagedObject',
  since: 0,
  params: [property('prop', 'string', 'primitive')],
  result: property('returnval', 'Any', 'any'),
  isTask: false,
  taskResult: undefined,
  privilege: undefined,
  faults: ['InvalidProperty'],
}

function property(name: string, type: string, kind: Property['kind']): Property {
  return { name, type, kind, array: false, optional: false, link: false, secret: false, since: 0 }
}

/** Reads envelopes, calls what they ask for, writes the answers. */
export function serveSoap(sandbox: Sandbox): SoapServer {
  return {
    answer(request, reply) {
      const release = spokenRelease(textHeader(request, 'soapaction'), sandbox.services.identity)
      const succeed = ({ method, value, call }: Answer) => {
        const { token } = call.reply
        if (typeof token === 'string')
          reply.header('set-cookie', sessionCookie(token, request.protocol === 'https'))
        return send(request, reply, 200, response(method.name, value, method.result, release))
      }
      const fail = (error: unknown) => send(request, reply, 500, faultBody(sandbox, error, release))
      const gone = hangup()
      try {
        const answer = perform(sandbox, request, release, gone)
        if (!(answer.value instanceof Pending)) return succeed(answer)
        return whileOpen(reply, gone, answer.value.answer)
          .then((value) => succeed({ ...answer, value }))
          .catch(fail)
          .then(() => reply)
      } catch (error) {
        return fail(error)
      }
    },
    refuse(error, request, reply) {
      const status = error.statusCode ?? 400
      // The rest of the body may still be on its way.
      reply.header('connection', 'close')
      send(request, reply, status === 413 ? 500 : status, bareFault('ServerFaultCode', error.message))
      return reply
    },
  }
}

interface Answer {
  readonly method: Method
  readonly call: Call
  /** The result, or Pending. */
  readonly value: unknown
}

function perform(sandbox: Sandbox, request: FastifyRequest, release: number, gone: Hangup): Answer {
  const soap = readCall(request.body as Buffer)
  const methods = methodsOf(soap, release)
  const self = selfOf(soap, release)
  const call: Call = {
    release,
    token: tokenInCookie(textHeader(request, 'cookie')) ?? soap.token,
    type: self.type,
    id: self.value,
    client: callerOf(request, soap),
    reply: {},
    signal: gone.signal,
  }
  const argumentsOf = (method: Method) => {
    const trail = soap.trail(outermost(method.vmodl, vmodlName(self.type)))
    const here = within(trail, `while parsing call information for method ${method.name}`, soap.element)
    return decodeParameters(method, soap.element, release, here)
  }
  if (methods.includes(FETCH)) {
    const { prop } = argumentsOf(FETCH) as { prop: string }
    const found = readProperty(sandbox, Object.assign(call, { property: prop }))
    return { method: FETCH, call, value: toAny(found.value, found.property) }
  }
  const method = methodOn(self.type, methods)
  const value = answerCall(sandbox, Object.assign(call, { method: method.name, arguments: argumentsOf }))
  return { method, call, value }
}

/** Where the call comes from; a token that tells who it is counts only where it is asked for. */
function callerOf(request: FastifyRequest, soap: SoapCall): Client {
  const client = clientOf(request)
  return soap.element.name === 'LoginByToken' ? { ...client, subject: soap.subject } : client
}

/** The object that a call is made to: its first element (soap-wire 8.2). */
function selfOf(soap: SoapCall, release: number): ManagedObjectReference {
  const trail = within(
    soap.trail(outermost()),
    `while parsing call information for method ${shown(soap.element.name)}`,
    soap.element,
  )
  const [self] = soap.element.children
  if (!self) throw refused('Required parameter _this is missing', trail)
  if (self.name !== '_this' || self.namespace !== VIM)
    throw refused(`Got <${shown(self.name)}> tag when expecting <_this> tag`, trail)
  return decodeReference(self, 'ManagedObject', release, trail) as ManagedObjectReference
}

/** The methods that the name of a call can mean. Throws InvalidRequest when no type has it, or not yet. */
function methodsOf(soap: SoapCall, release: number): readonly Method[] {
  const { name } = soap.element
  const known = name === FETCH.name ? [FETCH] : (ownMethod(soap) ?? methodsNamed(name))
  const spoken = known.filter(({ since }) => since <= release)
  if (spoken.length > 0) return spoken
  const where = known.length === 0 ? `for namespace name ${VIM}` : `in ${vmodlVersion(release)}`
  throw refused(`Unable to resolve WSDL method name ${shown(name)} ${where}`, soap.trail(outermost()))
}

/** The method of the type that the object is said to be: nearly always that is it, and no other type need be read. */
function ownMethod({ element }: SoapCall): readonly Method[] | undefined {
  const [self] = element.children
  const own = self && managedType(attribute(self, 'type') ?? '')?.methods.get(element.name)
  return own && [own]
}

/** Which of them the object has; its declared type may be a base of the one that does. */
function methodOn(type: string, methods: readonly Method[]): Method {
  const found = methods.find(({ owner }) => isA(type, owner) || isA(owner, type))
  if (!found) throw fault('InvalidType', {})
  return found
}

const vmodlName = (type: string) => managedType(type)?.vmodl ?? `vmodl.${type}`

function faultBody(sandbox: Sandbox, error: unknown, release: number): string {
  if (error instanceof VimFault) return faultResponse(error, release)
  if (error instanceof UnreadableBody) return bareFault(error.code, error.message)
  return faultResponse(broken(sandbox, 'The answer', error, 'the state is as the call left it'), release)
}

/** Sends at once what is ready, else when it is: then the promise is for Fastify to wait for. */
function send(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  body: Body,
): Promise<FastifyReply> | undefined {
  reply
    .code(status)
    .header('content-type', 'text/xml; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('vary', 'Accept-Encoding')
  const encoding = encodingFor(textHeader(request, 'accept-encoding'), body.length)
  if (encoding === undefined) {
    reply.send(body)
    return undefined
  }
  reply.header('content-encoding', encoding)
  const packed = compressed(body, encoding)
  if (packed instanceof Promise) return packed.then((bytes) => reply.send(bytes))
  reply.send(packed)
  return undefined
}
