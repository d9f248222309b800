import { readFileSync } from 'node:fs'

/** Name and version of this package. */
export const product: { readonly name: string; readonly version: string } = Object.freeze({
  name: 'Fauxsphere',
  version: (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  ).version,
})
