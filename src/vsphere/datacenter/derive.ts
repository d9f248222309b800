import { derivation } from '#inventory/derivation.js'
import type { Reader } from '#inventory/reader.js'
import type {
  DatacenterProperties,
  FolderProperties,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { datacenterOf } from '../managed-entity/entity.js'

/** All objects of a type in a folder and the folders below it, in order of creation per folder. */
export function* within(read: Reader, folder: string, type: string): Iterable<ManagedObjectReference> {
  for (const ref of read.find('Folder', folder)?.childEntity ?? []) {
    if (isA(ref.type, type)) yield ref
    if (isA(ref.type, 'Folder')) yield* within(read, ref.value, type)
  }
}

/** Datacenter.datastore and .network: what lies in its folder for them, at any depth. */
function contents(
  property: 'datastore' | 'network',
  folder: 'datastoreFolder' | 'networkFolder',
  type: string,
) {
  return derivation<DatacenterProperties>({
    name: `Datacenter.${property}`,
    type: 'Datacenter',
    outputs: [property],
    own: [folder],
    via: [
      {
        type: 'Folder',
        paths: ['childEntity'],
        targets: ({ childType }: FolderProperties, read, id) =>
          childType?.includes(type) ? [datacenterOf(read, id)] : [],
      },
    ],
    compute: (datacenter, read) => ({
      [property]: Object.freeze([...within(read, datacenter[folder].value, type)]),
    }),
  })
}

export const datacenterDerivations = [
  contents('datastore', 'datastoreFolder', 'Datastore'),
  contents('network', 'networkFolder', 'Network'),
]
