import { data, patch } from '#vim25/data.js'
import { fault } from '#vim25/fault.js'
import type {
  DistributedVirtualSwitchHostMemberConfigSpec,
  DVPortSetting,
  DVSConfigSpec,
  ManagedObjectReference,
  VMwareDVSConfigInfo,
  VMwareDVSConfigSpec,
  VMwareDVSPvlanMapEntry,
} from '#vim25/generated/types.js'
import type { Context } from '../core/context.js'
import { emit } from '../event/emit.js'
import { datacenterOf, requireUniqueName, validName } from '../managed-entity/entity.js'
import { requireConnected } from '../vmkernel/hosts.js'
import { changedList } from './change-list.js'
import { hostArgument } from './events.js'
import { addMember, editMember, matchUplinks, memberOf, removeMember, syncProxies } from './members.js'
import { changedSetting, checkSetting, HIGHEST_VLAN, settingUpon } from './policy.js'
import { portCount, portsIn } from './port-ranges.js'
import { addPorts, isTaken, portgroupsBySwitch, portSetOf, removePort } from './ports.js'
import { compareReleases, neededRelease } from './products.js'
import { uplinkNames } from './settings.js'

const invalid = (property: string) => fault('InvalidArgument', { invalidProperty: property })

/**
 * Changes a switch by a specification: what that leaves out stays. Throws what ReconfigureDvs_Task declares; the caller
 * tells of the change.
 */
export function reconfigureSwitch(ctx: Context, dvs: string, spec: DVSConfigSpec): void {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualSwitch', dvs)
  if (spec.configVersion !== undefined && spec.configVersion !== config.configVersion)
    throw fault('ConcurrentAccess', {})
  if (spec.name !== undefined) renameSwitch(ctx, dvs, spec.name)
  applySettings(ctx, dvs, spec)
  applyMembers(ctx, dvs, spec.host ?? [])
  tx.update('DistributedVirtualSwitch', dvs, ({ config: now }) => ({
    config: patch(now, { configVersion: String(Number(config.configVersion) + 1) }),
  }))
}

/** Gives a switch another name; its uplink group keeps its own. */
export function renameSwitch(ctx: Context, dvs: string, wanted: string): void {
  const { tx } = ctx
  const self = tx.ref(dvs)
  const { name: oldName, parent, config } = tx.get('DistributedVirtualSwitch', dvs)
  const name = validName(wanted, self)
  if (name === oldName) return
  requireUniqueName(tx, parent?.value ?? '', name, dvs)
  tx.set('DistributedVirtualSwitch', dvs, { name, config: patch(config, { name }) })
  syncProxies(ctx, dvs)
  emit(ctx, 'DvsRenamedEvent', { entity: self, oldName, newName: name })
}

/** Everything of a specification but the name and the members. */
export function applySettings(ctx: Context, dvs: string, spec: DVSConfigSpec): void {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualSwitch', dvs)
  const setting = changedSetting(config.defaultPortConfig, spec.defaultPortConfig)
  const changes = {
    ...vmwareChanges(config as VMwareDVSConfigInfo, spec),
    ...given(spec, [
      'maxPorts',
      'uplinkPortgroup',
      'extensionKey',
      'description',
      'policy',
      'vendorSpecificConfig',
      'contact',
      'switchIpAddress',
      'defaultProxySwitchMaxNumPorts',
      'networkResourceControlVersion',
    ]),
    defaultPortConfig: setting,
    infrastructureTrafficResourceConfig: overlaid(
      config.infrastructureTrafficResourceConfig,
      spec.infrastructureTrafficResourceConfig,
    ),
  }
  const uplinks = spec.uplinkPortPolicy
  if (uplinks && uplinkNames(uplinks).length === 0) throw invalid('spec.uplinkPortPolicy')
  const after = patch(config as VMwareDVSConfigInfo, {
    ...changes,
    ...(uplinks ? { uplinkPortPolicy: uplinks } : {}),
  })
  checkSetting(after, spec.defaultPortConfig, 'spec.defaultPortConfig')
  tx.set('DistributedVirtualSwitch', dvs, { config: after })
  if (spec.defaultPortConfig) inheritSetting(ctx, dvs, setting)
  if (uplinks) matchUplinks(ctx, dvs)
  if (spec.numStandalonePorts !== undefined) standalonePorts(ctx, dvs, spec.numStandalonePorts)
  checkPortLimit(ctx, dvs)
  syncProxies(ctx, dvs)
}

