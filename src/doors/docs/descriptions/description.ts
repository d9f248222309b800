import type { ManagedObjectReference } from '#vim25/generated/types.js'

/** What we say about a method, in our own words. */
export interface Description {
  /** One line, like "Power the machine on". */
  readonly summary: string
  /** Markdown: what is worth knowing beyond the summary. */
  readonly text?: string
  readonly example?: ExampleCall
}

export type Descriptions = Readonly<Record<string, Description>>

/**
 * A call that runs on the default seed. Objects are named, not numbered: `at` finds their ids in the world as it is, and
 * an example that speaks of an object that is not there is left out.
 */
export interface ExampleCall {
  /** The object that it is sent to. */
  readonly on: (at: Locate) => ManagedObjectReference
  /** The request body; none for a method without parameters. */
  readonly body?: (at: Locate) => object
  /** `Type.Method` of examples that must run before this one. */
  readonly first?: readonly string[]
  /** What in it does not hold on a fresh server (a key that only the server knows): then it does not run as it stands. */
  readonly stale?: string
}

/**
 * An object of the world: the oldest of a type, or the one of this name; with a path, what its property refers to
 * (`configManager.networkSystem`). Throws NotThere when the world has none.
 */
export type Locate = (type: string, name?: string, property?: string) => ManagedObjectReference
