import type { Context } from '#vsphere/core/context.js'
import { isNetmask } from '#vsphere/vmkernel/rules.js'
import { networkPart, prefixLength, toNumber } from '#world/address.js'
import { declaredExport, declareExport } from '#world/exports.js'
import { subnetId, subnetOf, subnets } from '#world/subnet.js'
import type { Site } from './builder.js'
import { createSeedMachine } from './machines.js'
import type { SeedExport, SeedSubnet, SeedWorld } from './seed.js'

type Mistake = Site['mistake']

/** What exists before vCenter knows it; gives the ids of the machine records by name. */
export function buildWorld(ctx: Context, world: SeedWorld, mistake: Mistake): Map<string, string> {
  for (const nfsExport of world.exports ?? []) buildExport(ctx, nfsExport, mistake)
  for (const subnet of world.subnets ?? []) buildSubnet(ctx, subnet, mistake)
  const machines = new Map<string, string>()
  for (const machine of world.machines ?? []) createSeedMachine(ctx, machine, machines, mistake)
  return machines
}

function buildExport(ctx: Context, seed: SeedExport, mistake: Mistake): void {
  const { server, path, capacityGB } = seed
  if (declaredExport(ctx.tx, server, path))
    throw mistake(`There is an export ${server}:${path} already.`, seed)
  declareExport(ctx.tx, { server, path, capacityBytes: Math.round(capacityGB * 2 ** 30) })
}

function buildSubnet(ctx: Context, seed: SeedSubnet, mistake: Mistake): void {
  const { network, netmask, gateway, first, last, domain } = seed
  if (subnetOf(ctx.tx, network)) throw mistake(`There is a subnet behind '${network}' already.`, seed)
  if (!isNetmask(netmask)) throw mistake(`${netmask} is no netmask.`, seed)
  const start = networkPart(first, netmask)
  for (const address of [last, ...(gateway === undefined ? [] : [gateway])])
    if (networkPart(address, netmask) !== start)
      throw mistake(`${address} is not in the subnet of ${first}, ${start}/${prefixLength(netmask)}.`, seed)
  if (toNumber(last) < toNumber(first)) throw mistake(`${last} comes before ${first}.`, seed)
  ctx.tx.create(subnets, subnetId(network), { network, netmask, gateway, first, last, domain })
}
