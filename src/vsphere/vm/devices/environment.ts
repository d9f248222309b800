import type { Reader } from '#inventory/reader.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'

/** What device changes depend on beside the devices themselves. */
export interface DeviceEnvironment {
  readonly read: Reader
  /** The datacenter in which datastores and networks are looked up. */
  readonly datacenter: string
  /** The VM's own directory: new disks go there. */
  readonly home: { readonly datastore: string; readonly directory: string }
  readonly vmName: string
  readonly guestId: string
  /** Hardware version. */
  readonly hardware: number
  readonly running: boolean
  readonly hasSnapshots: boolean
  /** A MAC address that vCenter assigns; every call another. */
  nextMac(): string
  /** UUID for a new disk, by what it is for. */
  uuid(purpose: string): string
  readonly host: ManagedObjectReference | undefined
}

/** What becomes of files, in order, once all changes are known to be good. */
export type FileWish =
  | {
      readonly op: 'create'
      readonly datastore: string
      readonly path: string
      readonly capacity: number
      readonly thin: boolean
    }
  | { readonly op: 'grow'; readonly datastore: string; readonly path: string; readonly capacity: number }
  | { readonly op: 'destroy'; readonly datastore: string; readonly path: string }

/** Collects while changes are applied. */
export interface Outcome {
  readonly files: FileWish[]
  readonly macs: { readonly adapter: string; readonly mac: string }[]
}
