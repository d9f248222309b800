import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { lateDoor } from '../late-door.js'

/**
 * `POST /api`: the Automation API as vAPI JSON-RPC 2.0, the way of the official SDKs (rest-wire 1.1): see `serveJsonRpc`.
 */
export function jsonRpcDoor(app: FastifyInstance, sandbox: Sandbox): void {
  lateDoor(app, { method: 'POST', url: '/api' }, async () =>
    (await import('./serve-json-rpc.js')).serveJsonRpc(sandbox),
  )
}
