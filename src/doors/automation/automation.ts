import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { lateDoor } from '../late-door.js'

/** `/api`: the Automation API as REST (rest-wire 1). One route serves every operation: see `serveApi`. */
export function automationDoor(app: FastifyInstance, sandbox: Sandbox): void {
  lateDoor(app, { method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/api/*' }, async () =>
    (await import('./serve-api.js')).serveApi(sandbox),
  )
}
