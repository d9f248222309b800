/** An answer's body, or a part of one: text, or the UTF-8 bytes of a text that is long enough to be kept as bytes. */
export type Body = string | Buffer

/** Puts a body together from parts. */
export interface BodyWriter {
  add(part: Body): void
  /** The whole: text as long as it is short and no part was bytes. */
  end(): Body
}

/** Characters from which on text is bytes: a copy of them is cheap, encoding the text again is not. */
const BYTES_FROM = 256

/** Characters up to which a whole answer stays text: Node sends that with its head in one write, which costs half. */
const TEXT_TO = 4096

/**
 * Parts are written into one buffer at the end: joined as text, a list of a thousand short objects costs four times as
 * much, because text that is added up stays a tree until somebody needs its bytes, and is flattened for each answer anew.
 */
export function bodyWriter(): BodyWriter {
  const parts: Body[] = []
  let most = 0
  let bytes = false
  return {
    add(part) {
      const last = parts.length - 1
      const before = parts[last]
      if (typeof part !== 'string') {
        parts.push(part)
        most += part.length
        bytes = true
        return
      }
      if (typeof before === 'string' && before.length < BYTES_FROM) parts[last] = before + part
      else parts.push(part)
      most += part.length * MOST_BYTES_PER_CHARACTER
    },
    end: () => (bytes || most > TEXT_TO * MOST_BYTES_PER_CHARACTER ? written(parts, most) : parts.join('')),
  }
}

/** In UTF-8, of a UTF-16 code unit. */
const MOST_BYTES_PER_CHARACTER = 3

function written(parts: readonly Body[], most: number): Buffer {
  const buffer = Buffer.allocUnsafe(most)
  let at = 0
  for (const part of parts) {
    if (typeof part !== 'string') {
      buffer.set(part, at)
      at += part.length
    } else if (part.length === 1 && part.charCodeAt(0) < 128) buffer[at++] = part.charCodeAt(0)
    else at += buffer.write(part, at)
  }
  return buffer.subarray(0, at)
}

/** A part in the form in which it is worth keeping: bytes of their own, not a piece of something larger. */
export function keepable(part: Body): Body {
  if (typeof part !== 'string') return part.length < part.buffer.byteLength ? Buffer.from(part) : part
  return part.length >= BYTES_FROM ? Buffer.from(part) : part
}
