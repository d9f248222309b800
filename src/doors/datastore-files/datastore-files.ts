import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpDate, instant } from '#ports/clock.js'
import { hasPrivilege } from '#vsphere/authorization/check.js'
import type { Session } from '#vsphere/core/context.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { directoryExists } from '#vsphere/datastore/files.js'
import type { Place } from '#vsphere/datastore/paths.js'
import {
  datacenterAt,
  datastoreAsked,
  type FolderRequest,
  readFolderUrl,
} from '#vsphere/file-manager/folder-url.js'
import { FILE_MANAGEMENT } from '#vsphere/file-manager/resolve.js'
import { deletePlace } from '#vsphere/file-manager/transfer.js'
import { clientOf } from '../client.js'
import { byteRange } from '../library-data/byte-range.js'
import { refusalOf, refusals, refuse } from './answers.js'
import { callerOf } from './caller.js'
import { contentAt } from './content.js'
import { datacentersPage, datastoresPage, directoryPage } from './listing.js'
import { receiveFile } from './receive.js'

const BROWSE = 'Datastore.Browse'
const VIEW = 'System.View'

/**
 * `/folder/dir/file?dcPath=<datacenter>&dsName=<datastore>`: files on datastores, read, written and deleted by whoever may; pages
 * of what there is where no file is named (soap-wire 7).
 */
export function datastoreFilesDoor(app: FastifyInstance, sandbox: Sandbox): void {
  app.removeAllContentTypeParsers()
  // The stream itself: files are as large as they are.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  for (const url of ['/folder', '/folder/*'])
    app.route({
      method: ['GET', 'HEAD', 'PUT', 'DELETE', 'POST'],
      url,
      bodyLimit: Number.MAX_SAFE_INTEGER,
      handler: async (request, reply) => {
        try {
          return await answer(sandbox, request, reply)
        } catch (error) {
          const refusal = refusalOf(error) ?? (request.raw.readableAborted ? refusals.broken() : undefined)
          if (!refusal) throw error
          // What else comes of a body that nobody wants is not waited for.
          if (hasBody(request)) reply.header('connection', 'close')
          return refuse(reply, refusal)
        }
      },
    })
}

const hasBody = ({ method, raw }: FastifyRequest) => method === 'PUT' && !raw.readableEnded

async function answer(sandbox: Sandbox, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { method } = request
  if (method === 'POST') throw refusals.noFileHere()
  const asked = readFolderUrl(request.raw.url ?? '')
  if (!asked) throw refusals.malformed()
  const session = callerOf(sandbox, request)
  if (!session) throw refusals.nobody()
  const reads = method === 'GET' || method === 'HEAD'
  if (reads && !asked.dsName) return sendList(sandbox, session, asked, reply)
  const place = placeOf(sandbox, asked)
  requireRight(sandbox, session, place.datastore, reads ? BROWSE : FILE_MANAGEMENT)
  requireReachable(sandbox, place)
  if (reads) return send(sandbox, request, reply, place)
  if (method === 'PUT') return take(sandbox, request, reply, place, session)
  if (directoryExists(sandbox.inventory.read, place.datastore, place.path)) throw refusals.noFileHere()
  sandbox.transact({ session, client: clientOf(request) }, (ctx) => deletePlace(ctx, place))
  sandbox.settle()
  return reply.code(204).send()
}

function placeOf({ inventory: { read } }: Sandbox, asked: FolderRequest): Place {
  const datastore = datastoreAsked(read, asked)
  if (datastore === undefined) throw refusals.noPlace()
  if (asked.path.split('/').some((step) => Buffer.byteLength(step) > 255)) throw refusals.malformed()
  return { datastore, path: asked.path }
}

function requireRight(
  { inventory: { read } }: Sandbox,
  session: Session,
  id: string,
  privilege: string,
): void {
  if (!hasPrivilege(read, session, id, privilege)) throw refusals.forbidden(privilege)
}

function requireReachable({ inventory: { read } }: Sandbox, { datastore }: Place): void {
  if (!read.get('Datastore', datastore).summary.accessible) throw refusals.unreadable()
}

function sendList(
  sandbox: Sandbox,
  session: Session,
  asked: FolderRequest,
  reply: FastifyReply,
): FastifyReply {
  const { read } = sandbox.inventory
  const may = (id: string) => hasPrivilege(read, session, id, VIEW)
  if (asked.path !== '') throw refusals.noPlace()
  if (!asked.dcPath) return sendPage(reply, datacentersPage(sandbox, may))
  const datacenter = datacenterAt(read, asked.dcPath)
  if (datacenter === undefined || !may(datacenter)) throw refusals.noPlace()
  return sendPage(reply, datastoresPage(sandbox, datacenter, may))
}

const sendPage = (reply: FastifyReply, text: string) => reply.type('text/html; charset=utf-8').send(text)

async function send(
  sandbox: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
  place: Place,
): Promise<FastifyReply> {
  if (directoryExists(sandbox.inventory.read, place.datastore, place.path))
    return sendPage(reply, directoryPage(sandbox, place))
  const content = contentAt(sandbox, place)
  if (!content) throw refusals.noFile()
  const { size, file } = content
  const range = byteRange(request.headers.range, size)
  reply.header('accept-ranges', 'bytes').type('application/octet-stream')
  if (file.modified) reply.header('last-modified', httpDate(instant(file.modified)))
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send()
  const part = range ?? { start: 0, end: size - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${part.start}-${part.end}/${size}`)
  reply.header('content-length', part.end - part.start + 1)
  if (request.method === 'HEAD' || size === 0) return reply.send()
  return reply.send(await content.bytes(part))
}

async function take(
  sandbox: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
  place: Place,
  session: Session,
): Promise<FastifyReply> {
  // A path that ends in a slash names a directory, which nobody can send.
  if (/\/(?:\?|$)/.test((request.raw.url ?? '').split('?')[0] ?? '')) throw refusals.noFileHere()
  const length = request.headers['content-length']
  const outcome = await receiveFile(sandbox, {
    place,
    session,
    client: clientOf(request),
    // Whoever stops reading leaves the connection open: the answer goes over it.
    bytes: ((request.body ?? request.raw) as Readable).iterator({ destroyOnReturn: false }),
    length: length === undefined ? undefined : Number(length),
  })
  return reply.code(outcome === 'new' ? 201 : 200).send()
}
