import type { Transaction } from '#inventory/transaction.js'
import { DEFAULT_PERMISSIONS } from './permissions.js'

/** Gives a new world the permissions that a fresh vCenter has. */
export function grantDefaultPermissions(tx: Transaction): void {
  const root = tx.find('Folder', 'group-d1')
  if (root && !root.permission?.length) tx.set('Folder', 'group-d1', { permission: DEFAULT_PERMISSIONS })
}
