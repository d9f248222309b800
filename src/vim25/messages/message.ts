import type { FaultTypes } from '../generated/types.js'

type FaultName = keyof FaultTypes & string

/** A fault type, or `Type.reason` for a fault whose `reason` field has that value. */
export type MessageKey = FaultName | `${FaultName}.${string}`

export interface Message {
  /** Templates with `{field}`: the first one whose fields are all set is used, else the last one with blanks. */
  readonly texts: readonly string[]
  /** `exact`: the sentence stands in public material about the real thing; `ours`: written here (deviation 13). */
  readonly provenance: 'exact' | 'ours'
  /** Where an exact sentence was found. */
  readonly source?: string
}

export type Messages = Readonly<Partial<Record<MessageKey, Message>>>

export const exact = (source: string, ...texts: readonly string[]): Message => ({
  texts,
  provenance: 'exact',
  source,
})

export const ours = (...texts: readonly string[]): Message => ({ texts, provenance: 'ours' })

/** Our sentences for the values of a fault's `reason` field, all behind the same beginning. */
export function reasons<K extends FaultName>(
  type: K,
  beginning: string,
  sentences: Readonly<Record<string, string>>,
): Messages {
  return Object.fromEntries(
    Object.entries(sentences).map(([reason, text]) => [`${type}.${reason}`, ours(beginning + text)]),
  )
}
