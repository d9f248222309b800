import { apiRoutes } from '#vapi/api-routes.js'
import { routersByRelease } from '#vapi/router.js'
import { operation } from '#vapi/schema.js'
import type { Operation, RestBinding } from '#vapi/types.js'

/** An operation that `/api` has; read when somebody calls it. */
export interface Target {
  readonly service: string
  readonly operation: string
}

function* routes(release: number) {
  for (const route of apiRoutes()) if (route.since <= release) yield { ...route, target: route }
}

/** What `/api` serves at a release: every operation that it has, found by method, path and action. */
export const surfaceOf = routersByRelease<Target>(routes)

/** The operation of a route, with how `/api` calls it. */
export function definitionOf(target: Target): { operation: Operation; rest: RestBinding } {
  const found = operation(target.service, target.operation)
  if (!found?.rest) throw new Error(`${target.service}/${target.operation} has no form on /api.`)
  return { operation: found, rest: found.rest }
}
