import { existsSync } from 'node:fs'

/** True in what the build made, false where sources run as they are. */
export const isBuilt = import.meta.url.endsWith('.js')

/** The directory of this package, ending in a slash: code is bundled, so no file lies at a fixed place beside its code. */
export const packageRoot: URL = rootAbove(new URL('.', import.meta.url))

function rootAbove(directory: URL): URL {
  if (existsSync(new URL('package.json', directory))) return directory
  const parent = new URL('..', directory)
  if (parent.href === directory.href) throw new Error('This package has no package.json above its code.')
  return rootAbove(parent)
}

/** A file that comes along with the code, by its path below src/. */
export const besideCode = (path: string): URL => new URL(`${isBuilt ? 'dist' : 'src'}/${path}`, packageRoot)
