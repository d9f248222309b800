import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSoapClient, envelope, type SoapAnswer, type SoapClient } from '#doors/soap/testing.js'
import { toAny } from '#vim25/json/any-slot.js'
import { decodeValue } from '#vim25/json/decode.js'
import { parseJson } from '#vim25/json/parse.js'
import { stringify } from '#vim25/json/stringify.js'
import { type Method, managedType, type Property, subtypesOf, typeNames, VERSIONS } from '#vim25/schema.js'
import { decodeAny } from '#vim25/xml/decode-any.js'
import { encodeElements } from '#vim25/xml/encode.js'
import { request } from '#vim25/xml/refusal.js'
import { isDeclared } from '#vsphere/core/registry.js'
import { readXml } from '#xml/read.js'
import { createDoorWorld, type DoorWorld } from '../support/door-world.js'
import { type Random, randomFrom, sampleArguments } from '../support/vim25-values.js'

const BODIES = Number(process.env.DOOR_BODIES ?? 1000)
const SEED = Number(process.env.DOOR_SEED ?? 1)
const RELEASE = VERSIONS.indexOf('8.0.3.0')

/** What a client that waits would wait for: with the clock standing still, for ever. */
const WAITS = new Set(['WaitForUpdates', 'WaitForUpdatesEx'])

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T

/** Every object of the world, as `Type:moid`. */
const objectsOf = ({ sandbox }: DoorWorld) =>
  [...sandbox.inventory.root.entities.values()].flatMap(({ id, type, ref }) => (ref ? [{ id, type }] : []))

describe.each(['smp-ft-nested', 'physical-lab', 'vcsim', 'empty'])('the doors of %s', (seed) => {
  it('show the same of every property of every object', { timeout: 120_000 }, async () => {
    const world = await createDoorWorld(seed)
    const soap = createSoapClient(world.sandbox)
    await soap.login()
    const different: string[] = []
    let compared = 0
    for (const { id, type } of objectsOf(world))
      for (const property of managedType(type)?.properties ?? []) {
        // Who asks is another session.
        if (property.since > RELEASE || (type === 'SessionManager' && /session/i.test(property.name)))
          continue
        const json = await world.ask('GET', `${type}/${encodeURIComponent(id)}/${property.name}`)
        const xml = await soap.call('Fetch', `${type}:${id}`, `<prop>${property.name}</prop>`)
        const [asked, told] = [jsonSays(json, property), soapSays(xml)]
        compared += 1
        if (asked !== told) different.push(`${type} ${id} ${property.name}: ${asked} / ${told}`)
      }
    expect(different.slice(0, 5)).toEqual([])
    expect(compared).toBeGreaterThan(50)
    await soap.app.close()
    await world.close()
  })
})

function jsonSays({ status, text }: { status: number; text: string }, property: Property): string {
  if (status === 204) return ''
  const body = parseJson(text)
  if (status !== 200) return `fault ${(body as { _typeName: string })._typeName}`
  // Paths are strings in XML.
  return stringify(toAny(decodeValue(body, property, property.name, RELEASE), property)).replaceAll(
    /"_typeName":"(ArrayOf)?PropPath"/g,
    (_, array) => `"_typeName":"${array ? 'ArrayOfString' : 'string'}"`,
  )
}

function soapSays({ inside, fault }: SoapAnswer): string {
  if (fault !== undefined) return `fault ${fault}`
  const xsi =
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
  const [value] = readXml(`<x ${xsi}>${inside}</x>`).children[0]?.children ?? []
  return value ? stringify(decodeAny(value, RELEASE, request())) : ''
}

