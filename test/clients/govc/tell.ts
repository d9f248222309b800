import { createFauxsphere, type Fauxsphere } from '#app/fauxsphere.js'
import type { Ended, Go } from '../go.js'
import { type Doors, openDoors, textOf } from './doors.js'
import type { Reading, Step, Story } from './story.js'

/** What came of a story on one wire. */
export interface Told {
  /** Commands that did what they were to do, by name. */
  readonly commands: ReadonlySet<string>
  /** What was not as it should be, each with its line. */
  readonly problems: readonly string[]
}

/** Steps build on each other: what goes wrong after this many problems tells nothing new. */
const ENOUGH = 3

/** How govc speaks vim25. */
export const WIRES = ['SOAP', 'VI JSON'] as const

/** Tells a story from its beginning, against a server of its own; `files` is a folder for the story. */
export async function tell(go: Go, story: Story, wire: (typeof WIRES)[number], files: string): Promise<Told> {
  const server = await createFauxsphere({ seed: story.seed, port: 0, tls: true, logLevel: 'silent' })
  try {
    const doors = await openDoors(server, wire === 'SOAP' ? 'VI JSON' : 'SOAP')
    return await follow(go, story, { server, doors, wire, kept: new Map([['files', files]]) })
  } finally {
    await server.close()
  }
}

interface Telling {
  readonly server: Fauxsphere
  readonly doors: Doors
  readonly wire: (typeof WIRES)[number]
  readonly kept: Map<string, string>
}

async function follow(go: Go, story: Story, telling: Telling): Promise<Told> {
  const { server, wire, kept } = telling
  const commands = new Set<string>()
  const problems: string[] = []
  const env = {
    GOVC_URL: `${server.url.replace('//', '//administrator%40vsphere.local:VMware1%21@')}/sdk`,
    GOVC_INSECURE: '1',
    ...(wire === 'VI JSON' ? { GOVC_VI_JSON: '1', GOVC_VIM_VERSION: '8.0.3.0' } : {}),
  }
  for (const step of story.steps) {
    if (step.soapOnly && wire !== 'SOAP') continue
    const words = await Promise.all(step.words.map((word) => filled(word, telling)))
    const input = await filled(step.input.map((line) => `${line}\n`).join(''), telling)
    const ended = await go.run('govc', words, env, input)
    const wrong = await problemOf(step, ended, telling)
    if (wrong !== undefined) problems.push(`line ${step.line}: govc ${words.join(' ')}\n${wrong}`)
    if (step.keep !== undefined) kept.set(step.keep.as, printed(ended, step.keep.after))
    for (const reading of wrong === undefined ? step.readings : []) {
      const other = await wrongReading(reading, telling)
      if (other !== undefined) problems.push(`line ${reading.line}: ${other}`)
    }
    if (problems.length >= ENOUGH) break
    if (step.pass > 0) server.clock.advance(step.pass * 1000)
    if (wrong === undefined && step.fails === undefined) commands.add(step.words[0] ?? '')
  }
  return { commands, problems }
}

async function problemOf(step: Step, ended: Ended, telling: Telling): Promise<string | undefined> {
  const { code, stdout, stderr } = ended
  const all = `exit ${code}\n${stdout}${stderr}`
  if ((code !== 0) !== (step.fails !== undefined)) return all
  const wanted = await Promise.all(
    (step.fails === undefined ? step.prints : [step.fails]).map((text) => filled(text, telling)),
  )
  const said = oneSpace(step.fails === undefined ? stdout : stdout + stderr)
  const missing = wanted.filter((text) => !said.includes(oneSpace(text)))
  return missing.length === 0 ? undefined : `does not say "${missing.join('", "')}":\n${all}`
}

function printed({ stdout, stderr }: Ended, after: string | undefined): string {
  if (after === undefined) return stdout.trim()
  const [, ...rest] = `${stdout}${stderr}`.split(after)
  return rest.join(after).split(/\s/)[0] ?? ''
}

const oneSpace = (text: string) => text.replace(/\s+/g, ' ')

async function wrongReading(reading: Reading, telling: Telling): Promise<string | undefined> {
  const { door, must, where } = reading
  const of = await filled(reading.of, telling)
  const expected = await filled(reading.expected, telling)
  const read = await READERS[door](of, where, telling)
  const found = must === 'answer' || must === 'be gone' ? read.status : read.text
  if (
    must === 'have'
      ? found.includes(expected)
      : must === 'lack'
        ? !found.includes(expected)
        : found === expected
  )
    return undefined
  return `${door} ${of} ${where} must ${must} "${expected}": "${found}"`
}

async function fromApi(path: string, where: string, { doors }: Telling) {
  const { status, body } = await doors.api(path)
  const value = where
    .split('.')
    .filter((name) => name !== '')
    .reduce((whole: unknown, name) => (whole as Readonly<Record<string, unknown>> | undefined)?.[name], body)
  return { status: String(status), text: textOf(value) }
}

async function fromHttp(path: string, _where: string, { doors }: Telling) {
  const { status, body } = await doors.http(path)
  return { status: String(status), text: body.trim() }
}

async function fromVim(of: string, where: string, { doors }: Telling) {
  const object = of.startsWith('/') ? await objectAt(of, doors) : of
  if (object === undefined) return { status: 'gone', text: '' }
  return { status: 'there', text: where === '' ? '' : await doors.property(object, where) }
}

const READERS = { api: fromApi, vim: fromVim, http: fromHttp }

/** Which type a moid is of, by the prefix that vCenter gives it. */
const TYPES: readonly (readonly [prefix: RegExp, type: string])[] = [
  [/^vm-/, 'VirtualMachine'],
  [/^host-/, 'HostSystem'],
  [/^domain-c/, 'ClusterComputeResource'],
  [/^domain-s/, 'ComputeResource'],
  [/^group-p/, 'StoragePod'],
  [/^group-/, 'Folder'],
  [/^datacenter-/, 'Datacenter'],
  [/^datastore-/, 'Datastore'],
  [/^network-/, 'Network'],
  [/^dvs-/, 'VmwareDistributedVirtualSwitch'],
  [/^dvportgroup-/, 'DistributedVirtualPortgroup'],
  [/^resgroup-v/, 'VirtualApp'],
  [/^resgroup-/, 'ResourcePool'],
]

async function objectAt(path: string, doors: Doors): Promise<string | undefined> {
  const moid = await doors.find(path)
  if (moid === undefined) return undefined
  return `${TYPES.find(([prefix]) => prefix.test(moid))?.[1] ?? 'ManagedEntity'}:${moid}`
}

/** A text with its names filled in: `{kept}`, and `{/path}` for the moid of what is there. */
async function filled(text: string, { doors, kept }: Telling): Promise<string> {
  const names = new Set([...text.matchAll(/\{(\/[^}]+|\w+)\}/g)].map(([, name = '']) => name))
  let result = text
  for (const name of names) {
    const value = name.startsWith('/') ? await doors.find(name) : kept.get(name)
    if (value !== undefined) result = result.replaceAll(`{${name}}`, value)
  }
  return result
}
