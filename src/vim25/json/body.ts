/** An answer's body, or a part of one: text, or the UTF-8 bytes of a text that is long enough to be kept as bytes. */
export type Body = string | Buffer

/** Puts a body together from parts. Bytes are copied once, at the end; short text is joined as text. */
export interface BodyWriter {
  add(part: Body): void
  /** The whole: text as long as no part was bytes. */
  end(): Body
}

export function bodyWriter(): BodyWriter {
  const parts: Buffer[] = []
  let text = ''
  return {
    add(part) {
      if (typeof part === 'string') {
        text += part
        return
      }
      if (text !== '') parts.push(Buffer.from(text))
      text = ''
      parts.push(part)
    },
    end() {
      if (parts.length === 0) return text
      if (text !== '') parts.push(Buffer.from(text))
      return Buffer.concat(parts)
    },
  }
}

/** Characters from which on a kept text is bytes: a copy of them is cheap, encoding the text again is not. */
const BYTES_FROM = 4096

/** A part in the form in which it is worth keeping. */
export function keepable(part: Body): Body {
  return typeof part === 'string' && part.length >= BYTES_FROM ? Buffer.from(part) : part
}
