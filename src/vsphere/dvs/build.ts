import { moRef } from '#inventory/entity.js'
import { data, patch } from '#vim25/data.js'
import type {
  DistributedVirtualSwitchHostMember,
  DVSConfigInfo,
  HostProxySwitch,
  ManagedObjectReference,
} from '#vim25/generated/types.js'
import { type Context, newMoid } from '../core/context.js'
import { managedEntityDefaults, validName } from '../managed-entity/entity.js'
import { emptySummary } from '../network/summary.js'
import { dvsCapability, portgroupPolicy, portSetting, UPLINKS } from './settings.js'

/** Ports that a member host has room for, and the most that a switch can have. */
const PROXY_PORTS = 2048
const MOST_PORTS = 2 ** 31 - 1

/**
 * A distributed switch in a network folder, with its uplink port group (`<name>-DVUplinks-<number>`) and some member hosts,
 * which give it no physical NIC. No event, no check of the name.
 */
export function createDvs(
  ctx: Context,
  folder: ManagedObjectReference,
  name: string,
  hosts: readonly string[] = [],
): ManagedObjectReference {
  const id = newMoid(ctx.tx, 'dvs')
  const self = moRef('VmwareDistributedVirtualSwitch', id)
  const uuid = dvsUuid(ctx, id)
  const escaped = validName(name)
  const config = configOf(ctx, escaped, uuid, hosts)
  ctx.tx.create('VmwareDistributedVirtualSwitch', id, {
    ...managedEntityDefaults(escaped, folder),
    uuid,
    capability: dvsCapability,
    summary: data('DVSSummary', { name: escaped, uuid, numPorts: 0 }),
    config,
  })
  const uplinks = createDvPortgroup(ctx, self, `${name}-DVUplinks-${id.slice('dvs-'.length)}`, {
    uplink: true,
    numPorts: hosts.length * UPLINKS.length,
  })
  ctx.tx.set('VmwareDistributedVirtualSwitch', id, { config: patch(config, { uplinkPortgroup: [uplinks] }) })
  for (const host of hosts) addProxySwitch(ctx, host, escaped, uuid)
  return self
}

/** `50 26 09 a3 ee e6 25 39-ac da 42 f4 f7 74 5e 41` */
function dvsUuid(ctx: Context, id: string): string {
  const bytes = `50${ctx.services.random.hex('dvs', id).slice(2)}`.match(/../g) ?? []
  return `${bytes.slice(0, 8).join(' ')}-${bytes.slice(8).join(' ')}`
}

function configOf(ctx: Context, name: string, uuid: string, hosts: readonly string[]): DVSConfigInfo {
  return data('VMwareDVSConfigInfo', {
    uuid,
    name,
    numStandalonePorts: 0,
    numPorts: 0,
    maxPorts: MOST_PORTS,
    uplinkPortPolicy: data('DVSNameArrayUplinkPortPolicy', { uplinkPortName: UPLINKS }),
    defaultPortConfig: portSetting(0),
    host: hosts.map((host) => memberOf(ctx, host)),
    productInfo: data('DistributedVirtualSwitchProductSpec', {
      name: 'DVS',
      vendor: 'VMware, Inc.',
      version: dvsVersion(ctx.identity.version),
      build: ctx.identity.build,
      forwardingClass: 'etherswitch',
    }),
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
    networkResourceControlVersion: 'version3',
    maxMtu: 1500,
    linkDiscoveryProtocolConfig: data('LinkDiscoveryProtocolConfig', {
      protocol: 'cdp',
      operation: 'listen',
    }),
    lacpApiVersion: 'multipleLag',
    multicastFilteringMode: 'legacyFiltering',
  })
}

/** The newest switch version of each release. */
function dvsVersion(release: string): string {
  if (release.startsWith('6.')) return release === '6.7' ? '6.6.0' : `${release}.0`
  return release.startsWith('7.') ? '7.0.3' : '8.0.3'
}

function memberOf(ctx: Context, host: string): DistributedVirtualSwitchHostMember {
  return data('DistributedVirtualSwitchHostMember', {
    config: data('DistributedVirtualSwitchHostMemberConfigInfo', {
      host: ctx.tx.ref(host),
      maxProxySwitchPorts: PROXY_PORTS,
      backing: data('DistributedVirtualSwitchHostMemberPnicBacking', {}),
    }),
    status: 'up',
  })
}

function addProxySwitch(ctx: Context, host: string, dvsName: string, dvsUuid: string): void {
  const proxy: HostProxySwitch = data('HostProxySwitch', {
    dvsUuid,
    dvsName,
    key: `key-vim.host.HostProxySwitch-${dvsUuid}`,
    numPorts: PROXY_PORTS,
    configNumPorts: 512,
    numPortsAvailable: PROXY_PORTS,
    mtu: 1500,
    spec: data('HostProxySwitchSpec', { backing: data('DistributedVirtualSwitchHostMemberPnicBacking', {}) }),
    networkReservationSupported: true,
  })
  ctx.tx.update('HostSystem', host, ({ config }) => ({
    config:
      config?.network &&
      patch(config, {
        network: patch(config.network, { proxySwitch: [...(config.network.proxySwitch ?? []), proxy] }),
      }),
  }))
}

export interface DvPortgroupSpec {
  readonly vlanId?: number | undefined
  readonly numPorts?: number | undefined
  readonly uplink?: boolean | undefined
}

/** A port group of a distributed switch, a network of its member hosts. No event, no check of the name. */
export function createDvPortgroup(
  ctx: Context,
  dvs: ManagedObjectReference,
  name: string,
  spec: DvPortgroupSpec = {},
): ManagedObjectReference {
  const { parent, config } = ctx.tx.get('DistributedVirtualSwitch', dvs.value)
  const key = newMoid(ctx.tx, 'dvportgroup')
  const escaped = validName(name)
  const uplink = spec.uplink ?? false
  const numPorts = spec.numPorts ?? (uplink ? 0 : 8)
  const first = ctx.tx.counter(`dvports ${dvs.value}`)
  const portKeys = Array.from({ length: numPorts }, (_, at) => String(first + at))
  for (let at = 0; at < numPorts; at++) ctx.tx.next(`dvports ${dvs.value}`)
  const self = ctx.tx.create('DistributedVirtualPortgroup', key, {
    ...managedEntityDefaults(escaped, parent),
    summary: emptySummary(escaped),
    key,
    config: data('DVPortgroupConfigInfo', {
      key,
      name: escaped,
      numPorts,
      distributedVirtualSwitch: dvs,
      defaultPortConfig: portSetting(uplink ? 'trunk' : (spec.vlanId ?? 0)),
      type: 'earlyBinding',
      backingType: 'standard',
      policy: portgroupPolicy(uplink),
      configVersion: '0',
      autoExpand: true,
      uplink,
    }),
    portKeys,
  })
  for (const { config: member } of config.host ?? [])
    if (member.host)
      ctx.tx.update('HostSystem', member.host.value, ({ network }) => ({
        network: Object.freeze([...(network ?? []), self]),
      }))
  return self
}

/** Before a host goes: it leaves its distributed switches. */
export function leaveSwitches(ctx: Context, host: string): void {
  for (const id of ctx.tx.ids('DistributedVirtualSwitch')) {
    const { config } = ctx.tx.get('DistributedVirtualSwitch', id)
    const rest = config.host?.filter((member) => member.config.host?.value !== host)
    if (rest && rest.length !== config.host?.length)
      ctx.tx.set('DistributedVirtualSwitch', id, { config: patch(config, { host: rest }) })
  }
}
