import { legacyPath } from '#vapi/legacy-path.js'
import { createRouter, type Router } from '#vapi/router.js'
import { operations } from '#vapi/schema.js'
import type { Operation, RestBinding } from '#vapi/types.js'

export interface LegacyTarget {
  readonly operation: Operation
  /** How `/rest` calls it, in the words of `/api`. */
  readonly rest: RestBinding
}

const surfaces = new Map<number, Router<LegacyTarget>>()

/** What `/rest` serves at a release. Made on first use. */
export function legacySurface(release: number): Router<LegacyTarget> {
  let found = surfaces.get(release)
  if (!found) {
    found = createRouter(routes(release))
    surfaces.set(release, found)
  }
  return found
}

function* routes(release: number) {
  for (const operation of operations()) {
    if (operation.since > release) continue
    for (const form of legacyPath(operation)) {
      const { method, path, dispatch } = form
      yield { method, path, dispatch, target: { operation, rest: bindingOf(form) } }
    }
  }
}

function bindingOf({ body, ...form }: ReturnType<typeof legacyPath>[number]): RestBinding {
  return {
    ...form,
    headers: [],
    body: body.length === 0 ? { kind: 'none' } : { kind: 'object', parameters: body },
    style: 'classic',
    source: form.path,
  }
}
