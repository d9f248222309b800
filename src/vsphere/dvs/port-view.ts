import type { Reader } from '#inventory/reader.js'
import { data } from '#vim25/data.js'
import type {
  BoolPolicy,
  DistributedVirtualPort,
  DistributedVirtualSwitchPortConnectee,
  DistributedVirtualSwitchPortCriteria,
  DVPortSetting,
  DVSConfigInfo,
  ManagedObjectReference,
  VirtualEthernetCard,
  VMwareDVSConfigInfo,
} from '#vim25/generated/types.js'
import { adapterConnectee, cardConnectee } from './events.js'
import { pnicsOf } from './members.js'
import { isTrunk, settingUpon, vlansOf } from './policy.js'
import { portsIn } from './port-ranges.js'
import {
  connectionKey,
  connectionOf,
  hostsByPort,
  ownPortId,
  ownPorts,
  portgroupsBySwitch,
  portSetOf,
  vmsByPort,
} from './ports.js'
import { uplinkNames } from './settings.js'

/** Who is on a port, and how that end is. */
interface End {
  readonly connectee: DistributedVirtualSwitchPortConnectee
  readonly host: ManagedObjectReference | undefined
  readonly cookie: number | undefined
  readonly linkUp: boolean
  readonly mac: string
  readonly peer: string
}

/** An uplink port of a member: it is there for this host, with or without a NIC. */
interface Uplink {
  readonly host: ManagedObjectReference
  readonly name: string
  readonly device: string | undefined
  readonly cookie: number | undefined
}

const noTraffic = data('DistributedVirtualSwitchPortStatistics', {
  packetsInMulticast: 0,
  packetsOutMulticast: 0,
  bytesInMulticast: 0,
  bytesOutMulticast: 0,
  packetsInUnicast: 0,
  packetsOutUnicast: 0,
  bytesInUnicast: 0,
  bytesOutUnicast: 0,
  packetsInBroadcast: 0,
  packetsOutBroadcast: 0,
  bytesInBroadcast: 0,
  bytesOutBroadcast: 0,
  packetsInDropped: 0,
  packetsOutDropped: 0,
  packetsInException: 0,
  packetsOutException: 0,
})

/** The ports of a switch that a client asks for, by key; all without criteria. */
export function fetchPorts(
  read: Reader,
  dvs: string,
  criteria: DistributedVirtualSwitchPortCriteria | undefined,
): readonly DistributedVirtualPort[] {
  const { config } = read.get('DistributedVirtualSwitch', dvs)
  const uplinks = uplinksOf(config)
  const keys = criteria?.portKey?.length ? new Set(criteria.portKey) : undefined
  const ports: DistributedVirtualPort[] = []
  for (const owner of [dvs, ...read.lookup(portgroupsBySwitch, dvs)]) {
    if (!isOwnerWanted(read, dvs, owner, criteria)) continue
    for (const port of portsIn(portSetOf(read, owner).ports)) {
      const key = String(port)
      if (keys && !keys.has(key)) continue
      const shown = portOf(read, dvs, owner, key, uplinks.get(key))
      if (isWanted(shown, criteria)) ports.push(shown)
    }
  }
  return ports.sort((a, b) => Number(a.key) - Number(b.key))
}

function isOwnerWanted(
  read: Reader,
  dvs: string,
  owner: string,
  criteria: DistributedVirtualSwitchPortCriteria | undefined,
): boolean {
  if (!criteria) return true
  const uplink = owner !== dvs && (read.get('DistributedVirtualPortgroup', owner).config.uplink ?? false)
  if (criteria.uplinkPort !== undefined && criteria.uplinkPort !== uplink) return false
  if (criteria.nsxPort) return false
  if (!criteria.portgroupKey?.length) return true
  return criteria.portgroupKey.includes(owner) === (criteria.inside ?? true)
}

function isWanted(
  port: DistributedVirtualPort,
  criteria: DistributedVirtualSwitchPortCriteria | undefined,
): boolean {
  if (!criteria) return true
  const { connected, active, scope, host } = criteria
  if (connected !== undefined && connected !== (port.connectee !== undefined)) return false
  if (active !== undefined && active !== (port.state?.runtimeInfo?.linkUp ?? false)) return false
  if (scope && !port.config.scope?.some(({ value }) => value === scope.value)) return false
  return !host?.length || host.some(({ value }) => value === port.proxyHost?.value)
}

function uplinksOf(config: DVSConfigInfo): ReadonlyMap<string, Uplink> {
  const names = uplinkNames(config.uplinkPortPolicy)
  const uplinks = new Map<string, Uplink>()
  for (const { config: member, uplinkPortKey = [] } of config.host ?? []) {
    const { host } = member
    if (!host) continue
    uplinkPortKey.forEach((key, at) => {
      const pnic = pnicsOf(member.backing).find((each) => each.uplinkPortKey === key)
      uplinks.set(key, {
        host,
        name: names[at] ?? '',
        device: pnic?.pnicDevice,
        cookie: pnic?.connectionCookie,
      })
    })
  }
  return uplinks
}

