import { statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance } from 'fastify'
import type { Root } from '#inventory/root.js'
import { createClock } from '#ports/clock.js'
import type { Log } from '#ports/log.js'
import { scratchDirectory } from '#store/scratch.js'
import { StoreError } from '#store/store-error.js'
import type { Sandbox } from '#vsphere/core/sandbox.js'
import { THUMBPRINT } from '#vsphere/nfc/thumbprint.js'
import { type Environment, environmentOf } from './environment.js'
import { type FauxsphereOptions, type RawOptions, resolveOptions, type Settings } from './options.js'
import type { Origin, Persistence } from './persistence.js'
import { Refusal } from './refusal.js'
import { prepareTls, readTls, type Thumbprints, type Tls } from './tls.js'
import type { Beginning } from './world.js'

/** A running server and the world in it. */
export interface Fauxsphere extends AsyncDisposable {
  /** Origin, for example `https://127.0.0.1:40123`. */
  readonly url: string
  /** What the world began with: a name or a file. */
  readonly seed: string
  /** For `inject` and supertest. */
  readonly app: FastifyInstance
  /** Variables for clients that are started from here. */
  readonly env: Environment
  /** PEM of the authority that signed the server's certificate; undefined on plain HTTP. */
  readonly ca: string | undefined
  /** Of the server's certificate; undefined on plain HTTP. */
  readonly thumbprints: Thumbprints | undefined
  readonly clock: WorldClock
  /** The world beneath the doors. */
  readonly sandbox: Sandbox
  /** Back to the seed. */
  reset(): Promise<void>
  /** The whole state, by reference: costs nothing, and stays what it is. */
  snapshot(): Snapshot
  /** Puts the state of a snapshot back. */
  restore(snapshot: Snapshot): Promise<void>
  /** Stops serving, saves what is to be saved; may be called again. */
  close(): Promise<void>
}

/** A state to come back to; opaque. */
export type Snapshot = Root

export interface WorldClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** 1 = real, 0 = frozen, n = n times as fast. */
  readonly rate: number
  setRate(rate: number): void
  /** Moves time forward by milliseconds and runs what falls due on the way, in order. */
  advance(ms: number): void
}

/**
 * Starts a vCenter Server with a world of its own and resolves once it answers. Throws OptionError for an option that
 * cannot be used and Refusal when it cannot start (port in use, unknown seed, data directory in use ...).
 */
export async function createFauxsphere(options: FauxsphereOptions = {}): Promise<Fauxsphere> {
  const asked = resolveOptions(options as RawOptions)
  const undo: (() => unknown)[] = []
  const close = once(() => runAll(undo.splice(0).reverse()))
  try {
    return await start(asked, options, undo, close)
  } catch (error) {
    await close().catch(() => {})
    throw error instanceof StoreError ? new Refusal(error.message, { cause: error }) : error
  }
}

