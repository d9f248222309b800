import { swagger2 } from '#vapi/openapi/swagger2.js'
import { releaseIndex } from '#vapi/release.js'
import { operations } from '#vapi/schema.js'
import type { Operation } from '#vapi/types.js'
import { createContract } from '../docs/contract.js'

/** What `/apiexplorer/json/` has. */
export interface Descriptions {
  /** A file's text by its name: `api.json` lists the others; undefined for a name that there is not. */
  text(file: string): string | undefined
}

const EXTENSION = '.json'

/** A file per first segment of the paths: `vcenter`, `cis`, `content`, ... */
const componentOf = ({ rest }: Operation): string | undefined => rest?.path.split('/')[1]

/** The descriptions of a release of the API (`8.0.3.0`); each is made when first read, and kept. */
export async function createDescriptions(release: string): Promise<Descriptions> {
  const contract = await createContract(release)
  const newest = releaseIndex(release)
  const components = new Map<string, Operation[]>()
  for (const operation of operations()) {
    const component = componentOf(operation)
    if (component === undefined || operation.since > newest) continue
    const own = components.get(component)
    if (own) own.push(operation)
    else components.set(component, [operation])
  }
  const texts = new Map<string, string>()
  texts.set(`api${EXTENSION}`, JSON.stringify({ files: [...components.keys()].sort() }))
  return {
    text(file) {
      const found = texts.get(file)
      const own = components.get(file.slice(0, -EXTENSION.length))
      if (found !== undefined || !own || !file.endsWith(EXTENSION)) return found
      const title = file.slice(0, -EXTENSION.length)
      const document = contract.about({ title, operations: own })
      const text = document && JSON.stringify(swagger2(document))
      if (text !== undefined) texts.set(file, text)
      return text
    },
  }
}
