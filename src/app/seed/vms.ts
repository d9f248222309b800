import { boxedString } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type {
  ManagedObjectReference,
  VirtualDevice,
  VirtualDeviceConfigSpec,
  VirtualMachineConfigSpec,
} from '#vim25/generated/types.js'
import { createVm } from '#vsphere/vm/create.js'
import { guestOs } from '#vsphere/vm/guest-os.js'
import { setPoweredOn } from '#vsphere/vm/power.js'
import { prototypeOf, replicateVm } from '#vsphere/vm/replicate.js'
import { setImage } from '#world/disk-image.js'
import { machineOfVm, machines } from '#world/machine.js'
import { bootDisk } from '#world/nested.js'
import { makeFolder } from './build.js'
import { once, type Site } from './builder.js'
import { buildCluster, buildStandalone, hostNamed } from './compute.js'
import { guestFor, releaseFor } from './release.js'
import type { SeedVm } from './seed.js'

/** A VM of a seed with its devices and files; powered on if the seed says so, its ESXi up at once. */
export function buildVm(site: Site, seed: SeedVm): ManagedObjectReference {
  return once(site, `vm ${seed.folder ?? ''}/${seed.name}`, seed, () => {
    const { ctx } = site
    const place = { ...placeOf(site, seed), folder: makeFolder(site, 'vm', seed.folder ?? '') }
    const like = likeness(seed)
    const prototype = site.prototypes.get(like)
    const replica = prototype && replicateVm(ctx, prototype, { ...place, name: seed.name })
    if (replica) return replica
    const vm = createVm(ctx, { ...place, spec: specOf(site, seed), events: false })
    const image = seed.disks?.[0]?.image
    if (image) install(site, vm, seed, image.version)
    const { config } = ctx.tx.get('VirtualMachine', vm.value)
    if (seed.template && config)
      ctx.tx.set('VirtualMachine', vm.value, {
        config: patch(config, { template: true }),
        resourcePool: undefined,
      })
    else if (seed.power === 'on') powerOn(site, vm, place.host)
    if (prototype === undefined && !image) site.prototypes.set(like, prototypeOf(ctx, vm))
    return vm
  })
}

/** ESXi on the first disk; the guest is called what it is from now on, unless the seed calls it something else. */
function install(site: Site, vm: ManagedObjectReference, seed: SeedVm, version: string | undefined): void {
  const { tx, identity } = site.ctx
  const release = releaseFor(identity, version)
  const { config } = tx.get('VirtualMachine', vm.value)
  const disk = config && bootDisk(config)
  if (!disk) throw site.mistake(`'${seed.name}' has no disk to hold ESXi.`, seed)
  setImage(tx, disk.datastore, disk.path, { kind: 'esxi', version: release.version })
  if (seed.guestId !== undefined) return
  const { guestId } = guestFor(release)
  tx.set('VirtualMachine', vm.value, {
    config: patch(config, { guestId, guestFullName: guestOs(guestId)?.fullName ?? config.guestFullName }),
  })
}

/** What the VMs that a counted entry makes have in common: all but the name. */
function likeness({ name: _, host: _host, ...rest }: SeedVm): string {
  return JSON.stringify(rest)
}

function powerOn(site: Site, vm: ManagedObjectReference, host: ManagedObjectReference): void {
  const { ctx } = site
  setPoweredOn(ctx, vm, host, { event: false })
  const machine = machineOfVm(ctx.tx, vm.value)
  if (machine !== undefined && ctx.tx.get(machines, machine).esxi)
    ctx.tx.set(machines, machine, { state: 'up', bootTime: ctx.now })
}

interface Place {
  readonly host: ManagedObjectReference
  readonly pool: ManagedObjectReference
}

/** Where a VM is registered: the host that it names, else the cluster's hosts in turn. */
function placeOf(site: Site, seed: SeedVm): Place {
  const { ctx } = site
  const owner = seed.cluster === undefined ? standaloneOf(site, seed) : clusterFor(site, seed)
  const { resourcePool: root } = ctx.tx.get('ComputeResource', owner.compute.value)
  const pool = seed.pool === undefined ? root : site.made.get(`pool ${seed.cluster}/${seed.pool}`)
  if (!pool) throw site.mistake(`There is no resource pool '${seed.pool}' in the cluster.`, seed)
  return { host: owner.host, pool }
}

