import { join } from 'node:path'
import type { Root } from '#inventory/root.js'
import { createClock } from '#ports/clock.js'
import type { Log } from '#ports/log.js'
import { createRandom } from '#ports/random.js'
import { theRegistry } from '#services/world-registry.js'
import { keptBlobs, scratchBlobs } from '#store/blobs.js'
import type { ManagedTypes } from '#vim25/generated/types.js'
import type { Context, Services } from '#vsphere/core/context.js'
import { createIdentity, type ProductKind } from '#vsphere/core/identity.js'
import { createLatency } from '#vsphere/core/latency.js'
import type { Registry } from '#vsphere/core/registry.js'
import { createSandbox, type Sandbox } from '#vsphere/core/sandbox.js'
import type { Settings } from './options.js'
import { buildSeed } from './seed/build.js'
import { loadSeed } from './seed/load.js'

/** A state to go on from, and the instant at which it was left. */
export interface Kept {
  readonly root: Root
  /** Milliseconds since the epoch. */
  readonly at: number
}

/**
 * One world as the settings ask for it: from its seed, or from a state that was kept. FAUXSPHERE_STRICT=1 is for our own
 * tests, servers that they start included: a mistake of ours breaks the call instead of being answered somehow. `durable`
 * resolves when the present state is, in a world that is kept.
 */
export function createWorld(
  settings: Settings,
  log: Log,
  kept: Kept | undefined,
  durable?: () => Promise<void> | undefined,
  beginning: Beginning = beginningOf(settings, kept),
): Sandbox {
  const random = createRandom(settings.randomSeed ?? 'fauxsphere', settings.randomSeed !== undefined)
  const services: Services = {
    identity: createIdentity(settings.vsphere, random.uuid('', 'instance'), beginning.kind),
    random,
    log,
    pace: settings.pace,
    accounts: settings.accounts,
    latency: settings.latency && createLatency(settings.latency, random),
    setByExtraConfig: settings.setByExtraConfig,
    blobs: settings.data === undefined ? scratchBlobs() : keptBlobs(join(settings.data, 'blobs'), durable),
    volatile: new Map(),
  }
  return createSandbox({
    registry: beginning.registry,
    services,
    strict: process.env.FAUXSPHERE_STRICT === '1',
    clock: createClock({ ...settings.clock, at: startOf(settings, kept) }),
    start: kept?.root,
    seed: beginning.build,
  })
}

/** What a world begins with, and goes back to by a reset. */
export interface Beginning {
  readonly kind: ProductKind
  readonly registry: Registry
  build(ctx: Context): void
}

function beginningOf({ seed, set }: Settings, kept: Kept | undefined): Beginning {
  const loaded = kept ? undefined : loadSeed(seed, set)
  return {
    kind: kept ? kindOf(kept.root) : (loaded?.seed.product ?? 'vcenter'),
    registry: theRegistry(),
    build: (ctx) => buildSeed(ctx, loaded ?? loadSeed(seed, set)),
  }
}

/** What a world that was kept is. */
function kindOf(root: Root): ProductKind {
  const instance = root.entities.get('ServiceInstance')?.value as ManagedTypes['ServiceInstance'] | undefined
  return instance?.content.about.apiType === 'HostAgent' ? 'esxi' : 'vcenter'
}

/** Time never runs backwards in a world that is continued. */
function startOf(settings: Settings, kept: Kept | undefined): number | undefined {
  if (!kept) return settings.clock.at
  return Math.max(kept.at, settings.clock.at ?? createClock().now())
}
