import { createHash } from 'node:crypto'

const remembered = new Map<string, string>()

/** A fingerprint of data: another one as soon as anything in it is another. Hexadecimal. */
export const fingerprintOf = (data: unknown): string =>
  createHash('sha1').update(JSON.stringify(data)).digest('hex')

/** The fingerprint of what is the same for the whole life of the process; `key` says what that is. */
export function constantFingerprint(key: string, data: () => unknown): string {
  let text = remembered.get(key)
  if (text === undefined) {
    text = fingerprintOf(data())
    remembered.set(key, text)
  }
  return text
}
