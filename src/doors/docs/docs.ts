import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import type { Site } from '../door.js'

/**
 * `/docs`: the documentation of every door, with a page to read and try it. Nothing of it is loaded before somebody asks:
 * then a second router, of the documentation alone, takes the requests over.
 */
export function docsDoor(app: FastifyInstance, sandbox: Sandbox, site: Site): void {
  let pages: Promise<FastifyInstance> | undefined
  const open = async () => {
    const { createPages } = await import('./pages.js')
    return createPages(sandbox, site)
  }
  for (const url of ['/docs', '/docs/*'])
    app.get(url, async (request, reply) => {
      pages ??= open()
      const { routing } = await pages
      reply.hijack()
      routing(request.raw, reply.raw)
    })
}
