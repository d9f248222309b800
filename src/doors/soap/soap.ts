import type { FastifyError, FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { readBody } from './body.js'
import { soapDocuments } from './documents.js'
import type { SoapServer } from './serve-soap.js'
import { versionsFile } from './versions-file.js'

/** What clients post to: the WSDL's own address and those that toolkits make of it (soap-wire 1.1). */
const PATHS = ['/sdk', '/sdk/', '/sdk/vim25', '/sdk/vim25/', '/sdk/vimService', '/sdk/vimService/']

/**
 * SOAP 1.1: every method and property of vim25 behind one address (soap-wire 1). What it takes to read and write XML is
 * loaded with the first call.
 */
export function soapDoor(app: FastifyInstance, sandbox: Sandbox): void {
  let server: SoapServer | undefined
  let loading: Promise<SoapServer> | undefined
  const loaded = async () => {
    loading ??= import('./serve-soap.js').then(({ serveSoap }) => serveSoap(sandbox))
    server = await loading
    return server
  }
  const limit = app.initialConfig.bodyLimit ?? Number.POSITIVE_INFINITY
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (request, stream, done) =>
    readBody(request, stream, { limit, clock: sandbox.clock }, done),
  )
  // Nothing is made of a body's type (soap-wire 1.8), and Fastify takes no odd ones.
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    raw.headers['content-type'] = 'text/xml'
    done()
  })
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    if ((error.statusCode ?? 500) >= 500) throw error
    return (server ?? (await loaded())).refuse(error, request, reply)
  })
  for (const url of PATHS)
    app.post(url, (request, reply) =>
      server
        ? server.answer(request, reply)
        : loaded().then((ready) => ready.answer(request, reply) ?? reply),
    )
  soapDocuments(app, sandbox.services.identity.release)
  app.get('/sdk/vimServiceVersions.xml', (_request, reply) =>
    reply.type('text/xml; charset=utf-8').send(versionsFile(sandbox.services.identity)),
  )
}
