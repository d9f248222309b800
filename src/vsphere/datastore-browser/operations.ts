import type { Reader } from '#inventory/reader.js'
import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { datastorePath, type Place, parseDatastorePath } from '../datastore/paths.js'
import { requireRight } from '../file-manager/resolve.js'
import { deletePlace } from '../file-manager/transfer.js'
import { placeOfVolumePath } from '../file-manager/volume-path.js'
import { validName } from '../managed-entity/entity.js'
import { searchBelow, searchDirectory } from './search.js'

const BROWSE = 'Datastore.Browse'

export const datastoreBrowserOperations = operations('HostDatastoreBrowser', {
  SearchDatastore_Task: {
    entity: (ctx, self, { datastorePath: path }) => datastoreIn(ctx.tx, self, path),
    before: (ctx, self, { datastorePath: path }) => mayBrowse(ctx, self, path),
    run(ctx, self, { datastorePath: path, searchSpec }) {
      const place = placeIn(ctx.tx, self, path)
      return searchDirectory(ctx.tx, place, asked(path), searchSpec)
    },
  },

  SearchDatastoreSubFolders_Task: {
    entity: (ctx, self, { datastorePath: path }) => datastoreIn(ctx.tx, self, path),
    before: (ctx, self, { datastorePath: path }) => mayBrowse(ctx, self, path),
    run(ctx, self, { datastorePath: path, searchSpec }) {
      const place = placeIn(ctx.tx, self, path)
      return searchBelow(ctx.tx, place, asked(path), searchSpec)
    },
  },

  /** Also deletes directories, with everything in them. */
  DeleteFile(ctx, self, { datastorePath: path }) {
    const place = placeIn(ctx.tx, self, path)
    requireRight(ctx, place, 'Datastore.DeleteFile')
    deletePlace(ctx, place)
  },
})

/** The path as results repeat it: what the client wrote, but for blanks behind a datastore alone. */
const asked = (path: string) => path.replace(/^(\[[^[\]]+\])\s*$/, '$1')

/**
 * The place on one of the browser's datastores. Throws InvalidDatastorePath for what is none, InvalidDatastore for a datastore
 * that the browser does not see or that no host reaches.
 */
function placeIn(read: Reader, self: ManagedObjectReference, text: string): Place {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names with such characters are refused.
  if (/[\u0000-\u001f]/.test(text)) throw fault('InvalidDatastorePath', { datastorePath: text })
  const place = text.startsWith('ds://') ? placeOfVolumePath(read, text, undefined) : named(read, self, text)
  const { accessible } = read.get('Datastore', place.datastore).summary
  if (!sees(read, self, place.datastore) || !accessible)
    throw fault('InvalidDatastore', {
      datastore: read.ref(place.datastore),
      name: read.get('Datastore', place.datastore).name,
    })
  return place
}

function named(read: Reader, self: ManagedObjectReference, text: string): Place {
  const { datastore: name, path } = parseDatastorePath(text)
  const { datastore = [] } = read.get('HostDatastoreBrowser', self.value)
  const found = datastore.find(({ value }) => read.find('Datastore', value)?.name === validName(name))
  if (!found) throw fault('InvalidDatastore', { name })
  return { datastore: found.value, path }
}

const sees = (read: Reader, self: ManagedObjectReference, datastore: string) =>
  (read.get('HostDatastoreBrowser', self.value).datastore ?? []).some(({ value }) => value === datastore)

function datastoreIn(
  read: Reader,
  self: ManagedObjectReference,
  text: string,
): ManagedObjectReference | undefined {
  const name = /^\[([^[\]]+)\]/.exec(text)?.[1]
  const { datastore = [] } = read.get('HostDatastoreBrowser', self.value)
  return datastore.length === 1
    ? datastore[0]
    : datastore.find(
        ({ value }) => datastorePath(read.find('Datastore', value)?.name ?? '', '') === `[${name}] `,
      )
}

function mayBrowse(ctx: Context, self: ManagedObjectReference, text: string): void {
  const datastore = datastoreIn(ctx.read, self, text)
  if (datastore) requireRight(ctx, { datastore: datastore.value, path: '' }, BROWSE)
}
