import type { VcenterVMRegisterSpec } from '#vapi/generated/types.js'
import type { ServiceCall } from '../core/call.js'
import { requireObject } from '../core/objects.js'
import { badPlacement, placementOf } from './placement.js'

/** RegisterVM_Task for files that are there. Answers with the identifier of the VM, which is a new one. */
export async function registerVm(call: ServiceCall, spec: VcenterVMRegisterSpec): Promise<string> {
  const path = pathOf(call, spec)
  const { folder, pool, host } = placementOf(call, spec.placement)
  if (!folder || !pool) throw badPlacement()
  const registered = await call.task('Folder', folder.value, 'RegisterVM_Task', {
    path,
    name: spec.name,
    asTemplate: false,
    pool,
    host,
  })
  return registered.value
}

/** Either `[datastore] directory/vm.vmx`, or the datastore and the path on it. */
function pathOf(call: ServiceCall, { datastore, path, datastore_path }: VcenterVMRegisterSpec): string {
  if (datastore_path !== undefined) {
    if (datastore !== undefined || path !== undefined) throw badPlacement()
    return datastore_path
  }
  if (datastore === undefined || path === undefined) throw badPlacement()
  const { name } = requireObject(call, 'Datastore', datastore)
  return `[${name}] ${path.replace(/^\/+/, '')}`
}
