import { fault } from '#vim25/fault.js'
import type { ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { requirePowerState } from '../vm/admit.js'
import { streamOf } from './disk-stream.js'
import { openLease } from './lease.js'
import { leaseFiles } from './lease-files.js'

/** VirtualMachine.ExportVm: a lease to fetch the disks of a VM that is off. Throws InvalidPowerState, InvalidState. */
export function exportVm(ctx: Context, self: ManagedObjectReference): ManagedObjectReference {
  const { config, runtime } = ctx.tx.get('VirtualMachine', self.value)
  if (!config || runtime.connectionState !== 'connected') throw fault('InvalidState', {})
  requirePowerState(ctx.tx, self.value, ['poweredOff'], 'poweredOff')
  const files = leaseFiles(self.value, config.hardware.device ?? [], {
    path: self.value,
    first: 0,
    drives: new Set(),
  })
  return openLease(ctx, {
    kind: 'export',
    entity: self,
    vms: [self.value],
    files: files.map((file) => ({ ...file, size: streamOf(ctx, file).size })),
    descriptionId: 'VirtualMachine.ExportVmLRO',
  })
}
