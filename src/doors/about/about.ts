import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import type { Site } from '../door.js'
import { implementedMethods } from './implemented-methods.js'

/** The door of the product itself: what it is, whether it is well, whom its certificate is signed by. */
export function about(app: FastifyInstance, sandbox: Sandbox, site: Site): void {
  app.get('/about', async () => {
    const { operationsOfRelease } = await import('./implemented-operations.js')
    const { identity } = sandbox.services
    return {
      ...site.product,
      seed: site.seed,
      vsphere: {
        product: identity.kind,
        version: identity.productVersion,
        build: identity.build,
        apiVersion: identity.apiVersion,
        releases: identity.releases,
        instanceUuid: identity.kind === 'vcenter' ? identity.instanceUuid : undefined,
      },
      doors: site.doors,
      implementedMethods: implementedMethods(sandbox.registry, identity.release),
      implementedOperations: operationsOfRelease(identity.apiVersion),
    }
  })

  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    if (site.ready()) return { status: 'ready' }
    return reply.code(503).send({ status: 'stopping' })
  })

  app.get('/certs/ca.pem', async (_request, reply) => {
    if (site.ca !== undefined) return reply.type('application/x-pem-file').send(site.ca)
    return reply.code(404).send({ message: 'This server speaks plain HTTP; it has no certificate.' })
  })
}
