/* IPv4 addresses as texts and numbers. */

/** True for an IPv4 address in dotted form. */
export function isAddress(text: string): boolean {
  const bytes = text.split('.')
  return bytes.length === 4 && bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)
}

/** The address that an adapter gives itself where no DHCP server answers (RFC 3927): always the same for the same MAC. */
export function linkLocalAddress(mac: string): string {
  const number = Number.parseInt(mac.replace(/[^0-9a-f]/gi, '').slice(-4), 16) || 0
  return `169.254.${1 + (Math.floor(number / 256) % 254)}.${number % 256}`
}

export function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.')
}

/** 24 for 255.255.255.0. */
export function prefixLength(netmask: string): number {
  return toNumber(netmask).toString(2).replaceAll('0', '').length
}

/** An IPv4 address as a number, for counting. */
export function toNumber(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
}

export function toText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/** The network part of an IPv4 address. */
export function networkPart(address: string, netmask: string): string {
  const size = 2 ** (32 - prefixLength(netmask))
  return toText(Math.floor(toNumber(address) / size) * size)
}
