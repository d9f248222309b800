import { data } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { DVPortConfigSpec, DVPortSetting } from '#vim25/generated/types.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { changedSetting, checkSetting, vlansOf } from './policy.js'
import { withoutPort, withPorts } from './port-ranges.js'
import { fetchPorts } from './port-view.js'
import {
  addPorts,
  isTaken,
  type OwnPort,
  ownerOfPort,
  ownPortId,
  ownPorts,
  portgroupsBySwitch,
  portSetOf,
  removePort,
  setPorts,
} from './ports.js'

/** The port group that has a port (the switch, for one in no group). Throws NotFound. */
function requirePort({ tx }: Context, dvs: string, key: string): string {
  const owner = ownerOfPort(tx, dvs, key)
  if (owner === undefined) throw fault('NotFound', {})
  return owner
}

export const dvsPortOperations = operations('DistributedVirtualSwitch', {
  FetchDVPorts: (ctx, self, { criteria }) => fetchPorts(ctx.tx, self.value, criteria),

  FetchDVPortKeys: (ctx, self, { criteria }) =>
    fetchPorts(ctx.tx, self.value, criteria).map(({ key }) => key),

  /** VLANs that a port group or a port has; those of trunks are nobody's own. */
  QueryUsedVlanIdInDvs(ctx, self) {
    const { tx } = ctx
    const groups = tx.lookup(portgroupsBySwitch, self.value)
    const settings: (DVPortSetting | undefined)[] = groups.map(
      (group) => tx.get('DistributedVirtualPortgroup', group).config.defaultPortConfig,
    )
    for (const id of tx.ids(ownPorts))
      if (id.startsWith(`${ownPortId(self.value, '')}`)) settings.push(tx.get(ownPorts, id).setting)
    const ids = settings
      .filter((setting) => setting !== undefined)
      .flatMap(vlansOf)
      .flatMap(({ start, end }) => (start === end && start > 0 ? [start] : []))
    return [...new Set(ids)].sort((a, b) => a - b)
  },

  /** States are always as they are. */
  RefreshDVPortState(ctx, self, { portKeys = [] }) {
    for (const key of portKeys) requirePort(ctx, self.value, key)
  },

  ReconfigureDVPort_Task: {
    run(ctx, self, { port }) {
      for (const spec of port) reconfigurePort(ctx, self.value, spec)
    },
  },

  MoveDVPort_Task: {
    run(ctx, self, { portKey, destinationPortgroupKey }) {
      for (const key of portKey) movePort(ctx, self.value, key, destinationPortgroupKey || undefined)
    },
  },
})

/** `add` makes a port in no group, `remove` takes a free one away, `edit` sets what is the port's own. */
function reconfigurePort(ctx: Context, dvs: string, spec: DVPortConfigSpec): void {
  const entity = ctx.tx.ref(dvs)
  const { uuid, config } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  checkSetting(config, spec.setting, 'port.setting')
  if (spec.operation === 'add') {
    const key = String(addPorts(ctx, dvs, dvs, 1))
    keepOwn(ctx, dvs, key, spec)
    emit(ctx, 'DvsPortCreatedEvent', { entity, portKey: [key] })
    return
  }
  const key = spec.key ?? ''
  const owner = requirePort(ctx, dvs, key)
  if (spec.operation === 'remove') {
    if (owner !== dvs) throw fault('InvalidArgument', { invalidProperty: 'port.key' })
    if (isTaken(ctx.tx, uuid, key))
      throw fault('ResourceInUse', { type: 'DistributedVirtualPort', name: key })
    removePort(ctx, dvs, dvs, key)
    emit(ctx, 'DvsPortDeletedEvent', { entity, portKey: [key] })
    return
  }
  if (spec.operation !== 'edit') throw fault('InvalidArgument', { invalidProperty: 'port.operation' })
  const present = ctx.tx.find(ownPorts, ownPortId(dvs, key))
  if (spec.configVersion !== undefined && spec.configVersion !== String(present?.configVersion ?? 0))
    throw fault('ConcurrentAccess', {})
  if (spec.setting && owner !== dvs) requireOverridable(ctx, owner, spec.setting)
  keepOwn(ctx, dvs, key, spec)
  emit(ctx, 'DvsPortReconfiguredEvent', { entity, portKey: [key] })
}

