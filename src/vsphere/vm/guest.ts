import type { Reader } from '#inventory/reader.js'
import { data, patch } from '#vim25/data.js'
import type {
  GuestInfo,
  GuestNicInfo,
  GuestStackInfo,
  VirtualDevice,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { prefixLength } from '#world/address.js'
import { guestinfo } from '#world/installation.js'
import { freeAddress, type Subnet, subnetOf } from '#world/subnet.js'
import { type Customization, customizationOf } from './customization.js'
import { TOOLS_VERSION } from './defaults.js'
import { guestDisks } from './guest-disks.js'
import { guestOs } from './guest-os.js'
import { memo } from './share.js'

/** Tools are installed in the guest: the configuration names their version. */
export function hasTools(config: VirtualMachineConfigInfo): boolean {
  return (config.tools?.toolsVersion ?? 0) > 0
}

/** Tools that the guest's own packages look after: vCenter tells their version and never upgrades them. */
const UNMANAGED = new Set(['guestToolsTypeOSP', 'guestToolsTypeOpenVMTools'])

/** What a guest tells of its tools, against those that the hosts bring along (GuestInfo.toolsVersionStatus2). */
export function toolsReport(
  config: VirtualMachineConfigInfo,
  running: boolean,
): Pick<GuestInfo, 'toolsStatus' | 'toolsVersionStatus' | 'toolsVersionStatus2' | 'toolsVersion'> {
  const { toolsVersion = 0, toolsInstallType } = config.tools ?? {}
  const [older, status] = versionStatus(toolsVersion, toolsInstallType)
  const working = older === 'guestToolsNeedUpgrade' ? 'toolsOld' : 'toolsOk'
  const installed = running ? working : 'toolsNotRunning'
  return {
    toolsStatus: toolsVersion > 0 ? installed : 'toolsNotInstalled',
    toolsVersionStatus: older,
    toolsVersionStatus2: status,
    toolsVersion: String(toolsVersion),
  }
}

/** In the words of 4.0, which know no more than old and current, and in those of 5.0. */
function versionStatus(version: number, installType: string | undefined): readonly [string, string] {
  const both = (status: string) => [status, status] as const
  if (version === 0) return both('guestToolsNotInstalled')
  if (UNMANAGED.has(installType ?? '')) return both('guestToolsUnmanaged')
  if (version < TOOLS_VERSION) return ['guestToolsNeedUpgrade', 'guestToolsSupportedOld']
  return version === TOOLS_VERSION
    ? both('guestToolsCurrent')
    : ['guestToolsCurrent', 'guestToolsSupportedNew']
}

const silent = memo<GuestInfo>()

/** What vCenter knows of a guest that does not run; the same object for VMs that are alike. */
export function silentGuest(config: VirtualMachineConfigInfo): GuestInfo {
  const { toolsVersion = 0, toolsInstallType } = config.tools ?? {}
  const key = [toolsVersion, toolsInstallType, config.guestId, config.guestFullName, config.version].join('/')
  return silent(key, () => makeSilent(config))
}

function makeSilent(config: VirtualMachineConfigInfo): GuestInfo {
  const tools = hasTools(config)
  return data('GuestInfo', {
    ...toolsReport(config, false),
    toolsRunningStatus: 'guestToolsNotRunning',
    toolsInstallType: tools ? (config.tools?.toolsInstallType ?? 'guestToolsTypeMSI') : undefined,
    guestId: tools ? config.guestId : undefined,
    guestFamily: tools ? guestOs(config.guestId)?.family : undefined,
    guestFullName: tools ? config.guestFullName : undefined,
    guestState: 'notRunning',
    appHeartbeatStatus: 'appStatusGray',
    guestKernelCrashed: false,
    appState: 'none',
    guestOperationsReady: false,
    interactiveGuestOperationsReady: false,
    guestStateChangeSupported: false,
    hwVersion: config.version,
  })
}

/** What a running guest with tools reports; a guest without tools stays silent, though it runs. */
export function runningGuest(read: Reader, vm: string, config: VirtualMachineConfigInfo): GuestInfo {
  const silent = silentGuest(config)
  if (!hasTools(config)) return silent
  const cards = (config.hardware.device ?? []).filter(isCard)
  const [card] = cards
  const network = networkOf(card)
  const subnet = network === undefined ? undefined : subnetOf(read, network)
  const given = customizationOf(read, vm)
  const address = given?.adapters[0]?.address ?? addressOf(read, vm, config, subnet)
  const plain = guestinfo(config, 'hostname') ?? config.name.toLowerCase().replace(/[^a-z0-9.-]/g, '-')
  const nics = cards.flatMap((each, at) => {
    const fixed = given?.adapters[at]
    const own = at === 0 ? address : fixed?.address
    return own ? [guestNic(each, own, fixed?.netmask ?? subnet?.netmask ?? '255.255.255.0')] : []
  })
  return patch(silent, {
    ...toolsReport(config, true),
    toolsRunningStatus: 'guestToolsRunning',
    hostName: given?.hostName === undefined ? plain : qualified(given.hostName, given.domain),
    ipAddress: address,
    net: nics.length > 0 ? nics : undefined,
    disk: guestDisks(config),
    ipStack: given ? [nameServices(given, plain)] : undefined,
    guestState: 'running',
    guestOperationsReady: true,
    interactiveGuestOperationsReady: false,
    guestStateChangeSupported: true,
  })
}

const qualified = (name: string, domain: string | undefined) =>
  domain === undefined || name.includes('.') ? name : `${name}.${domain}`

function nameServices(given: Customization, plain: string): GuestStackInfo {
  return data('GuestStackInfo', {
    dnsConfig: data('NetDnsConfigInfo', {
      dhcp: false,
      hostName: given.hostName ?? plain,
      domainName: given.domain ?? '',
      ipAddress: given.dnsServers,
      searchDomain: given.dnsSuffixes,
    }),
  })
}

const isCard = (device: VirtualDevice): boolean => isA(device._typeName, 'VirtualEthernetCard')

/** The configured address, else the next free one of the port group's subnet, else one that only depends on the VM. */
function addressOf(
  read: Reader,
  vm: string,
  config: VirtualMachineConfigInfo,
  subnet: Subnet | undefined,
): string | undefined {
  const configured = guestinfo(config, 'ipaddress')
  if (configured) return configured
  if (!config.hardware.device?.some(isCard)) return undefined
  if (subnet) return freeAddress(read, subnet)
  const number = Number(/\d+$/.exec(vm)?.[0] ?? 0)
  return `10.${Math.floor(number / 65_536) % 256}.${Math.floor(number / 256) % 256}.${number % 256}`
}

/** Name of the standard network that a card is on. */
const networkOf = (card: VirtualDevice | undefined) =>
  (card?.backing as { deviceName?: string } | undefined)?.deviceName

/** A card with an address as a guest reports it. */
export function guestNic(
  card: VirtualDevice & { macAddress?: string | undefined },
  address: string,
  netmask: string,
): GuestNicInfo {
  return data('GuestNicInfo', {
    network: networkOf(card),
    ipAddress: [address],
    macAddress: card.macAddress,
    connected: card.connectable?.connected ?? true,
    deviceConfigId: card.key,
    ipConfig: data('NetIpConfigInfo', {
      ipAddress: [
        data('NetIpConfigInfoIpAddress', {
          ipAddress: address,
          prefixLength: prefixLength(netmask),
          state: 'preferred',
        }),
      ],
    }),
  })
}
