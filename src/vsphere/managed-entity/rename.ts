import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { requireUniqueName, validName } from './entity.js'

/** Types whose names say where they are: hosts by their address, standard networks by their port group. */
const NAMED_BY_OTHERS = ['HostSystem', 'Network'] as const

/**
 * Gives an entity another name. Throws InvalidName, DuplicateName when a sibling has it, NotSupported for hosts, the
 * compute resources around standalone hosts and standard networks.
 */
export function rename(ctx: Context, self: ManagedObjectReference, newName: string): void {
  const { tx } = ctx
  const type = tx.entity(self.value)?.type ?? self.type
  if (type === 'ComputeResource' || NAMED_BY_OTHERS.some((name) => name === type))
    throw fault('NotSupported', {})
  const { name: oldName, parent } = tx.get('ManagedEntity', self.value)
  const name = validName(newName, self)
  if (name === oldName) return
  requireUniqueName(tx, parent?.value ?? '', name, self.value)
  tx.set('ManagedEntity', self.value, { name })
  const about = { entity: self, oldName, newName: name }
  if (type === 'VirtualMachine') emit(ctx, 'VmRenamedEvent', { ...about, template: false })
  else if (type === 'Datacenter') emit(ctx, 'DatacenterRenamedEvent', about)
  else if (type === 'Datastore') emit(ctx, 'DatastoreRenamedEvent', about)
}
