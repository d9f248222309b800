import type { FastifyInstance } from 'fastify'
import { WSDL_DOCUMENTS, wsdlDocument } from '#vim25/wsdl/documents.js'

/**
 * The description of vim25 for SOAP toolkits, for anyone: `/sdk/vimService.wsdl` and what it includes, and
 * `/sdk/vimService?wsdl`, where .NET asks for it (fact sheet soap-wire 1.2). Each is written at its first request.
 */
export function soapDocuments(app: FastifyInstance, release: number): void {
  const written = new Map<string, string>()
  const document = (name: string) => {
    const text = written.get(name) ?? wsdlDocument(name, release)
    if (text === undefined) throw new Error(`There is no document '${name}'.`)
    written.set(name, text)
    return text
  }
  for (const name of WSDL_DOCUMENTS)
    app.get(`/sdk/${name}`, (_request, reply) => {
      reply.header('content-type', 'text/xml; charset=utf-8').send(document(name))
    })
  app.get<{ Querystring: Record<string, unknown> }>('/sdk/vimService', (request, reply) => {
    if (!('wsdl' in request.query)) return reply.callNotFound()
    return reply.header('content-type', 'text/xml; charset=utf-8').send(document('vimService.wsdl'))
  })
}
