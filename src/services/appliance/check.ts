import { isIP, isIPv4, isIPv6 } from 'node:net'
import { invalid } from './errors.js'

/* Checks of values that clients set; each throws INVALID_ARGUMENT that names the field. */

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
const LONGEST_NAME = 253

/** True for a host or domain name (RFC 1123). */
export function isName(text: string): boolean {
  const labels = text.split('.')
  return (
    text.length <= LONGEST_NAME &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  )
}

export const isHost = (text: string): boolean => isIP(text) !== 0 || isName(text)

export function checkName(path: string, text: string): void {
  if (!isName(text)) throw invalid(path, `'${text}' is no host or domain name.`)
}

/** A name or an address, each once. */
export function checkHosts(path: string, hosts: readonly string[]): void {
  const wrong = hosts.find((host) => !isHost(host))
  if (wrong !== undefined) throw invalid(path, `'${wrong}' is neither a name nor an address.`)
  checkOnce(path, hosts)
}

export function checkAddresses(path: string, addresses: readonly string[]): void {
  const wrong = addresses.find((address) => isIP(address) === 0)
  if (wrong !== undefined) throw invalid(path, `'${wrong}' is no IP address.`)
  checkOnce(path, addresses)
}

export function checkOnce(path: string, values: readonly string[]): void {
  const twice = values.find((value, at) => values.indexOf(value) !== at)
  if (twice !== undefined) throw invalid(path, `'${twice}' is there twice.`)
}

export function checkRange(path: string, value: number, least: number, most: number): void {
  if (value < least || value > most) throw invalid(path, `${value} is not between ${least} and ${most}.`)
}

/** An address with the length of its network part; `version` is 4 or 6. */
export function checkNetwork(path: string, address: string, prefix: number, version: 4 | 6): void {
  if (!(version === 4 ? isIPv4(address) : isIPv6(address)))
    throw invalid(`${path}address`, `'${address}' is no IPv${version} address.`)
  checkRange(`${path}prefix`, prefix, 0, version === 4 ? 32 : 128)
}
