import type { Reader } from '#inventory/reader.js'
import type { Transaction } from '#inventory/transaction.js'
import { data, dataObject, patch } from '#vim25/data.js'
import type { DataTypes, Event, ManagedObjectReference, TaskInfo } from '#vim25/generated/types.js'
import { dataType, isA } from '#vim25/schema.js'
import type { Context } from '../core/context.js'
import { formatOf } from './formats.js'

/** The objects that an event is about, by reference; the event's arguments and the ancestors are found from them. */
export interface EventSubject {
  readonly entity?: ManagedObjectReference | undefined
  /** The event belongs to this chain; default: the context's, else it begins one. */
  readonly chain?: number | undefined
  /** TaskEvent only: the label that its message shows. */
  readonly label?: string | undefined
}

type EventName = { [K in keyof DataTypes]: DataTypes[K] extends Event ? K : never }[keyof DataTypes] & string

type EventFields<K extends EventName> = Partial<Omit<DataTypes[K], keyof Event | 'entity'>>

/**
 * Appends an event: `emit(ctx, 'VmPoweredOnEvent', { entity: vm, template: false })`. Key, time, user and the
 * arguments for datacenter, compute resource, host, VM, datastore and network are filled in from the entity's place in
 * the inventory as it is now.
 */
export function emit<K extends EventName>(
  ctx: Context,
  type: K,
  about: EventSubject & EventFields<K>,
): Event {
  const { entity, chain, label, ...fields } = about
  const key = ctx.quiet ? 0 : ctx.tx.next('event')
  const scope = entity ? scopeOf(ctx.tx, entity) : {}
  const chainId = chain || ctx.chain || key
  const members: Record<string, unknown> = {
    key,
    chainId,
    createdTime: ctx.time,
    userName: ctx.session?.userName ?? '',
    ...scope,
    ...fields,
  }
  if (entity && dataType(type)?.byName.get('entity')?.type === 'ManagedEntityEventArgument')
    members.entity = data('ManagedEntityEventArgument', {
      entity,
      name: ctx.tx.get('ManagedEntity', entity.value).name,
    })
  if (type === 'TaskEvent') members.info = patch(members.info as TaskInfo, { eventChainId: chainId })
  const event = dataObject(type, {
    ...members,
    fullFormattedMessage: formatMessage(type, members, label),
  }) as Event
  return ctx.quiet ? event : appendEvent(ctx.tx, event)
}

/** Puts a complete event into the history, where it is the latest. */
export function appendEvent(tx: Transaction, event: Event): Event {
  tx.append(event)
  if (tx.entity('EventManager')) tx.set('EventManager', 'EventManager', { latestEvent: event })
  return event
}

/** The argument of events about any kind of entity. */
export function entityArgument(
  read: Reader,
  entity: ManagedObjectReference,
): DataTypes['ManagedEntityEventArgument'] {
  return data('ManagedEntityEventArgument', { name: read.get('ManagedEntity', entity.value).name, entity })
}

/** The event arguments for an entity and what contains it. */
export function scopeOf(
  read: Reader,
  entity: ManagedObjectReference,
): Record<string, DataTypes['EventArgument']> {
  const scope: Record<string, DataTypes['EventArgument']> = {}
  const seen = new Set<string>()
  const visit = (ref: ManagedObjectReference | undefined) => {
    if (!ref || seen.has(ref.value)) return
    seen.add(ref.value)
    const found = read.entity(ref.value)
    if (!found) return
    const slot = SLOTS.find(([type]) => isA(found.type, type))
    if (slot)
      scope[slot[1]] ??= dataObject(slot[2], {
        name: (found.value as { name: string }).name,
        [slot[3]]: found.ref,
      }) as never
    const value = found.value as {
      parent?: ManagedObjectReference
      runtime?: { host?: ManagedObjectReference }
      owner?: ManagedObjectReference
      config?: { distributedVirtualSwitch?: ManagedObjectReference }
    }
    if (found.type === 'VirtualMachine') visit(value.runtime?.host)
    if (found.type === 'ResourcePool') visit(value.owner)
    if (found.type === 'DistributedVirtualPortgroup') visit(value.config?.distributedVirtualSwitch)
    visit(value.parent)
  }
  visit(entity)
  return scope
}

/** Managed type, the event's member, the argument's type, the argument's reference member. */
const SLOTS = [
  ['VirtualMachine', 'vm', 'VmEventArgument', 'vm'],
  ['HostSystem', 'host', 'HostEventArgument', 'host'],
  ['ComputeResource', 'computeResource', 'ComputeResourceEventArgument', 'computeResource'],
  ['Datacenter', 'datacenter', 'DatacenterEventArgument', 'datacenter'],
  ['Datastore', 'ds', 'DatastoreEventArgument', 'datastore'],
  ['DistributedVirtualSwitch', 'dvs', 'DvsEventArgument', 'dvs'],
  ['Network', 'net', 'NetworkEventArgument', 'network'],
] as const

export function formatMessage(
  type: string,
  members: Readonly<Record<string, unknown>>,
  label: string | undefined,
): string {
  if (type === 'TaskEvent') return `Task: ${label ?? ''}`
  if (type === 'EventEx' && typeof members.message === 'string') return members.message
  return formatOf(type).replace(/\{([\w.]+)\}/g, (_match: string, path: string) => textAt(members, path))
}

function textAt(members: Readonly<Record<string, unknown>>, path: string): string {
  let here: unknown = members
  for (const step of path.split('.')) here = (here as Record<string, unknown> | undefined)?.[step]
  return here === undefined || here === null ? '' : String(here)
}
