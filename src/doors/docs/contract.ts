import { existsSync, readFileSync } from 'node:fs'
import { besideCode, isBuilt, packageRoot } from '#ports/package-files.js'
import { theServices } from '#services/services.js'
import { areas } from '#vapi/openapi/areas.js'
import { areaDocument, automationDocument, operationsOf, type Subject } from '#vapi/openapi/document.js'
import type { OperationOverlay, Overlay, TypeOverlay } from '#vapi/openapi/overlay.js'
import { releaseIndex } from '#vapi/release.js'
import type { Json } from './components.js'
import type { World } from './world.js'

/** The Automation API's contract as the server shows it: of its own release, with what does something marked. */
export interface Contract {
  /** Areas that the release has something of, in the order of the list. */
  readonly areas: readonly { readonly name: string; readonly title: string }[]
  /** The document of an area; where a path asks for the id of an object, an example from this world. */
  area(name: string, world: World): Json
  /** A document of any operations, without what overlays say of whole areas. */
  about(subject: Subject): Json | undefined
}

/** What the documents as files do not need: they are read here. */
const INTRODUCTION = `
**To try a call**, log in once: *Authorize* with name and password in *Sessions and the server itself*, then run
\`POST /api/session\`. This page keeps the session for all documents. Operations in a group *-not-implemented* exist, look at the
session, and answer the error \`UNSUPPORTED\`, which names them. [What is implemented](/docs/coverage).
`

/** `release`: the identity's, `8.0.3.0`. */
export async function createContract(release: string): Promise<Contract> {
  const overlays = await readOverlays()
  const implemented = new Set(theServices().implemented)
  const operations: Record<string, OperationOverlay> = {}
  const types: Record<string, TypeOverlay> = {}
  for (const overlay of overlays.values()) {
    Object.assign(operations, overlay.operations)
    Object.assign(types, overlay.types)
  }
  const options = {
    release: releaseIndex(release),
    types,
    isImplemented: (key: string) => implemented.has(key),
  }
  const made = new Map<string, Json>()
  return {
    areas: areas
      .filter((area) => operationsOf(area).some(({ since }) => since <= options.release))
      .map(({ name, title }) => ({ name, title })),
    area(name, world) {
      const area = areas.find((each) => each.name === name)
      const own = overlays.get(name)
      const overlay = { ...own, description: [own?.description ?? '', INTRODUCTION].join('\n').trim() }
      const document = made.get(name) ?? (area && areaDocument(area, { ...options, overlay }))
      if (!document) throw new Error(`The contract has no area '${name}'.`)
      made.set(name, document)
      return withIds(document, world)
    },
    about: (subject) => automationDocument(subject, { ...options, overlay: { operations } }),
  }
}

type Parameter = Json & { readonly in: string; readonly schema: Json }

/** A document whose paths carry ids that this world has: a call can be tried as it stands. */
function withIds(document: Json, world: World): Json {
  const parameter = (each: Parameter): Json => {
    const type = each.in === 'path' ? each.schema?.['x-vmware-resource'] : undefined
    const found = typeof type === 'string' ? world.find(type) : undefined
    return found ? { ...each, example: found.value } : each
  }
  const operation = (each: Json): Json => {
    const parameters = each.parameters as readonly Parameter[] | undefined
    return parameters ? { ...each, parameters: parameters.map(parameter) } : each
  }
  const paths = Object.entries(document.paths as Readonly<Record<string, Json>>).map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([verb, each]) => [verb, operation(each as Json)])),
  ])
  return { ...document, paths: Object.fromEntries(paths) }
}

/** The build makes JSON of the overlays; from source they are read as they were written. */
async function readOverlays(): Promise<ReadonlyMap<string, Overlay>> {
  const parse = isBuilt ? JSON.parse : await yamlParser()
  const found = new Map<string, Overlay>()
  for (const { name } of areas) {
    const file = isBuilt
      ? besideCode(`openapi/overlays/${name}.json`)
      : new URL(`openapi/overlays/${name}.yaml`, packageRoot)
    if (existsSync(file)) found.set(name, (parse(readFileSync(file, 'utf8')) ?? {}) as Overlay)
  }
  return found
}

async function yamlParser(): Promise<(text: string) => unknown> {
  const { parse } = await import('yaml')
  return (text) => parse(text, { merge: true })
}
