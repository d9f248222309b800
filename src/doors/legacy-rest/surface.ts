import { legacyPath } from '#vapi/legacy-path.js'
import { routersByRelease } from '#vapi/router.js'
import { operations } from '#vapi/schema.js'
import type { Operation, RestBinding } from '#vapi/types.js'

export interface LegacyTarget {
  readonly operation: Operation
  /** How `/rest` calls it, in the words of `/api`. */
  readonly rest: RestBinding
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

/** What `/rest` serves at a release. */
export const legacySurface = routersByRelease<LegacyTarget>(routes)

function bindingOf({ body, ...form }: ReturnType<typeof legacyPath>[number]): RestBinding {
  return {
    ...form,
    headers: [],
    body: body.length === 0 ? { kind: 'none' } : { kind: 'object', parameters: body },
    style: 'classic',
    source: form.path,
  }
}
