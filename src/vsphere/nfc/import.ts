import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  ImportSpec,
  ManagedObjectReference,
  VirtualDeviceConfigSpec,
  VirtualDeviceFileBackingInfo,
  VirtualMachineConfigSpec,
  VirtualMachineImportSpec,
} from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import type { Context } from '../core/context.js'
import { fileAt } from '../datastore/files.js'
import { locate } from '../datastore/paths.js'
import { datacenterOf, requireUniqueName, validName } from '../managed-entity/entity.js'
import { createVm } from '../vm/create.js'
import { registrationHost, requireVmFolder } from '../vm/placement.js'
import { openLease } from './lease.js'
import { leaseFiles } from './lease-files.js'

export interface ImportArguments {
  readonly spec: ImportSpec
  readonly folder?: ManagedObjectReference | undefined
  readonly host?: ManagedObjectReference | undefined
}

/**
 * ResourcePool.ImportVApp: the VM is there at once, busy until its lease ends. Throws what CreateVM_Task throws of specs,
 * names and places, and NotSupported for vApps.
 */
export function importVApp(
  ctx: Context,
  pool: ManagedObjectReference,
  { spec, folder: wanted, host }: ImportArguments,
): ManagedObjectReference {
  // Nothing here is a vApp yet (deviation 89).
  if (spec._typeName !== 'VirtualMachineImportSpec') throw fault('NotSupported', {})
  const { configSpec, resPoolEntity } = spec as VirtualMachineImportSpec
  const place = resPoolEntity ?? pool
  const folder = wanted ?? vmFolderOf(ctx, place)
  const { vm, drives, path } = makeVm(ctx, configSpec, { pool: place, folder, host })
  const devices = ctx.tx.get('VirtualMachine', vm.value).config?.hardware.device ?? []
  return openLease(ctx, {
    kind: 'import',
    entity: vm,
    vms: [vm.value],
    files: leaseFiles(vm.value, devices, { path, first: 0, drives }),
    descriptionId: 'ResourcePool.ImportVAppLRO',
  })
}

/** The folder `vm` of the pool's datacenter. */
function vmFolderOf(ctx: Context, pool: ManagedObjectReference): ManagedObjectReference {
  const found = ctx.tx.find('ResourcePool', pool.value)
  if (!found) throw fault('ManagedObjectNotFound', { obj: pool })
  const datacenter = datacenterOf(ctx.tx, found.owner.value)
  if (datacenter === undefined) throw fault('NotSupported', {})
  return ctx.tx.get('Datacenter', datacenter).vmFolder
}

interface Made {
  readonly vm: ManagedObjectReference
  /** What the import calls the VM. */
  readonly path: string
  /** Keys of drives whose images are to come. */
  readonly drives: ReadonlySet<number>
}

function makeVm(
  ctx: Context,
  wanted: VirtualMachineConfigSpec,
  place: {
    readonly pool: ManagedObjectReference
    readonly folder: ManagedObjectReference
    readonly host: ManagedObjectReference | undefined
  },
): Made {
  const { tx } = ctx
  const { folder, pool } = place
  requirePrivilege(tx, ctx.session, folder, 'VirtualMachine.Inventory.Create')
  requireVmFolder(ctx, folder)
  const name = validName(wanted.name ?? '', folder)
  requireUniqueName(tx, folder.value, name)
  const datacenter = datacenterOf(tx, folder.value)
  const vmPathName = wanted.files?.vmPathName
  if (!vmPathName || datacenter === undefined)
    throw fault('InvalidVmConfig', { property: 'configSpec.files.vmPathName' })
  const { datastore } = locate(tx, datacenter, vmPathName)
  requirePrivilege(tx, ctx.session, tx.ref(datastore), 'Datastore.AllocateSpace')
  const host = registrationHost(tx, { folder, pool, host: place.host, datastore })
  const waiting = new Set<number>()
  const changes = (wanted.deviceChange ?? []).map((change) => {
    if (!isImageToCome(ctx, datacenter, change)) return change
    waiting.add(change.device.key)
    return patch(change, { device: patch(change.device, { backing: undefined }) })
  })
  const spec = patch(wanted, { deviceChange: changes })
  const vm = createVm(ctx, { folder, pool, host, spec, name })
  const drives = drivesOf(ctx, vm, changes, waiting)
  return { vm, path: wanted.name ?? name, drives }
}

/** An image that the package brings: its path is no datastore's, or nothing is there yet. */
function isImageToCome(ctx: Context, datacenter: string, { device }: VirtualDeviceConfigSpec): boolean {
  if (device._typeName !== 'VirtualCdrom' || device.backing?._typeName !== 'VirtualCdromIsoBackingInfo')
    return false
  const { fileName } = device.backing as VirtualDeviceFileBackingInfo
  if (!fileName.startsWith('[')) return true
  const { datastore, path } = locate(ctx.tx, datacenter, fileName)
  return fileAt(ctx.tx, datastore, path) === undefined
}

/** The keys that the VM's drives got, by those of the spec: drives come in the spec's order. */
function drivesOf(
  ctx: Context,
  vm: ManagedObjectReference,
  changes: readonly VirtualDeviceConfigSpec[],
  waiting: ReadonlySet<number>,
): ReadonlySet<number> {
  const asked = changes.map(({ device }) => device).filter(({ _typeName }) => _typeName === 'VirtualCdrom')
  const made = (ctx.tx.get('VirtualMachine', vm.value).config?.hardware.device ?? []).filter(
    ({ _typeName }) => _typeName === 'VirtualCdrom',
  )
  return new Set(made.filter((_, at) => waiting.has(asked[at]?.key ?? Number.NaN)).map(({ key }) => key))
}
