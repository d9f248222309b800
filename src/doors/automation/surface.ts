import { releaseIndex } from '#vapi/release.js'
import { createRouter, type Router } from '#vapi/router.js'
import { operations } from '#vapi/schema.js'
import type { Operation, RestBinding } from '#vapi/types.js'

export interface Target {
  readonly operation: Operation
  readonly rest: RestBinding
}

const surfaces = new Map<number, Router<Target>>()

/** What `/api` serves at a release: every operation that it has, found by method, path and action. Made on first use. */
export function surfaceOf(release: number): Router<Target> {
  let found = surfaces.get(release)
  if (!found) {
    found = createRouter(routes(release))
    surfaces.set(release, found)
  }
  return found
}

function* routes(release: number) {
  for (const operation of operations()) {
    const { rest } = operation
    if (rest && operation.since <= release)
      yield { method: rest.method, path: rest.path, dispatch: rest.dispatch, target: { operation, rest } }
  }
}

export { releaseIndex }
