/** The last bytes of an answer in chunks. */
const LAST_CHUNK = '0\r\n\r\n'

/**
 * Follows answers over one connection, looking at nothing but status and length: `true` when one is complete. One request
 * at a time is under way. Throws for an answer that is not 2xx, or does not say where it ends.
 */
export function answerFollower(): (bytes: Uint8Array, count: number) => boolean {
  let head = ''
  let tail = ''
  /** Bytes of the body that are still to come, or that it comes in chunks; undefined while the head does. */
  let left: number | 'chunks' | undefined

  const done = (complete: boolean): boolean => {
    if (complete) {
      head = ''
      tail = ''
      left = undefined
    }
    return complete
  }
  const chunksEnd = (text: string) => {
    tail = (tail + text).slice(-LAST_CHUNK.length)
    return done(tail === LAST_CHUNK)
  }
  const textOf = (bytes: Uint8Array, from: number, to: number) =>
    Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')

  return (bytes, count) => {
    if (left === 'chunks') return chunksEnd(textOf(bytes, Math.max(0, count - LAST_CHUNK.length), count))
    if (left !== undefined) {
      left -= count
      return done(left <= 0)
    }
    head += textOf(bytes, 0, count)
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return false
    const lines = head.slice(0, end)
    const length = /^HTTP\/1\.1 2.*?\r\ncontent-length: (\d+)/is.exec(lines)?.[1]
    if (length !== undefined) {
      left = Number(length) - (head.length - end - 4)
      return done(left <= 0)
    }
    if (!/^HTTP\/1\.1 2.*?\r\ntransfer-encoding: chunked/is.test(lines))
      throw new Error(`An answer is not as expected: ${head.slice(0, 500)}`)
    left = 'chunks'
    return chunksEnd(head.slice(end + 4))
  }
}
