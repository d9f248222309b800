/*
 * What an OVA is: a tar archive of the files of an OVF package, the descriptor first. Read from a stream, an entry at a time,
 * in bounded memory.
 */

export interface TarEntry {
  /** Without directories. */
  readonly name: string
  /** To be read to its end before the next entry is asked for. */
  readonly bytes: AsyncIterable<Buffer>
}

const BLOCK = 512

/** The regular files of an archive, in order. Throws TarError for what is none. */
export async function* tarEntries(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = reader(archive)
  let longName: string | undefined
  for (;;) {
    const header = await source.exactly(BLOCK)
    if (!header || header.every((byte) => byte === 0)) return
    if (!isHeader(header)) throw new TarError('This is not an OVA: a header of the archive is damaged.')
    const size = sizeOf(header)
    const kind = String.fromCharCode(header[156] ?? 0)
    if (kind === 'L' || kind === 'x' || kind === 'g') {
      if (size > LONGEST_NOTE) throw new TarError('This is not an OVA: a name in the archive is too long.')
      const note = (await source.exactly(size + padding(size)))?.subarray(0, size)
      if (!note) throw new TarError(CUT)
      longName = noted(kind, note) ?? longName
      continue
    }
    const name = (longName ?? text(header, 0, 100)).replace(/^.*\//, '')
    longName = undefined
    const isFile = (kind === '0' || kind === '\0') && name !== ''
    if (isFile) yield { name, bytes: source.upTo(size) }
    else for await (const _ of source.upTo(size));
    await source.exactly(padding(size))
  }
}

export class TarError extends Error {}

const CUT = 'This is not an OVA: the archive ends too early.'
const LONGEST_NOTE = 64 * 1024
const padding = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end)
}

/** Octal, or binary for what is too large for that. */
function sizeOf(header: Buffer): number {
  if ((header[124] ?? 0) & 0x80) return Number(header.readBigUInt64BE(128))
  const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8)
  if (!Number.isSafeInteger(size) || size < 0)
    throw new TarError('This is not an OVA: a size in the archive is none.')
  return size
}

/** The sum of all bytes, those of the sum itself taken as blanks. */
function isHeader(header: Buffer): boolean {
  let sum = 8 * 32
  header.forEach((byte, at) => {
    if (at < 148 || at >= 156) sum += byte
  })
  return Number.parseInt(text(header, 148, 8).trim(), 8) === sum
}

/** The next file's name as an extended header gives it. */
function noted(kind: string, note: Buffer): string | undefined {
  const content = note.toString('utf8')
  if (kind === 'L') return content.replace(/\0.*$/s, '')
  return kind === 'x' ? /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content)?.[1] : undefined
}

function reader(archive: AsyncIterable<Uint8Array>) {
  const iterator = archive[Symbol.asyncIterator]()
  let rest = Buffer.alloc(0)
  const more = async () => {
    const { done, value } = await iterator.next()
    if (done) return false
    rest = rest.length === 0 ? Buffer.from(value) : Buffer.concat([rest, value])
    return true
  }
  return {
    /** So many bytes; undefined at the end of the archive. */
    async exactly(length: number): Promise<Buffer | undefined> {
      while (rest.length < length) if (!(await more())) return undefined
      const taken = rest.subarray(0, length)
      rest = rest.subarray(length)
      return taken
    },
    async *upTo(length: number): AsyncGenerator<Buffer> {
      for (let left = length; left > 0; ) {
        if (rest.length === 0 && !(await more())) throw new TarError(CUT)
        const taken = rest.subarray(0, left)
        rest = rest.subarray(taken.length)
        left -= taken.length
        yield taken
      }
    },
  }
}
