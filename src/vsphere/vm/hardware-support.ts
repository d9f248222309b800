import type { Reader } from '#inventory/reader.js'
import { fault, type VimFault } from '#vim25/fault.js'
import { newestVersion, versionNumber } from './hardware-version.js'

/**
 * A host runs virtual hardware up to the version that came with its release (fact sheet G.2). undefined: it runs the VM's,
 * or nothing is known of one of them.
 */
export function hardwareProblem(read: Reader, vm: string, host: string): VimFault | undefined {
  const version = versionNumber(read.get('VirtualMachine', vm).config?.version ?? '')
  const { name, config } = read.get('HostSystem', host)
  const esxi = config?.product.version
  if (version === undefined || esxi === undefined || version <= newestVersion(esxi)) return undefined
  return fault('VirtualHardwareVersionNotSupported', { hostName: name, host: read.ref(host) })
}