function given<T extends object, K extends keyof T>(
  spec: T,
  names: readonly K[],
): { [P in K]?: NonNullable<T[P]> } {
  const set = names.filter((name) => spec[name] !== undefined)
  return Object.fromEntries(set.map((name) => [name, spec[name]])) as { [P in K]?: NonNullable<T[P]> }
}

const overlaid = <T extends { readonly key: string }>(
  present: readonly T[] | undefined,
  changes: readonly T[] | undefined,
) => present?.map((item) => changes?.find(({ key }) => key === item.key) ?? item)

/** Bytes; a distributed switch takes what ESXi does (Networking guide 8.0). */
const MTU = { least: 1280, most: 9000 }

function vmwareChanges(config: VMwareDVSConfigInfo, spec: VMwareDVSConfigSpec): Partial<VMwareDVSConfigInfo> {
  // Zero is how Go clients leave the MTU out.
  const maxMtu = spec.maxMtu || undefined
  if (maxMtu !== undefined && (maxMtu < MTU.least || maxMtu > MTU.most)) throw invalid('spec.maxMtu')
  const { pvlanConfigSpec, vspanConfigSpec } = spec
  return {
    ...given(spec, [
      'linkDiscoveryProtocolConfig',
      'ipfixConfig',
      'lacpApiVersion',
      'multicastFilteringMode',
      'networkOffloadSpecId',
    ]),
    ...(maxMtu === undefined ? {} : { maxMtu }),
    ...(pvlanConfigSpec ? { pvlanConfig: pvlans(config, spec) } : {}),
    ...(vspanConfigSpec
      ? {
          vspanSession: changedList(
            config.vspanSession ?? [],
            vspanConfigSpec.map(({ operation, vspanSession }, at) => ({
              operation,
              entry:
                operation === 'add'
                  ? patch(vspanSession, { key: vspanSession.key ?? String(at) })
                  : vspanSession,
            })),
            ({ key = '' }) => key,
            'spec.vspanConfigSpec',
          ),
        }
      : {}),
  }
}

function pvlans(config: VMwareDVSConfigInfo, { pvlanConfigSpec = [] }: VMwareDVSConfigSpec) {
  const where = 'spec.pvlanConfigSpec'
  const entries = changedList(
    config.pvlanConfig ?? [],
    pvlanConfigSpec.map(({ operation, pvlanEntry }) => ({ operation, entry: pvlanEntry })),
    ({ secondaryVlanId }) => String(secondaryVlanId),
    where,
  )
  if (!entries.every((entry) => isPvlan(entry, entries))) throw invalid(where)
  return entries
}

/** A promiscuous entry is its own primary; the others need theirs to be there. */
function isPvlan(entry: VMwareDVSPvlanMapEntry, entries: readonly VMwareDVSPvlanMapEntry[]): boolean {
  const { primaryVlanId, secondaryVlanId, pvlanType } = entry
  const inRange = [primaryVlanId, secondaryVlanId].every((id) => id >= 1 && id <= HIGHEST_VLAN)
  if (!inRange) return false
  if (pvlanType === 'promiscuous') return primaryVlanId === secondaryVlanId
  return (
    primaryVlanId !== secondaryVlanId &&
    entries.some((each) => each.pvlanType === 'promiscuous' && each.primaryVlanId === primaryVlanId)
  )
}

/** Port groups follow the switch in what they do not set themselves. */
function inheritSetting(ctx: Context, dvs: string, setting: DVPortSetting): void {
  for (const group of ctx.tx.lookup(portgroupsBySwitch, dvs))
    ctx.tx.update('DistributedVirtualPortgroup', group, ({ config }) => ({
      config: patch(config, { defaultPortConfig: settingUpon(setting, config.defaultPortConfig) }),
    }))
}

/** Ports in no group come, and go if nothing is connected to them. */
function standalonePorts(ctx: Context, dvs: string, wanted: number): void {
  const { uuid } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  const { ports } = portSetOf(ctx.tx, dvs)
  if (wanted < 0) throw invalid('spec.numStandalonePorts')
  addPorts(ctx, dvs, dvs, wanted - portCount(ports))
  let excess = portCount(ports) - wanted
  for (const port of [...portsIn(ports)].reverse()) {
    if (excess <= 0) return
    if (isTaken(ctx.tx, uuid, String(port))) continue
    removePort(ctx, dvs, dvs, String(port))
    excess--
  }
  if (excess > 0) throw fault('ResourceInUse', { type: 'DistributedVirtualPort', name: uuid })
}

