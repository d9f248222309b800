import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import { fault, localizedFault, type VimFault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  VirtualDisk,
  VirtualDiskFlatVer2BackingInfo,
  VirtualMachineConfigInfo,
  VirtualMachineRelocateSpec,
} from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import { clusterConfig, hostsOf } from '../cluster/config.js'
import type { Context } from '../core/context.js'
import { datastoreOfVolume, isAccessibleOn, volumeOf } from '../datastore/volumes.js'
import { freeOn } from '../drs/candidates.js'
import { isUsable } from '../ha/capacity.js'
import { datacenterOf } from '../managed-entity/entity.js'
import { homeOf } from './files.js'
import { disksOf } from './snapshots.js'

/** VirtualMachineRelocateDiskMoveOptions. */
export const MOVE_TYPES = [
  'moveAllDiskBackingsAndAllowSharing',
  'moveAllDiskBackingsAndDisallowSharing',
  'moveChildMostDiskBacking',
  'createNewChildDiskBacking',
  'moveAllDiskBackingsAndConsolidate',
] as const
export type MoveType = (typeof MOVE_TYPES)[number]

/** Where one disk goes, and how. */
export interface DiskTarget {
  readonly datastore: string
  readonly moveType: MoveType
  /** Undefined: laid out as it is. */
  readonly thin: boolean | undefined
}

/** Everything that a VirtualMachineRelocateSpec says or leaves to its defaults. */
export interface Destination {
  readonly datacenter: string
  readonly folder: ManagedObjectReference
  /** Undefined for a template. */
  readonly pool: ManagedObjectReference | undefined
  readonly host: ManagedObjectReference
  /** Of the configuration files. */
  readonly datastore: string
  /** By the disk's key. */
  readonly disks: ReadonlyMap<number, DiskTarget>
}

export interface Request {
  readonly spec: VirtualMachineRelocateSpec
  /** What names of members in faults begin with: `spec`, `spec.location` or nothing. */
  readonly prefix: string
  /** The VM itself stays where it is and something new is made of it. */
  readonly copy: boolean
  /** What arrives is a template. */
  readonly template: boolean
  /** The configuration that goes there: the VM's own or a snapshot's. */
  readonly config: VirtualMachineConfigInfo
  /** Where a copy is to be listed. */
  readonly folder?: ManagedObjectReference | undefined
}

/**
 * Where a VM, or a copy of it, goes by a specification. Throws InvalidArgument with the member, DatacenterMismatch,
 * InvalidDatastore, InvalidHostState and CannotAccessVmConfig; reads only.
 */
export function resolveDestination(read: Reader, vm: string, request: Request): Destination {
  const { spec } = request
  if (spec.service) throw fault('NotSupported', {})
  const datacenter = datacenterFor(read, vm, request)
  requireSameDatacenter(read, datacenter, request)
  const folder = folderFor(read, vm, datacenter, request)
  const home = homeOf(read, vm)
  if (!home) throw fault('InvalidState', {})
  const datastore = spec.datastore?.value ?? sameDatastore(read, datacenter, home.datastore)
  const disks = disksFor(read, datacenter, request)
  const needed = [...new Set([datastore, ...[...disks.values()].map((disk) => disk.datastore)])]
  const { pool, hosts, own } = computeFor(read, vm, request)
  const host = own ?? chooseHost(read, hosts, needed, request)
  requireReachable(read, host, needed, spec)
  return {
    datacenter,
    folder,
    pool: request.template ? undefined : pool,
    host: read.ref(host),
    datastore,
    disks,
  }
}

/** The datacenter of what is named first: folder, host, pool, datastore; else the VM's own. */
function datacenterFor(read: Reader, vm: string, { spec, folder }: Request): string {
  const owner = spec.pool && read.get('ResourcePool', spec.pool.value).owner
  for (const ref of [folder, spec.folder, spec.host, owner, spec.datastore]) {
    const found = ref && datacenterOf(read, ref.value)
    if (found !== undefined) return found
  }
  const own = datacenterOf(read, vm)
  if (own === undefined) throw fault('NotSupported', {})
  return own
}

