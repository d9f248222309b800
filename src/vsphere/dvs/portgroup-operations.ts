import { patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type { DVPortgroupConfigSpec, ManagedObjectReference } from '#vim25/generated/types.js'
import { requirePrivilege } from '../authorization/check.js'
import { operations } from '../core/behaviour.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { requireUniqueName, validName } from '../managed-entity/entity.js'
import { createDvPortgroup } from './build.js'
import { changedSetting, checkSetting, settingUpon } from './policy.js'
import { portCount, portsIn } from './port-ranges.js'
import { addPorts, isTaken, portSetOf, removePort } from './ports.js'
import { checkPortLimit } from './reconfigure.js'
import { destroyGroup } from './remove.js'
import { tellOfGroup } from './switch-operations.js'
import { vmsOnGroup } from './usage.js'

const TYPES: ReadonlySet<string> = new Set(['earlyBinding', 'lateBinding', 'ephemeral'])

const invalid = (member: string) => fault('InvalidArgument', { invalidProperty: `spec.${member}` })

/** A port group of a switch, as a client asks for it. Throws what CreateDVPortgroup_Task declares. */
function create(
  ctx: Context,
  dvs: ManagedObjectReference,
  spec: DVPortgroupConfigSpec,
): ManagedObjectReference {
  const { tx } = ctx
  const { parent, config } = tx.get('DistributedVirtualSwitch', dvs.value)
  const name = spec.name ?? ''
  requireUniqueName(tx, parent?.value ?? '', validName(name, dvs))
  checkSpec(spec)
  checkSetting(config, spec.defaultPortConfig, 'spec.defaultPortConfig')
  const group = createDvPortgroup(ctx, dvs, name, {
    setting: spec.defaultPortConfig,
    numPorts: spec.numPorts,
    spec,
  })
  checkLimit(ctx, dvs.value)
  tellOfGroup(ctx, group)
  return group
}

function checkSpec(spec: DVPortgroupConfigSpec): void {
  if (spec.type !== undefined && !TYPES.has(spec.type)) throw invalid('type')
  if (spec.numPorts !== undefined && spec.numPorts < 0) throw invalid('numPorts')
}

/** Methods of port groups declare no LimitExceeded; what is wrong is how many ports were asked for. */
function checkLimit(ctx: Context, dvs: string): void {
  try {
    checkPortLimit(ctx, dvs)
  } catch {
    throw invalid('numPorts')
  }
}

export const dvsPortgroupOperations = operations('DistributedVirtualSwitch', {
  AddDVPortgroup_Task: {
    run(ctx, self, { spec }) {
      for (const each of spec) create(ctx, self, each)
    },
  },

  CreateDVPortgroup_Task: {
    run: (ctx, self, { spec }) => create(ctx, self, spec),
  },

  LookupDvPortGroup: (ctx, self, { portgroupKey }) => groupOf(ctx, self.value, portgroupKey),
})

/** The port group of a switch with this key. Throws NotFound. */
export function groupOf({ tx }: Context, dvs: string, key: string): ManagedObjectReference {
  const group = tx.find('DistributedVirtualPortgroup', key)
  if (group?.config.distributedVirtualSwitch?.value !== dvs) throw fault('NotFound', {})
  return tx.ref(key)
}

export const portgroupOperations = operations('DistributedVirtualPortgroup', {
  ReconfigureDVPortgroup_Task: {
    before(ctx, self, { spec }) {
      for (const privilege of privilegesFor(spec)) requirePrivilege(ctx.tx, ctx.session, self, privilege)
    },
    run(ctx, self, { spec }) {
      reconfigureGroup(ctx, self.value, spec)
      emit(ctx, 'DVPortgroupReconfiguredEvent', { entity: self, configSpec: spec })
    },
  },

  Rename_Task: {
    before: (ctx, self) => requirePrivilege(ctx.tx, ctx.session, self, 'DVPortgroup.Modify'),
    run: (ctx, self, { newName }) => renameGroup(ctx, self.value, newName),
  },

  Destroy_Task: {
    before: (ctx, self) => requirePrivilege(ctx.tx, ctx.session, self, 'DVPortgroup.Delete'),
    run: (ctx, self) => destroyGroup(ctx, self.value),
  },
})

/** By what the change touches (ReconfigureDVPortgroup_Task in the API reference 8.0). */
function privilegesFor(spec: DVPortgroupConfigSpec): readonly string[] {
  const needed = [
    ...(spec.policy ? ['DVPortgroup.PolicyOp'] : []),
    ...(spec.scope ? ['DVPortgroup.ScopeOp'] : []),
  ]
  const others = Object.keys(spec).some((name) => !NAMED.has(name))
  return others || needed.length === 0 ? [...needed, 'DVPortgroup.Modify'] : needed
}

const NAMED = new Set(['_typeName', 'configVersion', 'policy', 'scope'])

function renameGroup(ctx: Context, group: string, wanted: string): void {
  const { tx } = ctx
  const self = tx.ref(group)
  const { name: oldName, parent, config } = tx.get('DistributedVirtualPortgroup', group)
  const name = validName(wanted, self)
  if (name === oldName) return
  requireUniqueName(tx, parent?.value ?? '', name, group)
  tx.set('DistributedVirtualPortgroup', group, { name, config: patch(config, { name }) })
  emit(ctx, 'DVPortgroupRenamedEvent', { entity: self, oldName, newName: name })
}

/** Changes a port group by a specification: what that leaves out stays. */
export function reconfigureGroup(ctx: Context, group: string, spec: DVPortgroupConfigSpec): void {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualPortgroup', group)
  if (spec.configVersion !== undefined && spec.configVersion !== config.configVersion)
    throw fault('ConcurrentAccess', {})
  checkSpec(spec)
  const dvs = config.distributedVirtualSwitch?.value ?? ''
  const switchConfig = tx.get('DistributedVirtualSwitch', dvs).config
  checkSetting(switchConfig, spec.defaultPortConfig, 'spec.defaultPortConfig')
  const type = spec.type ?? config.type
  if (type !== config.type && (config.uplink || vmsOnGroup(tx, group).length > 0)) throw invalid('type')
  if (spec.name !== undefined && spec.name !== '') renameGroup(ctx, group, spec.name)
  const own = config.defaultPortConfig && changedSetting(config.defaultPortConfig, spec.defaultPortConfig)
  tx.update('DistributedVirtualPortgroup', group, ({ config: now }) => ({
    config: patch(now, {
      defaultPortConfig: settingUpon(switchConfig.defaultPortConfig, own),
      description: spec.description ?? now.description,
      type,
      policy: spec.policy ?? now.policy,
      portNameFormat: spec.portNameFormat ?? now.portNameFormat,
      scope: spec.scope ?? now.scope,
      vendorSpecificConfig: spec.vendorSpecificConfig ?? now.vendorSpecificConfig,
      vmVnicNetworkResourcePoolKey: spec.vmVnicNetworkResourcePoolKey ?? now.vmVnicNetworkResourcePoolKey,
      autoExpand: type === 'earlyBinding' && !now.uplink ? (spec.autoExpand ?? now.autoExpand) : false,
      configVersion: String(Number(now.configVersion ?? '0') + 1),
    }),
  }))
  if (type === 'ephemeral') resize(ctx, dvs, group, 0)
  // Zero is how Go clients leave the number out.
  else if (spec.numPorts && !config.uplink) resize(ctx, dvs, group, spec.numPorts)
  checkLimit(ctx, dvs)
}

/** Ports come, or go from the end if nothing is connected to them; InvalidArgument for fewer than are in use. */
function resize(ctx: Context, dvs: string, group: string, wanted: number): void {
  const { uuid } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  const { ports } = portSetOf(ctx.tx, group)
  const present = portCount(ports)
  addPorts(ctx, dvs, group, wanted - present)
  const free = [...portsIn(ports)].reverse().filter((port) => !isTaken(ctx.tx, uuid, String(port)))
  if (free.length < present - wanted) throw invalid('numPorts')
  for (const port of free.slice(0, Math.max(present - wanted, 0))) removePort(ctx, dvs, group, String(port))
}
