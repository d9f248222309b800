import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  FileQuery,
  HostDatastoreBrowserSearchResults,
  HostDatastoreBrowserSearchSpec,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { directoriesIn, filesIn, requireDirectory } from '../datastore/files.js'
import { datastorePath, nameOf, type Place } from '../datastore/paths.js'
import { type Found, fileInfoOf } from './file-info.js'
import { isKind, kindOfFile, kindOfQuery } from './file-kinds.js'
import { passes } from './filters.js'
import { namesLike } from './pattern.js'

/**
 * What a directory holds that the spec asks for, by name. `asked` is the path as the client wrote it, which the answer
 * repeats. Throws FileNotFound.
 */
export function searchDirectory(
  read: Reader,
  place: Place,
  asked: string,
  spec: HostDatastoreBrowserSearchSpec | undefined,
): HostDatastoreBrowserSearchResults {
  requireDirectory(read, place.datastore, place.path)
  const isWanted = namesLike(spec?.matchPattern, spec?.searchCaseInsensitive ?? false)
  const found: Found[] = []
  for (const each of [...foldersOf(read, place), ...filesOf(read, place, spec)]) {
    if (!isWanted(each.name)) continue
    const query = answers(read, each, spec?.query)
    if (query !== 'none') found.push({ ...each, query })
  }
  const first = spec?.sortFoldersFirst ? (each: Found) => (each.kind === 'FolderFile' ? 0 : 1) : () => 0
  found.sort((a, b) => first(a) - first(b) || compare(a.name, b.name))
  return data('HostDatastoreBrowserSearchResults', {
    datastore: read.ref(place.datastore),
    folderPath: asked,
    file: found.map((each) => fileInfoOf(read, each, spec?.details)),
  })
}

/** The same for a directory and everything below it: a result for each directory, the first for itself. */
export function searchBelow(
  read: Reader,
  place: Place,
  asked: string,
  spec: HostDatastoreBrowserSearchSpec | undefined,
): readonly HostDatastoreBrowserSearchResults[] {
  const { datastore } = place
  const results = [searchDirectory(read, place, asked, spec)]
  for (const path of [...directoriesIn(read, datastore, place.path)].sort(compare))
    results.push(...searchBelow(read, { datastore, path }, folderPath(read, { datastore, path }), spec))
  return results
}

/** How results name directories: `[name]` for the root and `[name] a/b/` for others, so that a file's name can follow. */
export function folderPath(read: Reader, { datastore, path }: Place): string {
  const { name } = read.get('Datastore', datastore)
  return path === '' ? `[${name}]` : datastorePath(name, `${path}/`)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const foldersOf = (read: Reader, { datastore, path }: Place): Found[] =>
  directoriesIn(read, datastore, path).map((below) => ({
    name: nameOf(below),
    kind: 'FolderFile',
    place: { datastore, path: below },
  }))

const filesOf = (
  read: Reader,
  { datastore, path }: Place,
  spec: HostDatastoreBrowserSearchSpec | undefined,
): Found[] =>
  filesIn(read, datastore, path).map((file) => ({
    name: file.name,
    kind: kindOfFile(file.name, spec?.searchCaseInsensitive ?? true),
    file,
    place: { datastore, path: path === '' ? file.name : `${path}/${file.name}` },
  }))

/** The query that a file answers; undefined where nothing in particular is looked for. */
function answers(
  read: Reader,
  found: Found,
  queries: readonly FileQuery[] | undefined,
): FileQuery | undefined | 'none' {
  if (!queries || queries.length === 0) return undefined
  const query = queries.find(
    (each) =>
      isA(each._typeName, 'FileQuery') &&
      isKind(found.kind, kindOfQuery(each._typeName)) &&
      passes(read, found, each),
  )
  return query ?? 'none'
}
