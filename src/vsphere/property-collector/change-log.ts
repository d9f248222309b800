import type { Commit } from '#inventory/inventory.js'

/**
 * Which objects the newest commits changed, so that a filter that last looked some commits ago compares only those. It
 * holds ids, not values; beyond the bound the oldest are forgotten and whoever asks compares everything.
 */
export interface ChangeLog {
  add(commit: Commit): void
  /** Ids of all objects changed after this revision; undefined when the log does not go back so far. */
  since(revision: number): ReadonlySet<string> | undefined
}

const MOST_IDS = 100_000

export function createChangeLog(start: number): ChangeLog {
  let entries: { readonly revision: number; readonly ids: readonly string[] }[] = []
  let from = start
  let size = 0
  let last: { readonly revision: number; readonly ids: ReadonlySet<string> } | undefined

  return {
    add({ after, changes }) {
      last = undefined
      entries.push({ revision: after.revision, ids: changes.map(({ id }) => id) })
      size += 1 + changes.length
      if (size <= MOST_IDS) return
      let dropped = 0
      while (size > MOST_IDS / 2 && dropped < entries.length) {
        size -= 1 + (entries[dropped]?.ids.length ?? 0)
        from = entries[dropped]?.revision ?? from
        dropped++
      }
      entries = entries.slice(dropped)
    },
    since(revision) {
      if (revision < from) return undefined
      if (last?.revision === revision) return last.ids
      const ids = new Set<string>()
      for (let i = entries.length - 1; i >= 0; i--) {
        const entry = entries[i]
        if (!entry || entry.revision <= revision) break
        for (const id of entry.ids) ids.add(id)
      }
      last = { revision, ids }
      return ids
    },
  }
}