describe('SOAP and bodies that anybody might send', () => {
  let world: DoorWorld
  let soap: SoapClient
  beforeAll(async () => {
    world = await createDoorWorld()
    soap = createSoapClient(world.sandbox)
    await soap.login()
  })
  afterAll(async () => {
    await soap.app.close()
    await world.close()
  })

  /** A call with valid arguments of an object that exists. */
  function validCall(random: Random): { readonly method: Method; readonly body: string } {
    const objects = objectsOf(world)
    const moId = (_: Random, type: string) =>
      pick(
        random,
        objects.filter((each) => subtypesOf(type).includes(each.type)),
      )?.id ?? 'none-1'
    for (;;) {
      const { id, type } = pick(random, objects)
      const methods = [...(managedType(type)?.methods.values() ?? [])].filter(
        ({ name, since, params }) => since <= RELEASE && !WAITS.has(name) && params.length > 0,
      )
      if (methods.length === 0) continue
      const method = pick(random, methods)
      const args = sampleArguments(random, method, { release: RELEASE, depth: 3, fullness: random(), moId })
      return { method, body: envelope(method.name, `${type}:${id}`, elements(method, args)) }
    }
  }

  it(`answers ${BODIES} hostile ones with a fault or 4xx, and the next call as ever`, {
    timeout: 120_000,
  }, async () => {
    const start = world.sandbox.snapshot()
    const odd: string[] = []
    const kinds = new Map<string, number>()
    for (let at = 0; at < BODIES; at++) {
      const random = randomFrom(SEED * 3_000_000 + at)
      if (at % 10 === 0) world.sandbox.restore(start)
      const { method, body } = validCall(random)
      const { kind, bytes } = spoil(random, body, method)
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      const answer = await soap.post(bytes)
      if (!isRefusal(answer))
        odd.push(`${kind} of ${method.name}: ${answer.status} ${answer.text.slice(0, 300)}`)
      const next = await soap.call('CurrentTime', 'ServiceInstance:ServiceInstance')
      if (next.status !== 200) odd.push(`after ${kind} of ${method.name}: ${next.text.slice(0, 300)}`)
    }
    expect(odd).toEqual([])
    expect([...kinds.keys()].sort()).toEqual(SPOILERS.map(({ kind }) => kind).sort())
    world.sandbox.restore(start)
  })

  it('answers every method of every type, called on what is not there and with what is not there', {
    timeout: 120_000,
  }, async () => {
    const start = world.sandbox.snapshot()
    const odd: string[] = []
    const objects = new Map(objectsOf(world).map(({ id, type }) => [type, id]))
    let calls = 0
    for (const type of typeNames('managed'))
      for (const method of managedType(type)?.methods.values() ?? []) {
        if (method.since > RELEASE || WAITS.has(method.name)) continue
        const random = randomFrom(++calls)
        const missing = { release: RELEASE, depth: 2, fullness: 0.3, moId: () => 'none-4711' }
        const inside = elements(method, sampleArguments(random, method, missing))
        const absent = await soap.call(method.name, `${type}:none-4711`, inside)
        if (absent.fault !== 'ManagedObjectNotFound' && absent.fault !== 'InvalidRequest')
          odd.push(`${type}.${method.name} on nothing: ${absent.text}`)
        const id = objects.get(type)
        if (id === undefined || /Logout|TerminateSession/.test(method.name)) continue
        const answer = await soap.call(method.name, `${type}:${id}`, inside)
        if (answer.status !== 200 && !(answer.fault && isDeclared(method, answer.fault)))
          odd.push(`${type}.${method.name}: ${answer.status} ${answer.text.slice(0, 1000)}`)
        if (answer.fault === 'SystemError') odd.push(`${type}.${method.name} broke: ${answer.faultstring}`)
        if (answer.status === 200) world.sandbox.restore(start)
      }
    expect(odd).toEqual([])
    expect(calls).toBeGreaterThan(900)
    world.sandbox.restore(start)
    expect((await soap.call('CurrentTime', 'ServiceInstance:ServiceInstance')).status).toBe(200)
  })
})

const elements = (method: Method, args: Readonly<Record<string, unknown>>) =>
  method.params.map((each) => encodeElements(args[each.name], each, RELEASE).toString()).join('')

/** A fault that is no mistake of ours, or a status that says that the client is wrong. */
const isRefusal = ({ status, faultstring, fault }: SoapAnswer) =>
  (status >= 400 && status < 500) || (status === 500 && faultstring !== undefined && fault !== 'SystemError')

interface Spoiler {
  readonly kind: string
  spoil(random: Random, body: string, method: Method): string | Buffer
}

const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)

/** Behind `_this`, where arguments stand. */
const withArgument = (body: string, argument: string) => body.replace('</_this>', `</_this>${argument}`)

const withDoctype = (body: string, doctype: string) => body.replace('?>', `?>${doctype}`)

