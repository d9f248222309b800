import { recordKind } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'

/** A directory that an NFS server gives out; record `nfsExport:<server>:<path>`. */
export interface NfsExport {
  /** Name or address, as clients give it. */
  readonly server: string
  readonly path: string
  readonly capacityBytes: number
}

export const nfsExports = recordKind<NfsExport>('nfsExport')

const exportId = (server: string, path: string) => `nfsExport:${server.toLowerCase()}:${path}`

/** Declares an export; a world that declares none has servers for any name and path. */
export function declareExport(tx: Transaction, nfsExport: NfsExport): void {
  tx.create(nfsExports, exportId(nfsExport.server, nfsExport.path), nfsExport)
}

/** The export that the world declares at a server and path. */
export function declaredExport(read: Reader, server: string, path: string): NfsExport | undefined {
  return read.find(nfsExports, exportId(server, path))
}

/** What a server that nobody declared gives out. */
const UNDECLARED_BYTES = 2 ** 40

/**
 * The export at a server and path. Undefined: the server refuses to mount it, because the world has exports and this is
 * none of them.
 */
export function exportAt(read: Reader, server: string, path: string): NfsExport | undefined {
  const found = declaredExport(read, server, path)
  if (found) return found
  return read.count(nfsExports) === 0 ? { server, path, capacityBytes: UNDECLARED_BYTES } : undefined
}
