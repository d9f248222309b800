import { moRef } from '#inventory/entity.js'
import type { Services } from '#vapi/generated/types.js'
import { operation as operationOf } from '#vapi/schema.js'
import type { Operation } from '#vapi/types.js'
import { hasPrivilege, requirePrivilege } from '#vsphere/authorization/check.js'
import type { ServiceCall } from '../core/call.js'
import { type AnyImplementation, type ServiceOf, type ServiceTable, service } from '../core/service.js'

/** Libraries belong to the whole vCenter: rights at its root count (deviation 72). */
const ROOT = moRef('Folder', 'group-d1')

/** A table of operations that ask for the privileges that their definitions name. */
export function contentService<S extends keyof Services & string>(id: S, table: ServiceOf<S>): ServiceTable {
  const { operations } = service(id, table)
  const guarded = Object.entries(operations).map(([name, run]) => [name, guard(id, name, run)] as const)
  return { id, operations: Object.fromEntries(guarded) }
}

function guard(service: string, name: string, run: AnyImplementation): AnyImplementation {
  return (call, input) => {
    const operation = operationOf(service, name)
    if (operation && hidesAll(call, operation)) return []
    for (const { privilege, resource } of operation?.privileges ?? [])
      if (privilege !== 'System.Anonymous' && isOfLibraries(resource))
        requirePrivilege(call.read, call.session, ROOT, privilege)
    return run(call, input)
  }
}

/** Of what is in the inventory the vim25 methods ask. */
const isOfLibraries = (resource: string | undefined) =>
  resource === undefined || resource.startsWith('com.vmware.content.')

/** A list of everything shows what the caller may read: without rights nothing. */
function hidesAll({ read, session }: ServiceCall, { privileges, output }: Operation): boolean {
  return (
    output.kind === 'list' &&
    privileges.every(({ privilege, resource }) => privilege === 'System.Read' && !resource) &&
    !hasPrivilege(read, session, ROOT.value, 'System.Read')
  )
}

/** Throws NoPermission unless the caller may put files on the datastore. */
export function requireSpace(call: ServiceCall, datastore: string): void {
  requirePrivilege(call.read, call.session, call.read.ref(datastore), 'Datastore.AllocateSpace')
}
