import { checksum } from './log-text.js'
import { decode, encode, encodeWhole } from './value-text.js'

/** A whole state as the store keeps it: facts about it, and lists of plain values. */
export interface Checkpoint {
  /** The log file that goes on from here. */
  readonly log: number
  readonly facts: Readonly<Record<string, unknown>>
  /** Each may be gone through more than once and gives the same values then. */
  readonly sections: Readonly<Record<string, Iterable<unknown>>>
}

/** Version of everything that is in a data directory. */
export const FORMAT = 1

/** Nodes of the state between two yields: about a millisecond of work. */
const SLICE = 5_000

/**
 * The text of a checkpoint, piece by piece: JSON, one line for each value, values that occur more than once in a
 * table, and a checksum of all that precedes it. Between two pieces little time passes (a piece may be empty), so
 * that requests can be answered in between.
 */
export function* checkpointText({ log, facts, sections }: Checkpoint): Generator<string> {
  const table = sharedTable()
  for (const values of Object.values(sections))
    for (const value of values) {
      table.look(value)
      if (table.slice(SLICE)) yield ''
    }
  yield `{"format":${FORMAT},"log":${log},"facts":${encode(facts)}`
  for (const [name, values] of Object.entries(sections)) {
    let text = `,\n${JSON.stringify(name)}:[`
    let separator = '\n'
    for (const value of values) {
      text += separator + encode(value, table.placeOf)
      separator = ',\n'
      if (text.length < SLICE * 10) continue
      yield text
      text = ''
    }
    yield `${text}\n]`
  }
  yield ',\n"shared":[\n'
  for (let at = 0; at < table.texts.length; at += SLICE)
    yield (at ? ',\n' : '') + table.texts.slice(at, at + SLICE).join(',\n')
  yield '\n]'
}

/** The line that closes the text whose checksum is given. */
export function checkpointEnd(sum: string): string {
  return `,\n"checksum":"${sum}"}\n`
}

export class DamagedCheckpoint extends Error {}

/** The text is of a version that this program does not know. */
export class NewerFormat extends Error {}

/** Reads a checkpoint; its sections are arrays of frozen values. Throws DamagedCheckpoint or NewerFormat. */
export function readCheckpoint(bytes: Buffer): Checkpoint {
  const format = /^\{"format":(\d+),/.exec(bytes.toString('latin1', 0, 40))?.[1]
  if (format !== undefined && Number(format) > FORMAT) throw new NewerFormat(format)
  const end = bytes.lastIndexOf(',\n"checksum":"')
  if (end < 0) throw new DamagedCheckpoint(bytes.length === 0 ? 'it is empty' : 'its end is missing')
  const content = bytes.subarray(0, end)
  if (bytes.toString('latin1', end) !== checkpointEnd(checksum(content)))
    throw new DamagedCheckpoint('its checksum does not match')
  const { format: _format, checksum: _sum, log, facts, shared, ...sections } = parse(bytes)
  const table: unknown[] = []
  for (const value of shared) table.push(decode(value, table))
  for (const [name, values] of Object.entries(sections)) sections[name] = decode(values, table) as unknown[]
  return { log, facts: decode(facts) as Checkpoint['facts'], sections }
}

type Parsed = { log: number; facts: object; shared: unknown[]; format: number; checksum: string } & Record<
  string,
  unknown[]
>

function parse(bytes: Buffer): Parsed {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new DamagedCheckpoint('it is not JSON', { cause: error })
  }
}

/** Finds which objects occur more than once, and gives those a place as they are needed. */
function sharedTable() {
  const seen = new Set<object>()
  const shared = new Set<object>()
  const places = new Map<object, number>()
  const texts: string[] = []
  let nodes = 0

  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    nodes++
    if (seen.has(value)) {
      shared.add(value)
      return
    }
    seen.add(value)
    for (const member of Array.isArray(value) ? value : Object.values(value)) look(member)
  }

  const placeOf = (value: object): number | undefined => {
    if (!shared.has(value)) return undefined
    let place = places.get(value)
    if (place === undefined) {
      // What it holds gets its places first, so that the table can be read from the start.
      const text = encodeWhole(value, placeOf)
      place = texts.push(text) - 1
      places.set(value, place)
    }
    return place
  }

  return {
    look,
    placeOf,
    texts,
    /** True once after every `size` nodes. */
    slice(size: number): boolean {
      if (nodes < size) return false
      nodes = 0
      return true
    },
  }
}
