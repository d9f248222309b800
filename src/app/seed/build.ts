import type { Context } from '#vsphere/core/context.js'
import { createDatacenter } from '#vsphere/datacenter/build.js'
import { createFolder, createRootFolder } from '#vsphere/folder/build.js'
import { createDvPortgroup, createDvs } from '#vsphere/network/dvs.js'
import { createServiceObjects } from '#vsphere/service-instance/build.js'
import { declareExport } from '#world/exports.js'
import { subnetId, subnets } from '#world/subnet.js'
import { blaming, once, type Site } from './builder.js'
import { buildCluster, buildStandalone, hostNamed } from './compute.js'
import type { LoadedSeed } from './load.js'
import { createSeedMachine } from './machines.js'
import type { SeedDatacenter, SeedWorld } from './seed.js'
import { buildVm } from './vms.js'

/** Builds the world of a seed in the context's transaction. Throws Refusal for what the seed asks and cannot be. */
export function buildSeed(ctx: Context, loaded: LoadedSeed): void {
  const root = createRootFolder(ctx)
  createServiceObjects(ctx)
  const machines = buildWorld(ctx, loaded.seed.world ?? {}, loaded)
  for (const seed of loaded.seed.datacenters ?? []) {
    const datacenter = blaming(loaded, seed, () => createDatacenter(ctx, root, seed.name))
    buildDatacenter({
      ctx,
      seed,
      datacenter,
      mistake: loaded.mistake,
      machines,
      made: new Map(),
      prototypes: new Map(),
    })
  }
}

function buildWorld(ctx: Context, world: SeedWorld, loaded: LoadedSeed): Map<string, string> {
  for (const { server, path, capacityGB } of world.exports ?? [])
    declareExport(ctx.tx, { server, path, capacityBytes: Math.round(capacityGB * 2 ** 30) })
  for (const subnet of world.subnets ?? [])
    ctx.tx.create(subnets, subnetId(subnet.network), {
      ...subnet,
      gateway: subnet.gateway,
      domain: subnet.domain,
    })
  const machines = new Map<string, string>()
  for (const machine of world.machines ?? []) {
    if (machines.has(machine.name))
      throw loaded.mistake(`There is a machine '${machine.name}' already.`, machine)
    machines.set(machine.name, createSeedMachine(ctx, machine))
  }
  return machines
}

function buildDatacenter(site: Site): void {
  const { seed } = site
  for (const folder of seed.folders ?? [])
    blaming(site, folder, () => makeFolder(site, folder.kind, folder.path))
  for (const cluster of seed.clusters ?? []) buildCluster(site, cluster)
  for (const host of seed.hosts ?? []) buildStandalone(site, host)
  for (const dvs of seed.switches ?? []) buildSwitch(site, dvs)
  for (const vm of seed.vms ?? []) buildVm(site, vm)
  for (const cluster of seed.clusters ?? [])
    for (const vm of cluster.vms ?? []) buildVm(site, { cluster: cluster.name, ...vm })
  for (const host of seed.hosts ?? [])
    for (const vm of host.vms ?? []) buildVm(site, { host: hostNamed(host), ...vm })
}

type Kind = NonNullable<SeedDatacenter['folders']>[number]['kind']

/** The folder at a path below the datacenter's folder of a kind, made where it is missing. */
export function makeFolder(site: Site, kind: Kind, path: string) {
  const { vmFolder, hostFolder, datastoreFolder, networkFolder } = site.ctx.tx.get(
    'Datacenter',
    site.datacenter.value,
  )
  let here = { vm: vmFolder, host: hostFolder, datastore: datastoreFolder, network: networkFolder }[kind]
  let at: string = kind
  for (const name of path.split('/').filter((step) => step !== '')) {
    at = `${at}/${name}`
    const parent = here
    here = once(site, `folder ${at}`, site.seed, () => createFolder(site.ctx, parent, name))
  }
  return here
}

function buildSwitch(site: Site, seed: NonNullable<SeedDatacenter['switches']>[number]): void {
  const { ctx } = site
  const { networkFolder } = ctx.tx.get('Datacenter', site.datacenter.value)
  const all = [...site.made].flatMap(([key, ref]) =>
    key.startsWith('host ') && ref ? [[key.slice(5), ref.value] as const] : [],
  )
  const members = all.filter(([name]) => seed.hosts?.includes(name) ?? true).map(([, host]) => host)
  const dvs = once(site, `switch ${seed.name}`, seed, () => createDvs(ctx, networkFolder, seed.name, members))
  for (const group of seed.portGroups ?? [])
    once(site, `network ${group.name}`, group, () =>
      createDvPortgroup(ctx, dvs, group.name, { vlanId: group.vlan }),
    )
}
