import { moRef } from '#inventory/entity.js'
import { data, patch } from '#vim25/data.js'
import type {
  DVPortgroupConfigSpec,
  DVPortSetting,
  DVSConfigInfo,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { managedEntityDefaults, validName } from '../managed-entity/entity.js'
import { emptySummary } from '../network/summary.js'
import { addMember } from './members.js'
import { settingUpon } from './policy.js'
import { addPorts } from './ports.js'
import { productSpec, switchVersions } from './products.js'
import { infrastructureTraffic, resourcePools } from './resource-pools.js'
import { dvsCapability, HEALTH_CHECKS, portgroupPolicy, portSetting, UPLINKS } from './settings.js'

/** The most ports that a switch can have. */
export const MOST_PORTS = 2 ** 31 - 1

/**
 * A distributed switch in a network folder, with its uplink port group (`<name>-DVUplinks-<number>`) and some member hosts,
 * which give it no physical NIC. No event, no check of the name.
 */
export function createDvs(
  ctx: Context,
  folder: ManagedObjectReference,
  name: string,
  hosts: readonly string[] = [],
  about: { readonly uplinks?: readonly string[]; readonly version?: string; readonly mtu?: number } = {},
): ManagedObjectReference {
  const id = newMoid(ctx.tx, 'dvs')
  const self = moRef('VmwareDistributedVirtualSwitch', id)
  const uuid = dvsUuid(ctx, id)
  const escaped = validName(name)
  const config = configOf(ctx, escaped, uuid, about)
  ctx.tx.create('VmwareDistributedVirtualSwitch', id, {
    ...managedEntityDefaults(escaped, folder),
    uuid,
    capability: dvsCapability,
    summary: data('DVSSummary', { name: escaped, uuid, numPorts: 0 }),
    config,
    networkResourcePool: resourcePools,
  })
  const uplinks = createDvPortgroup(ctx, self, uplinkGroupName(name, id), {
    uplink: true,
    setting: portSetting('trunk'),
    numPorts: 0,
  })
  ctx.tx.set('VmwareDistributedVirtualSwitch', id, { config: patch(config, { uplinkPortgroup: [uplinks] }) })
  for (const host of hosts) addMember(ctx, id, host)
  return self
}

/** `DVS0-DVUplinks-9`; a long name of a switch is cut, for the group's has 80 characters at most, too. */
const uplinkGroupName = (name: string, id: string) => {
  const tail = `-DVUplinks-${id.slice('dvs-'.length)}`
  return `${name.slice(0, 80 - tail.length)}${tail}`
}

/** `50 26 09 a3 ee e6 25 39-ac da 42 f4 f7 74 5e 41` */
function dvsUuid(ctx: Context, id: string): string {
  const bytes = `50${ctx.services.random.hex('dvs', id).slice(2)}`.match(/../g) ?? []
  return `${bytes.slice(0, 8).join(' ')}-${bytes.slice(8).join(' ')}`
}

function configOf(
  ctx: Context,
  name: string,
  uuid: string,
  about: { readonly uplinks?: readonly string[]; readonly version?: string; readonly mtu?: number },
): DVSConfigInfo {
  const [newest = '6.0.0'] = switchVersions(ctx.identity.productVersion)
  return data('VMwareDVSConfigInfo', {
    uuid,
    name,
    numStandalonePorts: 0,
    numPorts: 0,
    maxPorts: MOST_PORTS,
    uplinkPortPolicy: data('DVSNameArrayUplinkPortPolicy', { uplinkPortName: about.uplinks ?? UPLINKS }),
    defaultPortConfig: portSetting(0),
    productInfo: productSpec(ctx.identity, about.version ?? newest),
    policy: data('DVSPolicy', {
      autoPreInstallAllowed: false,
      autoUpgradeAllowed: false,
      partialUpgradeAllowed: false,
    }),
    configVersion: '1',
    contact: data('DVSContactInfo', {}),
    createTime: ctx.time,
    networkResourceManagementEnabled: true,
    defaultProxySwitchMaxNumPorts: 512,
    healthCheckConfig: HEALTH_CHECKS,
    infrastructureTrafficResourceConfig: infrastructureTraffic,
    networkResourceControlVersion: 'version3',
    pnicCapacityRatioForReservation: 75,
    maxMtu: about.mtu ?? 1500,
    linkDiscoveryProtocolConfig: data('LinkDiscoveryProtocolConfig', {
      protocol: 'cdp',
      operation: 'listen',
    }),
    lacpApiVersion: 'multipleLag',
    multicastFilteringMode: 'legacyFiltering',
  })
}

export interface DvPortgroupSpec {
  readonly vlanId?: number | undefined
  /** What it sets differently from the switch; default: the VLAN alone. */
  readonly setting?: DVPortSetting | undefined
  readonly numPorts?: number | undefined
  readonly uplink?: boolean | undefined
  /** As CreateDVPortgroup_Task takes it; its numPorts and defaultPortConfig are those above. */
  readonly spec?: DVPortgroupConfigSpec | undefined
}

/** Ports of a group with static binding that does not say how many (the client's default). */
const FRESH_PORTS = 8

/** A port group of a distributed switch, a network of its member hosts. No event, no check of the name. */
export function createDvPortgroup(
  ctx: Context,
  dvs: ManagedObjectReference,
  name: string,
  { vlanId, setting, uplink = false, numPorts, spec }: DvPortgroupSpec = {},
): ManagedObjectReference {
  const { tx } = ctx
  const { parent, config } = tx.get('DistributedVirtualSwitch', dvs.value)
  const key = newMoid(tx, 'dvportgroup')
  const escaped = validName(name)
  const type = spec?.type ?? 'earlyBinding'
  const own = setting ?? (vlanId === undefined ? undefined : vlanSetting(vlanId))
  const self = tx.create('DistributedVirtualPortgroup', key, {
    ...managedEntityDefaults(escaped, parent),
    summary: emptySummary(escaped),
    key,
    config: data('DVPortgroupConfigInfo', {
      key,
      name: escaped,
      numPorts: 0,
      distributedVirtualSwitch: dvs,
      defaultPortConfig: settingUpon(config.defaultPortConfig, own),
      description: spec?.description,
      type,
      backingType: spec?.backingType ?? 'standard',
      policy: spec?.policy ?? portgroupPolicy(uplink),
      portNameFormat: spec?.portNameFormat,
      scope: spec?.scope,
      vendorSpecificConfig: spec?.vendorSpecificConfig,
      configVersion: '0',
      autoExpand: type === 'earlyBinding' && !uplink ? (spec?.autoExpand ?? true) : false,
      vmVnicNetworkResourcePoolKey: spec?.vmVnicNetworkResourcePoolKey ?? '-1',
      uplink,
      logicalSwitchUuid: spec?.logicalSwitchUuid,
      segmentId: spec?.segmentId,
      subnetId: spec?.subnetId,
    }),
  })
  const count = type === 'ephemeral' ? 0 : (numPorts ?? (uplink ? 0 : FRESH_PORTS))
  addPorts(ctx, dvs.value, key, count)
  for (const { config: member } of config.host ?? [])
    if (member.host)
      tx.update('HostSystem', member.host.value, ({ network }) => ({
        network: Object.freeze([...(network ?? []), self]),
      }))
  return self
}

const vlanSetting = (vlanId: number): DVPortSetting =>
  data('VMwareDVSPortSetting', {
    vlan: data('VmwareDistributedVirtualSwitchVlanIdSpec', { inherited: false, vlanId }),
  })