const SPOILERS: readonly Spoiler[] = [
  { kind: 'truncated', spoil: (random, body) => body.slice(0, Math.floor(random() * (body.length - 1))) },
  { kind: 'deep', spoil: (random, body) => withArgument(body, deep(300 + Math.floor(random() * 20_000))) },
  { kind: 'wide', spoil: (_, body, { name }) => withArgument(body, `<${name}x/>`.repeat(5_000)) },
  {
    kind: 'many attributes',
    spoil: (_, body) =>
      body.replace('<_this', `<_this ${Array.from({ length: 2_000 }, (_each, at) => `a${at}=""`).join(' ')}`),
  },
  { kind: 'unknown element', spoil: (_, body) => withArgument(body, '<noSuchElement>1</noSuchElement>') },
  {
    kind: 'element of another namespace',
    spoil: (_, body) => withArgument(body, '<x:spec xmlns:x="urn:other"/>'),
  },
  {
    kind: 'another namespace',
    spoil: (random, body) =>
      body.replace('urn:vim25', pick(random, ['urn:vim2', 'urn:sms', '', 'URN:VIM25', 'http://x'])),
  },
  {
    kind: 'another envelope',
    spoil: (_, body) =>
      body.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
  },
  {
    kind: 'wrong moid',
    spoil: (random, body) =>
      body.replace(
        /(<_this type="\w+">)[^<]+/,
        `$1${pick(random, ['', 'vm-999999', '&lt;', 'x'.repeat(100_000), 'session[a]b', '../../etc/passwd'])}`,
      ),
  },
  {
    kind: 'wrong type of object',
    spoil: (random, body) =>
      body.replace(
        /<_this type="\w+"/,
        `<_this ${pick(random, ['', 'type=""', 'type="Foo"', 'type="VirtualDisk"', 'type="__proto__"', 'xsi:type="xsd:int" type="Folder"'])}`,
      ),
  },
  {
    kind: 'unknown method',
    spoil: (random, body, { name }) =>
      body.replaceAll(
        name,
        pick(random, ['NoSuch', 'constructor', '__proto__', 'toString', 'fetch', `${name}X`]),
      ),
  },
  {
    kind: 'wrong xsi:type',
    spoil: (random, body) =>
      withArgument(body, `<noSuch xsi:type="${pick(random, ['Nope', 'x:y', 'xsd:Nope', '', ':', '::'])}"/>`),
  },
  {
    kind: 'bomb of entities',
    spoil: (_, body) =>
      withDoctype(
        body,
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_each, at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`).join('')}]>`,
      ).replace('</_this>', '&a19;</_this>'),
  },
  {
    kind: 'entity of a file',
    spoil: (_, body) =>
      withDoctype(body, '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>').replace(
        '</_this>',
        '&f;</_this>',
      ),
  },
  { kind: 'undeclared entity', spoil: (_, body) => body.replace('</_this>', '&nope;</_this>') },
  { kind: 'undeclared prefix', spoil: (_, body) => withArgument(body, '<p:x/>') },
  {
    kind: 'no UTF-8',
    spoil: (_, body) =>
      Buffer.concat([
        Buffer.from(body.slice(0, -10)),
        Buffer.from([0xc3, 0x28, 0xff]),
        Buffer.from(body.slice(-10)),
      ]),
  },
  { kind: 'UTF-16 without mark', spoil: (_, body) => Buffer.from(body, 'utf16le') },
  {
    kind: 'half of UTF-16',
    spoil: (_, body) =>
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(body, 'utf16le').subarray(0, -1)]),
  },
  { kind: 'another encoding', spoil: (_, body) => body.replace('UTF-8', 'UTF-7') },
  {
    kind: 'UTF-32',
    spoil: (_, body) => Buffer.from([...body].flatMap((each) => [each.charCodeAt(0), 0, 0, 0])),
  },
  {
    kind: 'bytes',
    spoil: (random) => Buffer.from(Array.from({ length: 300 }, () => Math.floor(random() * 256))),
  },
  {
    kind: 'not XML',
    spoil: (random) =>
      pick(random, [
        '',
        ' ',
        '{}',
        '[]',
        'null',
        'a=b&c=d',
        '<',
        '<!',
        '<?',
        '<a',
        '</a>',
        '<a/><b/>',
        '<html><body/></html>',
        '\0',
        '<![CDATA[x]]>',
        '<!-- -->',
      ]),
  },
  { kind: 'NUL', spoil: (_, body) => body.replace('</_this>', '\0</_this>') },
  {
    kind: 'second call',
    spoil: (_, body) => body.replace('</soapenv:Body>', '<CurrentTime xmlns="urn:vim25"/></soapenv:Body>'),
  },
  {
    kind: 'nothing in the body',
    spoil: (_, body) => body.replace(/<soapenv:Body>.*<\/soapenv:Body>/s, '<soapenv:Body/>'),
  },
  {
    kind: 'a header that never ends',
    spoil: (_, body) => body.replace('<soapenv:Body>', '<soapenv:Header><soapenv:Body>'),
  },
]

function spoil(random: Random, body: string, method: Method): { kind: string; bytes: string | Buffer } {
  const spoiler = pick(random, SPOILERS)
  return { kind: spoiler.kind, bytes: spoiler.spoil(random, body, method) }
}