function requireSameDatacenter(read: Reader, datacenter: string, { spec }: Request): void {
  const owner = spec.pool && read.get('ResourcePool', spec.pool.value).owner
  const named = [
    [spec.folder, spec.folder],
    [spec.host, spec.host],
    [spec.pool, owner],
    [spec.datastore, spec.datastore],
    ...(spec.disk ?? []).map((each) => [each.datastore, each.datastore] as const),
  ] as const
  const wrong = named.flatMap(([entity, place]) => {
    const found = place && datacenterOf(read, place.value)
    return entity && found !== datacenter
      ? [
          data('DatacenterMismatchArgument', {
            entity,
            inputDatacenter: found === undefined ? undefined : read.ref(found),
          }),
        ]
      : []
  })
  if (wrong.length > 0)
    throw fault('DatacenterMismatch', { invalidArgument: wrong, expectedDatacenter: read.ref(datacenter) })
}

function folderFor(
  read: Reader,
  vm: string,
  datacenter: string,
  { spec, folder }: Request,
): ManagedObjectReference {
  const wanted = folder ?? spec.folder
  if (wanted) return wanted
  const { parent } = read.get('VirtualMachine', vm)
  return parent && datacenterOf(read, parent.value) === datacenter
    ? parent
    : read.get('Datacenter', datacenter).vmFolder
}

/** The datastore itself, or what another datacenter sees of the same volume. */
function sameDatastore(read: Reader, datacenter: string, datastore: string): string {
  if (datacenterOf(read, datastore) === datacenter) return datastore
  const twin = datastoreOfVolume(read, datacenter, volumeOf(read, datastore))
  if (twin === undefined) throw invalidDatastore(read, datastore)
  return twin
}

function disksFor(
  read: Reader,
  datacenter: string,
  { spec, prefix, config }: Request,
): ReadonlyMap<number, DiskTarget> {
  const disks = disksOf(config)
  const bad = (spec.disk ?? []).findIndex(({ diskId }) => !disks.some(({ key }) => key === diskId))
  if (bad >= 0) throw fault('InvalidArgument', { invalidProperty: `${prefix}.disk[${bad}].diskId` })
  const usual = moveTypeOf(spec.diskMoveType, `${prefix}.diskMoveType`)
  const layout = spec.transform === undefined ? undefined : spec.transform === 'sparse'
  const targets = new Map<number, DiskTarget>()
  for (const disk of disks) {
    const at = (spec.disk ?? []).findIndex(({ diskId }) => diskId === disk.key)
    const locator = spec.disk?.[at]
    const own = datastoreOfDisk(disk)
    const wanted = locator?.datastore ?? spec.datastore
    const datastore = wanted?.value ?? (own === undefined ? undefined : sameDatastore(read, datacenter, own))
    if (datastore === undefined) continue
    const backing = locator?.diskBackingInfo as VirtualDiskFlatVer2BackingInfo | undefined
    targets.set(disk.key, {
      datastore,
      moveType:
        locator?.diskMoveType === undefined
          ? usual
          : moveTypeOf(locator.diskMoveType, `${prefix}.disk[${at}].diskMoveType`),
      thin: backing?.thinProvisioned ?? layout,
    })
  }
  return targets
}

const datastoreOfDisk = (disk: VirtualDisk): string | undefined =>
  (disk.backing as VirtualDiskFlatVer2BackingInfo | undefined)?.datastore?.value

function moveTypeOf(text: string | undefined, property: string): MoveType {
  if (text === undefined || text === '') return 'moveAllDiskBackingsAndDisallowSharing'
  const found = MOVE_TYPES.find((type) => type === text)
  if (!found) throw fault('InvalidArgument', { invalidProperty: property })
  return found
}

interface Compute {
  readonly pool: ManagedObjectReference | undefined
  readonly hosts: readonly string[]
  /** The host, where there is nothing to choose. */
  readonly own: string | undefined
}

/**
 * Pool and host: what the API reference says of the two members. Without a pool the VM's own, which a template does not
 * have, and which another compute resource does not take; without a host the VM's own if it may stay there.
 */
