/** What we say beside the definitions: openapi/overlays/<area>.yaml, described in openapi/overlays/README.md. */
export interface Overlay {
  readonly title?: string
  readonly description?: string
  /** By `service/operation`. */
  readonly operations?: Readonly<Record<string, OperationOverlay>>
  /** By canonical name. */
  readonly types?: Readonly<Record<string, TypeOverlay>>
  /** OpenAPI pieces that no definition has; they go into the document as they are. */
  readonly tags?: readonly Readonly<Record<string, unknown>>[]
  readonly paths?: Readonly<Record<string, unknown>>
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface OperationOverlay {
  readonly summary?: string
  readonly description?: string
  readonly example?: Example
  /** By the error's name, `ALREADY_EXISTS`. */
  readonly errors?: Readonly<Record<string, ErrorExample>>
  readonly differs?: string
}

export interface Example {
  /** Values of path, query and header by their names there. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly request?: unknown
  readonly response?: unknown
}

/** A body without its `error_type`. */
export interface ErrorExample {
  readonly messages: readonly unknown[]
  readonly data?: unknown
  readonly challenge?: string
}

export interface TypeOverlay {
  readonly description?: string
  readonly members?: Readonly<Record<string, string>>
}
