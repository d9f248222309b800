import { apiRoutes } from '#vapi/api-routes.js'
import { createRouter, type Router } from '#vapi/router.js'
import { operation } from '#vapi/schema.js'
import type { Operation, RestBinding } from '#vapi/types.js'

/** An operation that `/api` has; read when somebody calls it. */
export interface Target {
  readonly service: string
  readonly operation: string
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
  for (const route of apiRoutes()) if (route.since <= release) yield { ...route, target: route }
}

/** The operation of a route, with how `/api` calls it. */
export function definitionOf(target: Target): { operation: Operation; rest: RestBinding } {
  const found = operation(target.service, target.operation)
  if (!found?.rest) throw new Error(`${target.service}/${target.operation} has no form on /api.`)
  return { operation: found, rest: found.rest }
}
