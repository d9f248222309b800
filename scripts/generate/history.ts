import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Scratch } from './python.js'
import { releases } from './releases.js'
import type { Tables } from './tables.js'

/**
 * The tables give no release for an enum's single values; earlier published packages tell by first listing
 * them. 5.5.0 is the oldest one with tables of its own (the one numbered 5.1.0 holds the same).
 */
const PACKAGES = [
  '5.5.0',
  '6.0.0',
  '6.5',
  '6.7.0.2018.9',
  '6.7.1',
  '6.7.3',
  '7.0',
  '7.0.1',
  '7.0.2',
  '7.0.3',
  '8.0.0.1',
  '8.0.1.0',
  '8.0.2.0',
  '8.0.3.0.1',
  '9.0.0.0',
  '9.1.0.0',
]

const TABLE_MODULES = [
  ['_typeinfo_core', 'CoreTypes'],
  ['_typeinfo_query', 'QueryTypes'],
  ['_typeinfo_vim', 'ServerObjects'],
]

/** Enum -> value -> release that first lists it, for values that came after their enum. */
export type ValueHistory = Readonly<Record<string, Readonly<Record<string, string>>>>

const UNPACK =
  'import shutil, sys; shutil.unpack_archive(sys.argv[1], sys.argv[2], "zip" if sys.argv[1].endswith(".whl") else None)'

function tablesOf(scratch: Scratch, release: string): Tables {
  const archives = join(scratch.folder, release, 'archive')
  const unpacked = join(scratch.folder, release, 'unpacked')
  mkdirSync(archives, { recursive: true })
  scratch.pip('download', '--no-deps', '--dest', archives, `pyVmomi==${release}`)
  const [archive] = readdirSync(archives)
  if (!archive) throw new Error(`pip downloaded nothing for pyVmomi ${release}`)
  scratch.python('-c', UNPACK, join(archives, archive), unpacked)
  const folder = ['.', ...readdirSync(unpacked)]
    .map((parent) => join(unpacked, parent, 'pyVmomi'))
    .find((candidate) => existsSync(join(candidate, 'VmomiSupport.py')))
  if (!folder) throw new Error(`pyVmomi ${release} holds no tables`)
  const modules = TABLE_MODULES.flatMap((names) =>
    names.filter((name) => existsSync(join(folder, `${name}.py`))),
  )
  return scratch.extract(folder, modules)
}

/** Follows every enum of the newest tables through the packages. */
export function valueHistory(current: Tables, older: readonly Tables[]): ValueHistory {
  const { names } = releases(current)
  const listed = new Map<string, Map<string, string | undefined>>()
  for (const tables of [...older, current]) {
    const known = new Set(tables.version.map(([, , release]) => release))
    const newest = names.findLast((release) => known.has(release))
    for (const [, name, , values] of tables.enum) {
      const earlier = listed.get(name)
      const seen = earlier ?? new Map<string, string | undefined>()
      // What the first listing holds came with the enum itself, as far as anyone can tell.
      for (const value of values) if (!seen.has(value)) seen.set(value, earlier ? newest : undefined)
      listed.set(name, seen)
    }
  }
  const result: Record<string, Record<string, string>> = {}
  for (const [, name, , values] of [...current.enum].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
    const late = values.flatMap((value) => {
      const release = listed.get(name)?.get(value)
      return release === undefined ? [] : [[value, release] as const]
    })
    if (late.length > 0) result[name] = Object.fromEntries(late)
  }
  return result
}

/** Downloads the earlier packages, one after the other (about a minute). */
export function downloadHistory(scratch: Scratch, current: Tables): ValueHistory {
  return valueHistory(
    current,
    PACKAGES.map((release) => tablesOf(scratch, release)),
  )
}
