import { createHash } from 'node:crypto'
import type { Reader } from '#inventory/reader.js'
import { unboxed } from '#vim25/any.js'
import type { VirtualMachineConfigInfo } from '#vim25/generated/types.js'
import { isA } from '#vim25/schema.js'
import { isAddress, isLinkLocal, linkLocalAddress } from './address.js'
import type { DiskImage } from './disk-image.js'
import { esxiRelease } from './esxi-release.js'
import { biosUuid } from './hardware.js'
import type { Installation } from './machine.js'
import { freeAddress, subnetOf } from './subnet.js'

const DEFAULT_PASSWORD = 'VMware1!'
const DEFAULT_NETMASK = '255.255.255.0'

/**
 * What the ESXi on a VM's disk answers as: name, address and password as the well-known nested appliance reads them from
 * guestinfo, else as they were before, else from the port group's subnet. Where no address is to be had it is a link-local
 * one, at which nobody reaches it.
 */
export function installationOf(
  read: Reader,
  config: VirtualMachineConfigInfo,
  image: DiskImage,
  before: Installation | undefined,
): Installation {
  const release = esxiRelease(image.version)
  const card = config.hardware.device?.find((device) => isA(device._typeName, 'VirtualEthernetCard'))
  const network = (card?.backing as { deviceName?: string } | undefined)?.deviceName
  const subnet = network === undefined ? undefined : subnetOf(read, network)
  const given = (name: string) => {
    const value = guestinfo(config, name)
    return value !== undefined && isAddress(value) ? value : undefined
  }
  const usual = subnet?.domain ? `${config.name}.${subnet.domain}` : config.name
  const hostName = guestinfo(config, 'hostname') ?? before?.hostName ?? usual.replace(/\s/g, '-')
  const kept = before && !isLinkLocal(before.address) ? before.address : undefined
  const leased = () => (subnet && freeAddress(read, subnet)) ?? linkLocalAddress(macOf(card) ?? config.uuid)
  return {
    version: release?.version ?? image.version,
    build: release?.build ?? '0',
    hostName,
    address: given('ipaddress') ?? kept ?? leased(),
    netmask: given('netmask') ?? before?.netmask ?? subnet?.netmask ?? DEFAULT_NETMASK,
    gateway: given('gateway') ?? before?.gateway ?? subnet?.gateway,
    user: 'root',
    password: guestinfo(config, 'password') ?? before?.password ?? DEFAULT_PASSWORD,
    uuid: biosUuid(config.uuid),
    thumbprint: before?.thumbprint ?? thumbprintOf(`${config.uuid} ${hostName}`),
    managedBy: before?.managedBy,
  }
}

const macOf = (card: object | undefined) => (card as { macAddress?: string } | undefined)?.macAddress

/**
 * A value that a VM's configuration hands to its guest, as the well-known `guestinfo.*` options do; without blanks around
 * it, and undefined for an empty one.
 */
export function guestinfo(config: VirtualMachineConfigInfo, name: string): string | undefined {
  const value = unboxed(config.extraConfig?.find((option) => option.key === `guestinfo.${name}`)?.value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** A SHA-1 thumbprint as ESXi shows its certificate's; no certificate is made for machines that nobody can dial (deviation 16). */
export function thumbprintOf(subject: string): string {
  const hex = createHash('sha1').update(`esxi certificate of ${subject}`).digest('hex').toUpperCase()
  return (hex.match(/../g) ?? []).join(':')
}
