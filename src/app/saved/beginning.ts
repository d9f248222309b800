import type { Log } from '#ports/log.js'
import type { Beginning } from '../world.js'
import { buildSaved, kindOfSaved, savedRegistry } from './build-saved.js'
import { readSaved } from './read-saved.js'

/** A world of what `govc object.save` wrote to a directory. What could not be read is named in the log. Throws Refusal. */
export function beginningSaved(directory: string, log: Log): Beginning {
  const saved = readSaved(directory)
  for (const line of saved.left) log.warn({ directory }, `Left out of the saved inventory: ${line}`)
  return {
    kind: kindOfSaved(saved),
    registry: savedRegistry(),
    build: (ctx) => buildSaved(ctx, saved),
  }
}
