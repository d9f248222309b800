import type { Reader } from '#inventory/reader.js'
import { unboxed } from '#vim25/any.js'
import { data, patch } from '#vim25/data.js'
import type {
  GuestInfo,
  GuestNicInfo,
  VirtualDevice,
  VirtualMachineConfigInfo,
} from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { freeAddress, subnetOf } from '#world/subnet.js'
import { guestOs } from './guest-os.js'
import { memo } from './share.js'

/** Tools are installed in the guest: the configuration names their version. */
export function hasTools(config: VirtualMachineConfigInfo): boolean {
  return (config.tools?.toolsVersion ?? 0) > 0
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
    toolsStatus: tools ? 'toolsNotRunning' : 'toolsNotInstalled',
    toolsVersionStatus: tools ? 'guestToolsCurrent' : 'guestToolsNotInstalled',
    toolsVersionStatus2: tools ? 'guestToolsCurrent' : 'guestToolsNotInstalled',
    toolsRunningStatus: 'guestToolsNotRunning',
    toolsVersion: String(config.tools?.toolsVersion ?? 0),
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
  const address = addressOf(read, vm, config)
  const hostName = guestinfo(config, 'hostname') ?? config.name.toLowerCase().replace(/[^a-z0-9.-]/g, '-')
  const card = config.hardware.device?.find(isCard)
  return patch(silent, {
    toolsStatus: 'toolsOk',
    toolsRunningStatus: 'guestToolsRunning',
    hostName,
    ipAddress: address,
    net: card && address ? [nic(card, address)] : undefined,
    guestState: 'running',
    guestOperationsReady: true,
    interactiveGuestOperationsReady: false,
    guestStateChangeSupported: true,
  })
}

const isCard = (device: VirtualDevice): boolean => isA(device._typeName, 'VirtualEthernetCard')

/** A value that the VM's configuration hands to its guest, as the well-known `guestinfo.*` options do. */
export function guestinfo(config: VirtualMachineConfigInfo, name: string): string | undefined {
  const value = unboxed(config.extraConfig?.find((option) => option.key === `guestinfo.${name}`)?.value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The configured address, else the next free one of the port group's subnet, else one that only depends on the VM. */
function addressOf(read: Reader, vm: string, config: VirtualMachineConfigInfo): string | undefined {
  const configured = guestinfo(config, 'ipaddress')
  if (configured) return configured
  const card = config.hardware.device?.find(isCard)
  if (!card) return undefined
  const network = (card.backing as { deviceName?: string } | undefined)?.deviceName
  const subnet = network === undefined ? undefined : subnetOf(read, network)
  if (subnet) return freeAddress(read, subnet)
  const number = Number(/\d+$/.exec(vm)?.[0] ?? 0)
  return `10.${Math.floor(number / 65_536) % 256}.${Math.floor(number / 256) % 256}.${number % 256}`
}

function nic(card: VirtualDevice & { macAddress?: string | undefined }, address: string): GuestNicInfo {
  return data('GuestNicInfo', {
    network: (card.backing as { deviceName?: string } | undefined)?.deviceName,
    ipAddress: [address],
    macAddress: card.macAddress,
    connected: card.connectable?.connected ?? true,
    deviceConfigId: card.key,
    ipConfig: data('NetIpConfigInfo', {
      ipAddress: [
        data('NetIpConfigInfoIpAddress', { ipAddress: address, prefixLength: 24, state: 'preferred' }),
      ],
    }),
  })
}
