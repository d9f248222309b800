import type {
  VcenterGuestWindowsConfigurationRebootOption,
  VcenterGuestWindowsNetworkAdapterSettingsNetBIOSMode,
} from '#vapi/generated/types.js'

/** A word of vim25 and the Automation API's for the same. */
type Words<T extends string> = readonly (readonly [vim: string, api: T])[]

const inBothDirections = <T extends string>(words: Words<T>) => ({
  toApi: (vim: string | undefined) => words.find(([name]) => name === vim)?.[1],
  toVim: (api: T | undefined) => words.find(([, name]) => name === api)?.[0],
})

export const rebootOptions = inBothDirections<VcenterGuestWindowsConfigurationRebootOption>([
  ['reboot', 'REBOOT'],
  ['noreboot', 'NO_REBOOT'],
  ['shutdown', 'SHUTDOWN'],
])

export const netBiosModes = inBothDirections<VcenterGuestWindowsNetworkAdapterSettingsNetBIOSMode>([
  ['enableNetBIOSViaDhcp', 'USE_DHCP'],
  ['enableNetBIOS', 'ENABLE'],
  ['disableNetBIOS', 'DISABLE'],
])

/** 24 -> `255.255.255.0` */
export function netmaskOf(prefix: number): string {
  const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0
  return [24, 16, 8, 0].map((bits) => (mask >>> bits) & 255).join('.')
}

/** `255.255.255.0` -> 24 */
export const prefixOf = (netmask: string): number =>
  netmask.split('.').reduce((bits, part) => bits + Number(part).toString(2).replaceAll('0', '').length, 0)