function clusterFor(site: Site, seed: SeedVm) {
  const cluster = site.seed.clusters?.find(({ name }) => name === seed.cluster)
  if (!cluster) throw site.mistake(`There is no cluster '${seed.cluster}' in this datacenter.`, seed)
  const compute = site.made.get(`cluster ${cluster.name}`) ?? buildCluster(site, cluster)
  const names = (cluster.hosts ?? []).map(hostNamed)
  const turn = site.ctx.tx.next(`seed.${compute.value}`) - 1
  const name = seed.host ?? names[turn % Math.max(1, names.length)]
  if (name === undefined || !names.includes(name))
    throw site.mistake(`The cluster '${cluster.name}' has no host '${name ?? ''}' for this VM.`, seed)
  // A host that needs this VM is built after it: the VM is then of another cluster.
  const host = site.made.get(`host ${name}`) ?? site.made.get(`host ${hostNamed({ machine: name })}`)
  if (!host) {
    buildCluster(site, cluster)
    const built = site.made.get(`host ${name}`)
    if (built) return { compute, host: built }
    throw site.mistake(`The host '${name}' of the cluster '${cluster.name}' is not there yet.`, seed)
  }
  return { compute, host }
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

const CARDS = { vmxnet3: 'VirtualVmxnet3', e1000: 'VirtualE1000', e1000e: 'VirtualE1000e' } as const

function specOf(site: Site, seed: SeedVm): VirtualMachineConfigSpec {
  const datastore = seed.datastore ?? site.seed.datastores?.[0]?.name
  if (datastore === undefined) throw site.mistake(`'${seed.name}' has no datastore to be on.`, seed)
  const image = seed.disks?.[0]?.image
  return data('VirtualMachineConfigSpec', {
    name: seed.name,
    guestId:
      seed.guestId ??
      (image ? guestFor(releaseFor(site.ctx.identity, image.version)).meanwhile : 'otherGuest'),
    version: seed.version,
    firmware: seed.firmware,
    numCPUs: seed.cpus ?? 1,
    numCoresPerSocket: seed.coresPerSocket,
    memoryMB: seed.memoryMB ?? 32,
    nestedHVEnabled: seed.nestedHV,
    files: data('VirtualMachineFileInfo', { vmPathName: `[${datastore}]` }),
    deviceChange: devicesOf(site, seed, datastore),
    extraConfig: Object.entries(seed.extraConfig ?? {}).map(([key, value]) =>
      data('OptionValue', { key, value: boxedString(value) }),
    ),
  })
}

/** Handles of new devices inside the spec; what they become is the VM's business. */
const CONTROLLER = -1

function devicesOf(site: Site, seed: SeedVm, datastore: string): readonly VirtualDeviceConfigSpec[] {
  const add = (device: VirtualDevice, fileOperation?: 'create') =>
    data('VirtualDeviceConfigSpec', { operation: 'add', fileOperation, device })
  const disks = seed.disks ?? []
  return [
    ...(disks.length > 0
      ? [add(data('ParaVirtualSCSIController', { key: CONTROLLER, busNumber: 0, sharedBus: 'noSharing' }))]
      : []),
    ...disks.map((disk, at) =>
      add(
        data('VirtualDisk', {
          key: -100 - at,
          controllerKey: CONTROLLER,
          capacityInKB: Math.round(disk.sizeGB * 2 ** 20),
          backing: data('VirtualDiskFlatVer2BackingInfo', {
            fileName: `[${datastore}]`,
            diskMode: 'persistent',
            thinProvisioned: disk.thin ?? true,
          }),
        }),
        'create',
      ),
    ),
    ...(seed.nics ?? []).map((nic, at) =>
      add(
        data(CARDS[nic.type ?? 'vmxnet3'], {
          key: -200 - at,
          backing: backingOf(site, nic.network),
        }) as VirtualDevice,
      ),
    ),
    ...(seed.cdrom === undefined ? [] : [add(cdrom(seed.cdrom))]),
  ]
}

function cdrom(fileName: string): VirtualDevice {
  return data('VirtualCdrom', {
    key: -300,
    controllerKey: 200,
    backing: data('VirtualCdromIsoBackingInfo', { fileName }),
    connectable: data('VirtualDeviceConnectInfo', {
      startConnected: true,
      allowGuestControl: true,
      connected: true,
    }),
  })
}

/** A distributed port group of this seed, else a port group of the host by name. */
function backingOf(site: Site, network: string): VirtualDevice['backing'] {
  const group = site.made.get(`network ${network}`)
  if (!group) return data('VirtualEthernetCardNetworkBackingInfo', { deviceName: network })
  const { config } = site.ctx.tx.get('DistributedVirtualPortgroup', group.value)
  const dvs = config.distributedVirtualSwitch
  return data('VirtualEthernetCardDistributedVirtualPortBackingInfo', {
    port: data('DistributedVirtualSwitchPortConnection', {
      switchUuid: dvs ? site.ctx.tx.get('DistributedVirtualSwitch', dvs.value).uuid : '',
      portgroupKey: group.value,
    }),
  })
}
