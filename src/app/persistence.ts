import type { Inventory } from '#inventory/inventory.js'
import type { Model } from '#inventory/model.js'
import { changesBetween, entryOf, type KeptRoot, rootOf, stateOf } from '#inventory/persist.js'
import type { Clock } from '#ports/clock.js'
import type { Log } from '#ports/log.js'
import { openStore, type State, type Store, type StoreOptions } from '#store/store.js'
import { StoreError } from '#store/store-error.js'
import { encode } from '#store/value-text.js'
import type { IdentityVersion } from '#vsphere/core/identity.js'
import { DEFAULT_VSPHERE } from './options.js'
import { Refusal } from './refusal.js'

/** What a world began with, and goes back to by a reset. */
export interface Origin {
  readonly seed: string
  readonly set: Readonly<Record<string, string>>
  /** The release that it claims to be. */
  readonly vsphere: IdentityVersion
}

/** Keeps one world in a directory. */
export interface Persistence {
  /** What the directory holds; undefined for a new one. */
  readonly kept: (KeptRoot & { readonly origin: Origin }) | undefined
  /** From now on every commit is saved; resolves when the present state is. */
  attach(world: { inventory: Inventory; clock: Clock; log: Log; origin: Origin }): Promise<void>
  /**
   * Resolves when everything committed so far is durable; undefined if it is already. Rejects with StoreError while
   * it cannot be written; asking again tries again.
   */
  durable(): Promise<void> | undefined
  /** Saves everything and frees the directory. */
  close(): Promise<void>
  /** Frees the directory. */
  release(): Promise<void>
}

/** Opens the directory; throws Refusal when it cannot be used, and then has changed nothing in it. */
export async function openPersistence(
  directory: string,
  model: Model,
  options: StoreOptions = {},
): Promise<Persistence> {
  const store = await openStore(directory, options).catch((error) => {
    throw error instanceof StoreError ? new Refusal(error.message, { cause: error }) : error
  })
  try {
    return keep(store, readKept(store, directory, model), model)
  } catch (error) {
    await store.release()
    throw error
  }
}

function readKept({ kept }: Store, directory: string, model: Model): Persistence['kept'] {
  if (!kept) return undefined
  try {
    const { vsphere = DEFAULT_VSPHERE, ...origin } = kept.state.facts.origin as Omit<Origin, 'vsphere'> &
      Partial<Origin>
    return { ...rootOf(kept.state, kept.entries, model), origin: { ...origin, vsphere } }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(
      `The state in ${directory} cannot be put together (${why}); nothing was changed: put a good copy in its place, or use another directory.`,
      { cause: error },
    )
  }
}

function keep(store: Store, kept: Persistence['kept'], model: Model): Persistence {
  let revision = kept?.root.revision ?? 0
  let snapshot: (() => State) | undefined
  let log: Log | undefined
  let broken: StoreError | undefined
  let writing = false

  const checkpoint = async () => {
    if (writing || !snapshot) return
    writing = true
    try {
      await store.checkpoint(snapshot)
    } catch (error) {
      log?.error({ err: error }, 'No checkpoint could be written; the log keeps everything and grows.')
    } finally {
      writing = false
    }
  }

  return {
    kept,
    async attach({ inventory, clock, log: given, origin }) {
      log = given
      let begun = kept?.root ?? inventory.root
      const state = () => {
        begun = inventory.root
        const plain = stateOf(inventory.root, model, clock.now())
        return { ...plain, facts: { ...plain.facts, origin } }
      }
      const append = (change: ReturnType<typeof changesBetween>) => {
        revision = change.after.revision
        try {
          store.append(encode(entryOf(change, model, clock.now())), revision)
        } catch (error) {
          broken ??= new StoreError(`The state cannot be saved: ${(error as Error).message}`, {
            cause: error,
          })
        }
        if (store.logSize > store.logLimit) void checkpoint()
      }
      await store.begin(begun.revision, state)
      // What the start itself set going, and what fell due meanwhile.
      if (inventory.root !== begun) append(changesBetween(begun, inventory.root))
      inventory.subscribe(append)
      snapshot = state
      await store.saved(revision)
    },
    durable() {
      if (broken) return Promise.reject(broken)
      return store.saved(revision)
    },
    async close() {
      if (snapshot && store.logSize > 0) await checkpoint()
      await store.close()
    },
    release: store.release,
  }
}
