import type { ManagedObjectReference } from '#vim25/generated/types.js'

/** What we say about a method, in our own words. */
export interface Description {
  /** One line, like "Power the machine on". */
  readonly summary: string
  /** Markdown: what is worth knowing beyond the summary. */
  readonly text?: string
  readonly example: ExampleCall
}

/** By `Type.Method`. */
export type Descriptions = Readonly<Record<string, Description>>

/** A call that runs on the default seed, in terms of its names. */
export interface ExampleCall {
  /** The object that it is sent to. */
  readonly on: (lab: Lab) => ManagedObjectReference
  /** The request body; none for a method without parameters. */
  readonly body?: (lab: Lab) => object
  /** `Type.Method` of examples that must run before this one. */
  readonly first?: readonly string[]
  /** What in it only a running server knows (a key, a token): then it does not run as it stands. */
  readonly stale?: string
}

/**
 * The world as examples see it. All of these throw NotThere when the world has no such thing: the example is then left
 * out, or shows a placeholder where an earlier example makes the object.
 */
export interface Lab {
  /**
   * A managed object: the oldest of a type, or the one of this name; with a path, what its property refers to
   * (`configManager.networkSystem`).
   */
  ref(type: string, name?: string, property?: string): ManagedObjectReference
  /** A property of such an object. */
  text(type: string, name: string | undefined, property: string): string
  /** SHA-1 thumbprint of an ESXi, under management or not. */
  thumbprint(hostName: string): string
}
