import { codeOf } from './files.js'

/** The state cannot be read or saved. The message is one line: what happened, where, and what to do. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'it is not a directory',
  EEXIST: 'it is not a directory',
  EIO: 'the disk reported an error',
}

/** A failure of the file system, in words. */
export function reasonOf(error: unknown): string {
  const known = REASONS[codeOf(error) ?? '']
  return known ?? (error instanceof Error ? error.message : String(error))
}
