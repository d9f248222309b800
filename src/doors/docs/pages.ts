import { readFileSync } from 'node:fs'
import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance } from 'fastify'
import { besideCode } from '#ports/package-files.js'
import { coverageOf } from '#services/coverage.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import type { Site } from '../door.js'
import { coveragePage } from './coverage-page.js'
import { apiDocuments } from './documents.js'
import { typePage } from './type-page.js'

declare global {
  /** What assets/docs.js puts into the page; it exists in browsers only. */
  var fauxsphereDocs: { request(request: unknown): unknown; response(response: unknown): unknown }
}

/** Nothing of the pages comes from elsewhere, and they call nobody else. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'"

const asset = (name: string) => readFileSync(besideCode(`doors/docs/assets/${name}`), 'utf8')

/** The routes of the documentation, ready to take requests. */
export async function createPages(sandbox: Sandbox, site: Site): Promise<FastifyInstance> {
  const documents = await apiDocuments(sandbox, site)
  const pages = Fastify({ routerOptions: { maxParamLength: 200 } })
  pages.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ status: 404, message: `The documentation has no page ${request.url}; see /docs.` }),
  )

  pages.get('/docs/openapi.json', async () => ({
    release: sandbox.services.identity.releases[0],
    documents: documents.map(({ name, url }) => ({ name, url })),
  }))
  for (const { url, build } of documents) pages.get(url, () => build())

  pages.get<{ Params: { name: string } }>('/docs/types/:name', (request, reply) => {
    const page = typePage(request.params.name, sandbox.services.identity)
    return page === undefined
      ? reply.callNotFound()
      : reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(page)
  })

  const coverage = () => coverageOf(sandbox.services.identity.apiVersion)
  pages.get('/docs/coverage.json', async () => coverage())
  pages.get('/docs/coverage', (_request, reply) =>
    reply
      .header('content-security-policy', POLICY)
      .type('text/html; charset=utf-8')
      .send(coveragePage(coverage())),
  )

  const [first] = documents
  await pages.register(fastifySwagger, {
    mode: 'static',
    specification: { document: (await first?.build()) as never },
  })
  await pages.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    staticCSP: POLICY,
    logo: { type: 'image/svg+xml', content: Buffer.from(asset('logo.svg')), href: '/docs', target: '_self' },
    theme: {
      title: site.product.name,
      css: [{ filename: 'docs.css', content: asset('docs.css') }],
      js: [{ filename: 'docs.js', content: asset('docs.js') }],
      favicon: [
        {
          filename: 'logo.svg',
          rel: 'icon',
          sizes: 'any',
          type: 'image/svg+xml',
          content: asset('logo.svg'),
        },
      ],
    },
    uiConfig: {
      urls: documents.map(({ name, url }) => ({ name, url })),
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      deepLinking: true,
      displayRequestDuration: true,
      filter: true,
      // Since when, what it needs, whether it does something here.
      showExtensions: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
      // Written into the page as text; assets/docs.js holds what they do.
      requestInterceptor: (request: unknown) => globalThis.fauxsphereDocs.request(request),
      responseInterceptor: (response: unknown) => globalThis.fauxsphereDocs.response(response),
    } as never,
  })
  await pages.ready()
  return pages
}
