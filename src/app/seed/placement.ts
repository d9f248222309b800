import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { madeAs, type Site } from './builder.js'
import { buildCluster, buildStandalone, hostKey, hostNamed } from './compute.js'
import { poolKey } from './pools.js'
import type { SeedCluster, SeedVm } from './seed.js'

export interface Place {
  readonly host: ManagedObjectReference
  readonly pool: ManagedObjectReference
}

/** Where a VM is registered: the host that it names, else the cluster's hosts in turn. */
export function placeOf(site: Site, seed: SeedVm): Place {
  const { ctx } = site
  const owner = seed.cluster === undefined ? standaloneOf(site, seed) : clusterFor(site, seed)
  const { resourcePool: root } = ctx.tx.get('ComputeResource', owner.compute.value)
  const pool = seed.pool === undefined ? root : madeAs(site, poolKey(seed.cluster, seed.pool))
  if (!pool)
    throw site.mistake(
      `There is no resource pool '${seed.pool}' in ${seed.cluster === undefined ? 'a standalone host' : `the cluster '${seed.cluster}'`}.`,
      seed,
    )
  return { host: owner.host, pool }
}

function clusterFor(site: Site, seed: SeedVm) {
  const cluster = site.seed.clusters?.find(({ name }) => name === seed.cluster)
  if (!cluster) throw site.mistake(`There is no cluster '${seed.cluster}' in this datacenter.`, seed)
  const compute = madeAs(site, `cluster '${cluster.name}'`) ?? buildCluster(site, cluster)
  const names = hostsOf(cluster)
  const turn = site.ctx.tx.next(`seed.${compute.value}`) - 1
  const name = seed.host ?? names[turn % Math.max(1, names.length)]
  if (name === undefined) throw site.mistake(`The cluster '${cluster.name}' has no host for this VM.`, seed)
  if (!names.includes(name)) throw site.mistake(`The cluster '${cluster.name}' has no host '${name}'.`, seed)
  // The cluster may be one that is built later, or is being built: for a host that needs this VM.
  if (!madeAs(site, hostKey(name))) buildCluster(site, cluster)
  const host = madeAs(site, hostKey(name))
  if (!host) throw site.mistake(`The host '${name}' is not there yet.`, seed)
  return { compute, host }
}

const hostNames = new WeakMap<SeedCluster, readonly string[]>()

/** The names of a cluster's hosts, which each of its VMs asks for. */
function hostsOf(cluster: SeedCluster): readonly string[] {
  let names = hostNames.get(cluster)
  if (!names) {
    names = (cluster.hosts ?? []).map(hostNamed)
    hostNames.set(cluster, names)
  }
  return names
}

function standaloneOf(site: Site, seed: SeedVm) {
  const found = site.seed.hosts?.find((host) => hostNamed(host) === seed.host)
  if (!found)
    throw site.mistake(
      `'${seed.name}' names neither a cluster nor a standalone host of this datacenter.`,
      seed,
    )
  const host = buildStandalone(site, found)
  const compute = site.ctx.tx.get('HostSystem', host.value).parent
  if (!compute) throw site.mistake(`The host '${seed.host}' has no compute resource.`, seed)
  return { compute, host }
}
