import { data } from '#vim25/data.js'
import type { LicenseAssignmentManagerLicenseAssignment } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { EVALUATION_LICENSE } from './build.js'

export const licenseAssignmentOperations = operations('LicenseAssignmentManager', {
  /** The vCenter itself, by its instanceUuid, and every host. */
  QueryAssignedLicenses(ctx, _self, { entityId }) {
    const all = [assignment(ctx, ctx.identity.instanceUuid, 'vcenter'), ...hosts(ctx)]
    return entityId === undefined ? all : all.filter((one) => one.entityId === entityId)
  },
})

function hosts(ctx: Context): readonly LicenseAssignmentManagerLicenseAssignment[] {
  return [...ctx.tx.ids('HostSystem')].map((id) => assignment(ctx, id, ctx.tx.get('HostSystem', id).name))
}

function assignment(ctx: Context, entityId: string, entityDisplayName: string) {
  return data('LicenseAssignmentManagerLicenseAssignment', {
    entityId,
    scope: ctx.identity.instanceUuid,
    entityDisplayName,
    assignedLicense: EVALUATION_LICENSE,
  })
}
