import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import type { Descriptions } from './descriptions.js'

/**
 * `/apiexplorer/json/`: the Automation API's description of itself as Swagger 2.0, for generators of clients that read a
 * vCenter's (rest-wire 2.1). No session is asked for. Made when first asked for.
 */
export function apiExplorer(app: FastifyInstance, sandbox: Sandbox): void {
  let descriptions: Promise<Descriptions> | undefined
  const open = async () => {
    const { createDescriptions } = await import('./descriptions.js')
    return createDescriptions(sandbox.services.identity.apiVersion)
  }
  app.get<{ Params: { file: string } }>('/apiexplorer/json/:file', async (request, reply) => {
    descriptions ??= open()
    const text = (await descriptions).text(request.params.file)
    if (text === undefined) return reply.callNotFound()
    return reply.header('content-type', 'application/json').send(text)
  })
}
