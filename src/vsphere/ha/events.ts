import { boxedString } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { Event, LocalizedMethodFault, ManagedObjectReference } from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'

/** What HA tells by extended events: id, severity and our text of it (fact sheet A.8, E.6; the texts are not the product's). */
const EXTENDED = {
  'com.vmware.vc.HA.HostStateChangedEvent': [
    'info',
    'The vSphere HA availability state of {entity} is now {newState}',
  ],
  'com.vmware.vc.HA.DasAgentRunningEvent': ['info', 'The vSphere HA agent on {entity} is running'],
  'com.vmware.vc.HA.HostDasAgentHealthyEvent': ['info', 'The vSphere HA agent on {entity} is healthy'],
  'com.vmware.vc.HA.HostAgentErrorEvent': [
    'error',
    'The vSphere HA agent on {entity} has an error: {reason}',
  ],
  'com.vmware.vc.HA.VcConnectedToMasterEvent': [
    'info',
    'vCenter Server is connected to the vSphere HA primary agent on {hostname}',
  ],
  'com.vmware.vc.HA.VcCannotFindMasterEvent': [
    'warning',
    'vCenter Server cannot find a vSphere HA primary agent in {entity}',
  ],
  'com.vmware.vc.HA.HeartbeatDatastoreNotSufficient': [
    'warning',
    'The number of vSphere HA heartbeat datastores for {entity} is {selectedNum}, which is less than required: {requiredNum}',
  ],
  'com.vmware.vc.HA.VmProtectedEvent': ['info', '{entity} is protected by vSphere HA'],
  'com.vmware.vc.HA.VmUnprotectedEvent': ['info', '{entity} is not protected by vSphere HA any more'],
  'com.vmware.vc.ha.VmRestartedByHAEvent': ['warning', 'vSphere HA restarted {entity} on {hostname}'],
  'com.vmware.vc.HA.StartFTSecondarySucceededEvent': [
    'info',
    'vSphere HA started the Fault Tolerance Secondary VM {secondaryCfgPath} for {entity} on {secondaryHost}',
  ],
  'com.vmware.vc.HA.StartFTSecondaryFailedEvent': [
    'warning',
    'vSphere HA could not start the Fault Tolerance Secondary VM {secondaryCfgPath} for {entity}',
  ],
  'com.vmware.vc.ft.VmAffectedByDasDisabledEvent': [
    'warning',
    'vSphere HA is off: {entity} keeps running, but will not be restarted after a failure of its host',
  ],
} as const

export type HaEventId = keyof typeof EXTENDED

export interface HaEventFields {
  readonly arguments?: Readonly<Record<string, string>>
  readonly fault?: LocalizedMethodFault
}

/** Appends an EventEx of HA about an entity. */
export function emitHa(
  ctx: Context,
  id: HaEventId,
  entity: ManagedObjectReference,
  fields: HaEventFields = {},
): Event {
  return emit(ctx, 'EventEx', { entity, ...extendedEvent(id, entity, nameOf(ctx, entity), fields) })
}

/** The members of an EventEx of HA, also for a configuration issue that is none in the log. */
export function extendedEvent(
  id: HaEventId,
  entity: ManagedObjectReference,
  name: string,
  fields: HaEventFields,
) {
  const [severity, text] = EXTENDED[id]
  const values: Readonly<Record<string, string>> = { entity: name, ...fields.arguments }
  return {
    eventTypeId: id,
    severity,
    message: text.replace(/\{(\w+)\}/g, (_match, key: string) => values[key] ?? ''),
    arguments: Object.entries(fields.arguments ?? {}).map(([key, value]) =>
      data('KeyAnyValue', { key, value: boxedString(value) }),
    ),
    objectId: entity.value,
    objectType: entity.type,
    objectName: name,
    fault: fields.fault,
  }
}

const nameOf = (ctx: Context, entity: ManagedObjectReference) =>
  ctx.tx.find('ManagedEntity', entity.value)?.name ?? entity.value
