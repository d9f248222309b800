import { readFileSync } from 'node:fs'
import { packageRoot } from '#ports/package-files.js'

/** Name and version of this package. */
export const product: { readonly name: string; readonly version: string } = Object.freeze({
  name: 'Fauxsphere',
  version: (JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string })
    .version,
})