/** Throws LimitExceeded when the switch has more ports than it may. */
export function checkPortLimit(ctx: Context, dvs: string): void {
  const { config } = ctx.tx.get('DistributedVirtualSwitch', dvs)
  const owners = [dvs, ...ctx.tx.lookup(portgroupsBySwitch, dvs)]
  const ports = owners.reduce((sum, owner) => sum + portCount(portSetOf(ctx.tx, owner).ports), 0)
  if (ports > config.maxPorts) throw fault('LimitExceeded', { property: 'maxPorts', limit: config.maxPorts })
}

/** Hosts that come, change and go; with events. */
export function applyMembers(
  ctx: Context,
  dvs: string,
  specs: readonly DistributedVirtualSwitchHostMemberConfigSpec[],
): void {
  const entity = ctx.tx.ref(dvs)
  for (const spec of specs) {
    const host = spec.host.value
    ctx.tx.get('HostSystem', host)
    switch (spec.operation) {
      case 'add':
        requireJoinable(ctx, dvs, spec.host)
        addMember(ctx, dvs, host, spec)
        emit(ctx, 'DvsHostJoinedEvent', { entity, hostJoined: hostArgument(ctx, host) })
        break
      case 'edit':
        editMember(ctx, dvs, host, spec)
        break
      case 'remove':
        removeMember(ctx, dvs, host)
        emit(ctx, 'DvsHostLeftEvent', { entity, hostLeft: hostArgument(ctx, host) })
        break
      default:
        throw invalid('spec.host.operation')
    }
  }
}

/**
 * AlreadyExists for a member, InvalidArgument for a host of another datacenter, DvsOperationBulkFault with
 * NotSupportedHostInDvs for one whose release is too old.
 */
function requireJoinable(ctx: Context, dvs: string, host: ManagedObjectReference): void {
  const { tx } = ctx
  const { config } = tx.get('DistributedVirtualSwitch', dvs)
  const { name } = tx.get('HostSystem', host.value)
  if (memberOf(config, host.value)) throw fault('AlreadyExists', { name })
  if (datacenterOf(tx, host.value) !== datacenterOf(tx, dvs)) throw invalid('spec.host.host')
  requireConnected(tx, host.value)
  if (isCompatible(ctx, host.value, config.productInfo.version)) return
  throw onHost(host, fault('NotSupportedHostInDvs', { switchProductSpec: config.productInfo }))
}

/** Whether a host's release is new enough for a switch of the version. */
export function isCompatible(
  { tx }: Pick<Context, 'tx'>,
  host: string,
  version: string | undefined,
): boolean {
  const release = tx.get('HostSystem', host).summary.config.product?.version
  return release !== undefined && compareReleases(release, neededRelease(version ?? '')) >= 0
}

/** What went wrong on one host, as operations on the whole switch tell it. */
export const onHost = (host: ManagedObjectReference, error: ReturnType<typeof fault>) =>
  fault('DvsOperationBulkFault', {
    hostFault: [
      data('DvsOperationBulkFaultFaultOnHost', {
        host,
        fault: data('LocalizedMethodFault', { fault: error.fault, localizedMessage: error.message }),
      }),
    ],
  })

/** The privileges that a change needs, by what it touches (ReconfigureDvs_Task in the API reference 8.0). */
export function privilegesFor(spec: DVSConfigSpec): readonly string[] {
  const { vspanConfigSpec } = spec as VMwareDVSConfigSpec
  const needed = [
    spec.policy && 'DVSwitch.PolicyOp',
    spec.defaultPortConfig && 'DVSwitch.PortSetting',
    spec.host?.length && 'DVSwitch.HostOp',
    vspanConfigSpec && 'DVSwitch.Vspan',
  ].filter((privilege): privilege is string => typeof privilege === 'string')
  const others = Object.keys(spec).some((name) => !NAMED.has(name))
  return others || needed.length === 0 ? [...needed, 'DVSwitch.Modify'] : needed
}

const NAMED = new Set([
  '_typeName',
  'configVersion',
  'policy',
  'defaultPortConfig',
  'host',
  'vspanConfigSpec',
])
