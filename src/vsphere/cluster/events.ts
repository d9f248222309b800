import { data } from '#vim25/data.js'
import type { ClusterConfigInfoEx, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'

/** A cluster came to be in a folder. */
export function clusterCreated(
  ctx: Context,
  self: ManagedObjectReference,
  folder: ManagedObjectReference,
): void {
  const { name } = ctx.tx.get('Folder', folder.value)
  emit(ctx, 'ClusterCreatedEvent', {
    entity: self,
    parent: data('FolderEventArgument', { name, folder }),
  })
}

/** What a reconfiguration tells of itself: that it was, and what was switched on or off. */
export function clusterReconfigured(
  ctx: Context,
  self: ManagedObjectReference,
  before: ClusterConfigInfoEx,
  after: ClusterConfigInfoEx,
): void {
  const modified = CHANGES.filter((part) => before[part] !== after[part]).map(
    (part) => `configurationEx.${part}`,
  )
  emit(ctx, 'ClusterReconfiguredEvent', {
    entity: self,
    configChanges: data('ChangesInfoEventArgument', { modified: modified.join('\n') }),
  })
  switched(ctx, self, before, after)
}

const CHANGES = [
  'dasConfig',
  'dasVmConfig',
  'drsConfig',
  'drsVmConfig',
  'dpmConfigInfo',
  'rule',
  'group',
] as const

/** The events of HA, its admission control and DRS being switched on or off; HA's agents tell their own (ha/agents.ts). */
export function switched(
  ctx: Context,
  self: ManagedObjectReference,
  before: ClusterConfigInfoEx,
  after: ClusterConfigInfoEx,
): void {
  const das = [before.dasConfig.enabled ?? false, after.dasConfig.enabled ?? false] as const
  if (das[1] && !das[0]) emit(ctx, 'DasEnabledEvent', { entity: self })
  if (das[0] && !das[1]) emit(ctx, 'DasDisabledEvent', { entity: self })
  if (das[1]) {
    const was = das[0] && (before.dasConfig.admissionControlEnabled ?? false)
    const is = after.dasConfig.admissionControlEnabled ?? false
    if (is && !was && das[0]) emit(ctx, 'DasAdmissionControlEnabledEvent', { entity: self })
    if (was && !is) emit(ctx, 'DasAdmissionControlDisabledEvent', { entity: self })
  }
  const drs = [before.drsConfig.enabled ?? false, after.drsConfig.enabled ?? false] as const
  if (drs[1] && !drs[0])
    emit(ctx, 'DrsEnabledEvent', {
      entity: self,
      behavior: after.drsConfig.defaultVmBehavior ?? 'fullyAutomated',
    })
  if (drs[0] && !drs[1]) emit(ctx, 'DrsDisabledEvent', { entity: self })
}
