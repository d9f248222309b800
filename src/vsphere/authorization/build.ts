import type { Transaction } from '#inventory/transaction.js'
import { rootFolderOf } from '../core/well-known.js'
import { defaultPermissions } from './permissions.js'

/** Gives a new world the permissions that a fresh vCenter has. */
export function grantDefaultPermissions(tx: Transaction): void {
  const id = rootFolderOf(tx)
  const root = tx.find('Folder', id)
  if (root && !root.permission?.length) tx.set('Folder', id, { permission: defaultPermissions(id) })
}
