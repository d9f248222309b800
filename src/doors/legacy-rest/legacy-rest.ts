import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { lateDoor } from '../late-door.js'

/**
 * `/rest`: the Automation API as it was before `/api` (rest-wire 1.4), other paths, names, bodies and statuses for the
 * same operations: see `serveLegacyRest`.
 */
export function legacyRestDoor(app: FastifyInstance, sandbox: Sandbox): void {
  lateDoor(app, { method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/rest/*' }, async () =>
    (await import('./serve-legacy-rest.js')).serveLegacyRest(sandbox),
  )
}
