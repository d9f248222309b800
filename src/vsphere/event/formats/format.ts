import type { EventCategory } from '../category.js'

/** How one type of event reads. */
export interface EventFormat {
  readonly category: EventCategory
  /** A few words for lists of event types. */
  readonly description: string
  /** Template of fullFormattedMessage; `{vm.name}` is a path into the event. */
  readonly format: string
  /** `exact`: the format stands in public material about the real thing; `ours`: written here (deviation 13). */
  readonly provenance: 'exact' | 'ours'
}

type EventFormats = Readonly<Record<string, EventFormat>>

/** One line of a table: type, category, description, format. */
type Row = readonly [type: string, category: EventCategory, description: string, format: string]

const table =
  (provenance: EventFormat['provenance']) =>
  (rows: readonly Row[]): EventFormats =>
    Object.fromEntries(
      rows.map(([type, category, description, format]) => [
        type,
        { category, description, format, provenance },
      ]),
    )

export const exact = table('exact')
export const ours = table('ours')
