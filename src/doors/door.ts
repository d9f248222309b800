import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '#vsphere/core/sandbox.js'

/** What doors may know of the server around them. */
export interface Site {
  readonly product: { readonly name: string; readonly version: string }
  /** As the user asked for it: a name or a file. */
  readonly seed: string
  readonly doors: readonly DoorInfo[]
  /** PEM of the server's authority; undefined on plain HTTP. */
  readonly ca: string | undefined
  /** False from the moment that the server begins to stop. */
  ready(): boolean
}

export interface DoorInfo {
  readonly name: string
  /** The paths that belong to it. */
  readonly paths: readonly string[]
  readonly description: string
}

/** A door adds its routes to an app of its own scope: hooks, parsers and error handlers stay inside. */
export type Door = (app: FastifyInstance, sandbox: Sandbox, site: Site) => void | Promise<void>