async function start(
  asked: Settings,
  options: FauxsphereOptions,
  undo: (() => unknown)[],
  close: () => Promise<void>,
): Promise<Fauxsphere> {
  const persistence = asked.data === undefined ? undefined : await openData(asked.data, undo)
  const settings = { ...asked, ...originOf(options, asked, persistence) }
  // Goes on beside everything until listening needs it.
  const preparing = settings.tls ? certificateOf(settings) : Promise.resolve(undefined)
  preparing.catch(() => {})
  let tls: Tls | undefined
  const [{ createHttp, holdAnswers, useTls }, { createWorld }, { doorsOf }] = await Promise.all([
    import('./http.js'),
    import('./world.js'),
    import('./doors.js'),
  ])

  const app = createHttp(settings)
  if (settings.trace !== undefined) undo.push((await import('./trace.js')).traceSoap(app, settings.trace))
  const beginning = await savedBeginning(settings, app.log, persistence)
  const sandbox = createWorld(settings, app.log, persistence?.kept, persistence?.durable, beginning)
  undo.push(
    () => persistence?.close(),
    () => sandbox.close(),
  )
  if (persistence) {
    const { seed, set, vsphere } = settings
    const origin = { seed, set, vsphere }
    await persistence.attach({ inventory: sandbox.inventory, clock: sandbox.clock, log: app.log, origin })
    holdAnswers(app, persistence.durable)
  }
  const durable = async () => persistence?.durable()

  const doors = doorsOf(sandbox.services.identity.kind)
  let ready = true
  undo.push(
    () => app.close(),
    () => {
      ready = false
    },
  )
  const { product } = await import('./product.js')
  const site = {
    product,
    seed: settings.seed,
    doors: doors.map(({ name, paths, description }) => ({ name, paths, description })),
    get ca() {
      return tls?.ca
    },
    ready: () => ready,
  }
  for (const { door } of doors)
    await app.register(async (scope) => door(scope as FastifyInstance, sandbox, site))

  tls = await preparing
  if (tls) {
    useTls(app, tls)
    sandbox.services.volatile.set(THUMBPRINT, tls.thumbprints.sha1)
  }
  const caFile = tls && keepCa(settings, tls, undo)
  const url = await listen(app, settings)
  return {
    url,
    app,
    seed: settings.seed,
    env: environmentOf({ ...settings, url, caFile, thumbprint: tls?.thumbprints.sha1, pid: process.pid }),
    ca: tls?.ca,
    thumbprints: tls?.thumbprints,
    sandbox,
    clock: {
      now: () => sandbox.clock.now(),
      get rate() {
        return sandbox.clock.rate
      },
      setRate: (rate) => sandbox.clock.setRate(rate),
      advance: (ms) => sandbox.clock.advance(ms),
    },
    async reset() {
      sandbox.reset()
      await durable()
    },
    snapshot: () => sandbox.snapshot(),
    async restore(snapshot) {
      sandbox.restore(snapshot)
      await durable()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A directory instead of a seed is what `govc object.save` wrote; undefined for a seed. */
async function savedBeginning(
  { seed }: Settings,
  log: Log,
  persistence: Persistence | undefined,
): Promise<Beginning | undefined> {
  if (persistence?.kept || !statSync(seed, { throwIfNoEntry: false })?.isDirectory()) return undefined
  if (persistence) throw new Refusal(`A saved inventory such as ${seed} does not change: leave --data out.`)
  return (await import('./saved/beginning.js')).beginningSaved(seed, log)
}

async function openData(directory: string, undo: (() => unknown)[]): Promise<Persistence> {
  const [{ openPersistence }, { theRegistry }] = await Promise.all([
    import('./persistence.js'),
    import('#services/world-registry.js'),
  ])
  const persistence = await openPersistence(directory, theRegistry().model, { warn })
  undo.push(persistence.release)
  return persistence
}

/** The seed and release of the world that is kept, unless there is none yet; asking for others is refused. */
function originOf(options: FauxsphereOptions, asked: Settings, persistence: Persistence | undefined): Origin {
  const kept = persistence?.kept?.origin
  if (!kept) return { seed: asked.seed, set: asked.set, vsphere: asked.vsphere }
  const differs =
    (options.seed !== undefined && asked.seed !== kept.seed) ||
    (options.set !== undefined && !isDeepStrictEqual(asked.set, kept.set)) ||
    (options.vsphere !== undefined && asked.vsphere !== kept.vsphere)
  if (!differs) return kept
  const parameters = Object.entries(kept.set).map(([name, value]) => ` --set ${name}=${value}`)
  throw new Refusal(
    `${asked.data} holds a world that began with --vsphere ${kept.vsphere} --seed ${kept.seed}${parameters.join('')}; leave these options out to go on with it, or use another directory.`,
  )
}

/** The certificate that was asked for, or one that is made. */
async function certificateOf(settings: Settings): Promise<Tls> {
  return settings.certificate ? readTls(settings.certificate) : prepareTls(tlsOptions(settings))
}

function tlsOptions({ host, data }: Settings): Parameters<typeof prepareTls>[0] {
  return { host, now: createClock().now(), directory: data === undefined ? undefined : join(data, 'tls') }
}

/** Before there is a log: what the user should know about the directory. */
function warn(message: string): void {
  process.stderr.write(`fauxsphere: ${message}\n`)
}

/** The authority as a file, for clients that want a path; without a data directory a temporary one. */
function keepCa({ data }: Settings, tls: Tls, undo: (() => unknown)[]): string {
  if (data !== undefined) return join(data, 'tls', 'ca.pem')
  const { directory, remove } = scratchDirectory()
  undo.push(remove)
  const path = join(directory, 'ca.pem')
  writeFileSync(path, tls.ca)
  return path
}

async function listen(app: FastifyInstance, { host, port, tls }: Settings): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw new Refusal(whyNotListening(error as NodeJS.ErrnoException, host, port))
  }
  const address = app.server.address() as AddressInfo
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  // URL leaves the default port of the scheme out, as clients do.
  return new URL(`${tls ? 'https' : 'http'}://${shown.includes(':') ? `[${shown}]` : shown}:${address.port}`)
    .origin
}

function whyNotListening(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use; choose another one with --port, or 0 for any that is free.`
  if (error.code === 'EACCES')
    return `Port ${port} of ${host} is not allowed for this user; choose one from 1024 up.`
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `This machine has no address ${host} to listen on.`
  return `Cannot listen on ${host}, port ${port}: ${error.message}`
}

/** Every step, whatever happens to the others; then rejects like the first that failed. */
async function runAll(steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps)
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
}

function once(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined
  return () => {
    result ??= run()
    return result
  }
}
