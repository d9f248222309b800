import { exact, type Messages, ours } from './message.js'

/** What happens inside guests: VMware Tools, guest operations, customization. */
export const guest: Messages = {
  ToolsUnavailable: exact(
    'public scripts and logs of ShutdownGuest',
    'Cannot complete operation because VMware Tools is not running in this virtual machine.',
  ),
  GuestOperationsUnavailable: exact(
    'public logs of guest operations',
    'The guest operations agent could not be contacted.',
  ),
  VmToolsUpgradeFault: exact('recorded vCenter answer (rest-wire.md 1.6)', 'Error upgrading VMware Tools.'),
  GuestOperationsFault: ours('The guest operation failed.'),
  InvalidGuestLogin: ours('The user name and password are not valid in the guest.'),
  GuestPermissionDenied: ours('The guest denied the operation to this user.'),
  OperationNotSupportedByGuest: ours('The guest does not support the operation.'),
  OperationDisabledByGuest: ours('The guest has the operation disabled.'),
  CustomizationFault: ours('The guest could not be customized.'),
  CustomizationPending: ours('The guest waits for another customization already. Power it on first.'),
  UncustomizableGuest: ours(
    "The guest operating system '{uncustomizableGuestOS}' cannot be customized by this kind of specification.",
  ),
  NicSettingMismatch: ours(
    'The specification has settings for {numberOfNicsInSpec} network adapters, the virtual machine has {numberOfNicsInVM}.',
  ),
  NoDisksToCustomize: ours('The virtual machine has no disk whose guest could be customized.'),
  IpHostnameGeneratorError: ours('No name or address could be generated for the guest. Give fixed ones.'),
}
