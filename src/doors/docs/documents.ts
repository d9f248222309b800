import { readFileSync } from 'node:fs'
import { besideCode, isBuilt, packageRoot } from '#ports/package-files.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import type { Site } from '../door.js'
import type { Json } from './components.js'
import { documentFamilies } from './document-families.js'
import { typesOf, viJsonDocument } from './vi-json-document.js'
import { worldOf } from './world.js'

/** One OpenAPI document that is served. */
export interface ApiDocument {
  /** Title in the list. */
  readonly name: string
  /** Where it is, as JSON. */
  readonly url: string
  /** Made anew for each reader: ids in its examples are those of the world as it is. */
  build(): Promise<Json>
}

/** REST contracts: files of openapi/ and what the list calls them. */
const CONTRACTS = [{ file: 'session', name: 'Sessions and the server itself' }]

/** Every document, in the order of the list. */
export function apiDocuments(sandbox: Sandbox, site: Site): readonly ApiDocument[] {
  const { releases } = sandbox.services.identity
  const described = {
    version: site.product.version,
    releases,
    isImplemented: (type: string, method: string) => sandbox.registry.behaviour(type, method) !== undefined,
    world: worldOf(sandbox.inventory),
  }
  return [
    ...CONTRACTS.map(({ file, name }) => ({
      name,
      url: `/docs/openapi/rest/${file}.json`,
      build: async () => {
        const contract = await readContract(file)
        return { ...contract, info: { ...(contract.info as Json), version: site.product.version } }
      },
    })),
    ...documentFamilies
      .filter((family) => typesOf(family, releases).length > 0)
      .map((family) => ({
        name: family.title,
        url: `/docs/openapi/vi-json/${family.name}.json`,
        build: async () => viJsonDocument(family, described),
      })),
  ]
}

/** The build makes JSON of the contracts; from source they are read as they were written. */
async function readContract(name: string): Promise<Json> {
  if (isBuilt) return JSON.parse(readFileSync(besideCode(`openapi/${name}.json`), 'utf8')) as Json
  const { parse } = await import('yaml')
  const text = readFileSync(new URL(`openapi/${name}.yaml`, packageRoot), 'utf8')
  return parse(text, { merge: true }) as Json
}
