import { recordKind } from '#inventory/entity.js'
import { index } from '#inventory/indexes.js'
import type { LocalizableMessage } from '#vapi/error.js'
import type {
  ContentLibraryItemFileChecksumInfo,
  ContentLibraryItemTransferEndpoint,
  ContentLibraryItemUpdatesessionWarningBehavior,
  ContentLibraryStorageBacking,
  ContentLibrarySubscriptionsPlacementInfo,
} from '#vapi/generated/types.js'
import type { Place } from '#vsphere/datastore/paths.js'
import type { DiskImage } from '#world/disk-image.js'

/*
 * What content libraries keep in the root. Identifiers are plain UUIDs (rest-wire 2.3), times milliseconds since the epoch,
 * versions numbers that go out as texts. Bytes are blobs; records hold their digests.
 */

/** Record `library:<id>`. */
export interface Library {
  readonly id: string
  readonly type: 'LOCAL' | 'SUBSCRIBED'
  readonly name: string
  readonly description: string
  readonly created: number
  readonly modified: number
  readonly synced?: number | undefined
  /** Of its own properties; what its items do does not count. */
  readonly version: number
  readonly backing: ContentLibraryStorageBacking
  readonly optimizeRemotePublishing: boolean
  readonly publication?: Publication | undefined
  readonly subscription?: Subscription | undefined
  readonly securityPolicy?: string | undefined
  /** `owner of the token` and token of the call that made it: a repeated call gives the same library. */
  readonly clientToken?: string | undefined
}

export interface Publication {
  readonly published: boolean
  readonly authentication: 'BASIC' | 'NONE'
  readonly password?: string | undefined
  readonly persistJson: boolean
}

export interface Subscription {
  readonly url: string
  readonly authentication: 'BASIC' | 'NONE'
  readonly userName?: string | undefined
  readonly password?: string | undefined
  readonly thumbprint?: string | undefined
  readonly automaticSync: boolean
  readonly onDemand: boolean
}

/** Record `libraryItem:<id>`. */
export interface LibraryItem {
  readonly id: string
  readonly library: string
  readonly name: string
  readonly description: string
  /** `ovf`, `iso`, `vm-template` ...; unset until something says it. */
  readonly type?: string | undefined
  readonly created: number
  readonly modified: number
  readonly synced?: number | undefined
  readonly contentVersion: number
  readonly metadataVersion: number
  readonly version: number
  /** In a subscribed library: the item of the published one. */
  readonly source?: string | undefined
  /** A VM template's virtual machine; its size then counts instead of files. */
  readonly vmTemplate?: VmTemplate | undefined
  readonly files: readonly LibraryFile[]
  /** Content changes that have something to tell (check-ins of VM templates), oldest first. */
  readonly changes: readonly ItemChange[]
  readonly clientToken?: string | undefined
}

/** What an item of the type `vm-template` has instead of files. Its version is the item's content version. */
export interface VmTemplate {
  readonly vm: string
  /** Bytes that it takes. */
  readonly size: number
  /** The template before the last check-in: one at most is kept. */
  readonly previous?: { readonly version: string; readonly vm: string } | undefined
  /** The virtual machine in which the next version is being made. */
  readonly checkOut?: { readonly vm: string; readonly time: number; readonly user: string } | undefined
}

/** What a file holds, wherever it lies. */
export interface Content {
  readonly size: number
  /** Its bytes; unset for a file whose bytes nobody ever sent: it reads as zeros. */
  readonly blob?: string | undefined
  readonly checksum?: ContentLibraryItemFileChecksumInfo | undefined
  /** What is inside, where that matters to the world. */
  readonly image?: DiskImage | undefined
}

export interface LibraryFile extends Content {
  readonly name: string
  /** Of this file: 1, 2 ... as it is replaced. */
  readonly version: number
  /** False in an on-demand library before somebody asks for it: then it takes no storage. */
  readonly cached: boolean
  /** Name in the storage, unique in the item: `disk-0_<UUID>.vmdk`. */
  readonly stored: string
  /** Where it lies on a datastore; unset on other storage, or when it is not cached. */
  readonly place?: Place | undefined
}

export interface ItemChange {
  readonly version: string
  readonly time: number
  readonly user?: string | undefined
  readonly message?: string | undefined
}

/** Record `updateSession:<id>`. */
export interface UpdateSession {
  readonly id: string
  readonly item: string
  /** The unguessable part of its files' addresses. */
  readonly transfer: string
  readonly contentVersion: number
  readonly state: 'ACTIVE' | 'DONE' | 'ERROR' | 'CANCELED'
  readonly error?: LocalizableMessage | undefined
  readonly progress: number
  readonly expires: number
  readonly warnings?: readonly ContentLibraryItemUpdatesessionWarningBehavior[] | undefined
  readonly files: readonly SessionFile[]
  /** Files of the item that go when the session completes. */
  readonly removed: readonly string[]
  readonly clientToken?: string | undefined
}