function computeFor(read: Reader, vm: string, { spec, prefix, template, copy }: Request): Compute {
  const { resourcePool, runtime } = read.get('VirtualMachine', vm)
  const registered = runtime.host?.value
  const owner = (pool: ManagedObjectReference) => read.get('ResourcePool', pool.value).owner.value
  const invalid = (member: string) =>
    fault('InvalidArgument', { invalidProperty: prefix === '' ? member : `${prefix}.${member}` })
  const pool = spec.pool ?? resourcePool
  if (template) {
    const hosts = spec.pool ? hostsOf(read, owner(spec.pool)) : []
    const own = spec.host?.value ?? (spec.pool ? undefined : registered)
    if (own === undefined && hosts.length === 0) throw invalid('host')
    return { pool: undefined, hosts, own }
  }
  if (!pool) throw invalid('pool')
  const hosts = hostsOf(read, owner(pool))
  if (spec.host) {
    if (!hosts.includes(spec.host.value)) throw invalid(spec.pool ? 'host' : 'pool')
    return { pool, hosts, own: spec.host.value }
  }
  const stays = registered !== undefined && hosts.includes(registered) && (!copy || spec.pool === undefined)
  if (stays && (!copy || isUsable(read.get('HostSystem', registered))))
    return { pool, hosts, own: registered }
  const drs = clusterConfig(read, owner(pool))?.drsConfig.enabled ?? false
  if (!drs && hosts.length > 1) throw invalid('host')
  return { pool, hosts, own: hosts.length === 1 ? hosts[0] : undefined }
}

/** As DRS places what does not run yet: the usable host with the datastores that has most memory to spare. */
function chooseHost(
  read: Reader,
  hosts: readonly string[],
  datastores: readonly string[],
  { spec }: Request,
): string {
  const usable = hosts.filter((id) => isUsable(read.get('HostSystem', id)))
  const [first] = usable
  if (first === undefined) throw fault('InvalidState', {})
  const able = usable.filter((id) => datastores.every((each) => isAccessibleOn(read, each, id)))
  if (able.length === 0) requireReachable(read, first, datastores, spec)
  const free = new Map(able.map((id) => [id, freeOn(read, id).memoryBytes]))
  return [...able].sort((a, b) => (free.get(b) ?? 0) - (free.get(a) ?? 0))[0] ?? first
}

function requireReachable(
  read: Reader,
  host: string,
  datastores: readonly string[],
  spec: VirtualMachineRelocateSpec,
): void {
  if (!isUsable(read.get('HostSystem', host))) throw fault('InvalidHostState', { host: read.ref(host) })
  const missing = datastores.find((id) => !isAccessibleOn(read, id, host))
  if (missing === undefined) return
  const asked = [spec.datastore, ...(spec.disk ?? []).map(({ datastore }) => datastore)]
  if (asked.some((ref) => ref?.value === missing)) throw invalidDatastore(read, missing)
  const name = read.get('Datastore', missing).name
  const reason = localizedFault('InaccessibleDatastore', {
    datastore: read.ref(missing),
    name,
    detail: 'notMounted',
  })
  throw fault('CannotAccessVmConfig', { reason })
}

function invalidDatastore(read: Reader, datastore: string): VimFault {
  return fault('InvalidDatastore', {
    datastore: read.ref(datastore),
    name: read.get('Datastore', datastore).name,
  })
}

/** Throws NoPermission unless the caller may use the place that a VM or its copy goes to. */
export function authorizePlace(
  ctx: Context,
  spec: Pick<VirtualMachineRelocateSpec, 'pool' | 'datastore' | 'disk'>,
): void {
  const { tx, session } = ctx
  if (spec.pool) requirePrivilege(tx, session, spec.pool, 'Resource.AssignVMToPool')
  for (const ref of [spec.datastore, ...(spec.disk ?? []).map(({ datastore }) => datastore)])
    if (ref) requirePrivilege(tx, session, ref, 'Datastore.AllocateSpace')
}