function portOf(
  read: Reader,
  dvs: string,
  owner: string,
  key: string,
  uplink: Uplink | undefined,
): DistributedVirtualPort {
  const { uuid, config } = read.get('DistributedVirtualSwitch', dvs)
  const own = read.find(ownPorts, ownPortId(dvs, key))
  const above =
    owner === dvs
      ? config.defaultPortConfig
      : (read.get('DistributedVirtualPortgroup', owner).config.defaultPortConfig ?? config.defaultPortConfig)
  const setting = settingUpon(above, own?.setting)
  const end = uplink ? pnicEnd(read, uplink) : endOf(read, uuid, key)
  return data('DistributedVirtualPort', {
    key,
    config: data('DVPortConfigInfo', {
      name: own?.name ?? uplink?.name,
      scope: own?.scope,
      description: own?.description,
      setting,
      configVersion: String(own?.configVersion ?? 0),
    }),
    dvsUuid: uuid,
    portgroupKey: owner === dvs ? undefined : owner,
    proxyHost: uplink?.host ?? end?.host,
    connectee: end?.connectee,
    conflict: false,
    state: data('DVPortState', { runtimeInfo: statusOf(setting, end, config), stats: noTraffic }),
    connectionCookie: end?.cookie,
    lastStatusChange: config.createTime,
    hostLocalPort: false,
  })
}

function statusOf(setting: DVPortSetting, end: End | undefined, config: DVSConfigInfo) {
  const trunkingMode = isTrunk(setting)
  return data('DVPortStatus', {
    linkUp: end?.linkUp ?? false,
    blocked: (setting.blocked as BoolPolicy | undefined)?.value ?? false,
    vlanIds: vlansOf(setting).map(({ start, end: last }) => data('NumericRange', { start, end: last })),
    trunkingMode,
    mtu: end ? (config as VMwareDVSConfigInfo).maxMtu : -1,
    linkPeer: end?.peer ?? '',
    macAddress: end?.mac ?? '00:00:00:00:00:00',
    vmDirectPathGen2Active: false,
  })
}

function endOf(read: Reader, uuid: string, key: string): End | undefined {
  const at = connectionKey(uuid, key)
  const [vm] = read.lookup(vmsByPort, at)
  if (vm !== undefined) return cardEnd(read, vm, uuid, key)
  const [host] = read.lookup(hostsByPort, at)
  return host === undefined ? undefined : adapterEnd(read, host, uuid, key)
}

function cardEnd(read: Reader, vm: string, uuid: string, key: string): End | undefined {
  const { name, config, runtime } = read.get('VirtualMachine', vm)
  const cards = (config?.hardware.device ?? []).filter(connectionOf)
  const card = cards.find((each) => {
    const port = connectionOf(each)
    return port?.switchUuid === uuid && port.portKey === key
  }) as VirtualEthernetCard | undefined
  if (!card) return undefined
  return {
    connectee: cardConnectee(read, vm, card),
    host: runtime.host,
    cookie: connectionOf(card)?.connectionCookie,
    linkUp: runtime.powerState === 'poweredOn' && (card.connectable?.connected ?? true),
    mac: card.macAddress ?? '',
    peer: `${name}.eth${card.key - 4000}`,
  }
}

function adapterEnd(read: Reader, host: string, uuid: string, key: string): End | undefined {
  const vnic = read.get('HostSystem', host).config?.network?.vnic?.find(({ spec }) => {
    const port = spec.distributedVirtualPort
    return port?.switchUuid === uuid && port.portKey === key
  })
  return (
    vnic && {
      connectee: adapterConnectee(read, host, vnic.device),
      host: read.ref(host),
      cookie: vnic.spec.distributedVirtualPort?.connectionCookie,
      linkUp: true,
      mac: vnic.spec.mac ?? '',
      peer: vnic.device,
    }
  )
}

function pnicEnd(read: Reader, { host, device, cookie }: Uplink): End | undefined {
  if (device === undefined) return undefined
  const pnic = read
    .find('HostSystem', host.value)
    ?.config?.network?.pnic?.find((nic) => nic.device === device)
  return {
    connectee: data('DistributedVirtualSwitchPortConnectee', {
      connectedEntity: host,
      nicKey: device,
      type: 'pnic',
    }),
    host,
    cookie,
    linkUp: pnic?.linkSpeed !== undefined,
    mac: pnic?.mac ?? '',
    peer: device,
  }
}
