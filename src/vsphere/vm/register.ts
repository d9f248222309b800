import { moRef } from '#inventory/entity.js'
import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import { fault, localizedFault } from '#vim25/fault.js'
import type {
  ManagedObjectReference,
  VirtualMachineConfigInfo,
  VirtualMachineSnapshotInfo,
  VirtualMachineSnapshotTree,
} from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { fileAt, updateFile } from '../datastore/files.js'
import { datastorePathOf, locate, nameOf } from '../datastore/paths.js'
import { emit } from '../event/emit.js'
import { datacenterOf, requireUniqueName, validName } from '../managed-entity/entity.js'
import { searchKey, virtualMachineKeys } from '../search-index/keys.js'
import { registerVm } from './build.js'
import { changeVersion } from './create.js'
import { fileInfo, type Home, type VmxContent } from './files.js'
import { registrationHost, requireHost, requireVmFolder } from './placement.js'
import { vmsByVmx } from './storage.js'

export interface Registration {
  readonly folder: ManagedObjectReference
  readonly path: string
  readonly name: string | undefined
  readonly template: boolean
  readonly pool: ManagedObjectReference | undefined
  readonly host: ManagedObjectReference | undefined
}

/**
 * A VM whose files are there comes (back) into the inventory. Throws NotFound without the vmx file, AlreadyExists when it is
 * registered, and the faults of names, datastores and places.
 */
export function registerFromFile(ctx: Context, wanted: Registration): ManagedObjectReference {
  const { tx } = ctx
  const { folder, template } = wanted
  requireVmFolder(ctx, folder)
  const datacenter = datacenterOf(tx, folder.value)
  if (datacenter === undefined) throw fault('NotSupported', {})
  const place = locate(tx, datacenter, wanted.path)
  const file = fileAt(tx, place.datastore, place.path)
  if (!file || !/\.vmt?x$/.test(file.name)) throw fault('NotFound', {})
  const vmPathName = datastorePathOf(tx, place)
  const other = tx.lookup(vmsByVmx, vmPathName).find((id) => datacenterOf(tx, id) === datacenter)
  if (other !== undefined) throw fault('AlreadyExists', { name: tx.get('VirtualMachine', other).name })
  const content = file.content as VmxContent | undefined
  if (!content?.config) throw fault('CannotAccessVmConfig', { reason: localizedFault('InvalidFormat', {}) })
  const name = validName(wanted.name ?? content.config.name, folder)
  requireUniqueName(tx, folder.value, name)
  const host = hostFor(tx, wanted, place.datastore)
  const home: Home = {
    datastore: place.datastore,
    directory: place.path.slice(0, -nameOf(place.path).length - 1),
    vmx: place.path,
  }
  const config = patch(content.config, {
    name,
    template,
    files: fileInfo(tx, home),
    instanceUuid: freeInstanceUuid(ctx, content.config),
    changeVersion: changeVersion(ctx),
    modified: ctx.time,
  })
  updateFile(tx, place.datastore, place.path, { content: undefined })
  const self = registerVm(ctx, { name, folder, pool: wanted.pool, host, config, template })
  if (content.snapshot) restoreSnapshots(ctx, self, content.snapshot, content.states ?? {})
  emit(ctx, 'VmRegisteredEvent', { entity: self, template })
  return self
}

/** A template has a host and no pool, a VM a pool. */
function hostFor(read: Reader, wanted: Registration, datastore: string): ManagedObjectReference {
  const { template, pool, host, folder } = wanted
  if (template) {
    if (pool) throw fault('InvalidArgument', { invalidProperty: 'pool' })
    if (!host) throw fault('InvalidArgument', { invalidProperty: 'host' })
    requireHost(read, host.value, datastore)
    return host
  }
  if (!pool) throw fault('InvalidArgument', { invalidProperty: 'pool' })
  return registrationHost(read, { folder, pool, host, datastore })
}

/** A VM keeps its instance UUID unless another has it by now: files that were copied. */
function freeInstanceUuid(ctx: Context, { instanceUuid }: VirtualMachineConfigInfo): string | undefined {
  const taken =
    instanceUuid !== undefined &&
    ctx.tx.lookup(virtualMachineKeys, searchKey('instance', instanceUuid)).length > 0
  return taken ? ctx.services.random.uuid('50', 'vm.instance', ctx.tx.next('vmUuid')) : instanceUuid
}

/** The snapshots come back with new ids. */
function restoreSnapshots(
  ctx: Context,
  vm: ManagedObjectReference,
  info: VirtualMachineSnapshotInfo,
  states: Readonly<Record<string, VirtualMachineConfigInfo>>,
): void {
  const refs = new Map<string, ManagedObjectReference>()
  const restore = (tree: VirtualMachineSnapshotTree): VirtualMachineSnapshotTree => {
    const config = states[tree.snapshot.value] ?? ctx.tx.get('VirtualMachine', vm.value).config
    const ref = config
      ? ctx.tx.create('VirtualMachineSnapshot', newMoid(ctx.tx, 'snapshot'), {
          value: [],
          availableField: [],
          config,
          vm,
        })
      : moRef('VirtualMachineSnapshot', tree.snapshot.value)
    refs.set(tree.snapshot.value, ref)
    return patch(tree, { snapshot: ref, vm, childSnapshotList: (tree.childSnapshotList ?? []).map(restore) })
  }
  const rootSnapshotList = info.rootSnapshotList.map(restore)
  ctx.tx.set('VirtualMachine', vm.value, {
    snapshot: data('VirtualMachineSnapshotInfo', {
      currentSnapshot: info.currentSnapshot && refs.get(info.currentSnapshot.value),
      rootSnapshotList,
    }),
  })
}
