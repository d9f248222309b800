import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findItem } from '#services/content-library/items.js'
import {
  itemDocument,
  itemsDocument,
  libraryDocument,
  publishedFile,
  publishedLibrary,
} from '#services/content-library/published.js'
import type { Library } from '#services/content-library/records.js'
import { mayFollow } from '#services/content-library/sync.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { basicCredentials } from '../automation/basic.js'
import { refuse, sendFile } from './send-file.js'

type Served = (library: Library, reply: FastifyReply, request: FastifyRequest) => unknown

/** What published libraries show to subscribers: lib.json, items.json, and from there the items and their files. */
export function publishedRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const serve = (path: string, answer: Served) =>
    app.route<{ Params: { library: string } }>({
      method: ['GET', 'HEAD'],
      url: `/cls/vcsp/lib/:library${path}`,
      handler: async (request, reply) => {
        const library = publishedLibrary(sandbox.inventory.read, request.params.library)
        if (!library) return refuse(reply, ABSENT)
        if (!mayFollow(library, basicCredentials(request.headers.authorization) ?? {})) {
          reply.header('www-authenticate', 'Basic realm="vcsp"')
          return refuse(reply, [401, 'This library asks for the user vcsp and its password.'])
        }
        return answer(library, reply, request)
      },
    })

  serve('/lib.json', (library) => libraryDocument(sandbox.inventory.read, library))
  serve('', (library) => libraryDocument(sandbox.inventory.read, library))
  serve('/items.json', (library) => itemsDocument(sandbox.inventory.read, library))
  serve('/:item/item.json', (library, reply, request) => {
    const item = findItem(sandbox.inventory.read, parameter(request, 'item'))
    return item?.library === library.id ? itemDocument(item) : refuse(reply, ABSENT)
  })
  serve('/:item/:file', (library, reply, request) => {
    const { read } = sandbox.inventory
    const file = publishedFile(read, library.id, parameter(request, 'item'), parameter(request, 'file'))
    return file ? sendFile(sandbox, request, reply, file) : refuse(reply, ABSENT)
  })
}

const parameter = ({ params }: FastifyRequest, name: string) =>
  (params as Readonly<Record<string, string>>)[name] ?? ''

const ABSENT = [404, 'No published library has this.'] as const