function keepOwn(ctx: Context, dvs: string, key: string, spec: DVPortConfigSpec): void {
  const { tx } = ctx
  const id = ownPortId(dvs, key)
  const present: OwnPort = tx.find(ownPorts, id) ?? { configVersion: -1 }
  const setting = spec.setting
    ? changedSetting(present.setting ?? data('VMwareDVSPortSetting', {}), spec.setting)
    : present.setting
  const own: OwnPort = {
    name: spec.name ?? present.name,
    description: spec.description ?? present.description,
    scope: spec.scope ?? present.scope,
    setting,
    configVersion: present.configVersion + 1,
  }
  if (tx.entity(id)) tx.set(ownPorts, id, own)
  else
    tx.create(
      ownPorts,
      id,
      own.configVersion === 0 && spec.operation === 'edit' ? { ...own, configVersion: 1 } : own,
    )
}

/** Which policy of a port group says whether its ports may set a member differently. */
const OVERRIDES: Readonly<Record<string, string>> = {
  blocked: 'blockOverrideAllowed',
  inShapingPolicy: 'shapingOverrideAllowed',
  outShapingPolicy: 'shapingOverrideAllowed',
  vendorSpecificConfig: 'vendorConfigOverrideAllowed',
  networkResourcePoolKey: 'networkResourcePoolOverrideAllowed',
  filterPolicy: 'trafficFilterOverrideAllowed',
  vlan: 'vlanOverrideAllowed',
  uplinkTeamingPolicy: 'uplinkTeamingOverrideAllowed',
  securityPolicy: 'securityPolicyOverrideAllowed',
  ipfixEnabled: 'ipfixOverrideAllowed',
  macManagementPolicy: 'macManagementOverrideAllowed',
}

/** Throws DvsFault for a member that the port group keeps for itself. */
function requireOverridable({ tx }: Context, group: string, setting: DVPortSetting): void {
  const { policy, name } = tx.get('DistributedVirtualPortgroup', group).config
  for (const [member, value] of Object.entries(setting)) {
    const permission = OVERRIDES[member]
    const inherits = (value as { inherited?: boolean } | undefined)?.inherited === true
    if (!permission || inherits || (policy as unknown as Record<string, unknown>)[permission]) continue
    throw fault('DvsFault', {}, `The port group '${name}' does not let its ports override ${member}.`)
  }
}

/** A port changes its group, with what is connected to it only if both ends allow it: a free one here. */
function movePort(ctx: Context, dvs: string, key: string, destination: string | undefined): void {
  const { tx } = ctx
  const entity = tx.ref(dvs)
  const from = requirePort(ctx, dvs, key)
  const to = destination ?? dvs
  const target = destination === undefined ? undefined : tx.find('DistributedVirtualPortgroup', destination)
  if (destination !== undefined && target?.config.distributedVirtualSwitch?.value !== dvs)
    throw fault('NotFound', {})
  const source = from === dvs ? undefined : tx.get('DistributedVirtualPortgroup', from)
  if (source?.config.uplink || target?.config.uplink || target?.config.type === 'ephemeral')
    throw fault('InvalidArgument', { invalidProperty: 'destinationPortgroupKey' })
  const { uuid } = tx.get('DistributedVirtualSwitch', dvs)
  if (isTaken(tx, uuid, key))
    throw fault('DvsFault', {}, `Port ${key} is in use and cannot change its port group.`)
  if (from === to) return
  setPorts(ctx, from, withoutPort(portSetOf(tx, from).ports, Number(key)))
  setPorts(ctx, to, withPorts(portSetOf(tx, to).ports, Number(key), 1))
  if (source)
    emit(ctx, 'DvsPortLeavePortgroupEvent', {
      entity,
      portKey: key,
      portgroupKey: from,
      portgroupName: source.name,
    })
  if (target)
    emit(ctx, 'DvsPortJoinPortgroupEvent', {
      entity,
      portKey: key,
      portgroupKey: to,
      portgroupName: target.name,
    })
}
