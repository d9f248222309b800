import { deepEqual } from '#inventory/equal.js'
import { data, patch } from '#vim25/data.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import { requireUniqueName, validName } from '#vsphere/managed-entity/entity.js'
import { createVm } from '#vsphere/vm/create.js'
import { setPoweredOn } from '#vsphere/vm/power.js'
import { reconfigure } from '#vsphere/vm/reconfigure.js'
import { prototypeOf, replicateVm } from '#vsphere/vm/replicate.js'
import { virtualizationProblem } from '#vsphere/vm/virtualization.js'
import { setImage } from '#world/disk-image.js'
import { machineOfVm } from '#world/machine.js'
import { bootAtOnce, bootDisk } from '#world/nested.js'
import { once, type Site } from './builder.js'
import { makeFolder } from './folders.js'
import { placeOf } from './placement.js'
import { guestFor, releaseFor } from './release.js'
import type { SeedVm } from './seed.js'
import { specOf } from './vm-spec.js'

/** A VM of a seed with its devices and files; powered on if the seed says so, its ESXi up at once. */
export function buildVm(site: Site, seed: SeedVm): ManagedObjectReference {
  return once(site, `VM '${seed.folder ? `${seed.folder}/` : ''}${seed.name}'`, seed, () => {
    const { ctx } = site
    const folder = makeFolder(site, 'vm', seed.folder ?? '', seed)
    requireUniqueName(ctx.tx, folder.value, validName(seed.name))
    const place = { ...placeOf(site, seed), folder }
    if (isOn(seed)) requireUsable(site, seed, place.host)
    const like = likeness(site, seed)
    const prototype = site.prototypes.get(like)
    const replica = prototype && replicateVm(ctx, prototype, { ...place, name: seed.name })
    if (replica) return replica
    const vm = createVm(ctx, { ...place, spec: specOf(site, seed, place.host), events: false })
    installEsxi(site, seed, vm)
    if (seed.template) makeTemplate(site, seed, vm)
    else if (isOn(seed)) powerOn(site, seed, vm, place.host)
    if (prototype === undefined && !seed.disks?.[0]?.image) site.prototypes.set(like, prototypeOf(ctx, vm))
    return vm
  })
}

/** `power: true` is how a parameter says on. */
const isOn = ({ power }: SeedVm) => power === 'on' || power === true

/** What the VMs that a counted entry makes have in common: all but the name. */
function likeness(site: Site, seed: SeedVm): string {
  if (!site.latest || !areAlike(site.latest.seed, seed)) {
    const { name: _, host: _host, ...rest } = seed
    site.latest = { seed, like: JSON.stringify(rest) }
  }
  return site.latest.like
}

function areAlike(a: SeedVm, b: SeedVm): boolean {
  const keys = Object.keys(a) as (keyof SeedVm)[]
  const isSame = (key: keyof SeedVm) =>
    key in b && (key === 'name' || key === 'host' || deepEqual(a[key], b[key]))
  return keys.length === Object.keys(b).length && keys.every(isSame)
}

/** Puts the ESXi of the seed on the first disk, and calls the guest what runs in it then. */
function installEsxi(site: Site, seed: SeedVm, vm: ManagedObjectReference): void {
  const { ctx } = site
  if (seed.disks?.slice(1).some(({ image }) => image))
    throw site.mistake('ESXi boots from the first disk: only that one can have an image.', seed)
  const image = seed.disks?.[0]?.image
  if (!image) return
  const { version } = releaseFor(ctx.identity, image.version)
  const { config } = ctx.tx.get('VirtualMachine', vm.value)
  const disk = config && bootDisk(config)
  if (disk) setImage(ctx.tx, disk.datastore, disk.path, { kind: 'esxi', version })
  if (seed.guestId === undefined)
    reconfigure(ctx, vm, data('VirtualMachineConfigSpec', { guestId: guestFor(ctx.identity, version) }))
}

function makeTemplate(site: Site, seed: SeedVm, vm: ManagedObjectReference): void {
  if (isOn(seed)) throw site.mistake('A template cannot be powered on.', seed)
  site.ctx.tx.update('VirtualMachine', vm.value, ({ config }) => ({
    config: config && patch(config, { template: true }),
    resourcePool: undefined,
  }))
}

function powerOn(site: Site, seed: SeedVm, vm: ManagedObjectReference, host: ManagedObjectReference): void {
  const { ctx } = site
  const problem = virtualizationProblem(ctx.tx, vm.value, host.value)
  if (problem) throw site.mistake(`Its host runs no VMs: that host's own VM needs nestedHV.`, seed)
  setPoweredOn(ctx, vm, host, { event: false })
  const machine = machineOfVm(ctx.tx, vm.value)
  if (machine !== undefined) bootAtOnce(ctx, machine)
}

/** The host of a VM that runs is one that runs VMs of this size. */
function requireUsable(site: Site, seed: SeedVm, host: ManagedObjectReference): void {
  const { runtime, hardware } = site.ctx.tx.get('HostSystem', host.value)
  if (runtime.inMaintenanceMode)
    throw site.mistake('Its host is in maintenance mode: it cannot be powered on there.', seed)
  const threads = hardware?.cpuInfo.numCpuThreads ?? 1
  if ((seed.cpus ?? 1) > threads)
    throw site.mistake(
      `It has ${seed.cpus} CPUs, its host ${threads} threads: it cannot be powered on.`,
      seed,
    )
}
