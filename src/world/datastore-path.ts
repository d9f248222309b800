/** `[name] dir/file`, as vim25 writes places on datastores, in its parts. */
export interface DatastorePath {
  /** The datastore's name. */
  readonly datastore: string
  /** As it was written, without the blanks after the bracket. */
  readonly path: string
}

const FORM = /^\[([^[\]]+)\]\s*(.*)$/s

/** The parts of `[name] dir/file`; undefined for anything else. Says nothing about whether there is such a place. */
export function splitDatastorePath(text: string | undefined): DatastorePath | undefined {
  const [, datastore, path = ''] = FORM.exec(text ?? '') ?? []
  return datastore === undefined ? undefined : { datastore, path }
}
