import type { Tables } from './tables.js'

export interface Releases {
  /** Public vim25 release numbers, oldest first. */
  readonly names: readonly string[]
  /** Index of the oldest release that has a table version ("vim.version.v7_0", "vmodl.version.version1"). */
  index(version: string): number
  /** Index of a release number ("7.0.0.0"). */
  named(release: string): number
}

/**
 * Orders the releases by their ancestry. The tables' versions of the shared parts (vmodl, query, reflect)
 * carry no release number: they count from the first release that builds on them. So does a vim version
 * without a public number (9.1.1.0 has one, named by a hash).
 */
export function releases(tables: Tables): Releases {
  const ancestors = new Map<string, Set<string>>()
  for (const [version, parent] of tables.parent) {
    const known = ancestors.get(version) ?? new Set([version])
    ancestors.set(version, known.add(parent))
  }
  const has = (version: string, ancestor: string) => ancestors.get(version)?.has(ancestor) ?? false
  const ordered = tables.version
    .filter(([name, , release]) => name.startsWith('vim.version.') && /^\d+\.\d/.test(release))
    .sort(([a], [b]) => (ancestors.get(a)?.size ?? 0) - (ancestors.get(b)?.size ?? 0))
  ordered.forEach(([name, , release], at) => {
    for (const [older] of ordered.slice(0, at)) {
      if (!has(name, older)) throw new Error(`release ${release} does not build on ${older}: no linear order`)
    }
  })
  const first = new Map<string, number>()
  const names = ordered.map(([, , release]) => release)
  return {
    names,
    named(release) {
      const at = names.indexOf(release)
      if (at < 0) throw new Error(`unknown release ${release}`)
      return at
    },
    index(version) {
      const known = first.get(version)
      if (known !== undefined) return known
      const at = ordered.findIndex(([name]) => has(name, version))
      if (at < 0) throw new Error(`no release has version ${version}`)
      first.set(version, at)
      return at
    },
  }
}