export interface SessionFile {
  readonly name: string
  readonly source: 'NONE' | 'PUSH' | 'PULL'
  readonly endpoint?: ContentLibraryItemTransferEndpoint | undefined
  /** As announced: what comes must fit. */
  readonly size?: number | undefined
  readonly checksum?: ContentLibraryItemFileChecksumInfo | undefined
  /** TRANSFERRING is no state of the root: see transfers.ts. */
  readonly status: 'WAITING_FOR_TRANSFER' | 'READY' | 'ERROR'
  readonly error?: LocalizableMessage | undefined
  /** What has come and lies in the library's storage. */
  readonly received?: LibraryFile | undefined
}

/** Record `downloadSession:<id>`. */
export interface DownloadSession {
  readonly id: string
  readonly item: string
  readonly transfer: string
  readonly contentVersion: number
  readonly state: 'ACTIVE' | 'CANCELED' | 'ERROR'
  readonly error?: LocalizableMessage | undefined
  readonly progress: number
  readonly expires: number
  /** The item's files as they were when the session began. */
  readonly files: readonly DownloadFile[]
  readonly clientToken?: string | undefined
}

export interface DownloadFile {
  readonly file: LibraryFile
  readonly status: 'UNPREPARED' | 'PREPARE_REQUESTED' | 'PREPARED'
  readonly endpoint: 'HTTPS' | 'DIRECT'
}

/** Record `librarySubscription:<id>`: to whom a published library pushes its items. */
export interface LibrarySubscription {
  readonly id: string
  readonly library: string
  readonly subscriber: string
  readonly placement: ContentLibrarySubscriptionsPlacementInfo
  readonly clientToken?: string | undefined
}

export const libraries = recordKind<Library>('library')
export const libraryItems = recordKind<LibraryItem>('libraryItem')
export const updateSessions = recordKind<UpdateSession>('updateSession')
export const downloadSessions = recordKind<DownloadSession>('downloadSession')
export const librarySubscriptions = recordKind<LibrarySubscription>('librarySubscription')

export const libraryKey = (id: string) => `library:${id}`
export const itemKey = (id: string) => `libraryItem:${id}`
export const updateSessionKey = (id: string) => `updateSession:${id}`
export const downloadSessionKey = (id: string) => `downloadSession:${id}`
export const subscriptionKey = (id: string) => `librarySubscription:${id}`

export const itemsByLibrary = index<LibraryItem>({
  name: 'libraryItem.library',
  type: 'libraryItem',
  inputs: ['library'],
  keys: ({ library }) => [library],
})

export const itemsByBlob = index<LibraryItem>({
  name: 'libraryItem.blob',
  type: 'libraryItem',
  inputs: ['files'],
  keys: ({ files }) => files.map(({ blob }) => blob),
})

export const updateSessionsByItem = index<UpdateSession>({
  name: 'updateSession.item',
  type: 'updateSession',
  inputs: ['item'],
  keys: ({ item }) => [item],
})

export const updateSessionsByTransfer = index<UpdateSession>({
  name: 'updateSession.transfer',
  type: 'updateSession',
  inputs: ['transfer'],
  keys: ({ transfer }) => [transfer],
})

export const updateSessionsByBlob = index<UpdateSession>({
  name: 'updateSession.blob',
  type: 'updateSession',
  inputs: ['files'],
  keys: ({ files }) => files.map(({ received }) => received?.blob),
})

export const downloadSessionsByItem = index<DownloadSession>({
  name: 'downloadSession.item',
  type: 'downloadSession',
  inputs: ['item'],
  keys: ({ item }) => [item],
})

export const downloadSessionsByTransfer = index<DownloadSession>({
  name: 'downloadSession.transfer',
  type: 'downloadSession',
  inputs: ['transfer'],
  keys: ({ transfer }) => [transfer],
})

export const downloadSessionsByBlob = index<DownloadSession>({
  name: 'downloadSession.blob',
  type: 'downloadSession',
  inputs: ['files'],
  keys: ({ files }) => files.map(({ file }) => file.blob),
})

export const subscriptionsByLibrary = index<LibrarySubscription>({
  name: 'librarySubscription.library',
  type: 'librarySubscription',
  inputs: ['library'],
  keys: ({ library }) => [library],
})

/** Records that calls with a client token made, by kind and token. */
export const madeByToken = [
  'library',
  'libraryItem',
  'updateSession',
  'downloadSession',
  'librarySubscription',
].map((type) =>
  index<{ readonly clientToken?: string | undefined }>({
    name: `${type}.clientToken`,
    type,
    inputs: ['clientToken'],
    keys: ({ clientToken }) => [clientToken],
  }),
)
