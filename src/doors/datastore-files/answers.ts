import type { FastifyReply } from 'fastify'
import { codeOf } from '#store/files.js'
import { VimFault } from '#vim25/fault.js'

/** A request that is refused, with its status and what to tell. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** Statuses beyond what is on record are ours (deviation 85). */
export const refusals = {
  malformed: () =>
    new Refusal(400, 'This is no path of a file: it leaves the datastore, or cannot be decoded.'),
  nobody: () =>
    new Refusal(
      401,
      'Send the cookie vmware_soap_session, a vmware_cgi_ticket, or a user name and password.',
    ),
  forbidden: (privilege: string) =>
    new Refusal(403, `This takes the privilege ${privilege} on the datastore, which the user does not have.`),
  noPlace: () =>
    new Refusal(
      404,
      'There is no such datacenter (dcPath) or datastore (dsName); /folder lists what there is.',
    ),
  noFile: () => new Refusal(404, 'There is no such file or directory on the datastore.'),
  noFileHere: () => new Refusal(405, 'This is a directory; name a file in it.'),
  unreadable: () => new Refusal(503, 'No connected host has this datastore mounted.'),
  locked: () => new Refusal(423, 'A running virtual machine has this file open.'),
  full: () => new Refusal(507, 'The datastore has no room for this file.'),
  diskFull: () => new Refusal(507, 'The disk of this server is full.'),
  broken: () => new Refusal(400, 'The file did not come as a whole; nothing was changed.'),
}

/** What a fault of the datastore means to an HTTP client. */
const BY_FAULT: Readonly<Record<string, () => Refusal>> = {
  FileNotFound: refusals.noFile,
  FileLocked: refusals.locked,
  NoDiskSpace: refusals.full,
  CannotCreateFile: refusals.noFileHere,
  CannotDeleteFile: refusals.noFileHere,
  FileAlreadyExists: refusals.noFileHere,
  FileNameTooLong: refusals.malformed,
}

/** The refusal that an error is; undefined for a mistake of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof VimFault) return BY_FAULT[error.name]?.()
  if (codeOf(error) === 'ENOSPC') return refusals.diskFull()
  return undefined
}

export function refuse(reply: FastifyReply, { status, message }: Refusal): FastifyReply {
  if (status === 401) reply.header('www-authenticate', 'Basic realm="VMware HTTP server"')
  if (status === 405) reply.header('allow', 'GET, HEAD')
  return reply.code(status).send({ status, message })
}
