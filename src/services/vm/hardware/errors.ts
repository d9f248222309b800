import { type VapiError, vapiError } from '#vapi/error.js'

/** What is wrong with a device, in ids of the pattern of rest-wire 1.6; the first is recorded, its text approximate. */

export const deviceNotFound = (device: string, vm: string): VapiError =>
  vapiError(
    'NOT_FOUND',
    'com.vmware.api.vcenter.vm.device.not_found',
    "Device with identifier '{0}' does not exist on the virtual machine '{1}'.",
    [device, vm],
  )

export const addressInUse = (bus: string, address: string): VapiError =>
  vapiError(
    'RESOURCE_IN_USE',
    'com.vmware.api.vcenter.vm.hardware.address_in_use',
    'The {0} address {1} is in use by another device of the virtual machine.',
    [bus, address],
  )

export const invalidAddress = (bus: string, address: string): VapiError =>
  vapiError(
    'INVALID_ARGUMENT',
    'com.vmware.api.vcenter.vm.hardware.invalid_address',
    'The virtual machine has no {0} address {1}.',
    [bus, address],
  )

export const noAddress = (bus: string): VapiError =>
  vapiError(
    'UNABLE_TO_ALLOCATE_RESOURCE',
    'com.vmware.api.vcenter.vm.hardware.no_available_address',
    'The virtual machine has no free {0} address; add an adapter first.',
    [bus],
  )

export const invalid = (id: string, text: string, args: readonly string[] = []): VapiError =>
  vapiError('INVALID_ARGUMENT', `com.vmware.api.vcenter.vm.hardware.${id}`, text, args)

export const notAllowed = (id: string, text: string, args: readonly string[] = []): VapiError =>
  vapiError('NOT_ALLOWED_IN_CURRENT_STATE', `com.vmware.api.vcenter.vm.hardware.${id}`, text, args)
