import type { Sandbox } from '#vsphere/core/sandbox.js'
import type { Site } from '../door.js'
import type { Json } from './components.js'
import { createContract } from './contract.js'
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

/** Every document, in the order of the list. */
export async function apiDocuments(sandbox: Sandbox, site: Site): Promise<readonly ApiDocument[]> {
  const { releases, apiVersion } = sandbox.services.identity
  const contract = await createContract(apiVersion)
  const described = {
    version: site.product.version,
    releases,
    isImplemented: (type: string, method: string) => sandbox.registry.behaviour(type, method) !== undefined,
    world: worldOf(sandbox.inventory),
  }
  return [
    ...contract.areas.map(({ name, title }) => ({
      name: `REST: ${title}`,
      url: `/docs/openapi/rest/${name}.json`,
      build: async () => contract.area(name, described.world),
    })),
    ...documentFamilies
      .filter((family) => typesOf(family, releases).length > 0)
      .map((family) => ({
        name: `VI JSON: ${family.title}`,
        url: `/docs/openapi/vi-json/${family.name}.json`,
        build: async () => viJsonDocument(family, described),
      })),
  ]
}
