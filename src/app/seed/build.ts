import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '#vsphere/core/context.js'
import { createRootFolder } from '#vsphere/folder/build.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { blaming, madeAs, type Site } from './builder.js'
import { buildCluster, buildStandalone, hostNamed } from './compute.js'
import { createDatacenter, datacenterFolder, makeFolder } from './folders.js'
import type { LoadedSeed } from './load.js'
import { buildDistributedSwitch, buildOpaqueNetwork } from './networking.js'
import type { SeedCluster, SeedDatacenter, SeedVm } from './seed.js'
import { buildPod } from './storage.js'
import { buildVm } from './vms.js'
import { buildWorld } from './world.js'

/** Builds the world of a seed in the context's transaction. Throws Refusal for what the seed asks and cannot be. */
export function buildSeed(ctx: Context, loaded: LoadedSeed): void {
  const root = createRootFolder(ctx)
  createServiceObjects(ctx)
  const machines = buildWorld(ctx, loaded.seed.world ?? {}, loaded.mistake)
  for (const seed of loaded.seed.datacenters ?? []) {
    const datacenter = blaming(loaded, seed, () =>
      createDatacenter(ctx, datacenterFolder(ctx, root, seed.folder ?? ''), seed.name),
    )
    buildDatacenter(siteOf(ctx, seed, datacenter, machines, loaded))
  }
}

function siteOf(
  ctx: Context,
  seed: SeedDatacenter,
  datacenter: ManagedObjectReference,
  machines: Map<string, string>,
  { mistake }: LoadedSeed,
): Site {
  // A VM that its cluster or host lists belongs there unless it says otherwise; `written` is what the file has.
  const written = new Map<object, object>()
  const placed = (vms: readonly SeedVm[] = [], place: (vm: SeedVm) => SeedVm) =>
    vms.map((vm) => {
      const whole = place(vm)
      written.set(whole, vm)
      return whole
    })
  const { clusters = [], hosts = [] } = seed
  return {
    ctx,
    seed,
    datacenter,
    mistake: (message, part) => mistake(message, written.get(part) ?? part),
    vms: [
      ...(seed.vms ?? []),
      ...clusters.flatMap((cluster) => [
        ...placed(cluster.vms, (vm) => ({ ...vm, cluster: vm.cluster ?? cluster.name })),
        ...poolsOf(cluster).flatMap(({ name, vms }) =>
          placed(vms, (vm) => ({ ...vm, cluster: cluster.name, pool: name })),
        ),
      ]),
      ...hosts.flatMap((host) => placed(host.vms, (vm) => ({ ...vm, host: vm.host ?? hostNamed(host) }))),
    ],
    machines,
    made: new Map(),
    prototypes: new Map(),
    latest: undefined,
  }
}

const poolsOf = ({ pools = [], vApps = [] }: SeedCluster) => [...pools, ...vApps]

function buildDatacenter(site: Site): void {
  const { seed } = site
  for (const pod of seed.pods ?? []) buildPod(site, pod)
  for (const folder of seed.folders ?? []) makeFolder(site, folder.kind, folder.path, folder)
  for (const cluster of seed.clusters ?? []) buildCluster(site, cluster)
  for (const host of seed.hosts ?? []) buildStandalone(site, host)
  for (const dvs of seed.switches ?? []) buildDistributedSwitch(site, dvs)
  for (const network of seed.opaqueNetworks ?? []) buildOpaqueNetwork(site, network)
  requireMounted(site)
  for (const vm of site.vms) buildVm(site, vm)
}

/** Without any host a datastore may be declared for later (`--set host=0`). */
function requireMounted(site: Site): void {
  const { clusters = [], hosts = [] } = site.seed
  if (hosts.length === 0 && clusters.every((cluster) => !cluster.hosts?.length)) return
  for (const datastore of site.seed.datastores ?? [])
    if (!madeAs(site, `datastore '${datastore.name}'`))
      throw site.mistake(`No host mounts the datastore '${datastore.name}'.`, datastore)
}
