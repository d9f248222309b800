import type { VcenterVmHardwareBootInfo, VcenterVmHardwareBootUpdateSpec } from '#vapi/generated/types.js'
import { boxedString, unboxed } from '#vim25/any.js'
import { data } from '#vim25/data.js'
import type { VirtualMachineConfigInfo, VirtualMachineConfigSpec } from '#vim25/generated/types.js'
import { invalid } from './errors.js'

/** The option of the configuration file behind `efi_legacy_boot`, for which vim25 has no member (deviation 70). */
const LEGACY_BOOT = 'efi.legacyBoot.enabled'

/** Legacy boot and the network's protocol are told of EFI only (the structure's union). */
export function bootInfo({
  firmware,
  bootOptions,
  extraConfig,
}: VirtualMachineConfigInfo): VcenterVmHardwareBootInfo {
  const legacy = extraConfig?.find(({ key }) => key === LEGACY_BOOT)
  const efi = {
    efi_legacy_boot: String(legacy && unboxed(legacy.value)).toUpperCase() === 'TRUE',
    network_protocol: bootOptions?.networkBootProtocol === 'ipv6' ? 'IPV6' : 'IPV4',
  } as const
  return {
    delay: Number(bootOptions?.bootDelay ?? 0),
    retry_delay: Number(bootOptions?.bootRetryDelay ?? 10_000),
    enter_setup_mode: bootOptions?.enterBIOSSetup ?? false,
    retry: bootOptions?.bootRetryEnabled ?? false,
    ...(firmware === 'efi' ? { type: 'EFI', ...efi } : { type: 'BIOS' }),
  }
}

/** What a boot spec (of a new VM, too) changes. Throws INVALID_ARGUMENT for a delay below 0. */
export function bootMembers(
  spec: VcenterVmHardwareBootUpdateSpec,
): Omit<VirtualMachineConfigSpec, '_typeName'> {
  const { type, efi_legacy_boot, network_protocol, delay, retry, retry_delay, enter_setup_mode } = spec
  if ((delay ?? 0) < 0 || (retry_delay ?? 0) < 0)
    throw invalid('boot.invalid_delay', 'A delay cannot be negative.')
  return {
    firmware: type?.toLowerCase(),
    bootOptions: data('VirtualMachineBootOptions', {
      bootDelay: delay,
      enterBIOSSetup: enter_setup_mode,
      bootRetryEnabled: retry,
      bootRetryDelay: retry_delay,
      networkBootProtocol: network_protocol?.toLowerCase(),
    }),
    extraConfig:
      efi_legacy_boot === undefined
        ? undefined
        : [data('OptionValue', { key: LEGACY_BOOT, value: boxedString(efi_legacy_boot ? 'TRUE' : 'FALSE') })],
  }
}
