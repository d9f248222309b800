import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference, VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { locate } from '../datastore/paths.js'
import { datacenterOf, requireUniqueName, validName } from '../managed-entity/entity.js'
import { createVm } from './create.js'
import { registrationHost, requireVmFolder } from './placement.js'
import { registerFromFile } from './register.js'
import { withoutWishes } from './set-by-extra-config.js'

/** CreateVM_Task and its twin on resource pools. */
function create(
  ctx: Context,
  folder: ManagedObjectReference,
  config: VirtualMachineConfigSpec,
  pool: ManagedObjectReference,
  wanted: ManagedObjectReference | undefined,
): ManagedObjectReference {
  const { tx } = ctx
  requireVmFolder(ctx, folder)
  const name = validName(config.name ?? '', folder)
  requireUniqueName(tx, folder.value, name)
  const datacenter = datacenterOf(tx, folder.value)
  const path = config.files?.vmPathName
  if (!path) throw fault('InvalidVmConfig', { property: 'configSpec.files.vmPathName' })
  if (datacenter === undefined) throw fault('NotSupported', {})
  const { datastore } = locate(tx, datacenter, path)
  const host = registrationHost(tx, { folder, pool, host: wanted, datastore })
  const { spec, fulfil } = withoutWishes(ctx, config)
  const vm = createVm(ctx, { folder, pool, host, spec, name })
  fulfil(vm)
  return vm
}

/** The folder `vm` of the pool's datacenter: where VMs go that are made through a pool. */
function vmFolderOf(ctx: Context, pool: ManagedObjectReference): ManagedObjectReference {
  const datacenter = datacenterOf(ctx.tx, ctx.tx.get('ResourcePool', pool.value).owner.value)
  if (datacenter === undefined) throw fault('NotSupported', {})
  return ctx.tx.get('Datacenter', datacenter).vmFolder
}

export const vmFolderOperations = operations('Folder', {
  CreateVM_Task: {
    seconds: 2,
    run: (ctx, self, { config, pool, host }) => create(ctx, self, config, pool, host),
  },

  RegisterVM_Task: {
    seconds: 2,
    run: (ctx, self, { path, name, asTemplate, pool, host }) =>
      registerFromFile(ctx, { folder: self, path, name, template: asTemplate, pool, host }),
  },
})

export const poolVmOperations = operations('ResourcePool', {
  CreateChildVM_Task: {
    seconds: 2,
    run: (ctx, self, { config, host }) => create(ctx, vmFolderOf(ctx, self), config, self, host),
  },

  RegisterChildVM_Task: {
    seconds: 2,
    run: (ctx, self, { path, name, host }) =>
      registerFromFile(ctx, {
        folder: vmFolderOf(ctx, self),
        path,
        name,
        template: false,
        pool: self,
        host,
      }),
  },
})
